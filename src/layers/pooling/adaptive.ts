import type { Noted } from '../../shape/channels-last.js'
import type { Shape } from '../../shape/shape.js'
import type { KnownOption } from '../../shape/windows.js'
import type { LayerKind, Reach } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { ValueOrUseABlock } from '../kind/named.js'
import { type EachSpatial, type PerAxisRule, requirePerAxis } from '../kind/per-axis.js'
import { type Layer, layerFunction } from '../kind/value.js'

/** Adaptive pools, whose windows follow from the input size and the output size. */

declare module '../kind/per-axis.js' {
  interface SizeAlong<Size, Value> {
    adaptiveAvgPool: SizeGiven<Value>
    adaptiveMaxPool: SizeGiven<Value>
  }
}

type SizeGiven<Value> = number extends Value ? number : Value extends number ? Value : number

type AdaptiveKind = 'adaptiveAvgPool' | 'adaptiveMaxPool'

type AdaptiveRule<Kind extends AdaptiveKind, Input, Size> = PerAxisRule<Kind, 'size', Input, KnownOption<Size>, 1>

/**
 * Part i of n cells extends from floor(i * n / size) to ceil((i + 1) * n / size). This computes the longest part, and the distance
 * between their starts.
 *
 * The remainders of i * n are all multiples of gcd(n, size) below size; the largest remainder gives the longest part.
 */
const reachOf = (cells: number, size: number): Reach => ({
  span: Math.ceil((cells + size - gcd(cells, size)) / size),
  step: cells / size,
})

const gcd = (one: number, other: number): number => (other === 0 ? one : gcd(other, one % other))

const adaptivePool = (kind: string): LayerKind<[EachSpatial]> => ({
  takes: 1,
  apply: (input, size) => {
    const sizes = requirePerAxis(kind, 'size', input, size, 1)
    return {
      output: [...sizes, input.at(-1) as number],
      settings: { size },
      weights: [],
      macs: 0,
      memory: 'own',
      ...(sizes.every((each) => each === 1) ? { seesAll: true } : {}),
      reach: sizes.map((size, axis) => reachOf(input[axis] as number, size)),
    }
  },
})

/** {@link AdaptiveRule} at run time. */
export const adaptivePoolingKinds = {
  adaptiveAvgPool: adaptivePool('adaptiveAvgPool'),
  adaptiveMaxPool: adaptivePool('adaptiveMaxPool'),
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    adaptiveAvgPool: AdaptiveRule<'adaptiveAvgPool', Input, Given[0]>
    adaptiveMaxPool: AdaptiveRule<'adaptiveMaxPool', Input, Given[0]>
  }
}

/**
 * An adaptive average pool as a layer value.
 *
 * @param size the output size of every spatial axis, or one per axis
 * @example
 * adaptiveAvgPool(7) // Layer<'adaptiveAvgPool', [7]>
 */
export const adaptiveAvgPool: <Size extends EachSpatial>(size: Size) => Layer<'adaptiveAvgPool', [Size]> = layerFunction('adaptiveAvgPool')

/**
 * An adaptive max pool as a layer value.
 *
 * @param size the output size of every spatial axis, or one per axis
 * @example
 * adaptiveMaxPool([1, 4]) // Layer<'adaptiveMaxPool', [[1, 4]]>
 */
export const adaptiveMaxPool: <Size extends EachSpatial>(size: Size) => Layer<'adaptiveMaxPool', [Size]> = layerFunction('adaptiveMaxPool')

export type AdaptiveSizeOrUseABlock<Kind extends AdaptiveKind, Input, Size, Start> = EachSpatial extends Size
  ? Size
  : AdaptiveRule<Kind, Input, Size> extends { size: infer Fault extends string }
    ? Noted<Fault, Start>
    : ValueOrUseABlock<Kind, Input, Size>
export type Pooled<Kind extends AdaptiveKind, Input, Size> =
  AdaptiveRule<Kind, Input, Size> extends { output: infer Output extends Shape } ? Output : never
