import { UnreadError } from './syntax.js'

/** Values of names, those of the function around behind those inside. */
export class Names {
  readonly #own = new Map<string, unknown>()

  constructor(readonly around?: Names) {}

  set(name: string, value: unknown): void {
    this.#own.set(name, value)
  }

  get(name: string): unknown {
    if (this.#own.has(name)) return this.#own.get(name)
    if (this.around) return this.around.get(name)
    throw new UnreadError(`'${name.slice(0, 40)}' is not known without running the file`)
  }
}
