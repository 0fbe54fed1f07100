import {
  block,
  classToken,
  conv2d,
  dense,
  gelu,
  layerNorm,
  multiHeadAttention,
  positionEmbedding,
  repeat,
  residual,
  selectToken,
  toTokens,
} from '../index.js'
import { type Classifier, classifier } from './model.js'

/*
 * Vision Transformer: Dosovitskiy et al., "An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale"
 * (arXiv:2010.11929), figure 1 and table 1. A size that is not a multiple of the patch size is rejected.
 *
 * The position embedding has a row for each patch, so the parameters grow with the image. Dropout is omitted, since its rate depends on
 * the training (table 3).
 */

const norm = () => layerNorm({ epsilon: 1e-6 })

/** Splits an image into patches, preceded by the class token (equation 1). */
const patches = <Patch extends number, Width extends number>(patch: Patch, width: Width) =>
  block(conv2d(width, patch, { stride: patch }), toTokens(), classToken(), positionEmbedding())

/** Attention, then two dense layers, each with a residual connection (equations 2 and 3). */
const encoder = <Width extends number, Heads extends number, Wide extends number>(width: Width, heads: Heads, wide: Wide) =>
  block(residual(block(norm(), multiHeadAttention(heads))), residual(block(norm(), dense(wide), gelu(), dense(width))))

/** The image representation: the class token after the last layer (equation 4). */
const end = () => block(norm(), selectToken())

const base16 = () => block(patches(16, 768), repeat(12, encoder(768, 12, 3072)), end())
const base32 = () => block(patches(32, 768), repeat(12, encoder(768, 12, 3072)), end())
const large16 = () => block(patches(16, 1024), repeat(24, encoder(1024, 16, 4096)), end())
const large32 = () => block(patches(32, 1024), repeat(24, encoder(1024, 16, 4096)), end())
const huge14 = () => block(patches(14, 1280), repeat(32, encoder(1280, 16, 5120)), end())

/**
 * ViT-B/16 (arXiv:2010.11929, table 1): 12 layers of 768 features, patches of 16x16.
 *
 * @example
 * vitB16() // Network<[224, 224, 3], [1000], 86567656>
 * vitB16({ input: 384 }) // Network<[384, 384, 3], [1000], 86859496>
 */
export const vitB16: Classifier<typeof base16, 224> = (options) => classifier(base16(), 224, options)

/**
 * ViT-B/32 (arXiv:2010.11929, table 1): 12 layers of 768 features, patches of 32x32.
 *
 * @example
 * vitB32() // Network<[224, 224, 3], [1000], 88224232>
 */
export const vitB32: Classifier<typeof base32, 224> = (options) => classifier(base32(), 224, options)

/**
 * ViT-L/16 (arXiv:2010.11929, table 1): 24 layers of 1024 features, patches of 16x16.
 *
 * @example
 * vitL16() // Network<[224, 224, 3], [1000], 304326632>
 * vitL16({ input: 512 }) // Network<[512, 512, 3], [1000], 305174504>
 */
export const vitL16: Classifier<typeof large16, 224> = (options) => classifier(large16(), 224, options)

/**
 * ViT-L/32 (arXiv:2010.11929, table 1): 24 layers of 1024 features, patches of 32x32.
 *
 * @example
 * vitL32() // Network<[224, 224, 3], [1000], 306535400>
 */
export const vitL32: Classifier<typeof large32, 224> = (options) => classifier(large32(), 224, options)

/**
 * ViT-H/14 (arXiv:2010.11929, table 1): 32 layers of 1280 features, patches of 14x14.
 *
 * @example
 * vitH14() // Network<[224, 224, 3], [1000], 632045800>
 * vitH14({ input: 518 }) // Network<[518, 518, 3], [1000], 633470440>
 */
export const vitH14: Classifier<typeof huge14, 224> = (options) => classifier(huge14(), 224, options)
