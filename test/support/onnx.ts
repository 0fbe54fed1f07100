import * as ort from 'onnxruntime-web'
import type { OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from '../../src/formats/onnx/model.js'
import { encodeModel } from '../../src/formats/onnx/wire/encode.js'
import { type OnnxOptions, onnxModel } from '../../src/formats/onnx/write/write.js'
import type { AnyNetwork } from '../../src/index.js'

/** Networks in ONNX Runtime: what it infers of their shapes, and what it computes. */

ort.env.wasm.numThreads = 1
ort.env.logLevel = 'error'

const strict = { extra: { session: { strict_shape_type_inference: '1' } }, logSeverityLevel: 3 } as const

const text = (dims: readonly (number | string)[] | undefined): string => (dims ?? ['unknown']).join('x')

/** A model all of whose values are outputs, of no shape: so the runtime has to say which they have. */
const withoutShapes = (model: OnnxModel): OnnxModel => {
  const { graph } = model
  const outputs = [...graph.values, ...graph.outputs].map(({ name, type }) => ({ name, type, dims: undefined }))
  return { ...model, graph: { ...graph, outputs, values: [] } }
}

/** The shapes of all values: as the file says, and as ONNX Runtime infers them. */
export const inferred = async (network: AnyNetwork, options: OnnxOptions = {}) => {
  const model = onnxModel(network, { weights: 'inputs', ...options })
  const session = await ort.InferenceSession.create(encodeModel(withoutShapes(model)), strict)
  const found = session.outputMetadata.map((value) => [value.name, value.isTensor ? text(value.shape) : 'no tensor'])
  await session.release()
  const said = [...model.graph.values, ...model.graph.outputs].map(({ name, dims }) => [name, text(dims)])
  return { said: Object.fromEntries(said), found: Object.fromEntries(found) }
}

/** Numbers that are the same each time. */
export const numbers = (count: number, start = 1): Float32Array => {
  let state = start
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state / 0x3fffffff - 1
  })
}

const product = (dims: readonly number[]): number => dims.reduce((so, size) => so * size, 1)

/** What the first input of a model wants: numbers, or places in a vocabulary that is as small as any. */
const feed = (model: OnnxModel, batch: number, given?: Float32Array): Record<string, ort.Tensor> => {
  const value = model.graph.inputs[0]
  if (!value) throw new Error('A model without an input.')
  const dims = (value.dims ?? []).map((dim) => (typeof dim === 'number' ? dim : batch))
  const data = given ?? numbers(product(dims))
  const list = value.type === 7 && !given ? data.map(() => 0) : data
  return { [value.name]: tensorOf(value.type, list, dims) }
}

/** A tensor of an element type of ONNX. */
const tensorOf = (type: number, data: Float32Array, dims: readonly number[]): ort.Tensor => {
  if (type === 7)
    return new ort.Tensor(
      'int64',
      BigInt64Array.from(data, (value) => BigInt(Math.trunc(value))),
      dims,
    )
  if (type === 6) return new ort.Tensor('int32', Int32Array.from(data), dims)
  if (type === 2) return new ort.Tensor('uint8', Uint8Array.from(data, Math.abs), dims)
  if (type === 11) return new ort.Tensor('float64', Float64Array.from(data), dims)
  return new ort.Tensor('float32', data, dims)
}

/** Runs a model on numbers that are the same each time. */
export const runModel = async (
  bytes: Uint8Array,
  model: OnnxModel,
  batch = 1,
  given?: Float32Array,
): Promise<Record<string, ort.Tensor>> => {
  const session = await ort.InferenceSession.create(bytes, strict)
  const results = await session.run(feed(model, batch, given))
  await session.release()
  return results as Record<string, ort.Tensor>
}

/** A model of one input whose weights are zeros that the runtime makes itself, so that they are in no file and pass through no process. */
export const withZeros = (network: AnyNetwork): OnnxModel => {
  const model = onnxModel(network, { weights: 'inputs' })
  const [input, ...weights] = model.graph.inputs as readonly [OnnxValue, ...OnnxValue[]]
  const shapes = weights.map(({ name, dims = [] }): OnnxTensor => {
    const raw = new Uint8Array(BigInt64Array.from(dims as readonly number[], BigInt).buffer)
    return { name: `${name}/shape`, dims: [dims.length], type: 7, raw }
  })
  const zeros = weights.map(({ name }): OnnxNode => {
    const about = { operator: 'ConstantOfShape', domain: '', attributes: {} }
    return { name: `${name}/zeros`, inputs: [`${name}/shape`], outputs: [name], ...about }
  })
  const { initializers, nodes } = model.graph
  const graph = { ...model.graph, inputs: [input], initializers: [...initializers, ...shapes], nodes: [...zeros, ...nodes] }
  return { ...model, graph }
}

/** The shapes of all values: as the file says, and as they are when a network runs. */
export const computed = (network: AnyNetwork, options: OnnxOptions = {}, batch = 2, given?: Float32Array) =>
  computedOf(onnxModel(network, options), batch, given)

/** {@link computed} of a model. */
export const computedOf = async (model: OnnxModel, batch = 2, given?: Float32Array) => {
  const results = await runModel(encodeModel(withoutShapes(model)), model, batch, given)
  const said = [...model.graph.values, ...model.graph.outputs].map(({ name, dims }) => [
    name,
    text(dims?.map((dim) => (dim === 'N' ? batch : dim))),
  ])
  return {
    said: Object.fromEntries(said),
    found: Object.fromEntries(Object.entries(results).map(([name, { dims }]) => [name, text(dims)])),
    results,
    outputs: model.graph.outputs.map(({ name }) => results[name] as ort.Tensor),
  }
}
