import type { TfNode } from './graph-def.js'

/** The settings of convolutions and pools, out of TensorFlow's attributes: a number for each spatial axis, and paddings. */

/** A number for each spatial axis, out of one for every axis. */
export const spatial = (node: TfNode, name: string, rank: number): number[] => {
  const list = node.wholes(name)
  if (list.length === 0) return Array.from({ length: rank }, () => 1)
  if (list.length !== rank + 2 || list[0] !== 1 || list.at(-1) !== 1)
    return node.fail(`${name} must be a number for each of ${rank + 2} axes, 1 for the batch and the channels, not [${list.join(', ')}].`)
  return list.slice(1, -1)
}

/** Images have their channels last. */
export const requireChannelsLast = (node: TfNode): void => {
  const format = node.text('data_format', 'NHWC')
  if (format !== 'NHWC' && format !== 'NDHWC')
    node.fail(`has its channels on another axis: data_format is ${format}. TensorFlow.js runs NHWC.`)
}

type Padding = 'valid' | 'same' | number | readonly (number | readonly [number, number])[]

export const paddingOf = (node: TfNode, rank: number): Padding => {
  const word = node.text('padding', '')
  if (word === 'SAME') return 'same'
  if (word === 'VALID') return 'valid'
  if (word !== 'EXPLICIT') return node.fail(`padding must be SAME, VALID or EXPLICIT, not ${word || 'nothing'}.`)
  const list = node.wholes('explicit_paddings')
  const pairs = Array.from({ length: rank + 2 }, (_, axis) => [list[2 * axis], list[2 * axis + 1]] as const)
  const isKnown = list.length === 2 * (rank + 2) && [pairs[0], pairs.at(-1)].every((pair) => pair?.[0] === 0 && pair[1] === 0)
  if (!isKnown) return node.fail(`explicit_paddings must be two numbers for each of ${rank + 2} axes, 0 for the batch and the channels.`)
  return pairs.slice(1, -1).map(([before, after]) => (before === after ? (before as number) : [before as number, after as number]))
}
