import {
  type AnyLayer,
  block,
  conv2d,
  depthwiseConv2d,
  gelu,
  globalAvgPool,
  type Layer,
  layerNorm,
  layerScale,
  normalize,
  residual,
} from '../../index.js'
import { multiplyWidth } from '../inverted-residual.js'
import { numbered, pointwise, predictions } from './layers.js'
import { type KerasModel, kerasModel } from './model.js'

/*
 * ConvNeXt: Liu, Mao, Wu, Feichtenhofer, Darrell and Xie, "A ConvNet for the 2020s" (arXiv:2201.03545), table 9, as in Keras, which first
 * normalizes pixels from 0 to 255 with the statistics of ImageNet. A dense layer at each position is a 1x1 convolution.
 */

const norm = (name: string): Layer<'layerNorm', []> => layerNorm({ epsilon: 1e-6, name }) as never

/** Mean and variance of ImageNet's pixels from 0 to 255. */
const normalized = (): Layer<'normalize', []> => {
  const mean = [0.485, 0.456, 0.406].map((share) => share * 255)
  const variance = [0.229, 0.224, 0.225].map((share) => (share * 255) ** 2)
  return normalize(mean, variance) as never
}

/** Options of a convolution whose windows lie side by side; the last cells may be ignored. */
interface Patches<Stride> {
  readonly stride: Stride
  readonly rounding: 'floor'
}

/** A convolution of patches. */
const patches = <Filters extends number, Kernel extends number>(
  name: string,
  filters: Filters,
  kernel: Kernel,
): Layer<'conv2d', [Filters, Kernel, Patches<Kernel>]> => conv2d(filters, kernel, { stride: kernel, rounding: 'floor', name })

/** Options of a depthwise convolution that keeps the size. */
interface Keeping {
  readonly padding: 'same'
}

const depthwise = (name: string): Layer<'depthwiseConv2d', [7, Keeping]> => depthwiseConv2d(7, { padding: 'same', name })

/** A depthwise 7x7 convolution, then an expansion to four times the channels and back (figure 4). */
const layer = <Width extends number>(name: string, width: Width) =>
  residual(
    block(
      depthwise(`${name}_depthwise_conv`),
      norm(`${name}_layernorm`),
      pointwise(`${name}_pointwise_conv_1`, multiplyWidth(width, 4)),
      gelu(),
      pointwise(`${name}_pointwise_conv_2`, width),
      layerScale(),
    ),
  )

const stage = <Width extends number, Layers extends number>(name: string, number: number, width: Width, layers: Layers) =>
  numbered(layers, (index) => layer(`${name}_stage_${number}_block_${index}`, width))

/** Halves the size between two stages. */
const downsample = <Width extends number>(name: string, number: number, width: Width) =>
  block(norm(`${name}_downsampling_layernorm_${number}`), patches(`${name}_downsampling_conv_${number}`, width, 2))

/** The channels of the four stages, and the number of layers of the third; the others have three. */
interface Scale {
  readonly name: string
  readonly widths: readonly [number, number, number, number]
  readonly third: number
}

type Width<Of extends Scale, Stage extends keyof Scale['widths']> = Of['widths'][Stage] & number

const body = <Of extends Scale>({ name, widths: w, third }: Of) =>
  block(
    block(normalized(), patches(`${name}_stem_conv`, w[0] as Width<Of, 0>, 4), norm(`${name}_stem_layernorm`)),
    stage(name, 0, w[0] as Width<Of, 0>, 3),
    downsample(name, 0, w[1] as Width<Of, 1>),
    stage(name, 1, w[1] as Width<Of, 1>, 3),
    downsample(name, 1, w[2] as Width<Of, 2>),
    stage(name, 2, w[2] as Width<Of, 2>, third as Of['third']),
    downsample(name, 2, w[3] as Width<Of, 3>),
    stage(name, 3, w[3] as Width<Of, 3>, 3),
  )

const head = (name = '') => block(globalAvgPool(), norm(`${name}_head_layernorm`))

/** Without a top, the norm is on the map. */
const bare = () => block(norm('layer_normalization'))

type ConvNeXt<Of extends Scale> = KerasModel<typeof body<Of>, typeof head, 224, typeof bare>

/** The parts of a model at run time. */
const parts = (scale: Scale) => ({
  body: body(scale),
  head: (classes: number): AnyLayer => block(head(scale.name), predictions(classes, `${scale.name}_head_dense`)),
  standard: 224,
  bare: bare(),
})

const tiny = { name: 'convnext_tiny', widths: [96, 192, 384, 768], third: 9 } as const
const small = { name: 'convnext_small', widths: [96, 192, 384, 768], third: 27 } as const
const base = { name: 'convnext_base', widths: [128, 256, 512, 1024], third: 27 } as const
const large = { name: 'convnext_large', widths: [192, 384, 768, 1536], third: 27 } as const
const xLarge = { name: 'convnext_xlarge', widths: [256, 512, 1024, 2048], third: 27 } as const

/**
 * Keras's `ConvNeXtTiny` (arXiv:2201.03545, section 3), for pixels from 0 to 255: 96 channels in the first stage, depths 3, 3, 9 and 3.
 *
 * @example
 * convnextTiny() // Network<[224, 224, 3], [1000], 28589128>
 */
export const convnextTiny: ConvNeXt<typeof tiny> = (options) => kerasModel(parts(tiny), options)

/**
 * Keras's `ConvNeXtSmall` (arXiv:2201.03545, section 3), for pixels from 0 to 255: 96 channels in the first stage, depths 3, 3, 27 and 3.
 *
 * @example
 * convnextSmall() // Network<[224, 224, 3], [1000], 50223688>
 */
export const convnextSmall: ConvNeXt<typeof small> = (options) => kerasModel(parts(small), options)

/**
 * Keras's `ConvNeXtBase` (arXiv:2201.03545, section 3), for pixels from 0 to 255: 128 channels in the first stage, depths 3, 3, 27 and 3.
 *
 * @example
 * convnextBase() // Network<[224, 224, 3], [1000], 88591464>
 */
export const convnextBase: ConvNeXt<typeof base> = (options) => kerasModel(parts(base), options)

/**
 * Keras's `ConvNeXtLarge` (arXiv:2201.03545, section 3), for pixels from 0 to 255: 192 channels in the first stage, depths 3, 3, 27 and 3.
 *
 * @example
 * convnextLarge() // Network<[224, 224, 3], [1000], 197767336>
 */
export const convnextLarge: ConvNeXt<typeof large> = (options) => kerasModel(parts(large), options)

/**
 * Keras's `ConvNeXtXLarge` (arXiv:2201.03545, section 3), for pixels from 0 to 255: 256 channels in the first stage, depths 3, 3, 27 and 3.
 *
 * @example
 * convnextXLarge() // Network<[224, 224, 3], [1000], 350196968>
 */
export const convnextXLarge: ConvNeXt<typeof xLarge> = (options) => kerasModel(parts(xLarge), options)
