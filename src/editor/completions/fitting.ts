import { tried } from '../layers/rule.js'
import type { Source } from '../source/source.js'
import { valueAt } from '../source/values.js'
import type { KnownShape } from '../types/network-type.js'
import { candidates, kernelAt, type Layer, onAxis } from './candidates.js'
import type { Element } from './elements.js'

/*
 * The values of an option or an argument with which a layer fits, and what each gives.
 */

/** Where a value is written. */
export interface Written {
  readonly source: Source
  /** The layer without the value. */
  readonly layer: Layer
  /** The name of the option or argument. */
  readonly name: string
  /** The index of the argument; undefined for an option. */
  readonly argument: number | undefined
  /** The lists in which it stands. */
  readonly elements: readonly Element[]
  /** Whether the map has to keep its size, as in the body of a residual connection. */
  readonly isKept: boolean
}

/** A value that fits, and the shape that it gives; sizes of other axes that do not fit yet are undefined. */
export interface Fitting {
  readonly value: unknown
  readonly output: KnownShape
}

/** The values that fit at a place, the best first; undefined where it is not known which do. */
export const fittingValues = (written: Written): readonly Fitting[] | undefined => {
  const { layer, name, elements } = written
  const make = Object.hasOwn(candidates, name) ? candidates[name] : undefined
  if (!make) return undefined
  const found = make(layer, elements[0]?.index).flatMap((value) => {
    const output = outputWith(written, value)
    return output ? [{ value, output }] : []
  })
  // Who writes a transposed convolution wants a map that is larger by the stride.
  const isWanted = ({ value, output }: Fitting): boolean =>
    written.isKept ? isSameMap(layer.shape, output) : !/^convTranspose/.test(layer.kind) || isEnlarged(written, value, output)
  return [...found.filter(isWanted), ...found.filter((each) => !isWanted(each))]
}

const isSameMap = (shape: readonly number[], output: KnownShape): boolean =>
  shape.slice(0, -1).every((size, axis) => output[axis] === undefined || output[axis] === size)

/** What the layer gives with a value at the place; undefined where it does not fit. */
export const outputWith = (written: Written, value: unknown): KnownShape | undefined => {
  const { source, layer, elements } = written
  const spatial = layer.shape.length - 1
  const whole = tried(layer.kind, layer.shape, argumentsWith(written, listWith(source, elements, value, spatial)))?.output
  const axis = elements[0]?.index
  return whole ?? (axis === undefined || axis >= spatial ? undefined : outputOnAxis(written, value, axis))
}

/** A layer with a window on each of two or three axes. */
const windowOnAxes = /^((?:conv|convTranspose|depthwiseConv|separableConv|maxPool|avgPool))[23]d$/

/** What the layer gives along one axis, where it does not fit another one. */
const outputOnAxis = ({ source, layer, name, argument, elements }: Written, value: unknown, axis: number): KnownShape | undefined => {
  const { kind, shape, args, options } = layer
  const family = windowOnAxes.exec(kind)?.[1]
  if (family === undefined) return undefined
  const own = [onAxis(listWith(source, elements, value, shape.length - 1), axis)]
  const written: Written = {
    source,
    name,
    argument,
    elements: [],
    isKept: false,
    layer: {
      kind: `${family}1d`,
      shape: [shape[axis] as number, shape.at(-1) as number],
      args: args.map((each, index) => (index === kernelAt(kind) ? onAxis(each, axis) : each)),
      options: Object.fromEntries(Object.entries(options).map(([option, each]) => [option, aloneOn(each, axis)])),
    },
  }
  const output = tried(written.layer.kind, written.layer.shape, argumentsWith(written, own))?.output
  return output && [...shape.slice(0, -1).map((_, index) => (index === axis ? output[0] : undefined)), output.at(-1)]
}

/** An option on one axis, as a list for that axis alone: it may be a pair of its two ends. */
const aloneOn = (value: unknown, axis: number): unknown => (Array.isArray(value) ? [value[axis]] : value)

/** The arguments with a value at the place. */
const argumentsWith = ({ layer: { args, options }, name, argument }: Written, value: unknown): readonly unknown[] => {
  if (argument === undefined) return [...args, { ...options, [name]: value }]
  const all = [...args]
  all[argument] = value
  return Object.keys(options).length > 0 ? [...all, options] : all
}

/** A list with a value for one element, or for one end of an axis in it. Those that are not written yet get the same. */
const listWith = (source: Source, [element, inner]: readonly Element[], value: unknown, length: number): unknown => {
  if (!element) return value
  const { index, parts } = element
  const own = inner ? listWith(source, [inner], value, 2) : value
  return Array.from({ length: Math.max(parts.length, length, index + 1) }, (_, at) => {
    const part = parts[at]
    return at === index ? own : !part || part.last < part.first ? value : valueAt(source, part)
  })
}

/** Whether a transposed convolution enlarges its map by its stride exactly. */
const isEnlarged = ({ source, layer: { shape, options }, name, elements }: Written, value: unknown, output: KnownShape): boolean => {
  const stride = name === 'stride' ? listWith(source, elements, value, shape.length - 1) : options['stride']
  return shape
    .slice(0, -1)
    .every((size, axis) => output[axis] === undefined || output[axis] === size * (Number(onAxis(stride, axis) ?? 1) || 1))
}
