import { block, conv2d, gelu, globalAvgPool, layerNorm, patchMerging, repeat, residual, windowAttention } from '../index.js'
import { type Classifier, classifier } from './model.js'

/*
 * Swin Transformer: Liu et al., "Swin Transformer: Hierarchical Vision Transformer using Shifted Windows" (arXiv:2103.14030), table 7, and
 * Liu et al., "Swin Transformer V2: Scaling Up Capacity and Resolution" (arXiv:2111.09883), with the normalizations, heads and windows of
 * torchvision. Images whose stages the windows do not divide are refused: torchvision pads them.
 *
 * Stochastic depth is left out: its rate grows from block to block, and it has no parameters and does nothing at inference.
 */

/** Patches of 4x4, normalized: 224 -> 56. */
const patches = <Width extends number>(width: Width) => block(conv2d(width, 4, { stride: 4 }), layerNorm())

/** Two dense layers at each position alone, which are 1x1 convolutions. */
const dense = <Width extends number, Wide extends number>(width: Width, wide: Wide) => block(conv2d(wide, 1), gelu(), conv2d(width, 1))

/** Attention within windows, then within windows that are moved by half of one (figure 3). */
const pair = <Width extends number, Wide extends number, Heads extends number>(width: Width, wide: Wide, heads: Heads) =>
  block(
    residual(block(layerNorm(), windowAttention(heads, 7))),
    residual(block(layerNorm(), dense(width, wide))),
    residual(block(layerNorm(), windowAttention(heads, 7, { shift: 3 }))),
    residual(block(layerNorm(), dense(width, wide))),
  )

/** {@link pair} of version 2, which normalizes last (section 3.2). */
const pairV2 = <Width extends number, Wide extends number, Heads extends number>(width: Width, wide: Wide, heads: Heads) =>
  block(
    residual(block(windowAttention(heads, 8, { version: 2 }), layerNorm())),
    residual(block(dense(width, wide), layerNorm())),
    residual(block(windowAttention(heads, 8, { shift: 4, version: 2 }), layerNorm())),
    residual(block(dense(width, wide), layerNorm())),
  )

const merge = () => patchMerging()
const mergeV2 = () => patchMerging({ version: 2 })
const end = () => block(layerNorm(), globalAvgPool())

const tiny = () =>
  block(
    patches(96),
    pair(96, 384, 3),
    merge(),
    pair(192, 768, 6),
    merge(),
    repeat(3, pair(384, 1536, 12)),
    merge(),
    pair(768, 3072, 24),
    end(),
  )

const small = () =>
  block(
    patches(96),
    pair(96, 384, 3),
    merge(),
    pair(192, 768, 6),
    merge(),
    repeat(9, pair(384, 1536, 12)),
    merge(),
    pair(768, 3072, 24),
    end(),
  )

const base = () =>
  block(
    patches(128),
    pair(128, 512, 4),
    merge(),
    pair(256, 1024, 8),
    merge(),
    repeat(9, pair(512, 2048, 16)),
    merge(),
    pair(1024, 4096, 32),
    end(),
  )

const tinyV2 = () =>
  block(
    patches(96),
    pairV2(96, 384, 3),
    mergeV2(),
    pairV2(192, 768, 6),
    mergeV2(),
    repeat(3, pairV2(384, 1536, 12)),
    mergeV2(),
    pairV2(768, 3072, 24),
    end(),
  )

const smallV2 = () =>
  block(
    patches(96),
    pairV2(96, 384, 3),
    mergeV2(),
    pairV2(192, 768, 6),
    mergeV2(),
    repeat(9, pairV2(384, 1536, 12)),
    mergeV2(),
    pairV2(768, 3072, 24),
    end(),
  )

const baseV2 = () =>
  block(
    patches(128),
    pairV2(128, 512, 4),
    mergeV2(),
    pairV2(256, 1024, 8),
    mergeV2(),
    repeat(9, pairV2(512, 2048, 16)),
    mergeV2(),
    pairV2(1024, 4096, 32),
    end(),
  )

/**
 * Swin-T (arXiv:2103.14030, table 7): 96 channels in the first stage, 2, 2, 6 and 2 blocks, windows of 7x7.
 *
 * @example
 * swinT() // Network<[224, 224, 3], [1000], 28288354>
 */
export const swinT: Classifier<typeof tiny, 224> = (options) => classifier(tiny(), 224, options)

/**
 * Swin-S (arXiv:2103.14030, table 7): 96 channels in the first stage, 2, 2, 18 and 2 blocks, windows of 7x7.
 *
 * @example
 * swinS() // Network<[224, 224, 3], [1000], 49606258>
 */
export const swinS: Classifier<typeof small, 224> = (options) => classifier(small(), 224, options)

/**
 * Swin-B (arXiv:2103.14030, table 7): 128 channels in the first stage, 2, 2, 18 and 2 blocks, windows of 7x7.
 *
 * @example
 * swinB() // Network<[224, 224, 3], [1000], 87768224>
 */
export const swinB: Classifier<typeof base, 224> = (options) => classifier(base(), 224, options)

/**
 * SwinV2-T (arXiv:2111.09883): 96 channels in the first stage, 2, 2, 6 and 2 blocks, windows of 8x8.
 *
 * @example
 * swinV2T() // Network<[256, 256, 3], [1000], 28351570>
 */
export const swinV2T: Classifier<typeof tinyV2, 256> = (options) => classifier(tinyV2(), 256, options)

/**
 * SwinV2-S (arXiv:2111.09883): 96 channels in the first stage, 2, 2, 18 and 2 blocks, windows of 8x8.
 *
 * @example
 * swinV2S() // Network<[256, 256, 3], [1000], 49737442>
 */
export const swinV2S: Classifier<typeof smallV2, 256> = (options) => classifier(smallV2(), 256, options)

/**
 * SwinV2-B (arXiv:2111.09883): 128 channels in the first stage, 2, 2, 18 and 2 blocks, windows of 8x8.
 *
 * @example
 * swinV2B() // Network<[256, 256, 3], [1000], 87930848>
 */
export const swinV2B: Classifier<typeof baseV2, 256> = (options) => classifier(baseV2(), 256, options)
