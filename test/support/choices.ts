/** Takes choices from a list of numbers: where it ends, always the first. */
export class Choices {
  #at = 0

  constructor(readonly numbers: readonly number[]) {}

  below(count: number): number {
    return (this.numbers[this.#at++] ?? 0) % count
  }

  of<Value>(values: readonly Value[]): Value {
    return values[this.below(values.length)] as Value
  }
}
