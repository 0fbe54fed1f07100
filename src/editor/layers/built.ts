import { layerOf } from '../../layers/kind/value.js'
import { input } from '../../network/input.js'
import { inputs } from '../../network/inputs.js'
import { kinds } from '../../network/kinds.js'
import type { AnyNetwork } from '../../network/network.js'
import { sizeOf } from '../evaluate/size.js'
import type { Call, Part } from '../source/calls.js'
import { meantBy, receiverOf } from '../source/constants.js'
import { arrowIn } from '../source/functions.js'
import { callOfPart, isMethod, type Source } from '../source/source.js'
import { unknownValue, valueAt } from '../source/values.js'
import type { Answers } from '../types/answer.js'
import { layerOfType } from '../types/layer-type.js'
import { networkIn, wholeShape } from '../types/network-type.js'
import { argumentsOfCall, kindOfCall } from './rule.js'

/*
 * The network of a chain, built from its text: with layer values, functions and constants, and with what the compiler knows of arguments.
 */

/** Longer chains are not built, nor networks of more layers. */
const longestChain = 600
const mostLayers = 5_000

/** Functions and layer values inside each other. */
const deepest = 40

/** What is not written in the text, or not in a way that is read. */
class UnknownError extends Error {
  override readonly name = 'UnknownError'
}

/** The calls of a chain up to one, from its beginning, which may be in the constants that it goes on from. */
export const chainOf = (source: Source, call: Call): readonly Call[] => {
  const chain = new Set<Call>()
  // A constant that is made of itself is a mistake, and no reason to go round.
  for (let each: Call | undefined = call; each && !chain.has(each) && chain.size <= longestChain; each = receiverOf(source, each)) {
    chain.add(each)
  }
  return [...chain].reverse()
}

/** The network of a chain of calls; undefined where something in it is not known, or does not fit. */
export const builtFrom = (source: Source, chain: readonly Call[], answers: Answers): AnyNetwork | undefined => {
  try {
    return new Builder(source, answers).chain(chain, 0)
  } catch {
    // What does not fit is what the compiler underlines.
    return undefined
  }
}

/** The shape behind some layers, one after the other; undefined where one of them is not known, or does not fit. */
export const shapeBehind = (source: Source, shape: readonly number[], layers: readonly Part[]): readonly number[] | undefined => {
  try {
    const begin = (input as (...sizes: readonly number[]) => AnyNetwork)(...shape)
    const { output } = new Builder(source, new Map()).layers(begin, layers)
    return Array.isArray(output) ? output : undefined
  } catch {
    return undefined
  }
}

type Methods = Readonly<Record<string, ((...args: unknown[]) => AnyNetwork) | undefined>>

class Builder {
  #layers = 0

  constructor(
    readonly source: Source,
    readonly answers: Answers,
  ) {}

  chain([root, ...calls]: readonly Call[], depth: number): AnyNetwork {
    if (!root) throw new UnknownError()
    return calls.reduce((network, call) => this.#with(network, call, new Map(), depth), this.#begun(root))
  }

  /** A network with layers behind it. */
  layers(begin: AnyNetwork, layers: readonly Part[]): AnyNetwork {
    const values = layers.map((part) => this.#argument(part, new Map(), 0))
    return values.reduce(
      (network: AnyNetwork, layer) => (network as unknown as { apply: (layer: unknown) => AnyNetwork }).apply(layer),
      begin,
    )
  }

  /** `input(7, 7, 3)`, or `inputs({ left: [7, 7, 3] })`. */
  #begun(root: Call): AnyNetwork {
    const kind = this.#imported(root)
    const shape = wholeShape(networkIn(this.answers.get(root.nameStart)?.type)?.input)
    const sizes = (): readonly unknown[] => shape ?? root.args.map((part) => this.#value(part))
    if (kind === 'input') return (input as (...sizes: unknown[]) => AnyNetwork)(...sizes())
    if (kind !== 'inputs' || !root.args[0]) throw new UnknownError()
    return (inputs as (shapes: unknown) => AnyNetwork)(this.#value(root.args[0]))
  }

  /** What the package calls the function of a call. */
  #imported(call: Call): string {
    const { names } = this.source.imports
    const kind = kindOfCall(this.source, call)
    if (isMethod(this.source, call) || (call.dot === undefined && names.get(kind) !== call.name)) throw new UnknownError()
    return kind
  }

  /** A network behind one more method. */
  #with(network: AnyNetwork, call: Call, networks: ReadonlyMap<string, AnyNetwork>, depth: number): AnyNetwork {
    const method = (network as unknown as Methods)[call.name]
    if (!isMethod(this.source, call) || !method || !isBuilding(call.name)) throw new UnknownError()
    const args = this.#args(call, networks, depth)
    this.#count([call.name, args])
    return method.apply(network, args)
  }

  #count(value: unknown): void {
    this.#layers += 1 + sizeOf(value)
    if (this.#layers > mostLayers) throw new UnknownError()
  }

  #args(call: Call, networks: ReadonlyMap<string, AnyNetwork>, depth: number): unknown[] {
    if (depth > deepest) throw new UnknownError()
    const known = argumentsOfCall(this.source, call, this.answers.get(call.nameStart))
    const types = call.name === 'apply' ? this.answers.get(call.nameStart)?.args : undefined
    return call.args.map((part, index) =>
      known[index] === unknownValue ? this.#argument(part, networks, depth + 1, types?.[index]) : known[index],
    )
  }

