import { erf, evaluated, type Matrix, matrixOf, reductions, relu6, selu, sigmoid, softplus } from './evaluate.js'
import type { Formula, Part } from './operands.js'

/*
 * Which layer a formula is: exporters write a hard swish, a gelu or a layer normalization in many ways. A formula is a layer where it gives the
 * same numbers, to the precision of the constants in the file, at many places: around each constant of it, near 0 and far from it.
 */

/** The layer that a formula is. */
export type Recognized =
  | { readonly is: 'layer'; readonly kind: string; readonly settings: Readonly<Record<string, unknown>> }
  /** A factor and a summand for all values. */
  | { readonly is: 'rescale'; readonly scale: number; readonly offset: number }
  /** A factor and a summand for each channel. */
  | { readonly is: 'affine'; readonly scale: Float32Array; readonly offset: Float32Array }
  | { readonly is: 'prelu'; readonly slopes: Float32Array }
  | {
      readonly is: 'norm'
      readonly kind: 'layerNorm' | 'instanceNorm'
      readonly epsilon: number
      readonly scale: Float32Array
      readonly offset: Float32Array
    }

/** Layers on each value alone, by what they compute. */
const curves: Readonly<Record<string, (x: number) => number>> = {
  relu: (x) => Math.max(x, 0),
  relu6,
  sigmoid,
  tanh: Math.tanh,
  hardSigmoid: (x) => relu6(x + 3) / 6,
  hardSwish: (x) => (x * relu6(x + 3)) / 6,
  silu: (x) => x * sigmoid(x),
  softplus,
  mish: (x) => x * Math.tanh(softplus(x)),
  selu,
}

/** What a formula is made of, in depth: as far as the outputs of layers, and what became one. */
const partsIn = (formula: Formula, end?: Part, found = new Set<Part>()): Set<Part> => {
  for (const part of formula.parts) {
    if (part === end || found.has(part)) continue
    found.add(part)
    if (part.is === 'formula' && !part.value) partsIn(part, end, found)
  }
  return found
}

/** Channels of a formula that is compared: more have no numbers of their own in one. */
const mostChannels = 2 ** 13

/**
 * The layer that a formula is on a value; `undefined` for none that is known.
 *
 * @param spend counts the numbers that are computed
 */
export const recognized = (formula: Formula, base: Part, spend: (count: number) => void): Recognized | undefined => {
  const within = partsIn(formula, base)
  const ops = [formula, ...within].flatMap((part) => (part.is === 'formula' ? [part.op] : []))
  const along = ops.flatMap((op) => (Object.hasOwn(reductions, op) ? [reductions[op]?.along] : []))
  const channels = formula.shape.at(-1) as number
  const isWide = channels > mostChannels
  const constants = [...within].flatMap((part) => (part.is === 'constant' ? [part] : []))
  const few = constants.filter(({ shape }) => shape.reduce((product, size) => product * size, 1) <= mostChannels)
  const numbers = few.flatMap(({ numbers }) => [...(numbers() ?? []).slice(0, 4)])
  spend(ops.length * (along.length > 0 ? 20 * Math.min(channels, mostChannels) : 200))
  if (isWide && along.length > 0) return undefined
  if (along.includes('channels')) return along.includes('positions') ? undefined : normalized(formula, base, channels, numbers, 'layerNorm')
  if (along.includes('positions')) return normalized(formula, base, channels, numbers, 'instanceNorm')
  const isEach = constants.some(({ shape }) => isForChannels(shape, channels))
  if (isWide && isEach) return undefined
  if (isEach) spend(ops.length * fewPlaces.length * channels)
  return onEach(formula, base, isEach ? channels : 1, isEach, numbers)
}

/** Whether numbers are one for each channel, and not one for all. */
export const isForChannels = (shape: readonly number[], channels: number): boolean =>
  shape.length > 0 && shape.at(-1) === channels && shape.slice(0, -1).every((size) => size === 1)

const places = [-1e4, -100, -20, -11.3, -7.1, -6, -4.7, -3.2, -3, -2.6, -1.9, -1, -0.7, -0.31, -0.05, -1e-3]
const allPlaces = [...places, 0, ...places.map((place) => -place)]

