import { block, conv2d, depthwiseConv2d, gelu, globalAvgPool, layerNorm, layerScale, repeat, residual } from '../index.js'
import { type Classifier, classifier } from './model.js'

/*
 * ConvNeXt: Liu, Mao, Wu, Feichtenhofer, Darrell and Xie, "A ConvNet for the 2020s" (arXiv:2201.03545), table 9.
 *
 * Every window fits exactly. Stochastic depth is omitted: its rate grows from block to block, it has no parameters, and it does nothing
 * at inference.
 */

const norm = () => layerNorm({ epsilon: 1e-6 })

/** 4x4 patches: 224 -> 56. */
const stem = <Width extends number>(width: Width) => block(conv2d(width, 4, { stride: 4 }), norm())

/**
 * A 7x7 depthwise convolution, then an expansion to four times the channels and back (figure 4). A dense layer at each position is a
 * 1x1 convolution.
 */
const layer = <Width extends number, Wide extends number>(width: Width, wide: Wide) =>
  residual(block(depthwiseConv2d(7, { padding: 3 }), norm(), conv2d(wide, 1), gelu(), conv2d(width, 1), layerScale()))

/** Halves the size between two stages. */
const downsample = <Width extends number>(width: Width) => block(norm(), conv2d(width, 2, { stride: 2 }))

const end = () => block(globalAvgPool(), norm())

const tiny = () =>
  block(
    stem(96),
    repeat(3, layer(96, 384)),
    downsample(192),
    repeat(3, layer(192, 768)),
    downsample(384),
    repeat(9, layer(384, 1536)),
    downsample(768),
    repeat(3, layer(768, 3072)),
    end(),
  )

const small = () =>
  block(
    stem(96),
    repeat(3, layer(96, 384)),
    downsample(192),
    repeat(3, layer(192, 768)),
    downsample(384),
    repeat(27, layer(384, 1536)),
    downsample(768),
    repeat(3, layer(768, 3072)),
    end(),
  )

const base = () =>
  block(
    stem(128),
    repeat(3, layer(128, 512)),
    downsample(256),
    repeat(3, layer(256, 1024)),
    downsample(512),
    repeat(27, layer(512, 2048)),
    downsample(1024),
    repeat(3, layer(1024, 4096)),
    end(),
  )

const large = () =>
  block(
    stem(192),
    repeat(3, layer(192, 768)),
    downsample(384),
    repeat(3, layer(384, 1536)),
    downsample(768),
    repeat(27, layer(768, 3072)),
    downsample(1536),
    repeat(3, layer(1536, 6144)),
    end(),
  )

/**
 * ConvNeXt-T (arXiv:2201.03545, section 3): 96 channels in the first stage, depths 3, 3, 9 and 3.
 *
 * @example
 * convnextTiny() // Network<[224, 224, 3], [1000], 28589128>
 */
export const convnextTiny: Classifier<typeof tiny, 224> = (options) => classifier(tiny(), 224, options)

/**
 * ConvNeXt-S (arXiv:2201.03545, section 3): 96 channels in the first stage, depths 3, 3, 27 and 3.
 *
 * @example
 * convnextSmall() // Network<[224, 224, 3], [1000], 50223688>
 */
export const convnextSmall: Classifier<typeof small, 224> = (options) => classifier(small(), 224, options)

/**
 * ConvNeXt-B (arXiv:2201.03545, section 3): 128 channels in the first stage, depths 3, 3, 27 and 3.
 *
 * @example
 * convnextBase() // Network<[224, 224, 3], [1000], 88591464>
 */
export const convnextBase: Classifier<typeof base, 224> = (options) => classifier(base(), 224, options)

/**
 * ConvNeXt-L (arXiv:2201.03545, section 3): 192 channels in the first stage, depths 3, 3, 27 and 3.
 *
 * @example
 * convnextLarge() // Network<[224, 224, 3], [1000], 197767336>
 */
export const convnextLarge: Classifier<typeof large, 224> = (options) => classifier(large(), 224, options)