  /** A layer value, a function, or the value of a constant; where the text does not say, the layer of its type. */
  #argument(part: Part, networks: ReadonlyMap<string, AnyNetwork>, depth: number, type?: string): unknown {
    const meant = meantBy(this.source, part)
    const call = callOfPart(this.source, meant)
    if (call) return isMethod(this.source, call) ? this.#branch(call, networks, depth) : this.#layer(call, networks, depth)
    const arrow = arrowIn(this.source, meant)
    if (arrow !== undefined) return this.#function(meant, arrow, networks, depth)
    const layer = layerOfType(type)
    return layer === unknownValue ? this.#value(meant) : layer
  }

  #value(part: Part): unknown {
    const value = valueAt(this.source, meantBy(this.source, part))
    if (value === unknownValue) throw new UnknownError()
    return value
  }

  #layer(call: Call, networks: ReadonlyMap<string, AnyNetwork>, depth: number): unknown {
    const kind = this.#imported(call)
    if (!kinds.has(kind)) throw new UnknownError()
    const layer = layerOf(kind, this.#args(call, networks, depth))
    this.#count(layer)
    return layer
  }

  /** `(x) => x.relu()`, or with a body that only returns. */
  #function(part: Part, arrow: number, networks: ReadonlyMap<string, AnyNetwork>, depth: number): unknown {
    const { tokens, pairs } = this.source
    const parameter = tokens[part.first]?.text === '(' ? tokens[part.first + 1] : tokens[part.first]
    if (parameter?.kind !== 'name' || arrow - part.first > 3) throw new UnknownError()
    const isBody = tokens[arrow + 1]?.text === '{' && pairs.get(arrow + 1) === part.last && tokens[arrow + 2]?.text === 'return'
    const last = isBody ? (tokens[part.last - 1]?.text === ';' ? part.last - 2 : part.last - 1) : part.last
    const first = isBody ? arrow + 3 : arrow + 1
    const body = { first, last, start: tokens[first]?.start ?? 0, end: tokens[last]?.end ?? 0 }
    return (x: AnyNetwork) => this.#returned(body, new Map([...networks, [parameter.text, x]]), depth + 1)
  }

  #returned(body: Part, networks: ReadonlyMap<string, AnyNetwork>, depth: number): AnyNetwork {
    const own = body.first === body.last ? networks.get(this.source.tokens[body.first]?.text ?? '') : undefined
    const call = callOfPart(this.source, body)
    if (!own && !call) throw new UnknownError()
    return own ?? this.#branch(call as Call, networks, depth)
  }

  /** A chain on the parameter of a function. */
  #branch(last: Call, networks: ReadonlyMap<string, AnyNetwork>, depth: number): AnyNetwork {
    const calls: Call[] = []
    for (let call: Call | undefined = last; call && calls.length < longestChain; call = call.receiver) calls.unshift(call)
    const first = calls[0] as Call
    const name = this.source.text.slice(first.start, first.dot ?? first.start).trim()
    const begin = networks.get(name)
    if (!begin && depth > deepest) throw new UnknownError()
    // A network of its own, whose layers are applied.
    if (!begin) return this.chain(chainOf(this.source, last), depth + 1)
    return calls.reduce((network, call) => this.#with(network, call, networks, depth), begin)
  }
}

/** Methods that give a network. */
const isBuilding = (name: string): boolean => kinds.has(name) || ['apply', 'outputs', 'expect'].includes(name)
