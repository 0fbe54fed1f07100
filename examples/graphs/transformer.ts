import { block, dense, dropout, embedding, inputs, layerNorm, multiHeadAttention, relu, repeat, residual, shared } from 'stridewise'

/*
 * The transformer: Vaswani et al., "Attention Is All You Need" (2017), figure 1, its base model: 6 blocks in the encoder and 6 in the
 * decoder, 512 features, 8 heads and 2048 hidden units. A sentence of 30 tokens is translated into one of 20.
 *
 * Masks, which hide later words from a decoder while it is trained, are left out: they change no shape and no count.
 */

/** Each part of a block is added to what goes into it, and normalized behind that. */
const feedForward = block(residual(block(dense(2048), relu(), dropout(0.1), dense(512), dropout(0.1))), layerNorm())
const selfAttention = block(residual(block(multiHeadAttention(8), dropout(0.1))), layerNorm())

/** Queries of the decoder, keys and values of what the encoder gave. */
const crossAttention = block(residual(block(multiHeadAttention(8, { keys: 'memory' }), dropout(0.1))), layerNorm())

const encoder = block(repeat(6, block(selfAttention, feedForward)), layerNorm())
const decoder = block(repeat(6, block(selfAttention, crossAttention, feedForward)), layerNorm())

export const transformer = inputs({ source: [30, 512], target: [20, 512] })
  .from('source')
  .apply(encoder)
  .keep('memory')
  .from('target')
  .apply(decoder)
  .expect(20, 512)

/**
 * PyTorch's `nn.Transformer(512)` has 44,140,544 parameters (counted with torch 1.13), each stack with a normalization at its end as here:
 * 3,152,384 in a block of the encoder, 4,204,032 in one of the decoder, and 1,024 in each of those two.
 *
 * MACs, with d = 512, s = 30 and t = 20 tokens: an encoder's block has 4 s d d + 2 s s d + 8 s d d = 95,293,440. A decoder's has
 * 4 t d d + 2 t t d for itself, 2 t d d + 2 s d d + 2 t s d across and 8 t d d behind: 90,152,960. Six of each are 1,112,678,400.
 */
export const parameters: 44_140_544 = transformer.params

/**
 * With words in place of vectors. One table of 37,000 vectors is shared by both languages, as in the paper's section 3.4. The waves that say
 * where a word stands have no parameters, and the last layer, which has the same table turned, is left out.
 */
const words = shared('words', embedding(37_000, 512))
export const withWords = inputs({ source: [30], target: [20] })
  .from('source')
  .apply(words)
  .apply(encoder)
  .keep('memory')
  .from('target')
  .apply(words)
  .apply(decoder)

/** 37,000 * 512 = 18,944,000 more. */
export const parametersWithWords: 63_084_544 = withWords.params
