import { valuesIn } from '../../../layers/kind/layer.js'
import { type Answer, listAt, type Question, type ShapeRules, type Sizes, sizesAt } from './value.js'

/** Shape rules of convolutions, pools, and what cuts or enlarges images. */

/** The sizes that a window gives along each axis; `undefined` where it does not fit. */
const slid = (question: Question, sizes: Sizes, kernel: readonly number[]): number[] | undefined => {
  const { read, node } = question
  const { length } = sizes
  const each = (name: string, standard: number): readonly number[] => read.ints(node, name) ?? sizes.map(() => standard)
  const [strides, dilations] = [each('strides', 1), each('dilations', 1)]
  const pads = read.ints(node, 'pads') ?? Array.from({ length: 2 * length }, () => 0)
  const autoPad = read.text(node, 'auto_pad', 'NOTSET')
  const isCeil = read.int(node, 'ceil_mode', 0) === 1
  if (kernel.length !== length || strides.length !== length || dilations.length !== length || pads.length !== 2 * length) return undefined
  const found = sizes.map((size, axis) => {
    const stride = strides[axis] as number
    if (autoPad.startsWith('SAME')) return Math.ceil(size / stride)
    const padding = autoPad === 'VALID' ? [0, 0] : [pads[axis] as number, pads[axis + length] as number]
    const reach = ((kernel[axis] as number) - 1) * (dilations[axis] as number) + 1
    const steps = (size + (padding[0] as number) + (padding[1] as number) - reach) / stride
    const last = isCeil ? Math.ceil(steps) : Math.floor(steps)
    // A last window that would begin in the padding behind is left out.
    return isCeil && last * stride >= size + (padding[0] as number) ? last : last + 1
  })
  return found.every((size) => Number.isSafeInteger(size) && size > 0) ? found : undefined
}

const convolution = (question: Question): Answer | undefined => {
  const [input, kernel] = [sizesAt(question, 0), sizesAt(question, 1)]
  if (!input || !kernel || kernel.length !== input.length || input.length < 3) return undefined
  const [batch, , ...sizes] = input as [number, number, ...number[]]
  const places = slid(question, sizes, kernel.slice(2))
  if (!places) return undefined
  const output = [batch, kernel[0] as number, ...places]
  return { outputs: [output], macs: valuesIn(output) * valuesIn(kernel.slice(1)) }
}

const transposed = (question: Question): Answer | undefined => {
  const { read, node } = question
  const [input, kernel] = [sizesAt(question, 0), sizesAt(question, 1)]
  if (!input || !kernel || kernel.length !== input.length || input.length < 3) return undefined
  const [batch, channels, ...sizes] = input as [number, number, ...number[]]
  const groups = read.int(node, 'group', 1)
  const each = (name: string, standard: number): readonly number[] => read.ints(node, name) ?? sizes.map(() => standard)
  const [strides, dilations, added] = [each('strides', 1), each('dilations', 1), each('output_padding', 0)]
  const pads = read.ints(node, 'pads') ?? Array.from({ length: 2 * sizes.length }, () => 0)
  const isSame = read.text(node, 'auto_pad', 'NOTSET').startsWith('SAME')
  const stated = read.ints(node, 'output_shape')
  const places = sizes.map((size, axis) => {
    const stride = strides[axis] as number
    if (stated) return stated.at(axis - sizes.length) as number
    if (isSame) return size * stride
    const reach = ((kernel[axis + 2] as number) - 1) * (dilations[axis] as number) + 1
    return stride * (size - 1) + reach + (added[axis] as number) - (pads[axis] as number) - (pads[axis + sizes.length] as number)
  })
  if (!places.every((size) => Number.isSafeInteger(size) && size > 0)) return undefined
  const filters = (kernel[1] as number) * groups
  return { outputs: [[batch, filters, ...places]], macs: batch * channels * valuesIn(sizes) * valuesIn(kernel.slice(1)) }
}

const pool = (question: Question): Answer | undefined => {
  const input = sizesAt(question, 0)
  const { read, node } = question
  const kernel = read.ints(node, 'kernel_shape')
  if (!input || !kernel || input.length < 3) return undefined
  // ONNX and ONNX Runtime have different sizes for it.
  const isDilated = read.ints(node, 'dilations')?.some((dilation) => dilation > 1)
  if (isDilated && read.text(node, 'auto_pad', 'NOTSET').startsWith('SAME')) return undefined
  const places = slid(question, input.slice(2), kernel)
  const output = places && [...input.slice(0, 2), ...places]
  return output && { outputs: node.outputs.map(() => output), macs: 0 }
}

const globalPool = (question: Question): Answer | undefined => {
  const input = sizesAt(question, 0)
  return input && input.length > 2 ? { outputs: [[...input.slice(0, 2), ...input.slice(2).map(() => 1)]], macs: 0 } : undefined
}

const pad = (question: Question): Answer | undefined => {
  const input = sizesAt(question, 0)
  const pads = listAt(question, 'pads', 1)
  if (!input || pads?.length !== 2 * input.length) return undefined
  const output = input.map((size, axis) => size + (pads[axis] as number) + (pads[axis + input.length] as number))
  return output.every((size) => size >= 0) ? { outputs: [output], macs: 0 } : undefined
}

const resize = (question: Question): Answer | undefined => {
  const input = sizesAt(question, 0)
  if (!input) return undefined
  const isOld = question.node.operator === 'Upsample' || question.opset < 11
  const sizes = isOld ? undefined : question.inputs[3]?.known?.values
  const factors = question.inputs[isOld ? 1 : 2]?.known?.values
  const list = (values: ArrayLike<unknown> | undefined): number[] | undefined => {
    const all = values && Array.from(values)
    return all?.length === input.length && all.every((value) => typeof value === 'number') ? (all as number[]) : undefined
  }
  const output =
    list(sizes as ArrayLike<unknown>) ?? list(factors as ArrayLike<unknown>)?.map((by, axis) => Math.floor(by * (input[axis] as number)))
  return output && { outputs: [output], macs: 0 }
}

const blocks =
  (isInto: boolean) =>
  (question: Question): Answer | undefined => {
    const input = sizesAt(question, 0)
    const size = question.read.int(question.node, 'blocksize', 0)
    if (input?.length !== 4 || !(size > 0)) return undefined
    const [batch, channels, height, width] = input as [number, number, number, number]
    const output = isInto
      ? [batch, channels / size ** 2, height * size, width * size]
      : [batch, channels * size ** 2, height / size, width / size]
    return output.every(Number.isInteger) ? { outputs: [output], macs: 0 } : undefined
  }

export const windowRules: ShapeRules = {
  Conv: convolution,
  ConvTranspose: transposed,
  MaxPool: pool,
  AveragePool: pool,
  LpPool: pool,
  GlobalAveragePool: globalPool,
  GlobalMaxPool: globalPool,
  GlobalLpPool: globalPool,
  Pad: pad,
  Resize: resize,
  Upsample: resize,
  DepthToSpace: blocks(true),
  SpaceToDepth: blocks(false),
}