/** Of numbers for each channel fewer places are compared: a formula with them is a line, or two that meet at 0. */
const fewPlaces = [-1e4, -100, -7.1, -3.2, -1, -0.31, -1e-3, 0, 1e-3, 0.31, 1, 3.2, 7.1, 100, 1e4]

/** 32-bit floats have 7 digits, and so have the constants of a file. */
const isNear = (one: number, other: number, size = Math.abs(other)): boolean => Math.abs(one - other) <= 3e-6 * Math.max(size, 1e-2)

const onEach = (formula: Formula, base: Part, channels: number, isEach: boolean, numbers: readonly number[]): Recognized | undefined => {
  const around = numbers.filter((number) => Math.abs(number) < 1e6).slice(0, 16)
  const near = around.flatMap((number) => [number - 0.1, number, number + 0.1, -number - 0.1, -number, 0.1 - number])
  const points = isEach ? fewPlaces : [...new Set([...allPlaces, ...near])]
  const zero = points.indexOf(0)
  const result = evaluated(
    formula,
    base,
    matrixOf(points.length, channels, (row) => points[row] as number),
  )
  if (!result) return undefined
  const at = (row: number, channel: number): number => result.data[row * result.columns + (result.columns === 1 ? 0 : channel)] as number
  const follows = (curve: (x: number, channel: number) => number): boolean =>
    points.every((x, row) => {
      for (let channel = 0; channel < channels; channel += 1)
        if (!isNear(at(row, channel), curve(x, channel), Math.max(Math.abs(x), 1))) return false
      return true
    })
  const list = (of: (channel: number) => number): Float32Array => Float32Array.from({ length: channels }, (_, channel) => of(channel))
  const [one, minusOne] = [points.indexOf(1), points.indexOf(-1)]
  const offset = (channel: number): number => at(zero, channel)
  const scale = (channel: number): number => at(one, channel) - offset(channel)
  const isLine = points.every((x, row) => {
    for (let channel = 0; channel < channels; channel += 1) {
      const [a, b] = [scale(channel), offset(channel)]
      if (!isNear(at(row, channel), a * x + b, Math.max(Math.abs(a * x), Math.abs(b)))) return false
    }
    return true
  })
  if (isLine)
    return isEach
      ? { is: 'affine', scale: list(scale), offset: list(offset) }
      : { is: 'rescale', scale: rounded(scale(0)), offset: rounded(offset(0)) }
  const slopes = list((channel) => -at(minusOne, channel))
  if (follows((x, channel) => (x > 0 ? x : x * (slopes[channel] as number)))) {
    if (isEach) return { is: 'prelu', slopes }
    const slope = rounded(-at(minusOne, 0))
    return slope === 0 ? { is: 'layer', kind: 'relu', settings: {} } : { is: 'layer', kind: 'leakyRelu', settings: { slope } }
  }
  if (isEach) return undefined
  for (const [kind, curve] of Object.entries(curves)) if (follows(curve)) return { is: 'layer', kind, settings: {} }
  if (follows((x) => (x * (1 + erf(x / Math.SQRT2))) / 2)) return { is: 'layer', kind: 'gelu', settings: {} }
  const alpha = rounded(-at(points.indexOf(-100), 0))
  return alpha > 0 && follows((x) => (x > 0 ? x : alpha * Math.expm1(x))) ? { is: 'layer', kind: 'elu', settings: { alpha } } : undefined
}

/** A number of a file as it was written before it became a 32-bit float. */
export const rounded = (value: number): number => {
  const short = Number(value.toPrecision(7))
  return Math.abs(short - value) <= 1e-7 * Math.abs(value) ? short : value
}

