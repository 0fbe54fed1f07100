import type { GraphNode } from '../network/graph.js'
import { oneLine } from './names.js'

/** What a text of a layer's settings is made of. */
export type Described = Pick<GraphNode, 'kind' | 'settings' | 'inputShapes'>

/** A layer's kind and settings in a line: `conv2d 7x7, 64, stride 2, pad 3`; settings with their default values are left out. */
export const settingsText = (layer: Described): string => {
  const kernel = kernelOf(layer)
  const { filters, units, rate } = layer.settings
  const operation = `${oneLine(layer.kind)}${kernel === undefined ? '' : ` ${kernel}`}`
  const sizes = [filters, units].flatMap((size) => (typeof size === 'number' ? [`${size}`] : []))
  return [operation, ...sizes, ...settingsOf(layer), ...biasOf(layer), ...(typeof rate === 'number' ? [`rate ${rate}`] : [])].join(', ')
}

/** That a layer has no bias. Before a normalization that is usual, as it subtracts the mean: there only the summary says so. */
export const biasOf = ({ settings }: Described): string[] => (settings['bias'] === false ? ['no bias'] : [])

/** Settings of a layer that its operation and its shape do not show, where they are not the usual ones: `stride 2`, `pad 3`. */
export const settingsOf = ({ kind, settings, inputShapes }: Described): string[] => {
  const differing = (name: string, word: string, standard: string): string[] => {
    const value = perAxis(settings[name])
    return value === undefined || value === standard ? [] : [`${word} ${value}`]
  }
  const { heads } = settings
  return [
    ...differing('stride', 'stride', '1'),
    ...differing('padding', 'pad', '0').filter((part) => part !== 'pad valid'),
    ...differing('outputPadding', 'output pad', '0'),
    ...differing('dilation', 'dilation', '1'),
    ...differing('groups', 'groups', '1'),
    ...differing('multiplier', 'multiplier', '1'),
    ...(kind === 'upsample' || kind === 'pixelShuffle' ? differing('scale', 'scale', '1') : []),
    ...(kind === 'upsample' && settings['method'] !== 'nearest' ? [oneLine(`${settings['method']}`)] : []),
    ...(typeof heads === 'number' ? [heads === 1 ? '1 head' : `${heads} heads`] : []),
    ...(typeof settings['keyValueHeads'] === 'number' && settings['keyValueHeads'] !== heads
      ? [`${settings['keyValueHeads']} key and value heads`]
      : []),
    ...(settings['causal'] ? ['causal'] : []),
    ...(kind === 'windowAttention' ? [`window ${settings['window']}`, ...differing('shift', 'shift', '0')] : []),
    ...(typeof heads === 'number' && inputShapes[1] ? [`keys ${inputShapes[1].join('x')}`] : []),
  ]
}

/** The size of a window, a number for each axis: `3x3`. */
export const kernelOf = ({ kind, settings }: Described): string | undefined => {
  const { kernel } = settings
  if (Array.isArray(kernel)) return kernel.join('x')
  if (typeof kernel !== 'number') return undefined
  const axes = Number(/(\d)d$/.exec(kind)?.[1] ?? 1)
  return Array.from({ length: axes }, () => kernel).join('x')
}

/**
 * A setting that can differ from axis to axis: one number where it does not, `2x1` where it does, `0+1` for what differs between
 * the two ends of an axis.
 */
export const perAxis = (value: unknown): string | undefined => {
  if (typeof value === 'number' || value === 'same' || value === 'valid') return `${value}`
  if (!Array.isArray(value) || value.length === 0) return undefined
  const each = value.map((axis) => (Array.isArray(axis) ? (axis[0] === axis[1] ? `${axis[0]}` : axis.join('+')) : `${axis}`))
  return each.every((axis) => axis === each[0]) ? each[0] : each.join('x')
}
