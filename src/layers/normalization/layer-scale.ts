import type { AnyShape, Shape } from '../../shape/shape.js'
import type { CountOfOne } from '../kind/known.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { Channels } from '../kind/rule.js'
import { type Layer, layerFunction } from '../kind/value.js'

/** A learned factor for each channel. */

/** The rule of `layerScale`: the shape is unchanged, and each channel has a parameter. */
export interface LayerScaleRule<Input extends AnyShape> {
  output: Input
  params: CountOfOne<Channels<Input>>
}

/** {@link LayerScaleRule} at run time. */
const applyLayerScale = (input: Shape): Applied => ({
  output: input,
  settings: {},
  weights: [{ name: 'gamma', shape: [input.at(-1) as number], trainable: true }],
  macs: 0,
  memory: 'own',
})

export const layerScaleKinds = {
  layerScale: { takes: 0, apply: applyLayerScale } satisfies LayerKind<[]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    layerScale: LayerScaleRule<Input>
  }
}

/**
 * A learned factor for each channel, as a layer value, for the end of a residual's body.
 *
 * @example
 * layerScale() // Layer<'layerScale', []>
 */
export const layerScale: { (): Layer<'layerScale', []>; readonly length: 0 } = layerFunction('layerScale')
