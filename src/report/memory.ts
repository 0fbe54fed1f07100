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

/** The tensors that have to be in memory at once where they take the most bytes. */
export interface Peak {
  /** How many values they have, for one example. A value of 8 bytes, such as the index of a word, counts once, too. */
  readonly values: number
  /** Name of the layer that runs then. */
  readonly layer: string
}

/** {@link Peak}, and the memory that its values take, in units of a float. */
export interface SizedPeak extends Peak {
  readonly size: number
}

/**
 * The peak of live activations at inference: while a layer runs, its inputs and its output are in memory, and whatever a
 * later layer still reads. Ties go to the first.
 *
 * All inputs are there from the beginning, each until its last use; one that is never used is freed before the first layer. The
 * network's outputs stay to the end. What no layer reads and is no output is freed at once.
 *
 * A layer that writes several tensors runs in as many steps: each reads the tensor before it, and only the first reads the input.
 *
 * @param floatsPerValue for inputs whose values take more memory than a float of the report: how many times as much
 */
export const peakOf = (
  graph: Graph,
  buffers: ReadonlyMap<string, string>,
  floatsPerValue: ReadonlyMap<string, number> = new Map(),
): SizedPeak => {
  const { nodes } = graph
  const lastUse = lastUses(graph)
  const lastOfBuffer = new Map<string, number>()
  for (const [name, buffer] of buffers) {
    lastOfBuffer.set(buffer, Math.max(lastOfBuffer.get(buffer) ?? 0, lastUse.get(name) ?? 0))
  }
  const live = { values: 0, size: 0 }
  let peak: SizedPeak = { values: 0, size: 0, layer: graph.input }
  const add = (values: number, perValue = 1): void => {
    live.values += values
    live.size += values * perValue
  }
  const reach = (layer: string): void => {
    if (live.size > peak.size) peak = { ...live, layer }
  }
  /** For each node, the buffers that are freed behind it: their values, and how many floats each takes. */
  const freedAt = new Map<number, [values: number, perValue: number][]>()
  const freeAfter = (index: number, values: number, perValue = 1): void => {
    const freed = freedAt.get(index)
    if (freed) freed.push([values, perValue])
    else freedAt.set(index, [[values, perValue]])
  }
  const free = (index: number): void => {
    for (const [values, perValue] of freedAt.get(index) ?? []) add(-values, perValue)
    freedAt.delete(index)
  }

  const given = new Set(graph.inputs)
  const beginning = -1
  for (const [index, { name, output }] of nodes.entries()) {
    if (!given.has(name)) continue
    const last = lastOfBuffer.get(name) ?? index
    add(valuesIn(output), floatsPerValue.get(name))
    freeAfter(last === index ? beginning : last, valuesIn(output), floatsPerValue.get(name))
  }
  reach(graph.input)
  free(beginning)
  for (const [index, node] of nodes.entries()) {
    const { name } = node
    if (given.has(name)) continue
    const inner = innerTensorsOf(node)
    for (const [step, values] of inner.entries()) {
      add(values)
      reach(name)
      if (step === 0) free(index)
      else add(-(inner[step - 1] as number))
    }
    if (inner.length > 0) freeAfter(index, inner.at(-1) as number)
    if (buffers.get(name) === name) {
      add(valuesIn(node.output))
      freeAfter(lastOfBuffer.get(name) ?? index, valuesIn(node.output))
    }
    reach(name)
    free(index)
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
