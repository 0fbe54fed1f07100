import { FormatError } from '../../../../network/format-error.js'
import { isObject } from '../../../../shape/objects.js'
import type { Shape } from '../../../../shape/shape.js'
import { inputNames } from '../../../input-names.js'
import { type InputOfFile, settledShapes } from '../../../input-sizes.js'
import { elementTypes, type OnnxGraph, type OnnxValue } from '../../model.js'
import { listed, named } from '../../words.js'
import { firstAxes, lastAxes, type Reader } from './reader.js'

/*
 * The inputs of a model: examples, and weights that are fed at every run.
 */

/** The types of floats: a network has no precision of its own, and its weights are read as 32 bits. */
const floatTypes: ReadonlySet<number> = new Set([elementTypes.float, elementTypes.float16, elementTypes.double, elementTypes.bfloat16])

/** The types of whole numbers, with and without a sign. */
const wholeTypes: ReadonlySet<number> = new Set([2, 3, 4, elementTypes.int32, elementTypes.int64, 5, 12, 13])

/** Operators that have their channels first, whatever they are used for. */
const channelsFirst = new Set([
  ...['Conv', 'ConvTranspose', 'MaxPool', 'AveragePool', 'GlobalAveragePool', 'GlobalMaxPool'],
  ...['BatchNormalization', 'InstanceNormalization', 'LRN', 'DepthToSpace', 'SpaceToDepth'],
])

/** Operators on each value alone: they say nothing of the axes. */
const anyAxes = new Set([
  ...[
    'Relu',
    'Clip',
    'LeakyRelu',
    'Elu',
    'Selu',
    'Gelu',
    'Mish',
    'Sigmoid',
    'HardSigmoid',
    'HardSwish',
    'Tanh',
    'Softplus',
    'Dropout',
    'Identity',
  ],
  ...['Add', 'Concat', 'Max', 'Mean', 'Mul', 'Sub', 'Sum'],
])

/**
 * Makes the input layers, and says what stands under the names that the file begins with.
 *
 * @param given sizes that the file leaves open, channels last
 */
export const beginInputs = (read: Reader, given?: unknown): void => {
  const { graph } = read.model
  const names = new Set<string>()
  for (const tensor of graph.initializers) {
    if (names.has(tensor.name)) throw new FormatError('stands in the file twice.', 'onnx', named(tensor.name))
    names.add(tensor.name)
    read.begins(tensor.name, tensor)
  }
  // Older files name their weights among the inputs too.
  const values = graph.inputs.filter(({ name }) => !names.has(name))
  const isFed = fedWeights(graph, values)
  const examples = values.filter((value) => !isFed(value))
  if (examples.length === 0) throw new FormatError('has no input.', 'onnx', '')
  for (const value of values) {
    if (read.has(value.name) || names.has(value.name)) throw new FormatError('stands in the file twice.', 'onnx', named(value.name))
    names.add(value.name)
    if (isFed(value)) read.begins(value.name, { is: 'tensor', name: value.name, dims: value.dims as number[], data: undefined })
  }
  const ranks = examples.map((value) => rankOf(value, examples.length, given))
  const layouts = layoutsOf(graph, examples, ranks)
  const shapes = settledShapes(
    'onnx',
    examples.map((value, index) => ofFile(value, layouts[index])),
    given,
  )
  const wholes = examples.map(({ type }) => wholeTypes.has(type))
  read.batch = batchOf(examples)
  const layers = inputNames(examples.map(({ name }) => name))
  const types = new Set(examples.filter((_, index) => !wholes[index]).map(({ type }) => type))
  const [type = (examples[0] as OnnxValue).type] = types
  read.precision = types.size > 1 ? elementTypes.float : type
  read.isChannelsLast = layouts.includes('last') && !layouts.includes('first')
  for (const [index, { name }] of examples.entries()) {
    const [shape, layer] = [shapes[index] as Shape, layers[index] as string]
    read.begin(layer, shape)
    const axes = layouts[index] === 'first' ? firstAxes(shape.length) : lastAxes(shape.length)
    read.begins(name, { is: 'value', node: layer, axes, ...(wholes[index] ? { whole: 'given' } : {}) })
  }
}

/** The number of examples that all inputs say, where they say one. */
const batchOf = (examples: readonly OnnxValue[]): number | undefined => {
  const [first, ...rest] = examples.map(({ dims }) => dims?.[0])
  return typeof first === 'number' && first > 0 && rest.every((size) => size === first) ? first : undefined
}

/** How many sizes an example of an input has: where the file says no shape, as many as the user says. */
const rankOf = ({ name, type, dims }: OnnxValue, count: number, given: unknown): number => {
  if (!wholeTypes.has(type) && !floatTypes.has(type))
    throw new FormatError(`is of the element type ${type}, which no layer takes.`, 'onnx', named(name))
  const own = Array.isArray(given) && count === 1 ? given : isObject(given) && Object.hasOwn(given, name) ? given[name] : undefined
  const rank = dims ? dims.length - 1 : Array.isArray(own) ? own.length : 1
  if (rank >= 1 && rank <= 4) return rank
  const dimensions = listed((dims ?? []).map((size) => size || '?'))
  const fault = `is of the shape ${dimensions}: it must have its examples on the first axis, and one to four sizes behind.`
  throw new FormatError(fault, 'onnx', named(name))
}

