import type { GraphNode } from '../../../network/graph.js'
import { type AxisPadding, zerosAtEnds } from '../../../shape/window.js'
import { arranged, broadcast, type Emitter } from './emitter.js'

/** Transposed convolutions. */

const listOf = (value: unknown, rank: number): number[] =>
  Array.isArray(value) ? value : Array.from({ length: rank }, () => value as number)

export const none = (cells: readonly number[]): number[] => cells.map(() => 0)

/** What is cut off a transposed convolution's output on an axis, and what comes behind it: as ONNX's numbers, and the rest in a border. */
interface TransposedAxis {
  readonly before: number
  readonly after: number
  readonly extra: number
  /** Cells behind the last that any input reaches: zeros, and the bias. */
  readonly border: number
}

/**
 * The ends of an axis; `'same'` keeps N * stride cells, as TensorFlow does.
 *
 * ONNX Runtime takes an output padding below the stride only. Cells that it adds beyond are those that the padding would cut off, while there are
 * such, and then those that no input reaches.
 */
const transposedAxis = (padding: AxisPadding, extra: number, stride: number, span: number): TransposedAxis => {
  if (padding === 'same') {
    const total = span - stride
    const ends = { before: Math.max(Math.floor(total / 2), 0), after: Math.max(Math.ceil(total / 2), 0) }
    return { ...ends, extra: Math.max(-total, 0), border: 0 }
  }
  const [before, after] = zerosAtEnds(padding)
  if (extra < stride) return { before, after, extra, border: 0 }
  const kept = Math.min(after, extra)
  return { before, after: after - kept, extra: 0, border: extra - kept }
}

export const transposed = (emit: Emitter, node: GraphNode): void => {
  const rank = node.output.length - 1
  const { settings } = node
  const [kernel, strides, dilations, extras] = ['kernel', 'stride', 'dilation', 'outputPadding'].map((name) =>
    listOf(settings[name], rank),
  ) as [number[], number[], number[], number[]]
  const axes = kernel.map((cells, axis) => {
    const padding = Array.isArray(settings['padding']) ? settings['padding'][axis] : settings['padding']
    const span = (dilations[axis] as number) * (cells - 1) + 1
    return transposedAxis(padding, extras[axis] as number, strides[axis] as number, span)
  })
  const attributes = {
    kernel_shape: { ints: kernel },
    strides: { ints: strides },
    dilations: { ints: dilations },
    pads: { ints: [...axes.map(({ before }) => before), ...axes.map(({ after }) => after)] },
    output_padding: { ints: axes.map(({ extra }) => extra) },
    group: { int: settings['groups'] as number },
  }
  const [weight, bias] = node.weights.map(({ name }) => emit.weight(node, name === 'kernel' ? 'weight' : 'bias')) as [string, string?]
  const from = emit.take(node.inputs[0] as string, 'first')
  const borders = axes.map(({ border }) => border)
  if (borders.every((border) => border === 0)) {
    emit.put(node, 'first', 'ConvTranspose', bias === undefined ? [from, weight] : [from, weight, bias], attributes)
    return
  }
  const sizes = node.output.slice(0, -1).map((size, axis) => size - (borders[axis] as number))
  const shape = [node.output.at(-1) as number, ...sizes]
  const within = emit.add('ConvTranspose', `${node.name}/within`, { inputs: [from, weight], shape, attributes })
  const pads = emit.whole(`${node.name}/pads`, [0, 0, ...none(borders), 0, 0, ...borders])
  if (bias === undefined) {
    emit.put(node, 'first', 'Pad', [within, pads])
    return
  }
  const wide = emit.add('Pad', `${node.name}/padded`, { inputs: [within, pads], shape: arranged(node.output, 'first') })
  emit.put(node, 'first', 'Add', [wide, broadcast(emit, node, bias, 'first')])
}
