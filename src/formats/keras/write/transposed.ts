import type { GraphNode } from '../../../network/graph.js'
import { refuse, type Writer, weight } from '../layer.js'
import { cropped, padded } from './cells.js'
import { asImage, imageShape, isOne, onImage } from './placement.js'

/*
 * Transposed convolutions: written without padding, then cut to size.
 */

/** On each axis of a hyperparameter the value there. */
const onAxes = <Value>(value: unknown, rank: number): Value[] =>
  Array.from({ length: rank }, (_, axis) => (Array.isArray(value) ? value[axis] : value) as Value)

export const transposed: Writer = (start, node) => {
  const { filters, groups, bias, ...settings } = node.settings as Record<string, unknown> & {
    filters: number
    groups: number
    bias: boolean
  }
  const rank = start.shape.length - 1
  const [kernel, stride, dilation] = (['kernel', 'stride', 'dilation'] as const).map((name) => onAxes<number>(settings[name], rank)) as [
    number[],
    number[],
    number[],
  ]
  if (groups > 1) return refuse(node, 'Keras has it without groups. Use groups 1.')
  if (!isOne(dilation)) return refuse(node, 'TensorFlow.js has it without dilation. Use dilation 1.')
  const kernelShape = (node.weights[0] as GraphNode['weights'][number]).shape
  const flat = rank === 1
  const weights = [
    weight('kernel', 'kernel', flat ? [kernelShape[0] as number, 1, ...kernelShape.slice(1)] : kernelShape),
    ...(bias ? [weight('bias', 'bias', [filters])] : []),
  ]
  const same = settings['padding'] === 'same'
  const cuts = onAxes<unknown>(settings['padding'], rank).map((value) =>
    Array.isArray(value) ? (value[0] as number) : typeof value === 'number' ? value : 0,
  )
  // Without padding Keras gives at least N * stride positions.
  const full = kernel.map(
    (cells, axis) => (start.shape[axis] as number) * (stride[axis] as number) + (same ? 0 : Math.max(cells - (stride[axis] as number), 0)),
  )
  const ends = full.map((size, axis) => [cuts[axis] as number, size - (cuts[axis] as number) - (node.output[axis] as number)] as const)
  if (bias && ends.some(([, after]) => after < 0)) {
    return refuse(
      node,
      'the output padding is more than the padding after cuts off, and Keras has no output padding everywhere. Use a smaller outputPadding, or bias: false.',
    )
  }
  const config = {
    filters,
    kernel_size: flat ? onImage(kernel, 1) : kernel,
    strides: flat ? onImage(stride, 1) : stride,
    padding: same ? 'same' : 'valid',
    use_bias: bias,
  }
  const whole = [...full, filters]
  const chain = asImage(start)
    .add('transposed', `Conv${Math.max(rank, 2)}DTranspose`, config, flat ? imageShape(whole) : whole, weights)
    .reshape('line', whole)
  const cut = cropped(
    chain,
    ends.map(([before, after]) => [before, Math.max(after, 0)] as const),
  )
  return padded(
    cut,
    ends.map(([, after]) => [0, Math.max(-after, 0)] as const),
  )
}
