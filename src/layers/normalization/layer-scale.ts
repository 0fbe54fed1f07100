import type { Shape } from '../../shape/shape.js'
import type { Channels } from '../kind/rule.js'
import type { CountOfOne } from '../kind/known.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { AddCount } from '../kind/params.js'
import { type Layer, layerFunction } from '../kind/value.js'

/** A learned factor for each channel. */

/** The rule of `layerScale`: the shape stays, and each channel has a parameter. */
interface LayerScaleRule<Input extends Shape> {
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
  layerScale: { kind: 'layerScale', takes: 0, apply: applyLayerScale } satisfies LayerKind<[]>,
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
export const layerScale: () => Layer<'layerScale', []> = layerFunction('layerScale')

declare module '../../network/network.js' {
  interface Network<Input extends Shape, Output extends Shape, Params extends number> {
    /**
     * Layer scale: every channel is multiplied by a learned factor, small at first, so that a residual block begins as almost
     * the identity (Touvron et al. 2021, arXiv:2103.17239; ConvNeXt has it at the end of every block).
     *
     * The shape stays. Parameters: channels. MACs: 0, as for the scale of a normalization.
     *
     * @example
     * input(56, 56, 96).layerScale() // Network<[56, 56, 96], [56, 56, 96], 96>
     */
    layerScale(): Network<Input, Output, AddCount<Params, LayerScaleRule<Output>['params']>>
  }
}
