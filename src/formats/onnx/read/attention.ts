import { valuesIn } from '../../../layers/kind/layer.js'
import type { OnnxNode } from '../model.js'
import { windowScores, windowsAttended } from './dense/windows.js'
import { once } from './operands/lazily.js'
import type { Projection, ScoresOperand, ValueOperand, ViewOperand } from './operands/operand.js'
import { type Digit, isSameParts } from './operands/views.js'
import type { Reader } from './reader/reader.js'

/**
 * Attention as exporters write it: queries times keys, a softmax of that, and its product with values. Heads are axes that features were split into.
 */

interface Sides {
  /** The axes before the last two: the batch and the heads, in some order. */
  readonly lead: readonly (readonly Digit[])[]
  readonly rows: readonly Digit[]
  readonly columns: readonly Digit[]
}

const sidesOf = ({ digits }: ViewOperand): Sides => ({
  lead: digits.slice(0, -2),
  rows: digits.at(-2) ?? [],
  columns: digits.at(-1) ?? [],
})

/** The features of heads, as a dense layer behind a view gives them; `undefined` where it is no such view. */
const projectionOf = (read: Reader, view: ViewOperand, lead: Sides['lead'], own: readonly Digit[], tokens: readonly Digit[]) => {
  if (view.attention || view.rolls || read.kindOf(view.of) !== 'dense' || read.shapeOf(view.of).length !== 2) return undefined
  const count = read.shapeOf(view.of)[0] as number
  const isTokens = tokens.length === 0 ? count === 1 : tokens.length === 1 && tokens[0]?.axis === 0 && tokens[0].size === count
  const heads = lead.flat().filter(({ axis }) => axis >= 0)
  const isOfFeatures = [...heads, ...own].every(({ axis }) => axis === 1)
  if (!isTokens || !isOfFeatures || heads.length > 1 || own.length > 1 || lead.flat().length !== heads.length + 1) return undefined
  const [head, each] = [heads[0], own[0]]
  const projection: Projection = { of: view.of, offset: view.offset, headStep: head?.step ?? 0, step: each?.step ?? 0 }
  return { projection, heads: head?.size ?? 1, size: each?.size ?? 1, tokens: count }
}

/** Whether the axes before the last two are of the same batch and heads, in the same order. */
const isSameLead = (one: Sides['lead'], other: Sides['lead']): boolean =>
  one.length === other.length &&
  one.every((parts, index) => {
    const others = other[index] as readonly Digit[]
    return (
      parts.length === others.length &&
      parts.every((part, at) => part.size === others[at]?.size && part.axis < 0 === (others[at]?.axis ?? 0) < 0)
    )
  })

/** Queries times keys; `undefined` where two values are no such. */
export const scoresOf = (read: Reader, queries: ViewOperand, keys: ViewOperand, make: () => ValueOperand): ScoresOperand | undefined => {
  const inWindows = windowScores(read, queries, keys)
  if (inWindows) return { ...inWindows, make: once(make) }
  const [left, right] = [sidesOf(queries), sidesOf(keys)]
  if (!isSameLead(left.lead, right.lead)) return undefined
  const [ofQueries, ofKeys] = [
    projectionOf(read, queries, left.lead, left.columns, left.rows),
    projectionOf(read, keys, right.lead, right.rows, right.columns),
  ]
  if (!ofQueries || !ofKeys || ofQueries.size !== ofKeys.size || ofQueries.heads !== ofKeys.heads) return undefined
  return {
    is: 'scores',
    queries,
    heads: { count: ofQueries.heads, size: ofQueries.size },
    projections: [ofQueries.projection, ofKeys.projection],
    keyTokens: ofKeys.tokens,
    scale: queries.scale * keys.scale,
    isSoftmax: false,
    make: once(make),
  }
}

/** The values that a softmax of scores takes, added up: a view of tokens and of the features of all heads; `undefined` where it is none. */
export const attended = (read: Reader, scores: ScoresOperand, values: ViewOperand, make: () => ValueOperand): ViewOperand | undefined => {
  const { queries, heads, projections, keyTokens, scale, windows } = scores
  if (windows) {
    const inWindows = windowsAttended(read, scores, values)
    return inWindows && { ...inWindows, make: once(make) }
  }
  const [left, right] = [sidesOf(queries), sidesOf(values)]
  if (!scores.isSoftmax || values.scale !== 1 || !isSameLead(left.lead, right.lead)) return undefined
  const found = projectionOf(read, values, right.lead, right.columns, right.rows)
  if (!found || found.heads !== heads.count || found.size !== heads.size || found.tokens !== keyTokens) return undefined
  const { count, size } = heads
  const [tokens = 0] = read.shapeOf(queries.of)
  const isHead = ({ axis }: Digit): boolean => axis >= 0
  const lead = left.lead.map((parts) => parts.map((part) => (isHead(part) ? { ...part, step: size } : part)))
  return {
    is: 'view',
    of: queries.of,
    digits: [...lead, left.rows, size === 1 ? [] : [{ axis: 1, size, step: 1 }]],
    offset: 0,
    scale: 1,
    attention: {
      shape: [tokens, count * size],
      heads: count,
      queries: projections[0],
      keys: projections[1],
      values: found.projection,
      scale,
    },
    make: once(make),
  }
}

/** Whether a value is a product of queries and keys, or what comes of it. */
export const scoresAt = (read: Reader, node: OnnxNode, index = 0): ScoresOperand | undefined => {
  const operand = read.take(node, index)
  return operand.is === 'scores' ? operand : undefined
}

/** Whether the last axis of a view counts through all features, and the others through the batch and all else. */
export const hasWholeFeatures = ({ digits }: ViewOperand, shape: readonly number[]): boolean => {
  const last = shape.length - 1
  const features = shape[last] as number
  const own = digits.at(-1) ?? []
  const isWhole = features === 1 ? own.length === 0 : isSameParts(own, [{ axis: last, size: features, step: 1 }])
  const others = digits.slice(0, -1).flat()
  const count = valuesIn(others.filter(({ axis }) => axis >= 0).map(({ size }) => size))
  return (
    isWhole &&
    others.filter(({ axis }) => axis < 0).length === 1 &&
    others.every(({ axis }) => axis < last) &&
    count === valuesIn(shape.slice(0, -1))
  )
}
