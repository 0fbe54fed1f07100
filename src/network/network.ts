import type { ActivationMethods } from '../layers/activation/methods.js'
import type { BlockMethods } from '../layers/blocks/methods.js'
import type { ConvolutionMethods } from '../layers/convolution/methods.js'
import type { DenseMethods } from '../layers/dense/methods.js'
import type { JoinMethods } from '../layers/joins/methods.js'
import { withExactOutput } from '../layers/kind/exact-output.js'
import { type AcrossKind, type LayerKind, type Link, type LinkKind, paramsIn } from '../layers/kind/layer.js'
import type { KeptName, NamesIn } from '../layers/kind/named.js'
import type { InputAfter } from '../layers/kind/rule-of.js'
import { inputTextOf, keptSince, passThrough, requireValue, shapeOrShapes, typeTextOf, withName } from '../layers/kind/scope.js'
import { layerLink } from '../layers/kind/sharing.js'
import { inspectSymbol } from '../layers/kind/source-text.js'
import { type AnyLayer, copied, isLayerFunction, layerOf } from '../layers/kind/value.js'
import type { ChunkRule, NamesOrUseABlock } from '../layers/names/chunk.js'
import type { PartNamesOrUseABlock, SizesOrUseABlock, SplitRule } from '../layers/names/split.js'
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
import { appendCopy, graphOf } from './link.js'
import { refuseBranch, requireCount, requireLayer } from './refusals.js'
import { type KnownName, type NewName, type OutputsMethod, outputsLink, type ShapeNamed } from './values.js'

/**
 * Any network, whatever its shapes: the parameter type of functions that accept all networks.
 *
 * It has no methods, so passing a network to it costs the compiler nothing.
 */
export interface AnyNetwork {
  /** The shape of one input sample; for several inputs, the shape of each by name. */
  readonly input: AnyInput
  /** The shape of one output sample; for named outputs, the shape of each by name. */
  readonly output: AnyShape
  /** Trainable parameters. */
  readonly params: number
  /** The layers, for reports and exports. */
  readonly graph: Graph
  /** The type that an editor shows: `Network<[784], [10], 7850>`. */
  toString(): string
}

/** A single base interface: with two, the compiler would compare the members of both in every network. */
interface AnyNetworkOfThisCopy extends AnyNetwork, OneCopy {}

/**
 * A network: the shape of its input, the shape of its output, and the number of its trainable parameters.
 *
 * Networks are immutable. Every method returns a new network, so any prefix can be reused. Each family of layers declares its own
 * methods, in `layers/`.
 *
 * @example
 * const features = input(32, 32, 3).conv2d(10, 5, { padding: 2 })
 * //    ^? Network<[32, 32, 3], [32, 32, 10], 760>
 */
