import type { AnyShape, Shape } from '../../shape/shape.js'
import type { LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import { type NoAxes, requireAxes } from '../kind/rule.js'
import { type Layer, layerFunction } from '../kind/value.js'

/** Pools over all positions: an image becomes a vector of its channels. */

/** The rule of a global pool's layer value. */
export type GlobalPoolRule<Kind extends string, Input extends AnyShape> = Input extends readonly [number]
  ? { output: Input; params: '0'; input: NoAxes<Kind, Input> }
  : Input extends readonly [...unknown[], infer Channels extends number]
    ? { output: [Channels]; params: '0' }
    : Input extends Shape
      ? { output: [number]; params: '0' }
      : { output: [number]; params: '0'; input: NoAxes<Kind, Input> }

const globalPool = (kind: string): LayerKind<[]> => ({
  takes: 0,
  apply: (input) => {
    requireAxes(kind, input, '')
    return { output: [input.at(-1) as number], settings: {}, weights: [], macs: 0, memory: 'own', seesAll: true }
  },
})

/** {@link GlobalPoolRule} at run time. */
export const globalPoolingKinds = {
  globalAvgPool: globalPool('globalAvgPool'),
  globalMaxPool: globalPool('globalMaxPool'),
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    globalAvgPool: GlobalPoolRule<'globalAvgPool', Input>
    globalMaxPool: GlobalPoolRule<'globalMaxPool', Input>
  }
}

/**
 * The mean of each channel over all positions, as a layer value.
 *
 * @example
 * globalAvgPool() // Layer<'globalAvgPool', []>
 */
export const globalAvgPool: { (): Layer<'globalAvgPool', []>; readonly length: 0 } = layerFunction('globalAvgPool')

/**
 * The maximum of each channel over all positions, as a layer value.
 *
 * @example
 * globalMaxPool() // Layer<'globalMaxPool', []>
 */
export const globalMaxPool: { (): Layer<'globalMaxPool', []>; readonly length: 0 } = layerFunction('globalMaxPool')
