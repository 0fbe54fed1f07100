import { standing, standOf } from '../layers/input-of.js'
import { kindOfCall } from '../layers/rule.js'
import type { Call, Part } from '../source/calls.js'
import type { Source } from '../source/source.js'
import { valueAt } from '../source/values.js'
import type { Answer } from '../types/answer.js'
import { isShapes, type KnownShape, type NetworkType, networkIn } from '../types/network-type.js'
import type { CompletionPlace } from './place.js'

/*
 * The names of the values that a call can take, the likeliest first.
 */

/** Joins of values that have one shape. */
const ofOneShape = new Set(['add', 'subtract', 'average', 'maximum', 'minimum', 'residual'])

/** The names with the shapes of their values: first those that fit and that the call does not have yet, the latest of them first. */
export const keptNames = (
  source: Source,
  { call, replaced }: Pick<CompletionPlace & { kind: 'kept' }, 'call' | 'replaced'>,
  answer: Answer | undefined,
): readonly (readonly [string, KnownShape])[] => {
  const network = networkIn(answer?.receiver)
  if (!network) return []
  const others = call.args.filter(({ start, end }) => replaced.end < start || end < replaced.start)
  const given = new Set(others.map((part) => valueAt(source, part)))
  const wanted = shapeOfOthers(source, call, others, answer, network)
  const kind = kindOfCall(source, call)
  const rank = (name: string, shape: KnownShape): number => (fits(kind, shape, wanted) ? 0 : 1) + (given.has(name) ? 2 : 0)
  // Where each was named last; what another file keeps comes behind, by its name.
  const places = new Map<string, number>()
  for (const { kind: of, text, start } of source.tokens) if (of === 'string' && start < call.open) places.set(text.slice(1, -1), start)
  return [...network.named]
    .filter(([name]) => /^[^'"\\\n]+$/.test(name))
    .sort(
      ([one, first], [other, second]) =>
        rank(one, first) - rank(other, second) || (places.get(other) ?? -1) - (places.get(one) ?? -1) || (one < other ? -1 : 1),
    )
}

/** The shape that a join has to meet: that of its first name, else the current one. */
const shapeOfOthers = (
  source: Source,
  call: Call,
  others: readonly Part[],
  answer: Answer | undefined,
  { named }: NetworkType,
): KnownShape | undefined => {
  for (const part of others) {
    const name = valueAt(source, part)
    const shape = typeof name === 'string' ? named.get(name) : undefined
    if (shape) return shape
  }
  const stand = standOf(source, call)
  const here = stand && standing(source, stand, answer)?.shape
  return here === undefined || isShapes(here) ? undefined : here
}

const fits = (kind: string, shape: KnownShape, wanted: KnownShape | undefined): boolean => {
  if (!wanted || (kind !== 'concat' && !ofOneShape.has(kind))) return true
  const sizes = (of: KnownShape): string => `${kind === 'concat' ? [of.length, ...of.slice(0, -1)] : of}`
  return sizes(shape) === sizes(wanted)
}
