import type { ActivationMethods } from '../layers/activation/methods.js'
import type { BlockMethods } from '../layers/blocks/methods.js'
import type { ConvolutionMethods } from '../layers/convolution/methods.js'
import type { DenseMethods } from '../layers/dense/methods.js'
import type { JoinMethods } from '../layers/joins/methods.js'
import { withExactOutput } from '../layers/kind/exact-output.js'
import { type AcrossKind, type LayerKind, type Link, type LinkKind, valuesIn } from '../layers/kind/layer.js'
import type { KeptName, NamesIn } from '../layers/kind/named.js'
import { inputTextOf, keptSince, passing, requireValue, shapeOrShapes, typeTextOf, withName } from '../layers/kind/scope.js'
import { layerLink } from '../layers/kind/sharing.js'
import { inspected } from '../layers/kind/source-text.js'
import { type AnyLayer, copied, isLayerFunction, layerOf } from '../layers/kind/value.js'
import type { NormalizationMethods } from '../layers/normalization/methods.js'
import type { PoolingMethods } from '../layers/pooling/methods.js'
import type { RecurrentMethods } from '../layers/recurrent/methods.js'
import type { RegularizationMethods } from '../layers/regularization/methods.js'
import type { ReshapingMethods } from '../layers/reshaping/methods.js'
import type { ResizingMethods } from '../layers/resizing/methods.js'
import type { TokenMethods } from '../layers/tokens/methods.js'
import { withNote } from '../shape/channels-last.js'
import type { AnyInput, AnyShape, Shape } from '../shape/shape.js'
import { paramsText } from '../shape/type-text.js'
import type { OneCopy } from './copy.js'
import { dataOf, type NetworkData } from './data.js'
import { isMade, madeHere } from './described.js'
import { type Expected, requireShape } from './expect.js'
import type { Graph } from './graph.js'
import { kindOf, kinds } from './kinds.js'
import { again, graphOf } from './link.js'
import { refuseBranch, requireCount, requireLayer } from './refusals.js'
import { type KnownName, type NewName, type OutputsMethod, outputsLink, type ShapeNamed } from './values.js'

/**
 * Any network, whatever its shapes: what a function takes that works on all of them.
 *
 * It has no methods, so passing a network to it costs the compiler nothing.
 */
export interface AnyNetwork {
  /** Shape of one example that goes in; of each input by its name, where there are several. */
  readonly input: AnyInput
  /** Shape of one example that comes out; of each output by its name, where they are named. */
  readonly output: AnyShape
  /** Trainable parameters. */
  readonly params: number
  /** The layers, as reports and exports read them. */
  readonly graph: Graph
  /** What an editor shows of it: `Network<[784], [10], 7850>`. */
  toString(): string
}

/** One base in place of two: with two the compiler compares the members of both in every network. */
interface AnyOfThisCopy extends AnyNetwork, OneCopy {}

/**
 * A network with the shape of its input, the shape of its output, and its count of trainable parameters.
 *
 * Networks are never changed: every method returns a new one, so any prefix can be used again. The methods are declared in
 * `layers/`, each in the file of its family.
 *
 * @example
 * const features = input(32, 32, 3).conv2d(10, 5, { padding: 2 })
 * //    ^? Network<[32, 32, 3], [32, 32, 10], 760>
 */
