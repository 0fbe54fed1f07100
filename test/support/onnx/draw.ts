import type { OnnxAttribute, OnnxModel } from '../../../src/formats/onnx/model.js'
import { Random } from '../../../src/weights/random.js'
import { ints } from './models.js'

/** Draws of models with one operator, each by its own number: the first hundred are the same however many follow. */

/** Draws one thing after the other. */
export class Draw {
  readonly #random: Random

  constructor(seed: number, name: string) {
    this.#random = new Random(seed, name)
  }

  /** A whole number, both ends among them. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.#random.uniform() * (to - from + 1))
  }

  of<Value>(values: readonly Value[]): Value {
    return values[this.whole(0, values.length - 1)] as Value
  }

  /** True so often of a hundred times. */
  often(percent: number): boolean {
    return this.#random.uniform() * 100 < percent
  }

  list(count: number, from: number, to: number): number[] {
    return Array.from({ length: count }, () => this.whole(from, to))
  }

  /** A number that a file may hold in single precision, of a few digits. */
  number(from: number, to: number): number {
    return Math.round((from + this.#random.uniform() * (to - from)) * 100) / 100
  }

  /** Each attribute, or not: an attribute that is left out has its default. */
  some(percent: number, attributes: Readonly<Record<string, () => OnnxAttribute>>): Record<string, OnnxAttribute> {
    return Object.fromEntries(
      Object.entries(attributes)
        .filter(() => this.often(percent))
        .map(([name, value]) => [name, value()]),
    )
  }

  /** A channels-first shape of a few small axes. */
  image(rank: number, channels = this.whole(1, 4)): number[] {
    return [channels, ...this.list(rank, 4, 9)]
  }

  /** An attribute with a number for each axis. */
  each(count: number, from: number, to: number): OnnxAttribute {
    return ints(...this.list(count, from, to))
  }
}

/** What draws the models of an operator. */
export type Drawers = Readonly<Record<string, (draw: Draw) => OnnxModel>>
