import type { Add } from '../../arithmetic/add.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import type { CountOf, CountOfOne } from '../kind/known.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import { type Layer, layerFunction } from '../kind/value.js'
import { type InputFault, type NoTokens, requireTokens } from './rule.js'

/* What a transformer learns besides its blocks: the class token, and the position of each token. */

/** The rule of `classToken`: one more token, whose features are parameters. */
export type ClassTokenRule<Input extends AnyShape> = Input extends readonly [infer Tokens extends number, infer Features extends number]
  ? { output: [Add<Tokens, 1>, Features]; params: CountOfOne<Features> }
  : { output: [number, number]; params: '?' } & InputFault<NoTokens<'classToken', Input>>

/** The rule of `positionEmbedding`: a parameter for each feature of each token. */
export type PositionEmbeddingRule<Input extends AnyShape> = Input extends readonly [
  infer Tokens extends number,
  infer Features extends number,
]
  ? { output: Input; params: CountOf<Tokens, Features> }
  : { output: Input; params: '?' } & InputFault<NoTokens<'positionEmbedding', Input>>

const applyClassToken = (input: Shape): Applied => {
  requireTokens('classToken', input, '')
  const [tokens, features] = input as [number, number]
  const weights = [{ name: 'token', shape: [features], trainable: true }]
  return { output: [tokens + 1, features], settings: {}, weights, macs: 0, memory: 'own' }
}

const applyPositionEmbedding = (input: Shape): Applied => {
  requireTokens('positionEmbedding', input, '')
  return { output: input, settings: {}, weights: [{ name: 'embedding', shape: input, trainable: true }], macs: 0, memory: 'own' }
}

export const tokenEmbeddingKinds = {
  classToken: { takes: 0, apply: applyClassToken } satisfies LayerKind<[]>,
  positionEmbedding: { takes: 0, apply: applyPositionEmbedding } satisfies LayerKind<[]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    classToken: ClassTokenRule<Input>
    positionEmbedding: PositionEmbeddingRule<Input>
  }
}

/**
 * Prepends a learned token, as a layer value.
 *
 * @example
 * classToken() // Layer<'classToken', []>
 */
export const classToken: { (): Layer<'classToken', []>; readonly length: 0 } = layerFunction('classToken')

/**
 * Adds a learned vector to each token, as a layer value.
 *
 * @example
 * positionEmbedding() // Layer<'positionEmbedding', []>
 */
export const positionEmbedding: { (): Layer<'positionEmbedding', []>; readonly length: 0 } = layerFunction('positionEmbedding')
