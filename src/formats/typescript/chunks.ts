import type { GraphNode } from '../../network/graph.js'
import { type Chain, calledIn, type Step } from './arrange.js'
import type { Call } from './call.js'

/* Slices that are all parts of a value's features, each with a name: what `chunk` and `split` make. */

/** Such slices in a chain, with the heads of each, and the place behind them. */
interface Parts {
  readonly slices: readonly GraphNode[]
  readonly heads: ReadonlyMap<string, readonly Step[]>
  readonly end: number
}

/**
 * A chain with `chunk` in the place of such slices.
 *
 * @param hasOneName whether a node has a single name in the source
 * @param output the node whose value the chain gives; undefined for several
 */
export const withChunks = ({ steps }: Chain, hasOneName: (node: string) => boolean, output: string | undefined): Chain => {
  const found: Step[] = []
  for (let at = 0; at < steps.length; ) {
    const parts = partsAt(steps, at)
    if (!parts?.slices.every(({ name }) => hasOneName(name))) {
      found.push(steps[at] as Step)
      at += 1
      continue
    }
    const { slices, heads, end } = parts
    found.push({ is: 'chunk', slices })
    for (const [node, own] of heads) found.push({ is: 'from', node }, ...own)
    at = end
    const next = steps[at]
    const last = (slices.at(-1) as GraphNode).name
    if (heads.size === 0 && next?.is === 'from' && next.node === slices[0]?.inputs[0]) at += 1
    else if (!heads.has(last) && readsCurrent(steps, at, output === last)) found.push({ is: 'from', node: last })
  }
  return { steps: found, called: calledIn(found) }
}

/** The slices at a place in a chain that are all parts of one value, in order, each the end of a piece; none if there are no such. */
const partsAt = (steps: readonly Step[], start: number): Parts | undefined => {
  const slices: GraphNode[] = []
  const heads = new Map<string, readonly Step[]>()
  let covered = 0
  for (let at = start; ; ) {
    const step = steps[at]
    if (step?.is !== 'layer') return undefined
    const { name, kind, inputs, inputShapes, settings } = step.node
    const [value, shape] = [inputs[0], inputShapes[0]]
    if (kind !== 'slice' || !shape || value !== (slices[0] ?? step.node).inputs[0]) return undefined
    if (settings['axis'] !== shape.length - 1 || settings['start'] !== covered) return undefined
    slices.push(step.node)
    covered = settings['end'] as number
    at += 1
    const own = headsAt(steps, at)
    if (own.length > 0) heads.set(name, own)
    at += own.length
    const [end, from] = [steps[at], steps[at + 1]]
    if (end?.is !== 'end' || end.node !== name) return undefined
    if (covered === shape.at(-1)) return slices.length > 1 ? { slices, heads, end: at + 1 } : undefined
    if (from?.is !== 'from' || from.node !== value) return undefined
    at += 2
  }
}

/** The heads that branch out from the current value at a place in a chain. */
const headsAt = (steps: readonly Step[], start: number): readonly Step[] => {
  let end = start
  for (let step = steps[end]; step?.is === 'head' && step.from === undefined; step = steps[end]) end += 1
  return steps.slice(start, end)
}

/** Whether what follows in a chain reads the current value, or ends with it. */
const readsCurrent = (steps: readonly Step[], start: number, isOutput: boolean): boolean => {
  for (let at = start; at < steps.length; at += 1) {
    const step = steps[at] as Step
    if (step.is === 'from') return false
    if (step.is === 'join') return step.branches.some(({ from }) => from === undefined)
    if (step.is !== 'head' || step.from === undefined) return true
  }
  return isOutput
}

/** The call for slices: equal parts are `chunk`, others `split`. */
export const chunkCall = (slices: readonly GraphNode[], nameOf: (node: string) => string): Call => {
  const names = slices.map(({ name }) => nameOf(name))
  const sizes = slices.map(({ output }) => output.at(-1))
  return sizes.every((size) => size === sizes[0]) ? { name: 'chunk', args: names } : { name: 'split', args: [sizes, ...names] }
}
