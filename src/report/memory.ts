import { valuesIn } from '../layers/layer.js'
import type { Graph } from '../network/graph.js'

/**
 * Which node's output lies in whose memory: its own name, or that of the node whose output it overwrites or views.
 *
 * A layer can overwrite its input only when no later layer reads it.
 */
export const buffersOf = (graph: Graph): Map<string, string> => {
  const buffers = new Map<string, string>()
  const lastUse = lastUses(graph)
  for (const [index, { name, inputs, memory }] of graph.nodes.entries()) {
    const source = inputs[0]
    const shares = source !== undefined && (memory === 'view' || (memory === 'overwrites' && (lastUse.get(source) ?? 0) <= index))
    buffers.set(name, shares ? (buffers.get(source) as string) : name)
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
 * later layer still reads. Ties go to the first.
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
  for (const [index, { name, output: shape }] of nodes.entries()) {
    if (buffers.get(name) === name) {
      live += valuesIn(shape)
      const last = lastOfBuffer.get(name) ?? index
      freedAt.set(last, (freedAt.get(last) ?? 0) + valuesIn(shape))
    }
    if (live > peak.values) peak = { values: live, layer: name }
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
  for (const name of [output, ...Object.values(outputs)]) last.set(name, nodes.length)
  return last
}
