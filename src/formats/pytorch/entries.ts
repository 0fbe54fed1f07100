import type { JoiningKind } from '../../network/arguments.js'
import type { GraphNode } from '../../network/graph.js'
import type { NodeKind } from '../../network/kinds.js'
import { type Axes, channelsFirst, channelsLast, ordered, type Tensor } from './axes.js'
import { type Part, refuse, type Writer } from './part.js'
import { pointwiseWriters } from './pointwise.js'
import { reshapingWriters } from './reshaping.js'
import { sequenceWriters } from './sequences.js'
import type { Series } from './series.js'
import { windowWriters } from './windows.js'

/** Consecutive layers as the entries of an `nn.Sequential`. */

/** A module of a layer. */
export interface PartEntry extends Part {
  readonly node: GraphNode
}

/** Branches and their join, which become a class. */
export interface JoinEntry {
  readonly node: GraphNode
  readonly branches: readonly (readonly Entry[])[]
  /** The expression that joins the outputs, with a placeholder for each branch: `{0} + {1}`. */
  readonly expression: string
  readonly input: Tensor
  readonly tensor: Tensor
}

export type Entry = PartEntry | JoinEntry

/** Whether an entry represents branches. */
export const isJoinEntry = (entry: Entry): entry is JoinEntry => 'branches' in entry

/** The writer for each kind of layer. */
export const writers: Readonly<Record<Exclude<NodeKind, JoiningKind>, Writer>> = {
  ...windowWriters,
  ...pointwiseWriters,
  ...reshapingWriters,
  ...sequenceWriters,
}

/** A layer's modules on a tensor, and their output. */
export const written = (node: GraphNode, input: Tensor, byChannels: ReadonlySet<string>): { parts: readonly Part[]; tensor: Tensor } => {
  if (!Object.hasOwn(writers, node.kind)) return refuse(node, 'PyTorch has no such layer. Write it with the layers that are there.')
  const result = writers[node.kind as keyof typeof writers](node, input, byChannels.has(node.name))
  if ('axes' in result) return { parts: [], tensor: result }
  return { parts: result, tensor: (result.at(-1) as Part).tensor }
}

/** Consecutive layers on a tensor, and their output. */
export const entriesOf = (
  series: Series,
  input: Tensor,
  byChannels: ReadonlySet<string>,
): { entries: readonly Entry[]; tensor: Tensor } => {
  const entries: Entry[] = []
  let tensor = input
  for (const { node, branches } of series) {
    if (branches) {
      // Permute to channels first before a fork, or each branch would have to do it.
      const before = tensor.shape.length > 2 ? ordered(tensor, channelsFirst(tensor.shape)) : []
      entries.push(...before.map((part) => ({ ...part, node })))
      tensor = before.at(-1)?.tensor ?? tensor
      const ends = branches.map((branch) => entriesOf(branch, tensor, byChannels))
      const joined = joinOf(
        node,
        ends.map((end) => end.tensor),
      )
      const permuted = ends.map(({ entries }, index) => [
        ...entries,
        ...(joined.parts[index] as readonly Part[]).map((part) => ({ ...part, node })),
      ])
      entries.push({ node, branches: permuted, expression: joined.expression, input: tensor, tensor: joined.tensor })
      tensor = joined.tensor
    } else {
      const result = written(node, tensor, byChannels)
      entries.push(...result.parts.map((part) => ({ ...part, node })))
      tensor = result.tensor
    }
  }
  return { entries, tensor }
}

/** The join of branches: the permutations that give all of them the same order, and the expression, with `{0}` for the first branch. */
export const joinOf = (
  node: GraphNode,
  ends: readonly Tensor[],
): { parts: readonly (readonly Part[])[]; expression: string; tensor: Tensor } => {
  if (node.kind === 'matmul') {
    const parts = ends.map((end) => ordered(end, channelsLast(end.shape)))
    return { parts, tensor: { shape: node.output, axes: channelsLast(node.output) }, expression: 'torch.matmul({0}, {1})' }
  }
  const axes = commonAxes(ends)
  const tensor = { shape: node.output, axes }
  const parts = ends.map((end) => (end.axes.length === axes.length ? ordered(end, axes) : []))
  const holes = ends.map((_, index) => `{${index}}`)
  if (node.kind !== 'concat' && node.kind !== 'multiply') return { parts, tensor, expression: elementwise(node.kind, holes) }
  const channels = node.output.length - 1
  if (node.kind === 'concat') return { parts, tensor, expression: `torch.cat([${holes.join(', ')}], dim=${axes.indexOf(channels) + 1})` }
  const narrow = (ends[1] as Tensor).axes.length < axes.length
  const widened = axes.map((axis) => (axis === channels ? ':' : 'None')).join(', ')
  return { parts, tensor, expression: narrow ? `{0} * {1}[:, ${widened}]` : '{0} * {1}' }
}

/** More branches than this are stacked, since Python cannot parse an expression with thousands of nested sums. */
const maxOperands = 50

/** The expression of an elementwise join. */
const elementwise = (kind: string, holes: readonly string[]): string => {
  const stacked = `torch.stack([${holes.join(', ')}])`
  const isLong = holes.length > maxOperands
  if (kind === 'subtract') return holes.join(' - ')
  if (kind === 'maximum') return holes.length === 2 ? `torch.maximum(${holes.join(', ')})` : `${stacked}.amax(dim=0)`
  if (kind === 'minimum') return holes.length === 2 ? `torch.minimum(${holes.join(', ')})` : `${stacked}.amin(dim=0)`
  if (kind === 'average') return isLong ? `${stacked}.mean(dim=0)` : `(${holes.join(' + ')}) / ${holes.length}`
  return isLong ? `${stacked}.sum(dim=0)` : holes.join(' + ')
}

/** The order that needs the fewest permutations: that of the first branch, unless another is channels first. */
const commonAxes = (ends: readonly Tensor[]): Axes => {
  const { shape, axes } = ends[0] as Tensor
  const first = channelsFirst(shape)
  return ends.some((end) => end.axes.join() === first.join()) ? first : axes
}
