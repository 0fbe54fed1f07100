/**
 * Gives each layer of a network a unique name: its explicit name, or its kind and a number, prefixed with the name of its head. An
 * explicit name that is taken gets a number too.
 */
export class Names {
  readonly #wished: Set<string>
  readonly #given: Set<string>
  readonly #counts = new Map<string, number>()

  /**
   * @param explicitNames the explicit names of all layers
   * @param inputs the names of the inputs, which no layer gets
   */
  constructor(explicitNames: Iterable<string | undefined>, inputs: readonly string[]) {
    this.#given = new Set(inputs)
    this.#wished = new Set([...inputs, ...explicitNames].filter((wish) => wish !== undefined))
  }

  next(kind: string, explicitName: string | undefined, head: string | undefined): string {
    if (explicitName !== undefined && !this.#given.has(explicitName)) {
      this.#given.add(explicitName)
      return explicitName
    }
    const stem = explicitName ?? (head === undefined ? kind : `${head}_${kind}`)
    let name = stem
    do {
      const count = (this.#counts.get(stem) ?? (explicitName === undefined ? 0 : 1)) + 1
      this.#counts.set(stem, count)
      name = `${stem}_${count}`
    } while (this.#wished.has(name))
    this.#wished.add(name)
    return name
  }
}

/**
 * What stands before the kind in a name that {@link Names} may have generated: the name of a head or a shared layer, or ''. Undefined for a
 * name that is not a kind and a number.
 */
export const prefixIn = (name: string, kind: string): string | undefined => {
  const end = name.lastIndexOf('_')
  const stem = `_${name.slice(0, end)}`
  return stem.endsWith(`_${kind}`) && /^\d+$/.test(name.slice(end + 1)) ? stem.slice(1, -kind.length - 1) : undefined
}

/**
 * Returns a function that reserves a name, with the first free number added if it is taken.
 *
 * @param taken the names in use; the function adds to them
 */
export const untakenIn = (taken: Set<string>): ((name: string, isWanted?: (free: string) => boolean) => string) => {
  const counts = new Map<string, number>()
  return (name, isWanted = () => true) => {
    let count = counts.get(name) ?? 1
    const candidate = (): string => (count === 1 ? name : `${name}_${count}`)
    while (taken.has(candidate())) count += 1
    counts.set(name, count)
    if (isWanted(candidate())) taken.add(candidate())
    return candidate()
  }
}
