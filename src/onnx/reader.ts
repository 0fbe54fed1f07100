import type { External } from './external.js'
import { decimal, type Held, type HeldGroups, type HeldTensor, type HeldValue, heldTensor } from './held.js'
import { Layers, type ReadWeight } from './layers.js'
import type { OnnxAttribute, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from './model.js'
import { listed, named } from './words.js'

/** Channels first: the batch, the channels, then the spatial axes. */
export const firstAxes = (rank: number): number[] =>
  rank === 1 ? [-1, 0] : [-1, rank - 1, ...Array.from({ length: rank - 1 }, (_, axis) => axis)]

/** Channels last: the batch, then the axes as they are. */
export const lastAxes = (rank: number): number[] => [-1, ...Array.from({ length: rank }, (_, axis) => axis)]

/** Operators that do with whole numbers what the layer does with the same floats: the others may cut them off, or begin anew behind the largest. */
const exactOnWholes: ReadonlySet<string> = new Set([
  ...['Clip', 'Concat', 'DepthToSpace', 'Flatten', 'Gather', 'MaxPool', 'Pad', 'ReduceMax', 'Relu', 'Reshape', 'Shape', 'Slice', 'Squeeze'],
  ...['Transpose', 'Unsqueeze', 'output'],
])

/** Reads the operators of a model one after the other, and says what stands under the names that they give. */
export class Reader extends Layers {
  readonly #held = new Map<string, Held>()
  /** The tensors of the file that nothing has taken yet. */
  readonly #waiting = new Map<string, OnnxTensor>()
  /** How many values may still be computed of those in the file: hardly more than those are, or a small file would fill any memory. */
  #budget = 2 ** 20
  /** For each layer that flattens: whether its image had its channels first or last. */
  readonly flattened = new Map<string, 'first' | 'last'>()
  /** How many examples the file takes at a time, where it says so. */
  batch: number | undefined
  /** The element type of the input. */
  precision = 0
  /** Whether the input is an image with its channels last. */
  isChannelsLast = false
  readonly #declared: ReadonlyMap<string, OnnxValue>

  constructor(
    model: OnnxModel,
    readonly external: External,
  ) {
    super(model)
    this.#declared = new Map([...model.graph.values, ...model.graph.outputs].map((value) => [value.name, value]))
  }

  /** Whether a name stands for something already. */
  has(name: string): boolean {
    return this.#held.has(name) || this.#waiting.has(name)
  }

  /** Says what stands under a name that no operator gives. */
  begins(name: string, held: Held | OnnxTensor): void {
    if ('is' in held) this.#held.set(name, held)
    else this.#waiting.set(name, held)
  }

  /** What stands under a name; tensors are read once something takes them. */
  #find(name: string): Held | undefined {
    const tensor = this.#waiting.get(name)
    if (tensor) {
      this.#waiting.delete(name)
      this.#held.set(name, this.tensorOf(tensor, named(name)))
    }
    return this.#held.get(name)
  }

  /** Counts values that are computed of those in the file. */
  spend(node: OnnxNode, count: number): void {
    this.#budget -= count
    if (this.#budget < 0) this.fail(node, 'computes more values than the file has, which no layer needs.')
  }

  /** What stands under an input of an operator; `undefined` where the input is left out. */
  optional(node: OnnxNode, index: number): Held | undefined {
    const name = node.inputs[index]
    if (name === undefined || name === '') return undefined
    return this.#find(name) ?? this.fail(node, `takes '${named(name)}', which nothing before it gives.`)
  }

  take(node: OnnxNode, index: number): Held {
    return this.optional(node, index) ?? this.fail(node, `has no input ${index + 1}.`)
  }

  /** An input that is the output of a layer. */
  value(node: OnnxNode, index = 0): HeldValue {
    const held = this.take(node, index)
    if (held.is === 'value') return this.exact(node, held)
    if (held.is === 'groups' && held.epsilon === undefined) return this.#reshaped(node, index, held)
    const name = named(node.inputs[index] as string)
    return this.fail(
      node,
      held.is === 'expression' ? `takes ${held.text}, which is no layer.` : `takes '${name}', which is no output of a layer.`,
    )
  }

  /** Channels in groups that are not normalized are a shape like any other. */
  #reshaped(node: OnnxNode, index: number, { of, groups, each }: HeldGroups): HeldValue {
    const from = this.arranged(node, of, lastAxes(of.axes.length - 1))
    const name = this.add({ ...node, name: '' }, 'reshape', { shape: [groups, each] }, [from])
    const value: HeldValue = { is: 'value', node: name, axes: lastAxes(2) }
    this.#held.set(node.inputs[index] as string, value)
    return value
  }

  /** A value, if an operator does with it what a layer does with floats. */
  exact(node: OnnxNode, held: HeldValue): HeldValue {
    if (held.whole === undefined || (held.whole === 'given' && exactOnWholes.has(node.operator))) return held
    return this.fail(node, 'takes whole numbers, with which it may compute something else than a layer with floats.')
  }

  /** An input that is numbers of the file. */
  tensor(node: OnnxNode, index: number): HeldTensor {
    const held = this.take(node, index)
    const name = named(node.inputs[index] as string)
    if (held.is !== 'tensor') return this.fail(node, `takes '${name}', which must stand in the file as floats.`)
    return held.repeated ? this.fail(node, `takes '${name}', which is there for each example.`) : held
  }

  optionalTensor(node: OnnxNode, index: number): HeldTensor | undefined {
    return this.optional(node, index) && this.tensor(node, index)
  }

  /** An input that is whole numbers, none of them the batch. */
  wholes(node: OnnxNode, index: number): number[] | undefined {
    const held = this.optional(node, index)
    if (!held) return undefined
    if (held.is === 'sizes' && !held.sizes.includes(undefined)) return held.sizes as number[]
    return this.fail(node, `takes '${named(node.inputs[index] as string)}', which must stand in the file as whole numbers.`)
  }

  /**
   * One float that stands in the file; `undefined` where the input is something else.
   *
   * @param most axes that it may have: with more than those of a value, it would give that value more
   */
  scalar(node: OnnxNode, index: number, most = 1): number | undefined {
    const held = this.optional(node, index)
    if (held?.is !== 'tensor' || held.data?.length !== 1 || held.dims.some((size) => size !== 1) || held.dims.length > most)
      return undefined
    return held.data[0]
  }

  /** Axes that an operator names, each once, as numbers from 0; negative ones count from the end of so many. */
  axes(node: OnnxNode, given: readonly number[], count: number): number[] {
    const found = new Set(given.map((axis) => (axis < 0 ? axis + count : axis)))
    if (found.size !== given.length || [...found].some((axis) => !(axis >= 0 && axis < count)))
      return this.fail(node, `its axes ${listed(given)} are not some of ${count}.`)
    return [...found]
  }

  /** Refuses attributes that are not known: none is passed over that may mean something. */
  known(node: OnnxNode, ...names: readonly string[]): void {
    const other = Object.keys(node.attributes).find((name) => !names.includes(name))
    if (other !== undefined) this.fail(node, `has the attribute '${named(other)}', which no layer here has.`)
  }

  #attribute<Key extends string, Value>(node: OnnxNode, name: string, key: Key, standard: Value): Value {
    const found = node.attributes[name] as OnnxAttribute | undefined
    if (!found) return standard
    return key in found
      ? ((found as Record<Key, unknown>)[key] as Value)
      : this.fail(node, `its attribute '${name}' must be of the type ${key}.`)
  }

  int<Standard extends number | undefined>(node: OnnxNode, name: string, standard: Standard): number | Standard {
    return this.#attribute<'int', number | Standard>(node, name, 'int', standard)
  }

  /** What is 0 or 1. */
  flag(node: OnnxNode, name: string, standard: boolean): boolean {
    const value = this.int(node, name, standard ? 1 : 0)
    return value === 0 || value === 1 ? value === 1 : this.fail(node, `its ${name} must be 0 or 1, not ${value}.`)
  }

  ints(node: OnnxNode, name: string): readonly number[] | undefined {
    return this.#attribute<'ints', readonly number[] | undefined>(node, name, 'ints', undefined)
  }

  texts(node: OnnxNode, name: string): readonly string[] | undefined {
    return this.#attribute<'texts', readonly string[] | undefined>(node, name, 'texts', undefined)
  }

  float(node: OnnxNode, name: string, standard: number): number {
    return decimal(this.#attribute(node, name, 'float', standard))
  }

  text(node: OnnxNode, name: string, standard: string): string {
    return this.#attribute(node, name, 'text', standard)
  }

  /** Says what an output of an operator is. */
  hold(node: OnnxNode, held: Held, index = 0): void {
    const name = node.outputs[index]
    if (name === undefined || name === '') return
    if (this.has(name)) this.fail(node, `gives '${named(name)}', which is there already.`)
    if (held.is === 'value') this.#compare(node, name, held)
    this.#held.set(name, held.is === 'value' ? this.#withWholes(node, held) : held)
  }

  /** A value that an operator gives: of whole numbers where it takes such, unless the operator says otherwise. */
  #withWholes(node: OnnxNode, held: HeldValue): HeldValue {
    if (!exactOnWholes.has(node.operator) || held.whole) return held
    const isWhole = node.inputs.some((name) => {
      const taken = this.#held.get(name)
      return taken?.is === 'value' && taken.whole !== undefined
    })
    // Places in a vocabulary are whole numbers, and what stands there is not.
    return isWhole && this.kindOf(held.node) !== 'embedding' ? { ...held, whole: 'given' } : held
  }

  /** Refuses a value that has another shape than the file says. */
  #compare(node: OnnxNode, name: string, held: HeldValue): void {
    const said = this.#declared.get(name)?.dims
    if (!said) return
    const shape = this.shapeOf(held.node)
    const dims = held.axes.map((axis) => (axis < 0 ? 'N' : (shape[axis] as number)))
    const isSame =
      said.length === dims.length && said.every((size, place) => typeof size === 'string' || dims[place] === 'N' || size === dims[place])
    if (!isSame) this.fail(node, `gives ${listed(dims)}, and the file says ${listed(said)}.`)
  }

  /** A layer on a value, whose output has its axes in the same order. */
  onValue(
    node: OnnxNode,
    from: HeldValue,
    kind: string,
    settings: Readonly<Record<string, unknown>> = {},
    weights: readonly ReadWeight[] = [],
  ): void {
    this.hold(node, { is: 'value', node: this.add(node, kind, settings, [from.node], weights), axes: from.axes })
  }

  /** The layer whose output has a value's axes in a given order: the value's own, or a permutation behind it. */
  arranged(node: OnnxNode, { node: name, axes }: HeldValue, wanted: readonly number[]): string {
    if (axes.length !== wanted.length) return this.fail(node, `takes ${axes.length} axes, and ${wanted.length} are needed.`)
    if (axes.every((axis, index) => axis === wanted[index])) return name
    if (axes.indexOf(-1) !== wanted.indexOf(-1)) return this.fail(node, 'needs its examples on the first axis.')
    const order = wanted.filter((axis) => axis >= 0).map((_, place) => axes[wanted.indexOf(place)] as number)
    return this.add({ ...node, name: '' }, 'permute', { axes: order }, [name])
  }

  /** The layer of a value with its channels first, as windows want it. */
  first(node: OnnxNode, index = 0): { name: string; rank: number } {
    const value = this.value(node, index)
    const rank = value.axes.length - 1
    return { name: this.arranged(node, value, firstAxes(rank)), rank }
  }

  last(node: OnnxNode, index = 0): { name: string; rank: number } {
    const value = this.value(node, index)
    const rank = value.axes.length - 1
    return { name: this.arranged(node, value, lastAxes(rank)), rank }
  }

  holdFirst(node: OnnxNode, name: string): void {
    this.hold(node, { is: 'value', node: name, axes: firstAxes(this.shapeOf(name).length) })
  }

  holdLast(node: OnnxNode, name: string): void {
    this.hold(node, { is: 'value', node: name, axes: lastAxes(this.shapeOf(name).length) })
  }

  tensorOf(tensor: OnnxTensor, place: string): Held {
    const held = heldTensor(tensor, place, this.external)
    if (held.is === 'tensor') this.#budget += 2 * (held.data?.length ?? 0)
    return held
  }
}

/** A reader of one operator. */
export type Readers = Readonly<Record<string, (read: Reader, node: OnnxNode) => void>>

/** One number where all axes have the same, else the list. */
export const oneOrEach = (values: readonly number[]): number | number[] =>
  values.every((value) => value === values[0]) ? (values[0] as number) : [...values]