/** A softmax, or a normalization along the channels or along the positions: a rule, a scale and a shift for each channel. */
const normalized = (
  formula: Formula,
  base: Part,
  channels: number,
  numbers: readonly number[],
  kind: 'layerNorm' | 'instanceNorm',
): Recognized | undefined => {
  // Numbers that look drawn, and are the same each time.
  const drawn = (row: number, channel: number): number => Math.sin(12.9898 * (row + 1) + 78.233 * (channel + 1)) * (0.4 + row)
  const rows = 5
  const of = (matrix: Matrix): Matrix | undefined => {
    const result = evaluated(formula, base, matrix)
    return result && result.rows === matrix.rows && result.columns === channels ? result : undefined
  }
  const matrix = matrixOf(rows, channels, drawn)
  const result = of(matrix)
  if (!result) return undefined
  const same = (wanted: (row: number, channel: number) => number): boolean =>
    result.data.every((value, at) => {
      const expected = wanted(Math.floor(at / channels), at % channels)
      return Math.abs(value - expected) <= 2e-6 * Math.max(1, Math.abs(expected))
    })
  if (kind === 'layerNorm') {
    const sums = Array.from({ length: rows }, (_, row) => sumOf(channels, (channel) => Math.exp(drawn(row, channel))))
    if (same((row, channel) => Math.exp(drawn(row, channel)) / (sums[row] as number))) return { is: 'layer', kind: 'softmax', settings: {} }
    if (same((row, channel) => drawn(row, channel) - Math.log(sums[row] as number)))
      return { is: 'layer', kind: 'logSoftmax', settings: {} }
  }
  const byRow = kind === 'layerNorm'
  const [lines, count] = byRow ? [rows, channels] : [channels, rows]
  if (count < 2) return undefined
  const value = (line: number, index: number): number => (byRow ? drawn(line, index) : drawn(index, line))
  const means = Array.from({ length: lines }, (_, line) => sumOf(count, (index) => value(line, index)) / count)
  const variances = means.map((mean, line) => sumOf(count, (index) => (value(line, index) - mean) ** 2) / count)
  const offset = of(matrixOf(rows, channels, () => 0))
  // Values of 1 and -1 in turn are far from their mean, so what they become says the scale.
  const turns = of(matrixOf(rows, channels, (row, channel) => ((byRow ? channel : row) % 2 === 0 ? 1 : -1)))
  if (!offset || !turns) return undefined
  const odd = count % 2
  const [mean, variance] = [odd / count, 1 - (odd / count) ** 2]
  for (const epsilon of [...new Set(numbers)].filter((number) => number >= 0 && number < 0.1)) {
    const scale = Float32Array.from({ length: channels }, (_, channel) => {
      const shift = offset.data[channel] as number
      const first = byRow && channel % 2 === 1 ? -1 : 1
      return ((turns.data[channel] as number) - shift) / ((first - mean) / Math.sqrt(variance + epsilon))
    })
    const fits = same((row, channel) => {
      const line = byRow ? row : channel
      const centred = (drawn(row, channel) - (means[line] as number)) / Math.sqrt((variances[line] as number) + epsilon)
      return centred * (scale[channel] as number) + (offset.data[channel] as number)
    })
    if (fits) return { is: 'norm', kind, epsilon: rounded(epsilon), scale, offset: Float32Array.from(offset.data.subarray(0, channels)) }
  }
  return undefined
}

const sumOf = (count: number, of: (index: number) => number): number => {
  let sum = 0
  for (let index = 0; index < count; index += 1) sum += of(index)
  return sum
}

/** Parts of a formula of which alone it could be a layer, those with the most between first: whatever else it takes stands behind them. */
export const basesOf = (formula: Formula): Part[] => {
  const parts = [...partsIn(formula)].filter((part) => part.is !== 'constant')
  const leads = (base: Part): boolean => {
    // Whether a value is reached without the base.
    const seen = new Set<Part>()
    const reaches = (part: Part): boolean => {
      if (part === base || part.is === 'constant' || seen.has(part)) return false
      seen.add(part)
      return part.is === 'value' || part.value !== undefined || part.parts.some(reaches)
    }
    return !formula.parts.some(reaches)
  }
  const depth = (part: Part): number => (part.is === 'formula' && !part.value ? part.size : 0)
  return parts.filter(leads).sort((one, other) => depth(one) - depth(other))
}
