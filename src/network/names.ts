/**
 * Gives each layer of a network a unique name: its own, or its kind with a number, after its head's name; one that is taken gets a number too.
 */
export class Names {
  readonly #wished: Set<string>
  readonly #given: Set<string>
  readonly #counts = new Map<string, number>()

  /**
   * @param wishes the names of all layers that have one of their own
   * @param inputs the names of the inputs, which no layer gets
   */
  constructor(wishes: Iterable<string | undefined>, inputs: readonly string[]) {
    this.#given = new Set(inputs)
    this.#wished = new Set([...inputs, ...wishes].filter((wish) => wish !== undefined))
  }

  give(kind: string, wish: string | undefined, head: string | undefined): string {
    if (wish !== undefined && !this.#given.has(wish)) {
      this.#given.add(wish)
      return wish
    }
    const stem = wish ?? (head === undefined ? kind : `${head}_${kind}`)
    let name = stem
    do {
      const count = (this.#counts.get(stem) ?? (wish === undefined ? 0 : 1)) + 1
      this.#counts.set(stem, count)
      name = `${stem}_${count}`
    } while (this.#wished.has(name))
    this.#wished.add(name)
    return name
  }
}

/** Whether a name is one that {@link Names} makes: the kind and a number, after a head's or a shared layer's name. */
export const isNumbered = (name: string, kind: string): boolean => {
  const end = name.lastIndexOf('_')
  const stem = name.slice(0, end)
  return (stem === kind || stem.endsWith(`_${kind}`)) && /^\d+$/.test(name.slice(end + 1))
}

/**
 * Gives a name, or with the first number that makes it another than those that are taken, and takes it.
 *
 * @param taken the names that there are, which grow
 */
export const untakenIn = (taken: Set<string>): ((name: string, isWanted?: (free: string) => boolean) => string) => {
  const counts = new Map<string, number>()
  return (name, isWanted = () => true) => {
    let count = counts.get(name) ?? 1
    const at = (): string => (count === 1 ? name : `${name}_${count}`)
    while (taken.has(at())) count += 1
    counts.set(name, count)
    if (isWanted(at())) taken.add(at())
    return at()
  }
}
