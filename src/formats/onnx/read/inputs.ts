import { FormatError } from '../../../network/format-error.js'
import { elementTypes, type OnnxGraph, type OnnxValue } from '../model.js'
import { listed, named } from '../words.js'
import { firstAxes, lastAxes, type Reader } from './reader.js'

/*
 * The inputs of a model: first the examples, then weights that are fed at every run.
 */

/** The types of floats: a network has no precision of its own, and its weights are read as 32 bits. */
const floatTypes: ReadonlySet<number> = new Set([elementTypes.float, elementTypes.float16, elementTypes.double, elementTypes.bfloat16])

/** The types of whole numbers, with and without a sign. */
const wholeTypes: ReadonlySet<number> = new Set([2, 3, 4, elementTypes.int32, elementTypes.int64, 5, 12, 13])

/** Operators that have their channels first, whatever they are used for. */
const channelsFirst = new Set([
  ...['Conv', 'ConvTranspose', 'MaxPool', 'AveragePool', 'GlobalAveragePool', 'GlobalMaxPool'],
  ...['BatchNormalization', 'InstanceNormalization', 'LRN', 'DepthToSpace'],
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
  ...['Add', 'Mul', 'Sum'],
])

/** Makes the input layer, and says what stands under the names that the file begins with. */
export const beginInputs = (read: Reader): void => {
  const { graph } = read.model
  const names = new Set<string>()
  for (const tensor of graph.initializers) {
    if (names.has(tensor.name)) throw new FormatError('stands in the file twice.', 'onnx', named(tensor.name))
    names.add(tensor.name)
    read.begins(tensor.name, tensor)
  }
  // Older files name their weights among the inputs too.
  const [examples, ...fed] = graph.inputs.filter(({ name }) => !names.has(name))
  if (!examples) throw new FormatError('has no input.', 'onnx', '')
  for (const value of fed) {
    const dims = value.dims?.filter((size): size is number => typeof size === 'number')
    if (!dims || dims.length !== value.dims?.length || read.has(value.name) || !floatTypes.has(value.type))
      throw new FormatError('is a second input, and no weight of a known shape.', 'onnx', named(value.name))
    read.begins(value.name, { is: 'tensor', name: value.name, dims, data: undefined })
  }
  const isWhole = wholeTypes.has(examples.type)
  if (!isWhole && !floatTypes.has(examples.type))
    throw new FormatError(`is of the element type ${examples.type}, which no layer takes.`, 'onnx', named(examples.name))
  const [batch, ...shape] = examples.dims ?? []
  const sizes = shape.filter((size): size is number => typeof size === 'number' && size > 0)
  if (sizes.length === 0 || sizes.length !== shape.length || sizes.length > 4) {
    const dimensions = listed((examples.dims ?? []).map((size) => size || '?'))
    throw new FormatError(
      `is of the shape ${dimensions}: it must have its examples on the first axis, and one to four sizes behind.`,
      'onnx',
      named(examples.name),
    )
  }
  if (read.has(examples.name)) throw new FormatError('stands in the file twice.', 'onnx', named(examples.name))
  read.batch = typeof batch === 'number' && batch > 0 ? batch : undefined
  const rank = sizes.length
  const isFirst = rank > 1 && hasChannelsFirst(graph, examples, rank)
  read.isChannelsLast = rank > 1 && !isFirst
  read.begin(isFirst ? [...sizes.slice(1), sizes[0] as number] : sizes)
  const axes = isFirst ? firstAxes(rank) : lastAxes(rank)
  read.precision = examples.type
  read.begins(examples.name, { is: 'value', node: 'input', axes, ...(isWhole ? { whole: 'given' } : {}) })
}

/**
 * Whether an input has its channels first: where an operator takes it that has them so. Images that none such takes have them last if they
 * are transposed, as files of channels-last networks begin, and else first, as ONNX has images.
 */
const hasChannelsFirst = (graph: OnnxGraph, input: OnnxValue, rank: number): boolean => {
  const reached = new Set([input.name])
  let isTurned = false
  for (const { operator, inputs, outputs } of graph.nodes) {
    if (!inputs.some((name) => reached.has(name))) continue
    if (channelsFirst.has(operator) && reached.has(inputs[0] ?? '')) return true
    if (operator === 'Transpose') isTurned = true
    if (anyAxes.has(operator)) for (const name of outputs) reached.add(name)
  }
  return rank > 2 && !isTurned
}
