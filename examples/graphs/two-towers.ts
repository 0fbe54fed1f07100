import { block, dense, inputs, shared, tanh } from 'stridewise'

/*
 * Two towers for search: Huang et al., "Learning Deep Structured Semantic Models for Web Search using Clickthrough Data" (CIKM 2013),
 * figure 1. A query and a document, each as the counts of 30,000 letter trigrams, become vectors of 128 numbers that are compared.
 */

const tower = block(dense(300), tanh(), dense(300), tanh(), dense(128), tanh())

const pair = inputs({ query: [30_000], document: [30_000] })

/** Each tower has weights of its own. The vectors are outputs, so that those of documents can be stored. */
export const twoTowers = pair.from('query').apply(tower).keep('asked').from('document').apply(tower).keep('found').outputs('asked', 'found')

/** Both towers have the same weights: `shared` is the only difference. */
const encoder = shared('encoder', tower)
export const oneTower = pair
  .from('query')
  .apply(encoder)
  .keep('asked')
  .from('document')
  .apply(encoder)
  .keep('found')
  .outputs('asked', 'found')

/** A score in place of the vectors: the mean of the products, which is the dot product divided by 128. */
export const score = pair
  .from('query')
  .apply(tower)
  .keep('asked')
  .from('document')
  .apply(tower)
  .keep('found')
  .multiply('asked', 'found')
  .reshape(128, 1)
  .globalAvgPool()
  .expect(1)

/** 9,129,128 for each set of weights: 30,000 * 300 + 300, 300 * 300 + 300 and 300 * 128 + 128. */
export const parameters: [18_258_256, 9_129_128, 18_258_256] = [twoTowers.params, oneTower.params, score.params]