// What the compiler would find out itself, by comparing every method with every other: two million instantiations for the output,
// 6,000 for the input. For the parameters it has to: it does not see that a sum grows with what is added to.
export interface Network<Input extends AnyInput, in out Output extends AnyShape, Params extends number = number>
  extends AnyOfThisCopy,
    ActivationMethods<Input, Output, Params>,
    BlockMethods<Input, Output, Params>,
    ConvolutionMethods<Input, Output, Params>,
    DenseMethods<Input, Output, Params>,
    JoinMethods<Input, Output, Params>,
    NormalizationMethods<Input, Output, Params>,
    PoolingMethods<Input, Output, Params>,
    RecurrentMethods<Input, Output, Params>,
    RegularizationMethods<Input, Output, Params>,
    ReshapingMethods<Input, Output, Params>,
    ResizingMethods<Input, Output, Params>,
    TokenMethods<Input, Output, Params> {
  readonly input: Input
  readonly output: Output
  readonly params: Params

  /**
   * The network as plain data, for `JSON.stringify`; `networkFrom` reads it.
   *
   * @example
   * input(784).dense(10).toJSON() // { format: 'stridewise', version: 1, input: [784], layers: [...], ... }
   */
  toJSON(): NetworkData

  /**
   * A checkpoint: asserts the shape here, at compile time and at run time.
   *
   * Shape and parameters stay. A dimension that is only `number` for the compiler is left to the run time.
   *
   * @param shape the dimensions that are expected, channels last; or those of kept values and outputs, by their names
   * @throws {ShapeError} when the shape is another, or nothing has one of the names
   * @example
   * input(224, 224, 3).maxPool2d(2).expect(112, 112, 3) // Network<[224, 224, 3], [112, 112, 3], 0>
   * input(8, 8, 3).keep('image').flatten().expect({ image: [8, 8, 3] })
   */
  expect<const Wanted extends readonly [number | AnyShape, ...(number | AnyShape)[]]>(
    ...shape: Expected<Output, Wanted, Input>
  ): Network<Input, Output, Params>

  /**
   * A name for the value here: joins, `branch` and `from` call it by that.
   *
   * Shape and parameters stay. The name is known from here on; the one that is kept inside a branch, in that branch only.
   *
   * @param name no other value has it; `'input'` is the input
   * @throws {ShapeError} when there is a value of that name
   * @example
   * input(8, 8, 3).conv2d(16, 1).keep('skip').conv2d(16, 1).add('skip', identity())
   * // Network<[8, 8, 3] & { kept: { skip: [8, 8, 16] } }, [8, 8, 16], 336>
   */
  keep<Name extends string>(
    name: NewName<Input, Output, Name>,
  ): Network<Input & { kept: { [Key in KeptName<Name>]: Output } }, Output, Params>

  /**
   * Goes on from a kept value, or from an input.
   *
   * The shape is that of the value. Parameters stay: what was here stays in the network, and counts.
   *
   * @param name the name that `keep` gave it
   * @throws {ShapeError} when nothing has that name
   * @example
   * input(8, 8, 3).keep('image').conv2d(16, 1).keep('features').from('image')
   * // Network<[8, 8, 3] & { kept: { image: [8, 8, 3] } } & { kept: { features: [8, 8, 16] } }, [8, 8, 3], 64>
   */
  from<Name extends NamesIn<Input> | (string & {})>(name: KnownName<'from', Input, Name>): Network<Input, ShapeNamed<Input, Name>, Params>

  /**
   * Makes kept values the outputs of the network, in place of the value here.
   *
   * The output is then a record of their shapes by their names. Parameters stay: all layers count, those that no output needs too.
   *
   * @param names of kept values, heads or inputs; they are the names of the outputs
   * @throws {ShapeError} when nothing has one of the names, or one stands twice
   * @example
   * input(8, 8, 3).conv2d(16, 1).keep('fine').maxPool2d(2).keep('coarse').outputs('fine', 'coarse')
   * // Network<[8, 8, 3] & { kept: { fine: [8, 8, 16] } } & { kept: { coarse: [4, 4, 16] } }, { fine: [8, 8, 16]; coarse: [4, 4, 16] }, 64>
   */
  readonly outputs: OutputsMethod<Input, Params>
}

/** The one class behind {@link Network}: its methods are the {@link kinds}. */
class LinkedNetwork implements AnyNetwork {
  readonly #begin: Link
  readonly #last: Link
  #graph: Graph | undefined

  declare readonly input: AnyShape
  declare readonly output: AnyShape
  declare readonly params: number
  declare readonly graph: Graph