/** The sizes of one example, channels last, with the names that the file has for open ones. */
const ofFile = ({ name, dims }: OnnxValue, layout: Layout | undefined): InputOfFile => {
  if (!dims) return { name, sizes: undefined }
  const [, ...own] = dims
  const sizes = layout === 'first' ? [...own.slice(1), own[0] as number | string] : own
  return {
    name,
    sizes: sizes.map((size) => (typeof size === 'number' ? size : undefined)),
    dimensions: sizes.map((size) => (typeof size === 'string' && size !== '' ? size : undefined)),
  }
}

/**
 * Which of the inputs are weights that are fed at every run. They are floats of known sizes. Where the first input has its examples on an open axis,
 * each of those is one; where it has not, those are that an operator takes in a weight's place, or that have another number of examples.
 */
const fedWeights = (graph: OnnxGraph, given: readonly OnnxValue[]): ((value: OnnxValue) => boolean) => {
  const [first] = given
  const isKnown = ({ dims, type }: OnnxValue): boolean => dims?.every((size) => typeof size === 'number') === true && floatTypes.has(type)
  const batch = first?.dims?.[0]
  const isOpen = typeof batch !== 'number' || batch <= 0
  const asWeights = new Set(graph.nodes.flatMap(({ operator, inputs }) => inputs.filter((_, index) => isWeightPlace(operator, index))))
  return (value) =>
    value !== first && isKnown(value) && (isOpen || asWeights.has(value.name) || value.dims?.[0] !== batch || (value.dims?.length ?? 0) < 2)
}

/** Operators that take their examples first, and weights behind them. */
const withWeights: ReadonlySet<string> = new Set([
  ...[
    'Conv',
    'ConvTranspose',
    'Gemm',
    'MatMul',
    'BatchNormalization',
    'InstanceNormalization',
    'LayerNormalization',
    'PRelu',
    'LSTM',
    'GRU',
  ],
])

/** Whether only a weight stands in an input of an operator; a token that is there for each example is expanded. */
const isWeightPlace = (operator: string, index: number): boolean =>
  (withWeights.has(operator) && index > 0) || (index === 0 && (operator === 'Gather' || operator === 'Expand'))

/** Where images have their channels. */
type Layout = 'first' | 'last'

/**
 * The layout of each input; of vectors none. Where the operators say nothing of an image, it has that of the others, if these agree, else its channels
 * first, as ONNX has images; other inputs have their features last.
 */
const layoutsOf = (graph: OnnxGraph, examples: readonly OnnxValue[], ranks: readonly number[]): (Layout | undefined)[] => {
  const behind = new Map([...new Set(ranks)].map((rank) => [rank, behindValues(graph, rank)]))
  const said = examples.map((value, index) => layoutOf(behind.get(ranks[index] as number)?.get(value.name)))
  const images = new Set(said.filter((layout, index) => layout !== undefined && (ranks[index] as number) > 2))
  const common = images.size === 1 ? [...images][0] : 'first'
  return said.map((layout, index) => {
    const rank = ranks[index] as number
    return rank < 2 ? undefined : (layout ?? (rank > 2 ? common : 'last'))
  })
}

/**
 * The layout of an input as operators say it: channels first where one takes it that has them so. An image that is joined with another input has
 * them along the axis of that join. Images that none such takes have them last if they are transposed, as files of channels-last networks begin.
 */
const layoutOf = (behind: Behind | undefined): Layout | undefined =>
  behind?.isFirst ? 'first' : (behind?.joined?.layout ?? (behind?.isTurned ? 'last' : undefined))

/** What operators do with a value, or with what others make of it that has axes of any order. */
interface Behind {
  /** Whether one takes it with its channels first. */
  readonly isFirst: boolean
  readonly isTurned: boolean
  /** The first join along an axis of channels: the position of its operator, and where the channels are. */
  readonly joined: { readonly at: number; readonly layout: Layout } | undefined
}

/** What is behind each value, for inputs of so many axes: from the last operator to the first, each once. */
const behindValues = ({ nodes, inputs: given }: OnnxGraph, last: number): Map<string, Behind> => {
  const found = new Map<string, Behind>()
  const isJoined = last > 2 && given.length > 1
  for (const [at, { operator, inputs, outputs, attributes }] of [...nodes.entries()].reverse()) {
    const axis = operator === 'Concat' && isJoined ? attributes['axis'] : undefined
    const layout = axis && 'int' in axis ? layoutOfJoin(axis.int, last) : undefined
    let own: Behind = { isFirst: false, isTurned: operator === 'Transpose', joined: layout && { at, layout } }
    if (anyAxes.has(operator)) for (const name of outputs) own = both(own, found.get(name))
    for (const [index, name] of inputs.entries()) {
      const isFirst = own.isFirst || (index === 0 && channelsFirst.has(operator))
      found.set(name, both({ ...own, isFirst }, found.get(name)))
    }
  }
  return found
}

/** Where an image of so many axes has its channels if it is joined along this axis. */
const layoutOfJoin = (axis: number, last: number): Layout | undefined =>
  axis === 1 || axis === -last ? 'first' : axis === last || axis === -1 ? 'last' : undefined

const both = (one: Behind, other: Behind | undefined): Behind => {
  if (!other) return one
  const isEarlier = one.joined && (!other.joined || one.joined.at <= other.joined.at)
  return { isFirst: one.isFirst || other.isFirst, isTurned: one.isTurned || other.isTurned, joined: isEarlier ? one.joined : other.joined }
}