// The variance annotation saves the compiler from comparing every method with every other: two million instantiations for `Output`,
// 6,000 for `Input`. `Params` has none, since the compiler does not see that a sum grows with its operands.
export interface Network<Input extends AnyInput, in out Output extends AnyShape, Params extends number = number>
  extends AnyNetworkOfThisCopy,
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
   * Returns the network as plain data, for `JSON.stringify`. `networkFrom` reads it.
   *
   * @example
   * input(784).dense(10).toJSON() // { format: 'stridewise', version: 1, input: [784], layers: [...], ... }
   */
  toJSON(): NetworkData

  /**
   * Asserts the shape at this point, at compile time and at run time.
   *
   * Shape and parameters are unchanged. A dimension that is `number` at compile time is only checked at run time.
   *
   * @param shape the expected dimensions, channels last; or the expected shapes of kept values and outputs, by name
   * @throws {ShapeError} when the shape differs, or no value has one of the names
   * @example
   * input(224, 224, 3).maxPool2d(2).expect(112, 112, 3) // Network<[224, 224, 3], [112, 112, 3], 0>
   * input(8, 8, 3).keep('image').flatten().expect({ image: [8, 8, 3] })
   */
  expect<const Wanted extends readonly [unknown, ...unknown[]]>(...shape: Expected<Output, Wanted, Input>): this

  /**
   * Names the current value, so that joins, `branch` and `from` can refer to it.
   *
   * Shape and parameters are unchanged. The name is known from here on; if it is kept inside a branch, only in that branch.
   *
   * @param name a new name; `'input'` is already the input
   * @throws {ShapeError} when a value of that name exists
   * @example
   * input(8, 8, 3).conv2d(16, 1).keep('skip').conv2d(16, 1).add('skip', identity())
   * // Network<[8, 8, 3] & { kept: { skip: [8, 8, 16] } }, [8, 8, 16], 336>
   */
  keep<Name extends string>(
    name: NewName<Input, Output, Name>,
  ): Network<Input & { kept: { [Key in KeptName<Name>]: Output } }, Output, Params>

  /**
   * Continues from a kept value, or from an input.
   *
   * The shape becomes that of the value. Parameters are unchanged: the preceding layers stay in the network and still count.
   *
   * @param name the name passed to `keep`, or the name of an input
   * @throws {ShapeError} when no value has that name
   * @example
   * input(8, 8, 3).keep('image').conv2d(16, 1).keep('features').from('image')
   * // Network<[8, 8, 3] & { kept: { image: [8, 8, 3] } } & { kept: { features: [8, 8, 16] } }, [8, 8, 3], 64>
   */
  from<Name extends NamesIn<Input> | (string & {})>(name: KnownName<'from', Input, Name>): Network<Input, ShapeNamed<Input, Name>, Params>

  /**
   * Names equal parts of the features, so that joins, `branch` and `from` can refer to them (`torch.chunk`).
   *
   * Shape and parameters are unchanged: like `keep`, it only adds names. Each part has the same sizes but the features, which are
   * divided by the number of names.
   *
   * @param names a new name for each part, in order
   * @throws {ShapeError} when the parts do not divide the features, or a value of a name exists
   * @example
   * input(8, 8, 6).chunk('value', 'gate').from('gate').sigmoid().multiply('value')
   * // Network<[8, 8, 6] & { kept: { value: [8, 8, 3] } } & { kept: { gate: [8, 8, 3] } }, [8, 8, 3], 0>
   */
  chunk<const Names extends readonly string[]>(
    ...names: NamesOrUseABlock<Output, Names, Input>
  ): Network<InputAfter<Input, ChunkRule<Output, Names, Input>>, Output, Params>

  /**
   * Names parts of the features with sizes of their own, so that joins, `branch` and `from` can refer to them (`torch.split`).
   *
   * Shape and parameters are unchanged: like `keep`, it only adds names. Each part has the same sizes but the features.
   *
   * @param sizes the features of each part, which add up to those of the value
   * @param names a new name for each part, in order
   * @throws {ShapeError} when the sizes do not add up to the features, or a value of a name exists
   * @example
   * input(8, 8, 6).split([2, 4], 'left', 'right').from('right')
   * // Network<[8, 8, 6] & { kept: { left: [8, 8, 2] } } & { kept: { right: [8, 8, 4] } }, [8, 8, 4], 0>
   */
  split<const Sizes extends readonly number[] | number | string, const Names extends readonly string[]>(
    sizes: SizesOrUseABlock<Output, Sizes, Names, Input>,
    ...names: PartNamesOrUseABlock<Output, Sizes, Names, Input>
  ): Network<InputAfter<Input, SplitRule<Output, Sizes, Names, Input>>, Output, Params>

  /**
   * Makes kept values the outputs of the network, instead of the current value.
   *
   * The output becomes a record of their shapes by name. Parameters are unchanged: all layers count, including those that no output
   * needs.
   *
   * @param names the names of kept values, heads or inputs, which become the names of the outputs
   * @throws {ShapeError} when no value has one of the names, or a name is repeated
   * @example
   * input(8, 8, 3).conv2d(16, 1).keep('fine').maxPool2d(2).keep('coarse').outputs('fine', 'coarse')
   * // Network<[8, 8, 3] & { kept: { fine: [8, 8, 16] } } & { kept: { coarse: [4, 4, 16] } }, { fine: [8, 8, 16]; coarse: [4, 4, 16] }, 64>
   */
  readonly outputs: OutputsMethod<Input, Params>
}

/** The class behind {@link Network}. Its methods are the {@link kinds}. */
class LinkedNetwork implements AnyNetwork {
  readonly #start: Link
  readonly #last: Link
  #graph: Graph | undefined

  declare readonly input: AnyShape
  declare readonly output: AnyShape
  declare readonly params: number
  declare readonly graph: Graph

