import { joiningKinds } from '../../network/arguments.js'
import type { GraphNode } from '../../network/graph.js'
import type { Span } from '../source/source.js'

/*
 * Which call of a text each layer of a network comes from.
 */

/** A layer that a call adds. */
export interface Origin {
  readonly kind: string
  /** The call, and the calls around it that take its layer or its function. */
  readonly spans: readonly Span[]
}

/** Methods and layer values that add no layer of their own. */
const passing: ReadonlySet<string> = new Set([
  ...['apply', 'block', 'repeat', 'shared', 'branch', 'identity', 'keep', 'from', 'expect', 'outputs', 'branchOut', 'parallel'],
])

/** What a call adds behind the layers in its arguments; none where it adds nothing. */
export const ownOrigin = (kind: string, span: Span): readonly Origin[] => (passing.has(kind) ? [] : [{ kind, spans: [span] }])

/** Layers that are taken by a call, with that call. */
export const takenBy = (origins: readonly Origin[], span: Span): readonly Origin[] =>
  origins.map(({ kind, spans }) => ({ kind, spans: spans.length < mostAround ? [...spans, span] : spans }))

const mostAround = 16

/** How far ahead the call of a layer is looked for. */
const mostAhead = 8

const isOf = (node: GraphNode, { kind }: Origin): boolean =>
  node.kind === kind ||
  (kind === 'inputs' && node.kind === 'input') ||
  ((kind === 'chunk' || kind === 'split') && node.kind === 'slice') ||
  (kind === 'residual' && (joiningKinds as readonly string[]).includes(node.kind))

/**
 * The calls that each node comes from, the innermost first, by the order in which calls and nodes stand. A node without a call of its own
 * has that of the node before: the layers of a ready architecture.
 */
export const callsOfNodes = (nodes: readonly GraphNode[], origins: readonly Origin[]): readonly (readonly Span[])[] => {
  let next = 0
  let last: readonly Span[] = origins[0]?.spans ?? []
  return nodes.map((node) => {
    const ahead = origins.slice(next, next + mostAhead).findIndex((origin) => isOf(node, origin))
    if (ahead >= 0) {
      last = (origins[next + ahead] as Origin).spans
      next += ahead + 1
    }
    return last
  })
}
