import * as tf from '@tensorflow/tfjs'
import { type FromTfjsOptions, fromTfjs } from '../../../src/formats/tfjs/index.js'
import type { AnyNetwork } from '../../../src/index.js'
import { outputsOf } from '../../../src/network/graph.js'
import { runInTensorFlow } from '../tensorflow.js'

/** Graph models of TensorFlow.js as they are written by hand: operators, and numbers that look drawn. */

type Attribute = Record<string, unknown>

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** A value as an AttrValue. */
export const attribute = (value: unknown): Attribute => {
  if (typeof value === 'string') return value.startsWith('DT_') ? { type: value } : { s: base64(value) }
  if (typeof value === 'boolean') return { b: value }
  if (typeof value === 'number') return Number.isInteger(value) ? { i: `${value}` } : { f: value }
  if (Array.isArray(value))
    return { list: typeof value[0] === 'string' ? { s: value.map((each) => base64(each)) } : { i: value.map((each) => `${each}`) } }
  return value as Attribute
}

export interface Spec {
  name: string
  shape: number[]
  dtype: 'float32' | 'int32'
  quantization?: { dtype: 'uint8' | 'uint16' | 'float16'; scale?: number; min?: number }
}

export class GraphModel {
  readonly node: { name: string; op: string; input: string[]; attr: Record<string, unknown> }[] = []
  readonly specs: Spec[] = []
  readonly bytes: Uint8Array[] = []
  #seed: number
  readonly outputs: string[] = []

  constructor(seed = 1) {
    this.#seed = seed
  }

  input(name: string, shape: readonly number[], dtype = 'DT_FLOAT'): string {
    const dim = [-1, ...shape].map((size) => ({ size: `${size}` }))
    this.node.push({ name, op: 'Placeholder', input: [], attr: { dtype: { type: dtype }, shape: { shape: { dim } } } })
    return name
  }

  op(name: string, op: string, input: readonly string[], attributes: Record<string, unknown> = {}): string {
    const attr = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, attribute(value)]))
    this.node.push({ name, op, input: [...input], attr: { T: { type: 'DT_FLOAT' }, ...attr } })
    return name
  }

  /** Numbers between -1 and 1, times a scale, that look drawn. */
  drawn(count: number, scale = 1, offset = 0): Float32Array {
    return Float32Array.from({ length: count }, () => {
      this.#seed = (this.#seed * 1_103_515_245 + 12_345) % 2 ** 31
      return (this.#seed / 2 ** 30 - 1) * scale + offset
    })
  }

  weights(
    name: string,
    shape: readonly number[],
    values: ArrayLike<number> = this.drawn(
      shape.reduce((a, b) => a * b, 1),
      0.5,
    ),
  ): string {
    return this.#constant(name, shape, 'float32', new Uint8Array(Float32Array.from(values).buffer))
  }

  wholes(name: string, values: readonly number[] | number): string {
    const list = typeof values === 'number' ? [values] : values
    return this.#constant(name, typeof values === 'number' ? [] : [list.length], 'int32', new Uint8Array(Int32Array.from(list).buffer))
  }

  #constant(name: string, shape: readonly number[], dtype: 'float32' | 'int32', bytes: Uint8Array): string {
    this.node.push({ name, op: 'Const', input: [], attr: { dtype: { type: dtype === 'int32' ? 'DT_INT32' : 'DT_FLOAT' } } })
    this.specs.push({ name, shape: [...shape], dtype })
    this.bytes.push(bytes)
    return name
  }

  get json() {
    return {
      format: 'graph-model',
      generatedBy: '2.12.0',
      convertedBy: 'TensorFlow.js Converter v4.22.0',
      modelTopology: { node: this.node, library: {}, versions: { producer: 440 } },
      weightsManifest: [{ paths: ['group1-shard1of1.bin'], weights: this.specs }],
      ...(this.outputs.length > 0
        ? {
            signature: {
              inputs: Object.fromEntries(
                this.node.filter(({ op }) => op === 'Placeholder').map(({ name }) => [name, { name: `${name}:0` }]),
              ),
              outputs: Object.fromEntries(this.outputs.map((name) => [name, { name: `${name}:0` }])),
            },
          }
        : {}),
    }
  }

  get data(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.bytes))
  }
}

/** What TensorFlow.js computes of a graph model, for each of its outputs. */
export const runGraphModel = async (model: GraphModel, inputs: Readonly<Record<string, tf.Tensor>>): Promise<Float32Array[]> => {
  await tf.setBackend('cpu')
  const { modelTopology, weightsManifest, ...rest } = JSON.parse(JSON.stringify(model.json))
  const loaded = await tf.loadGraphModel(
    tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData: model.data.slice().buffer, ...rest }),
  )
  const names = model.outputs.length > 0 ? model.outputs : undefined
  const results = [loaded.execute(inputs as tf.NamedTensorMap, names as string[])].flat() as tf.Tensor[]
  const values = results.map((tensor) => Float32Array.from(tensor.dataSync()))
  tf.dispose(results)
  loaded.dispose()
  return values
}

/** A graph model as it is read, and how far its numbers are from those of TensorFlow.js, on two samples. */
export const comparedGraph = async (model: GraphModel, shape: readonly number[], options: FromTfjsOptions = {}, scale = 2) => {
  const read = fromTfjs(model.json, model.data, options)
  const network = read.network as AnyNetwork
  const count = 2 * shape.reduce((product, size) => product * size, 1)
  const data = model.drawn(count, scale)
  const [name = 'x'] = model.node.filter(({ op }) => op === 'Placeholder').map(({ name }) => name)
  const x = tf.tensor(data, [2, ...shape])
  const wanted = await runGraphModel(model, { [name]: x })
  x.dispose()
  const { outputs } = await runInTensorFlow(network, read.weights, data)
  const order = outputsOf(network.graph).map((_, index) => index)
  return {
    ...read,
    network,
    difference: Math.max(...order.map((index) => largestDifference(wanted[index] as Float32Array, outputs[index] as Float32Array))),
  }
}

const largestDifference = (one: Float32Array, other: Float32Array): number => {
  if (one.length !== other.length) return Number.POSITIVE_INFINITY
  let [most, size] = [0, 1]
  for (let at = 0; at < one.length; at += 1) {
    most = Math.max(most, Math.abs((one[at] as number) - (other[at] as number)))
    size = Math.max(size, Math.abs(one[at] as number))
  }
  return most / size
}
