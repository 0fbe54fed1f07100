import * as tf from '@tensorflow/tfjs'
import * as ort from 'onnxruntime-web'
import { kerasLayers } from '../../src/formats/keras/write/write.js'
import { toOnnx } from '../../src/formats/onnx/index.js'
import { toTfjs } from '../../src/formats/tfjs/index.js'
import type { AnyNetwork } from '../../src/index.js'
import { valuesIn } from '../../src/layers/kind/layer.js'
import type { GraphNode } from '../../src/network/graph.js'
import { type PlannedNode, rebuild } from '../../src/network/rebuild.js'
import { flattenedBefore, flattenOrder, reorderRows } from '../../src/weights/layout.js'
import { torchName } from '../../src/weights/names.js'
import type { Tensor, Weights } from '../../src/weights/weights.js'
import { numbers } from './onnx.js'
import { batch } from './same-values.js'

/** Networks with several inputs and outputs in ONNX Runtime and TensorFlow.js. */

ort.env.wasm.numThreads = 1
ort.env.logLevel = 'error'

const isWords = ({ graph }: AnyNetwork, name: string): boolean =>
  graph.nodes.some(({ kind, inputs }) => kind === 'embedding' && inputs.includes(name))

/** Numbers for each input, by its name. */
export const feedsOf = (network: AnyNetwork): Map<string, { shape: readonly number[]; data: Float32Array; isWords: boolean }> =>
  new Map(
    network.graph.inputs.map((name, index) => {
      const { output } = network.graph.nodes.find((node) => node.name === name) as GraphNode
      const words = isWords(network, name)
      const drawn = numbers(batch * valuesIn(output), index + 1)
      return [name, { shape: output, data: words ? drawn.map((value) => Math.floor(4 * (value + 1))) : drawn, isWords: words }]
    }),
  )

/** What ONNX Runtime computes: each output by its name, in the order of the file. */
export const inOnnxRuntime = async (bytes: Uint8Array, network: AnyNetwork): Promise<Map<string, Float32Array>> => {
  const session = await ort.InferenceSession.create(bytes, { logSeverityLevel: 3 })
  const values = [...feedsOf(network)].map(([name, { shape, data, isWords }]) => {
    const dims = [batch, ...shape]
    return [
      name,
      isWords ? new ort.Tensor('int64', BigInt64Array.from(data, BigInt), dims) : new ort.Tensor('float32', data, dims),
    ] as const
  })
  const results = await session.run(Object.fromEntries(values.map(([, tensor], index) => [session.inputNames[index] as string, tensor])))
  const found = session.outputNames.map((name) => [name, (results[name] as ort.Tensor).data as Float32Array] as const)
  await session.release()
  return new Map(found)
}

export const onnxValues = (network: AnyNetwork, weights: Weights): Promise<Map<string, Float32Array>> =>
  inOnnxRuntime(toOnnx(network, { weights }), network)

/** What TensorFlow.js computes: each output in the order of the file. */
export const tfjsValues = async (network: AnyNetwork, weights: Weights): Promise<Float32Array[]> => {
  tf.env().set('IS_TEST', true)
  await tf.setBackend('cpu')
  const model = await toTfjs(tf, network, weights)
  const feeds = [...feedsOf(network).values()].map(({ shape, data }) => tf.tensor(data, [batch, ...shape]))
  const results = [model.predict(feeds.length === 1 ? (feeds[0] as tf.Tensor) : feeds)].flat() as tf.Tensor[]
  const values = results.map((result) => result.dataSync() as Float32Array)
  tf.dispose([...feeds, ...results])
  model.dispose()
  return values
}

/** The names of a network's layers in Keras, one for each call. */
export const kerasNames = (network: AnyNetwork): string[] => {
  const { layers, nameOf } = kerasLayers(network.graph)
  return layers.map(nameOf)
}

/** The same network with weights of its own for every use of a shared layer, and those weights. */
export const unshared = (network: AnyNetwork, weights: Weights): { network: AnyNetwork; weights: Weights } => {
  const { graph } = network
  const nodes = graph.nodes.map(({ shared: _, sharedWith: __, ...node }): PlannedNode => node)
  const isOne = graph.inputs.length === 1 && graph.input === 'input'
  const plan = {
    nodes,
    input: graph.input,
    ...(isOne ? {} : { inputs: graph.inputs }),
    ...(graph.output === undefined ? {} : { output: graph.output }),
    outputs: graph.outputs,
    kept: graph.kept,
  }
  const apart = rebuild(plan, 'test', 'kept') as AnyNetwork
  const copies = new Map<string, Tensor>()
  const [own, before] = [flattenedBefore(apart.graph), flattenedBefore(graph)]
  for (const node of apart.graph.nodes) {
    const owner = graph.nodes.find(({ name }) => name === node.name)?.sharedWith ?? node.name
    for (const { name } of node.weights) {
      const suffix = torchName(node.kind, name)
      const tensor = weights.get(`${owner}.${suffix}`) as Tensor
      const image = before.has(node.name) ? undefined : own.get(node.name)
      // By itself a layer behind a flattened image has PyTorch's order; where it shares its weights with another, it may not.
      const isTurned = image && (node.kind !== 'dense' || suffix === 'weight')
      copies.set(`${node.name}.${suffix}`, isTurned ? { ...tensor, data: reorderRows(tensor.data, flattenOrder(image)) } : tensor)
    }
  }
  return { network: apart, weights: copies }
}
