import { valuesIn } from '../../../layers/kind/layer.js'
import { type LayerConfig, text } from '../config.js'
import type { Value } from './layer.js'
import type { Reader } from './layer-reader.js'
import { windowReaders } from './windows.js'

/*
 * TimeDistributed: a layer at each step of a sequence. Most layers do the same with one axis more; windows reach over one step only.
 */

/** Classes that work on each position alone, whatever the axes are. */
const anyAxes: ReadonlySet<string> = new Set([
  ...['Activation', 'Identity', 'ReLU', 'LeakyReLU', 'ELU', 'Dropout', 'Dense', 'Rescaling'],
  ...['Add', 'Subtract', 'Average', 'Maximum', 'Minimum'],
  ...['SpatialDropout1D', 'SpatialDropout2D', 'GaussianDropout', 'AlphaDropout', 'GaussianNoise', 'ActivityRegularization'],
])

/** Classes with the axis of the channels as an option. */
const alongChannels: ReadonlySet<string> = new Set([
  'BatchNormalization',
  'LayerNormalization',
  'RMSNormalization',
  'Softmax',
  'Concatenate',
])

/** Options of windows that have a number for each axis, with what they are along the steps, and what they are where they are left out. */
const perAxis = { kernel_size: undefined, pool_size: 2, strides: undefined, dilation_rate: 1 } as const

const windows = /^(Conv|DepthwiseConv|SeparableConv|MaxPooling|AveragePooling)([12])D(Transpose)?$/

/** The reader of a layer at each step. */
export const eachStepReader = (config: LayerConfig, reader: Reader): Reader => {
  const { className } = config
  if (anyAxes.has(className)) return reader
  if (alongChannels.has(className)) return (plan, own, inputs) => reader(plan, own.with(lastAxis(own, inputs)), inputs)
  const window = windows.exec(className)
  if (window) {
    const rank = Number(window[2])
    const name = className.replace(`${rank}D`, `${rank + 1}D`)
    const wider = Object.hasOwn(windowReaders, name) ? windowReaders[name] : undefined
    if (wider) return (plan, own, inputs) => wider(plan, own.with(oneMore(own, rank)), inputs)
  }
  const special = Object.hasOwn(specials, className) ? specials[className] : undefined
  return special ?? config.refuse('at each step of a sequence (TimeDistributed) there is no layer here for this class.')
}

const lastAxis = (config: LayerConfig, inputs: readonly Value[]): Readonly<Record<string, unknown>> => {
  const rank = (inputs[0] as Value).shape.length - 1
  const axis = config.any('axis', -1)
  const isLast = [rank, [rank], -1, [-1]].some((last) => JSON.stringify(last) === JSON.stringify(axis))
  return { axis: isLast ? -1 : config.refuse(`axis ${text(axis)} is not the last axis, and here all runs over the channels.`) }
}

/** A window with one position along the steps. */
const oneMore = (config: LayerConfig, rank: number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(perAxis).flatMap(([name, standard]) => {
      const value = config.any(name, standard)
      if (value === undefined || (name === 'pool_size' && !/Pooling/.test(config.className))) return []
      const list = config.axes(name, rank, 1, standard)
      return [[name, [1, ...list]]]
    }),
  )

const globalPool =
  (kind: string): Reader =>
  (plan, config, inputs) => {
    config.channelsLast()
    config.only('keepdims', [false], 'is not known here. Leave it out.')
    const { shape } = inputs[0] as Value
    const [steps, channels] = [shape[0] as number, shape.at(-1) as number]
    if (shape.length < 3) return config.refuse(`it takes spatial axes and channels, not ${shape.slice(1).join('x')}.`)
    const size = [steps, ...shape.slice(1, -1).map(() => 1)]
    const pooled = plan.addAfter(config.layer, kind, { size }, inputs[0] as Value)
    return plan.add(config.layer, 'reshape', { shape: [steps, channels] }, pooled)
  }

const flatten: Reader = (plan, config, inputs) => {
  config.channelsLast()
  const [steps, ...rest] = (inputs[0] as Value).shape as [number, ...number[]]
  return plan.add(config.layer, 'reshape', { shape: [steps, valuesIn(rest)] }, inputs[0] as Value)
}

const specials: Readonly<Record<string, Reader>> = {
  Flatten: flatten,
  GlobalAveragePooling1D: globalPool('adaptiveAvgPool'),
  GlobalAveragePooling2D: globalPool('adaptiveAvgPool'),
  GlobalMaxPooling1D: globalPool('adaptiveMaxPool'),
  GlobalMaxPooling2D: globalPool('adaptiveMaxPool'),
}
