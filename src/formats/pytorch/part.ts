import { FormatError } from '../../network/format-error.js'
import type { GraphNode } from '../../network/graph.js'
import type { Tensor } from './axes.js'
import type { Call } from './call.js'

/** One of the modules that represent a layer. */
export interface Part {
  readonly call: Call
  /** Its role besides the layer itself: `'pad'`, `'permute'`; `''` for the layer. */
  readonly role: string
  /** Its output. */
  readonly tensor: Tensor
  /** The layer's weights that it holds, with their names in the module: `'weight'` for `kernel`. */
  readonly weights?: Readonly<Record<string, string>>
}

/**
 * The modules of a layer on a tensor; a tensor alone if the layer only relabels the axes.
 *
 * @param byChannels whether a flatten reads the values channel by channel, as PyTorch does, not row by row
 */
export type Writer = (node: GraphNode, input: Tensor, byChannels: boolean) => readonly Part[] | Tensor

/** Creates a module of a layer. */
export const part = (call: Call, tensor: Tensor, weights: Readonly<Record<string, string>> = {}, role = ''): Part => ({
  call,
  role,
  tensor,
  weights,
})

/** The names of a kernel and, if there is one, a bias. */
export const kernelAndBias = ({ weights }: GraphNode): Record<string, string> =>
  Object.fromEntries(weights.map(({ name }) => [name, name === 'kernel' ? 'weight' : name]))

/** A writer for layers that always have modules. */
export type PartsWriter = (node: GraphNode, input: Tensor) => readonly Part[]

/**
 * Rejects a layer that PyTorch cannot represent.
 *
 * @throws {FormatError} always
 */
export const refuse = (node: GraphNode, sentence: string): never => {
  throw new FormatError(`${node.kind}: ${sentence}`, 'pytorch', node.name)
}
