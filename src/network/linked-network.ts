import { withExactOutput } from '../layers/kind/exact-output.js'
import { type AcrossKind, type LayerKind, type Link, type LinkKind, paramsIn } from '../layers/kind/layer.js'
import { counted } from '../layers/kind/limits.js'
import { inputTextOf, keptSince, passThrough, requireValue, shapeOrShapes, typeTextOf, withName } from '../layers/kind/scope.js'
import { layerLink } from '../layers/kind/sharing.js'
import { inspectSymbol } from '../layers/kind/source-text.js'
import { type AnyLayer, copied, isLayerFunction, layerOf } from '../layers/kind/value.js'
import { withNote } from '../shape/channels-last.js'
import { ShapeError } from '../shape/message.js'
import { isObject } from '../shape/objects.js'
import type { AnyShape, Shape } from '../shape/shape.js'
import { countText } from '../shape/type-text.js'
import { dataOf, type NetworkData } from './data.js'
import { isMade, madeHere } from './described.js'
import { requireShape } from './expect.js'
import type { Graph } from './graph.js'
import { kindOf, kinds } from './kinds.js'
import { appendCopy, graphOf } from './link.js'
import type { AnyNetwork, Network } from './network.js'
import { refuseBranch, requireCount, requireLayer } from './refusals.js'
import { outputsLink } from './values.js'

/** What a deep copy of a network says of itself. */
const aCopy = 'network: this is a copy of a network. Make it a network again: networkFrom(copy).'

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
    // Not on the prototype, which a deep copy of a network shares.
    [madeHere]: { value: true },
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
    const { start, last } = LinkedNetwork.#endsOf(this)
    withNote(start.applied.output, this.expect, () => requireShape(last, copied(shape, 'expect')))
    return this
  }

  outputs(...names: unknown[]): LinkedNetwork {
    return LinkedNetwork.#followedBy(this, this.outputs, (last) => outputsLink(last, names))
  }

  apply(...args: unknown[]): LinkedNetwork {
    return LinkedNetwork.#followedBy(this, this.apply, (last) => {
      requireCount('apply', 1, args)
      return appendAny(last, copied(args[0] as AnyLayer))
    })
  }

  /** The type that an editor shows, with `number` for a count that is no longer exact. */
  toString(): string {
    if (!(#last in this)) return aCopy
    return `Network<${inputTextOf(this.#start, this.#last)}, ${typeTextOf(this.#last)}, ${countText(this.params)}>`
  }

  [inspectSymbol](): string {
    return this.toString()
  }

  toJSON(): NetworkData {
    return dataOf(this.graph, this.input, this.output, this.params)
  }

  /** The network with one more link. An error has the lines of what called `caller`. */
  static #followedBy(network: LinkedNetwork, caller: unknown, makeLink: (last: Link) => Link): LinkedNetwork {
    const { start, last } = LinkedNetwork.#endsOf(network)
    return withNote(start.applied.output, caller, () => new LinkedNetwork(start, makeLink(last)))
  }

  /** Where a network starts and ends. A deep copy of one, which has its methods, has neither. */
  static #endsOf(network: LinkedNetwork): { readonly start: Link; readonly last: Link } {
    if (#last in network) return { start: network.#start, last: network.#last }
    throw new ShapeError(aCopy, 'network', 'network')
  }

  /** The last link of a network; undefined for one that another copy of the package made. */
  static endOf(network: AnyNetwork): Link | undefined {
    return #last in network ? network.#last : undefined
  }

  /** Runs a branch's function on a network that starts after a link, and returns the last link of its result. */
  static lastOf(where: string, before: Link, makeBranch: (x: LinkedNetwork) => unknown): Link {
    // A separate link, so that only this branch starts there. Inside the function, 'input' is its argument.
    const start = passThrough(before, before.values ? before.scope : withName(before.scope, 'input', before))
    const x = new LinkedNetwork(start, start)
    // As a method of x, so that `net.residual(net.relu)` is refused by the rule of relu.
    const end = makeBranch.call(x, x)
    if (!(isObject(end) && #last in end && end.#start === start && !end.#last.values)) return refuseBranch(where, end)
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
 * @param where the start of the message for what is no layer value
 * @throws {ShapeError} when the value is not a layer, or the layer does not accept its input
 */
const append = (before: Link, layer: AnyLayer, where = ''): Link =>
  counted(() => {
    if (isFunction(layer)) return LinkedNetwork.lastOf(where, before, layer)
    requireLayer(where, layer)
    const { kind, given } = layer
    const layerKind = kindOf(kind) as LayerKind<unknown[]> | AcrossKind<unknown[]> | LinkKind<unknown[]>
    requireCount(kind, layerKind.takes, given, before.applied.output)
    if ('extend' in layerKind) return withExactOutput(layerKind.extend(before, kind === 'shared' ? appendAny : append, ...given))
    requireValue(kind, before)
    const { output } = before.applied
    // It checks the arguments, also those that name another value.
    const own = layerKind.apply(output, ...given)
    const other = 'across' in layerKind ? layerKind.across(before, ...given) : undefined
    const applied = other ? (layerKind as AcrossKind<unknown[]>).applyAcross(output, other.applied.output, ...given) : own
    return withExactOutput(layerLink(kind, other ? [before, other] : [before], copied(applied), before.scope))
  })

/** {@link append} that also accepts a network, and copies its layers: what `apply` accepts. */
const appendAny = (before: Link, value: AnyLayer): Link =>
  isMade(value) ? appendCopy(value, before, endOf(value)) : append(before, value, 'apply: ')

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
