import type { Graph, GraphNode } from '../../../../network/graph.js'
import { type Plan, rebuild } from '../../../../network/rebuild.js'
import { isObject } from '../../../../shape/objects.js'
import type { Shape } from '../../../../shape/shape.js'
import { weightSpecs } from '../../../../weights/names.js'
import type { Tensor } from '../../../../weights/weights.js'
import type { OnnxModel } from '../../model.js'
import type { External } from '../../wire/external.js'
import { onnxModel } from '../../write/write.js'
import { constantTensor } from '../operands/constants.js'
import type { ConstantTensor } from '../operands/operand.js'
import type { OnnxNetwork } from '../read.js'

/**
 * The network that a file says it was made of, if its operators are those of that network: it is written again, and compared. A file that was
 * changed since is read operator by operator, like any other.
 */
export const recorded = (model: OnnxModel, external: External, wantsWeights = true): OnnxNetwork | undefined => {
  const text = model.metadata['stridewise.graph']
  if (text === undefined || !isOfSize(text, model)) return undefined
  const network = planned(text)
  if (!network || !isWritable(model, network.graph) || !isSame(model, network)) return undefined
  const found = new Map(model.graph.initializers.map((tensor) => [tensor.name, tensor]))
  const weights = new Map<string, Tensor>()
  if (!wantsWeights) return { network, weights }
  for (const { name, shape } of weightSpecs(network.graph)) {
    const tensor = found.get(name)
    const data = tensor && (constantTensor(tensor, name, external) as ConstantTensor).data
    if (data) weights.set(name, { shape, dtype: 'F32', data })
  }
  return { network, weights }
}

/** Lists and objects, and commas, in the text of a plan for each operator: several times as many as any layer has. */
const [mostContainers, mostCommas] = [40, 80]

/** Whether a plan has about as much in it as the operators of its model: of a text, objects are made that take many times its length. */
const isOfSize = (text: string, { graph: { nodes, inputs } }: OnnxModel): boolean => {
  const names = nodes.reduce((sum, { inputs }) => sum + inputs.length, 0)
  const parts = nodes.length + inputs.length + 10
  let [containers, commas] = [mostContainers * parts, mostCommas * parts + names]
  for (let at = 0; at < text.length && containers >= 0 && commas >= 0; at += 1) {
    const letter = text[at]
    if (letter === '{' || letter === '[') containers -= 1
    else if (letter === ',') commas -= 1
  }
  return containers >= 0 && commas >= 0
}

/** The network of a plan as text; `undefined` when it is none. */
const planned = (text: string) => {
  try {
    const plan = JSON.parse(text)
    if (!isObject(plan) || !Array.isArray(plan['nodes']) || !plan['nodes'].every(isNode)) return undefined
    return rebuild(plan as unknown as Plan, 'onnx')
  } catch {
    return undefined
  }
}

/** More parts than an adaptive pool has. */
const manyParts = 2 ** 16

/** Whether a network can be written again in little memory: what a hostile file asks for may be larger than any. */
const isWritable = ({ graph: { initializers } }: OnnxModel, { nodes }: Graph): boolean => {
  const most = initializers.reduce((sum, { raw }) => sum + (raw?.length ?? 0), 0)
  return nodes.every(({ kind, settings, output, inputShapes }) => {
    return 4 * (plainNumbers(kind, settings, output) + attentionPlaces(kind, settings, output, inputShapes)) <= most
  })
}

/** Ones and zeros that stand in the file where a normalization has no weights of its own. */
const plainNumbers = (kind: string, settings: GraphNode['settings'], output: Shape): number => {
  if (kind === 'groupNorm') return settings['groups'] as number
  const isPlain = [settings['affine'], settings['scale'], settings['shift']].includes(false)
  return isPlain && ['batchNorm', 'layerNorm', 'instanceNorm'].includes(kind) ? (output.at(-1) as number) : 0
}

/** Numbers of 4 bytes that stand in the file for attention: places of tokens, of pairs of cells in a window, and parts of an image. */
const attentionPlaces = (kind: string, settings: GraphNode['settings'], output: Shape, inputShapes: readonly Shape[]): number => {
  const [rows = 0, columns = 0, channels = 0] = output
  if (kind === 'multiHeadAttention' && settings['causal']) return rows + ((inputShapes[1] ?? output)[0] as number)
  if (kind !== 'windowAttention') return 0
  const { window, shift, bias, version } = settings as { window: number; shift: number; bias: boolean; version: number }
  // Of 8 bytes, for each pair of cells.
  const pairs = 2 * window ** 4
  // Only windows that are moved reach over parts of the image that are no neighbours.
  const parts = shift > 0 && (rows > window || columns > window) ? rows * columns : 0
  return pairs + parts + (version === 2 && bias ? 3 * channels : 0)
}

const isNode = (node: unknown): boolean =>
  isObject(node) &&
  typeof node['name'] === 'string' &&
  typeof node['kind'] === 'string' &&
  !(
    node['kind'].startsWith('adaptive') &&
    [(node['settings'] as { size?: unknown } | undefined)?.size].flat().some((size) => !(Number(size) <= manyParts))
  ) &&
  isObject(node['settings']) &&
  Array.isArray(node['inputs']) &&
  node['inputs'].every((name) => typeof name === 'string')

/** How many names a model has: of values, constants, weights and inputs. */
const namesIn = ({ graph: { nodes, initializers, inputs } }: OnnxModel): number =>
  nodes.reduce((sum, { outputs }) => sum + outputs.length, 0) + initializers.length + inputs.length

/** Whether a model is what a network is written as: in everything but the values of its weights. */
const isSame = (model: OnnxModel, network: OnnxNetwork['network']): boolean => {
  const batch = model.graph.inputs[0]?.dims?.[0]
  let again: OnnxModel
  try {
    const options = { weights: 'inputs', opset: model.opset, ...(typeof batch === 'number' ? { batch } : {}) } as const
    // A short plan can ask for any number of operators: no more are written than the file has.
    again = onnxModel(network, options, namesIn(model))
  } catch {
    return false
  }
  const specs = weightSpecs(network.graph)
  const weights = new Set(specs.map(({ name }) => name))
  const shapes = (all: readonly { readonly name: string; readonly type: number; readonly dims?: readonly unknown[] | undefined }[]) =>
    all.filter(({ name }) => weights.has(name)).map(({ name, type, dims }) => [name, type, dims])
  const declared = [...model.graph.inputs, ...model.graph.initializers]
  const constants = ({ graph }: OnnxModel) =>
    graph.initializers.filter(({ name }) => !weights.has(name)).map(({ name, type, dims, raw }) => [name, type, dims, raw?.join()])
  const others = ({ graph }: OnnxModel) => graph.inputs.filter(({ name }) => !weights.has(name))
  const operators = ({ graph }: OnnxModel) =>
    graph.nodes.map(({ operator, domain, inputs, outputs, attributes }) => [operator, domain, inputs, outputs, sorted(attributes)])
  const text = (value: unknown) => JSON.stringify(value, (key, each) => (key === 'float' ? Math.fround(each) : each))
  return (
    text(operators(model)) === text(operators(again)) &&
    text(constants(model)) === text(constants(again)) &&
    text(others(model)) === text(others(again)) &&
    text(model.graph.outputs) === text(again.graph.outputs) &&
    text(model.graph.values) === text(again.graph.values) &&
    text(shapes(declared)) === text(shapes(again.graph.inputs))
  )
}

const sorted = (attributes: object): [string, unknown][] => Object.entries(attributes).sort(([one], [other]) => (one < other ? -1 : 1))
