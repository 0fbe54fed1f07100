/** Lists of names, each with a name of its own, found by what a longer list begins with: in as many steps as that one has names. */
export class Prefixes {
  readonly #numbers = new Map<string, number>()
  /** For a list so far and the next name, the list with it: each list so far has a number, that of nothing is 0. */
  readonly #next = new Map<number, number>()
  readonly #named = new Map<number, string>()
  #lists = 0

  /** The number of a list with one more name; `undefined` where no list goes on so. */
  #step(list: number, name: string): number | undefined {
    const number = this.#numbers.get(name)
    return number === undefined ? undefined : this.#next.get(list * 2 ** 26 + number)
  }

  add(names: readonly string[], name: string): void {
    let list = 0
    for (const each of names) {
      const number = this.#numbers.get(each) ?? this.#numbers.size
      this.#numbers.set(each, number)
      const next = this.#step(list, each) ?? ++this.#lists
      this.#next.set(list * 2 ** 26 + number, next)
      list = next
    }
    this.#named.set(list, name)
  }

  /** The longest list of at least two names that a longer one begins with: of how many names, and its own. */
  longest(names: readonly string[]): { readonly count: number; readonly name: string | undefined } {
    let found: { count: number; name: string | undefined } = { count: 0, name: undefined }
    let list: number | undefined = 0
    for (const [index, each] of names.slice(0, -1).entries()) {
      list = this.#step(list, each)
      if (list === undefined) break
      const name = this.#named.get(list)
      if (index > 0 && name !== undefined) found = { count: index + 1, name }
    }
    return found
  }
}
