import type { Applied } from '../../layers/kind/layer.js'
import { valuesIn } from '../../layers/kind/layer.js'
import { axisNames, type Rank } from '../../shape/shape.js'
import type { Axis, AxisFit, Rounding } from '../../shape/window.js'
import { shownNumber } from '../types/network-type.js'

/*
 * The formula of a layer with its numbers filled in: `(227 - 11 + 2·0)/4 + 1 = 55`.
 */

/** A line of a hover: what it is, and what it says. */
export interface Line {
  readonly term: string
  readonly text: string
}

/** How the sizes of a layer's output come about; nothing where they are its input's. */
export const sizeLines = (kind: string, input: readonly number[], { output, settings, window }: Applied): readonly Line[] => {
  if (/^convTranspose/.test(kind))
    return eachAxis(input, (index) => transposed(input[index] as number, settings, index, output[index] as number))
  if (window)
    return eachAxis(input, (index) =>
      windowText(window.axes[index] as Axis, window.fits[index] as AxisFit, window.rounding, output[index] as number),
    )
  if (kind === 'flatten' && input.length > 1 && output.length === 1)
    return [{ term: 'features', text: `${input.join('·')} = ${output[0]}` }]
  return []
}

/** One line where all axes have the same text, else one for each. */
const eachAxis = (input: readonly number[], textOf: (index: number) => string): readonly Line[] => {
  const rank = (input.length - 1) as Rank
  const texts = Array.from({ length: rank }, (_, index) => textOf(index))
  if (texts.every((text) => text === texts[0])) return texts.slice(0, 1).map((text) => ({ term: 'size', text }))
  return texts.map((text, index) => ({ term: axisNames[rank]?.[index] ?? `axis ${index + 1}`, text }))
}

const spanText = ({ kernel, dilation }: Axis): string => (dilation === 1 ? `${kernel}` : `(${dilation}·(${kernel} - 1) + 1)`)

const paddingText = (before: number, after: number): string => (before === after ? `2·${before}` : `${before} + ${after}`)

const windowText = (axis: Axis, { before, after, remainder }: AxisFit, rounding: Rounding, output: number): string => {
  const { size, stride, padding } = axis
  if (padding === 'same') return `⌈${size}/${stride}⌉ = ${output}`
  const quotient = `(${size} - ${spanText(axis)} + ${paddingText(before, after)})/${stride}`
  if (remainder === 0) return `${quotient} + 1 = ${output}`
  return rounding === 'ceil' ? `⌈${quotient}⌉ + 1 = ${output}` : `⌊${quotient}⌋ + 1 = ${output}`
}

/** A hyperparameter on one axis. */
const onAxis = (value: unknown, index: number, otherwise: number): number | string | readonly number[] => {
  const own = Array.isArray(value) ? value[index] : value
  return typeof own === 'number' || typeof own === 'string' || Array.isArray(own) ? own : otherwise
}

const transposed = (size: number, settings: Applied['settings'], index: number, output: number): string => {
  const of = (name: string, otherwise: number) => onAxis(settings[name], index, otherwise)
  const [stride, kernel, dilation, padding, out] = [
    of('stride', 1),
    of('kernel', 1),
    of('dilation', 1),
    of('padding', 0),
    of('outputPadding', 0),
  ]
  if (padding === 'same') return `${size}·${stride} = ${output}`
  const span = dilation === 1 ? `${kernel}` : `(${dilation}·(${kernel} - 1) + 1)`
  const [before = 0, after = 0] = Array.isArray(padding) ? padding : typeof padding === 'number' ? [padding, padding] : []
  return `(${size} - 1)·${stride} + ${span}${out === 0 ? '' : ` + ${out}`} - ${before === after ? `2·${before}` : `(${before} + ${after})`} = ${output}`
}

/** The trainable parameters of a layer, weight by weight; nothing where it has none. */
export const parameterLine = ({ weights }: Applied): readonly Line[] => {
  const trainable = weights.filter((weight) => weight.trainable)
  if (trainable.length === 0) return []
  const counts = trainable.map(({ shape }) => valuesIn(shape))
  const sum = counts.reduce((so, count) => so + count, 0)
  const terms = trainable.map(({ name, shape }) => `${name} ${shape.join('·')}`)
  return [{ term: 'parameters', text: `${terms.join(' + ')} = ${shownNumber(sum)}` }]
}

/** The multiply-accumulates of a layer for one sample; nothing where it has none. */
export const macsLine = ({ macs }: Applied): readonly Line[] => (macs === 0 ? [] : [{ term: 'MACs', text: shownNumber(macs) }])