  /**
   * The public properties are own properties, so that `deepEqual`, snapshots, `structuredClone` and `{ ...network }` see them. They are
   * computed on access, since a chain makes a network at every call. Shapes are copies, so callers cannot change the network.
   */
  static readonly #properties: PropertyDescriptorMap & ThisType<LinkedNetwork> = {
    input: {
      enumerable: true,
      get(): AnyShape {
        return shapeOrShapes(this.#start)
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
        return paramsIn(this.graph.nodes.flatMap((node) => node.weights))
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
    // The public name, in minified builds too.
    Object.defineProperty(LinkedNetwork, 'name', { value: 'Network' })
    Object.defineProperty(LinkedNetwork.prototype, madeHere, { value: true })
  }

  /**
   * @param start the link where the network starts: its input, or a link of its own for the argument of a branch's function
   * @param last the link whose output is the network's output
   */
  constructor(start: Link, last: Link) {
    this.#start = start
    this.#last = last
    // Frozen, so that frameworks whose state is a proxy of an object (Vue's `ref`, Immer's drafts) leave it as it is.
    Object.freeze(Object.defineProperties(this, LinkedNetwork.#properties))
  }

  expect(...shape: unknown[]): this {
    withNote(this.#start.applied.output, this.expect, () => requireShape(this.#last, shape))
    return this
  }

  outputs(...names: unknown[]): LinkedNetwork {
    return this.#followedBy(this.outputs, () => outputsLink(this.#last, names))
  }

  apply(...args: unknown[]): LinkedNetwork {
    return this.#followedBy(this.apply, () => {
      requireCount('apply', 1, args)
      return this.#linkOfApplied(args[0])
    })
  }

  /** The type that an editor shows, with `number` for a count that is no longer exact. */
  toString(): string {
    const params = paramsText(this.params)
    return `Network<${inputTextOf(this.#start, this.#last)}, ${typeTextOf(this.#last)}, ${params}>`
  }

  [inspectSymbol](): string {
    return this.toString()
  }

  toJSON(): NetworkData {
    return dataOf(this.graph, this.input, this.output, this.params)
  }

  /** The network with one more link. An error has the lines of what called `caller`. */
  #followedBy(caller: unknown, makeLink: () => Link): LinkedNetwork {
    return withNote(this.#start.applied.output, caller, () => new LinkedNetwork(this.#start, makeLink()))
  }

  #linkOfApplied(layer: unknown): Link {
    if (isMade(layer)) return appendCopy(layer, this.#last, LinkedNetwork.endOf(layer))
    if (isFunction(layer)) return LinkedNetwork.lastOf('apply: ', this.#last, layer)
    requireLayer('apply: ', layer)
    return append(this.#last, layer)
  }

  /** The last link of a network; undefined for one that another copy of the package made. */
  static endOf(network: AnyNetwork): Link | undefined {
    return network instanceof LinkedNetwork ? network.#last : undefined
  }

  /** Runs a branch's function on a network that starts after a link, and returns the last link of its result. */
  static lastOf(where: string, before: Link, makeBranch: (x: LinkedNetwork) => unknown): Link {
    // A separate link, so that only this branch starts there. Inside the function, 'input' is its argument.
    const start = passThrough(before, before.values ? before.scope : withName(before.scope, 'input', before))
    const end = makeBranch(new LinkedNetwork(start, start))
    if (!(end instanceof LinkedNetwork && end.#start === start && !end.#last.values)) return refuseBranch(where, end)
    return end.#last === start ? before : leaveBranch(end.#last, start, before)
  }
}

/** Ends a function's layers: names mean what they meant before, and the values that the function kept are added. */
const leaveBranch = (end: Link, start: Link, before: Link): Link => {
  let kept = before.scope?.kept
  for (const { name, link } of keptSince(end, start)) kept = { name, link, before: kept }
  return passThrough(end, { ...end.scope, kept })
}

/**
 * Appends a layer value to a link.
 *
 * @throws {ShapeError} when the value is not a layer, or the layer does not accept its input
 */
const append = (before: Link, layer: AnyLayer): Link => {
  if (isFunction(layer)) return LinkedNetwork.lastOf('', before, layer)
  requireLayer('', layer)
  const { kind, given } = layer
  const layerKind = kindOf(kind) as LayerKind<unknown[]> | AcrossKind<unknown[]> | LinkKind<unknown[]>
  requireCount(kind, layerKind.takes, given, before.applied.output)
  if ('extend' in layerKind) return withExactOutput(layerKind.extend(before, kind === 'shared' ? appendAny : append, ...given))
  requireValue(kind, before)
  const { output } = before.applied
  const applied = layerKind.apply(output, ...given)
  const other = 'across' in layerKind ? layerKind.across(before, ...given) : undefined
  if (!other) return withExactOutput(layerLink(kind, [before], copied(applied), before.scope))
  const across = (layerKind as AcrossKind<unknown[]>).applyAcross(output, other.applied.output, ...given)
  return withExactOutput(layerLink(kind, [before, other], copied(across), before.scope))
}

/** {@link append} that also accepts a network, and copies its layers: what `apply` accepts. */
const appendAny = (before: Link, value: AnyLayer): Link => {
  if (isMade(value)) return appendCopy(value, before, endOf(value))
  if (isFunction(value)) return LinkedNetwork.lastOf('apply: ', before, value)
  requireLayer('apply: ', value)
  return append(before, value)
}

/** Whether a value is a function that builds a branch, not one that creates layer values. */
const isFunction = (value: unknown): value is (x: unknown) => unknown => typeof value === 'function' && !isLayerFunction(value)

for (const kind of kinds.keys()) {
  Object.defineProperty(LinkedNetwork.prototype, kind, {
    value(this: LinkedNetwork, ...args: unknown[]) {
      return this.apply(layerOf(kind, args))
    },
  })
}

/** The network from an input to a later link. */
export const networkUpTo = (input: Link, last: Link): Network<Shape, Shape, number> => new LinkedNetwork(input, last) as never

/** The last link of a network; undefined for one that another copy of the package made. */
export const endOf = (network: AnyNetwork): Link | undefined => LinkedNetwork.endOf(network)

/** The network that consists of an input only. */
export const networkOn = (input: Link): AnyNetwork => new LinkedNetwork(input, input)
