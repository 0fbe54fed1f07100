import type { Call } from '../source/calls.js'
import { callOfPart, isMethod, isOfKind, type Source } from '../source/source.js'
import type { Answer } from '../types/answer.js'
import { isShapes, type KnownShape, type NetworkType, networkIn, wholeShape } from '../types/network-type.js'
import { argumentsOfCall, kindOfCall, tried } from './rule.js'

/*
 * On what a layer stands: a method on the network before it, a layer value on what the method gets that applies it.
 */

/** Where the shape that a call stands on comes from. */
export interface Stand {
  /** The method that is asked about. */
  readonly method: Call
  /** The layer values before the call, in the same block. */
  readonly before: readonly Call[]
}

const containers = ['repeat', 'shared', 'residual', 'concat', 'add', 'subtract', 'average', 'maximum', 'minimum', 'multiply', 'matmul']
const methods = ['apply', ...containers]

/** Where the shape comes from that a call stands on; undefined for a layer value that nothing in the text applies. */
export const standOf = (source: Source, call: Call): Stand | undefined => {
  if (isMethod(source, call)) return { method: call, before: [] }
  const { parent } = call
  if (!parent) return undefined
  if (isMethod(source, parent)) return methods.includes(parent.name) ? { method: parent, before: [] } : undefined
  if (containers.some((kind) => isOfKind(source, parent, kind))) return standOf(source, parent)
  if (!isOfKind(source, parent, 'block')) return undefined
  const outer = standOf(source, parent)
  const own = parent.args.findIndex(({ start, end }) => start <= call.start && call.end <= end)
  const calls = parent.args.slice(0, Math.max(own, 0)).map((part) => callOfPart(source, part))
  if (!outer || own < 0 || calls.some((each) => each === undefined)) return undefined
  return { method: outer.method, before: [...outer.before, ...(calls as Call[])] }
}

/** The network that a call stands on, and the shape there. */
export const standing = (
  source: Source,
  stand: Stand,
  answer: Answer | undefined,
): { network: NetworkType; shape: KnownShape } | undefined => {
  const network = networkIn(answer?.receiver)
  if (!network || network.output === undefined || isShapes(network.output)) return undefined
  let shape: KnownShape | undefined = network.output
  for (const call of stand.before) {
    const whole = wholeShape(shape)
    shape = whole && tried(kindOfCall(source, call), whole, argumentsOfCall(source, call, undefined))?.output
    if (!shape) return undefined
  }
  return { network, shape }
}
