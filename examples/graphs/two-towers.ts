import { block, dense, input, inputs, parallel, shared, tanh } from 'stridewise'

/*
 * Two towers for search: Huang et al., "Learning Deep Structured Semantic Models for Web Search using Clickthrough Data" (CIKM 2013),
 * figure 1. A query and a document, each as the counts of 30,000 letter trigrams, become vectors of 128 numbers that are compared.
 */

const layers = block(dense(300), tanh(), dense(300), tanh(), dense(128), tanh())
const tower = input(30_000).apply(layers)

/** Towers side by side: each is a copy with weights of its own. The vectors are outputs, so that those of documents can be stored. */
export const twoTowers = parallel({ query: tower, document: tower })

/** A score in place of the vectors: the mean of the products, which is the dot product divided by 128. */
export const score = twoTowers.multiply('query', 'document').reshape(128, 1).globalAvgPool().expect(1)

/** One tower for both: what is shared has one set of weights. */
const encoder = shared('encoder', layers)
export const oneTower = inputs({ query: [30_000], document: [30_000] })
  .from('query')
  .apply(encoder)
  .keep('asked')
  .from('document')
  .apply(encoder)
  .keep('found')
  .outputs('asked', 'found')

/** 9,129,128 for each set of weights: 30,000 * 300 + 300, 300 * 300 + 300 and 300 * 128 + 128. */
export const parameters: [18_258_256, 18_258_256, 9_129_128] = [twoTowers.params, score.params, oneTower.params]
