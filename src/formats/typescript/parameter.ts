/** A parameter of a function in a source, where it is used in place of a number. */
export class Parameter {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }

  toString(): string {
    return this.name
  }

  /** As the text of a call tells it from a string. */
  toJSON(): object {
    return { parameter: this.name }
  }
}
