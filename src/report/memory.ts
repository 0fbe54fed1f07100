import { valuesIn } from '../layers/kind/layer.js'
import type { Graph } from '../network/graph.js'
import { innerTensorsOf } from './inner-tensors.js'

/**
 * Which node's output lies in whose memory: its own name, or that of the node whose output it overwrites or views.
 *
 * A layer can overwrite its input only when no later layer reads that memory, by whatever name: a view of a tensor is the tensor.
 */
export const buffersOf = (graph: Graph): Map<string, string> => {
  const buffers = new Map<string, string>()
  const lastUse = lastUses(graph)
  /** The last node that reads a buffer, under any of the names that it has so far. */
  const lastOfBuffer = new Map<string, number>()
  for (const [index, { name, inputs, memory }] of graph.nodes.entries()) {
    const source = inputs[0] === undefined ? undefined : (buffers.get(inputs[0]) as string)
    const shares = source !== undefined && (memory === 'view' || (memory === 'overwrites' && (lastOfBuffer.get(source) ?? 0) <= index))
    const buffer = shares ? source : name
    buffers.set(name, buffer)
    lastOfBuffer.set(buffer, Math.max(lastOfBuffer.get(buffer) ?? 0, lastUse.get(name) ?? 0))
  }
  return buffers
}

/** The largest sum of outputs that have to be in memory at once, and the layer that is running then. */
export interface Peak {
  /** Values for one example. */
  readonly values: number
  /** Name of the layer. */
  readonly layer: string
}

/**
 * The peak of live activations at inference: while a layer runs, its inputs and its output are in memory, and whatever a
 * later layer still reads. The network's outputs stay to the end. Ties go to the first.
 *
 * A layer that writes several tensors runs in as many steps: each reads the tensor before it, and only the first reads the input.
 */
export const peakOf = (graph: Graph, buffers: ReadonlyMap<string, string>): Peak => {
  const { nodes } = graph
  const lastUse = lastUses(graph)
  const lastOfBuffer = new Map<string, number>()
  for (const [name, buffer] of buffers) {
    lastOfBuffer.set(buffer, Math.max(lastOfBuffer.get(buffer) ?? 0, lastUse.get(name) ?? 0))
  }
  let live = 0
  let peak: Peak = { values: 0, layer: graph.input }
  const freedAt = new Map<number, number>()
  const freeAfter = (index: number, values: number): void => void freedAt.set(index, (freedAt.get(index) ?? 0) + values)
  for (const [index, node] of nodes.entries()) {
    const { name } = node
    const reach = (values: number): void => {
      if (values > peak.values) peak = { values, layer: name }
    }
    const inner = innerTensorsOf(node)
    for (const [step, values] of inner.entries()) {
      live += values
      reach(live)
      live -= step === 0 ? (freedAt.get(index) ?? 0) : (inner[step - 1] as number)
    }
    if (inner.length > 0) freedAt.set(index, inner.at(-1) as number)
    if (buffers.get(name) === name) {
      const values = valuesIn(node.output)
      live += values
      freeAfter(lastOfBuffer.get(name) ?? index, values)
    }
    reach(live)
    live -= freedAt.get(index) ?? 0
  }
  return peak
}

/** The index of the last node that reads each node's output; the network's outputs are read after the last. */
const lastUses = ({ nodes, output, outputs }: Graph): Map<string, number> => {
  const last = new Map<string, number>()
  for (const [index, { name, inputs }] of nodes.entries()) {
    last.set(name, index)
    for (const input of inputs) last.set(input, index)
  }
  for (const name of [...(output === undefined ? [] : [output]), ...Object.values(outputs)]) last.set(name, nodes.length)
  return last
}
