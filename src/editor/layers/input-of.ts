import type { Call, Part } from '../source/calls.js'
import { isMethod, isOfKind, type Source } from '../source/source.js'
import { onlyUseOf } from '../source/uses.js'
import { valueAt } from '../source/values.js'
import type { Answer } from '../types/answer.js'
import { isShapes, type KnownShape, type NetworkType, networkIn, wholeShape } from '../types/network-type.js'
import { shapeBehind } from './built.js'

/*
 * On what a layer stands: a method on the network before it, a layer value on what the method gets that applies it.
 */

/** Where the shape that a call stands on comes from. */
export interface Stand {
  /** The method that is asked about. */
  readonly method: Call
  /** The branch that begins at a kept value, where the call stands in one. */
  readonly branch?: Call
  /** The layers before the call, in the same blocks, behind the beginning of the branch. */
  readonly before: readonly Part[]
}

const containers = ['repeat', 'shared', 'residual', 'concat', 'add', 'subtract', 'average', 'maximum', 'minimum', 'multiply', 'matmul']
const methods = ['apply', 'branchOut', ...containers]

/** Layers in layers, and constants, are followed so far. */
const deepest = 100

/** Where the shape comes from that a call stands on; undefined for a layer value that nothing in the text applies. */
export const standOf = (source: Source, call: Call, depth = 0): Stand | undefined => {
  if (isMethod(source, call)) return { method: call, before: [] }
  if (depth > deepest) return undefined
  const given = call.parent ? { parent: call.parent, part: call } : onlyUseOf(source, call)
  if (!given) return undefined
  const { parent, part } = given
  if (isMethod(source, parent)) return methods.includes(parent.name) ? { method: parent, before: [] } : undefined
  if (containers.some((kind) => isOfKind(source, parent, kind))) return standOf(source, parent, depth + 1)
  const isBranch = isOfKind(source, parent, 'branch')
  if (!isBranch && !isOfKind(source, parent, 'block')) return undefined
  const outer = standOf(source, parent, depth + 1)
  const own = parent.args.findIndex(({ start, end }) => start <= part.start && part.end <= end)
  if (!outer || own < 0) return undefined
  // What stands before a branch is on another way.
  if (isBranch) return own === 0 ? undefined : { method: outer.method, branch: parent, before: parent.args.slice(1, own) }
  return { ...outer, before: [...outer.before, ...parent.args.slice(0, own)] }
}

/** The network that a call stands on, and the shape there. */
export const standing = (
  source: Source,
  { branch, before }: Stand,
  answer: Answer | undefined,
): { network: NetworkType; shape: KnownShape } | undefined => {
  const network = networkIn(answer?.receiver)
  const begin = network && (branch ? namedShape(source, branch, network) : network.output)
  if (!network || begin === undefined || isShapes(begin)) return undefined
  if (before.length === 0) return { network, shape: begin }
  const whole = wholeShape(begin)
  const shape = whole && shapeBehind(source, whole, before)
  return shape && { network, shape }
}

/** The shape of the value at which a branch begins. */
const namedShape = (source: Source, branch: Call, { named }: NetworkType): KnownShape | undefined => {
  const name = branch.args[0] && valueAt(source, branch.args[0])
  return typeof name === 'string' ? named.get(name) : undefined
}
