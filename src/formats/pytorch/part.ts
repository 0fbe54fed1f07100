import { FormatError } from '../../network/format-error.js'
import type { GraphNode } from '../../network/graph.js'
import type { Tensor } from './axes.js'
import type { Call } from './call.js'

/** One module of those that stand for a layer. */
export interface Part {
  readonly call: Call
  /** What it does beside the layer itself: `'pad'`, `'permute'`; `''` for the layer. */
  readonly role: string
  /** What comes out of it. */
  readonly tensor: Tensor
  /** The layer's weights that it holds: for each, its name in the module, `kernel` as `'weight'`. */
  readonly weights?: Readonly<Record<string, string>>
}

/**
 * The modules of a layer on a tensor; none for one that only names the axes anew.
 *
 * @param byChannels whether a flattening takes the values channel by channel, as PyTorch does, and not row by row
 */
export type Writer = (node: GraphNode, input: Tensor, byChannels: boolean) => readonly Part[] | Tensor

/** A module of a layer. */
export const part = (call: Call, tensor: Tensor, weights: Readonly<Record<string, string>> = {}, role = ''): Part => ({
  call,
  role,
  tensor,
  weights,
})

/** The names of a kernel and, where there is one, of a bias. */
export const kernelAndBias = ({ weights }: GraphNode): Record<string, string> =>
  Object.fromEntries(weights.map(({ name }) => [name, name === 'kernel' ? 'weight' : name]))

/** A writer whose layers have modules. */
export type PartsWriter = (node: GraphNode, input: Tensor) => readonly Part[]

/**
 * Refuses a layer that PyTorch cannot compute.
 *
 * @throws {FormatError} always
 */
export const refuse = (node: GraphNode, sentence: string): never => {
  throw new FormatError(`${node.kind}: ${sentence}`, 'pytorch', node.name)
}