  /**
   * What a network is made of, as properties of its own: so `deepEqual`, snapshots, `structuredClone` and `{ ...network }` see it.
   * They are computed when they are read, since a chain makes a network at every call. Shapes are copies, so callers cannot change
   * the network.
   */
  static readonly #properties: PropertyDescriptorMap & ThisType<LinkedNetwork> = {
    input: {
      enumerable: true,
      get(): AnyShape {
        return shapeOrShapes(this.#begin)
      },
    },
    output: {
      enumerable: true,
      get(): AnyShape {
        return shapeOrShapes(this.#last)
      },
    },
    params: {
      enumerable: true,
      get(): number {
        const weights = this.graph.nodes.flatMap((node) => node.weights)
        return weights.reduce((sum, { shape, trainable }) => sum + (trainable ? valuesIn(shape) : 0), 0)
      },
    },
    graph: {
      enumerable: true,
      get(): Graph {
        this.#graph ??= graphOf(this.#last)
        return this.#graph
      },
    },
  }

  static {
    // As people know it, in minified builds too.
    Object.defineProperty(LinkedNetwork, 'name', { value: 'Network' })
    Object.defineProperty(LinkedNetwork.prototype, madeHere, { value: true })
  }

  /**
   * @param begin where the network begins: its input, or a place of its own for the argument of a branch's function
   * @param last the link whose output is the network's
   */
  constructor(begin: Link, last: Link) {
    this.#begin = begin
    this.#last = last
    Object.defineProperties(this, LinkedNetwork.#properties)
  }

  expect(...shape: unknown[]): this {
    withNote(this.#begin.applied.output, () => requireShape(this.#last, shape))
    return this
  }

  outputs(...names: unknown[]): LinkedNetwork {
    return new LinkedNetwork(this.#begin, outputsLink(this.#last, names))
  }

  apply(...given: unknown[]): LinkedNetwork {
    requireCount('apply', 1, given)
    const [layer] = given
    return withNote(this.#begin.applied.output, () => new LinkedNetwork(this.#begin, this.#applied(layer)))
  }

  /** What an editor shows of it; `number` where the count is no longer exact, as in its type. */
  toString(): string {
    const params = paramsText(this.params)
    return `Network<${inputTextOf(this.#begin, this.#last)}, ${typeTextOf(this.#last)}, ${params}>`
  }

  [inspected](): string {
    return this.toString()
  }

  toJSON(): NetworkData {
    return dataOf(this.graph, this.input, this.output, this.params)
  }

  #applied(layer: unknown): Link {
    if (isMade(layer)) return again(layer, this.#last)
    if (isFunction(layer)) return LinkedNetwork.lastOf('apply: ', this.#last, layer)
    requireLayer('apply: ', layer)
    return follow(this.#last, layer)
  }

  /** The last link of what a function makes of its argument, a network that begins after a link. */
  static lastOf(where: string, before: Link, branch: (x: LinkedNetwork) => unknown): Link {
    // A place of its own, so that nothing else begins there. In the function, 'input' is its argument.
    const begin = passing(before, before.values ? before.scope : withName(before.scope, 'input', before))
    const after = branch(new LinkedNetwork(begin, begin))
    if (!(after instanceof LinkedNetwork && after.#begin === begin && !after.#last.values)) return refuseBranch(where, after)
    return after.#last === begin ? before : outOfFunction(after.#last, begin, before)
  }
}

/** The end of a function's layers, where names mean what they meant before it, and what it kept. */
const outOfFunction = (end: Link, begin: Link, before: Link): Link => {
  let kept = before.scope?.kept
  for (const { name, link } of keptSince(end, begin)) kept = { name, link, before: kept }
  return passing(end, { ...end.scope, kept })
}

/**
 * The link of a layer value behind another.
 *
 * @throws {ShapeError} when the layer cannot stand there, or when it is no layer
 */
const follow = (before: Link, layer: AnyLayer): Link => {
  if (isFunction(layer)) return LinkedNetwork.lastOf('', before, layer)
  requireLayer('', layer)
  const { kind, given } = layer
  const found = kindOf(kind) as LayerKind<unknown[]> | AcrossKind<unknown[]> | LinkKind<unknown[]>
  requireCount(kind, found.takes, given)
  if ('extend' in found) return withExactOutput(found.extend(before, kind === 'shared' ? followAny : follow, ...given))
  requireValue(kind, before)
  const { output } = before.applied
  const applied = found.apply(output, ...given)
  const other = 'across' in found ? found.across(before, ...given) : undefined
  if (!other) return withExactOutput(layerLink(kind, [before], copied(applied), before.scope))
  const across = (found as AcrossKind<unknown[]>).applyAcross(output, other.applied.output, ...given)
  return withExactOutput(layerLink(kind, [before, other], copied(across), before.scope))
}

/** {@link follow} for a network too: its layers again. */
const followAny = (before: Link, value: AnyLayer): Link => (isMade(value) ? again(value, before) : follow(before, value))

/** Whether a value is a function that can make a branch, and not one that makes layer values. */
const isFunction = (value: unknown): value is (x: unknown) => unknown => typeof value === 'function' && !isLayerFunction(value)

for (const kind of kinds.keys()) {
  Object.defineProperty(LinkedNetwork.prototype, kind, {
    value(this: LinkedNetwork, ...given: unknown[]) {
      return this.apply(layerOf(kind, given))
    },
  })
}

/** The network from an input to a link behind it. */
export const networkUpTo = (input: Link, last: Link): Network<Shape, Shape, number> => new LinkedNetwork(input, last) as never

/** The network that has only an input. */
export const networkOn = (input: Link): AnyNetwork => new LinkedNetwork(input, input)
