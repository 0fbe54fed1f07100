import type { Compare } from '../../arithmetic/compare.js'
import type { Literal } from '../../arithmetic/natural.js'
import type { Subtract } from '../../arithmetic/subtract.js'
import type { Noted } from '../../shape/channels-last.js'
import { type Fill, fill, ShapeError } from '../../shape/message.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import { requireWhole, type WholeMessage } from '../../shape/whole.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import { type NoAxes, requireAxes } from '../kind/rule.js'
import { type Layer, layerFunction } from '../kind/value.js'
import { type InputFault, type NoTokens, requireTokens, type TokensOf, tokensOf } from './rule.js'

/* Converts images to tokens, and tokens to a vector. */

const noSuchToken = 'selectToken: there is no token {index} among {count}: they are counted from 0 to {last}.'

/** The rule of `toTokens`. */
export type ToTokensRule<Input extends AnyShape> = Input extends readonly [number]
  ? { output: [number, number]; params: '0'; input: NoAxes<'toTokens', Input> }
  : Input extends readonly unknown[]
    ? { output: TokensOf<Input>; params: '0' }
    : { output: [number, number]; params: '0'; input: NoAxes<'toTokens', Input> }

/** The features of tokens, as a vector. */
export type FeaturesOf<Input> = Input extends readonly [...unknown[], infer Features extends number] ? [Features] : [number]

/** The rule of `meanTokens`. */
export type MeanTokensRule<Input extends AnyShape> = { output: FeaturesOf<Input>; params: '0' } & InputFault<NoTokens<'meanTokens', Input>>

/** The rule of `selectToken`. */
type SelectTokenRule<Input extends AnyShape, Index> = [NoTokens<'selectToken', Input>] extends [never]
  ? [IndexMessage<Input, Index>] extends [never]
    ? { output: FeaturesOf<Input>; params: '0' }
    : { output: FeaturesOf<Input>; params: '0'; index: IndexMessage<Input, Index> }
  : { output: FeaturesOf<Input>; params: '0'; input: NoTokens<'selectToken', Input> }

/** The message for a token that does not exist. */
type IndexMessage<Input, Index> = [WholeMessage<'selectToken', 'index', Index, 0>] extends [never]
  ? Input extends readonly [infer Tokens, unknown]
    ? Beyond<Tokens, Literal<Index>>
    : never
  : WholeMessage<'selectToken', 'index', Index, 0>

type Beyond<Tokens, Index> = number extends Tokens | Index
  ? never
  : Tokens extends number
    ? Index extends number
      ? Compare<Index, Tokens> extends 'less'
        ? never
        : Fill<typeof noSuchToken, { index: `${Index}`; count: `${Tokens}`; last: `${Subtract<Tokens, 1>}` }>
      : never
    : never

const applyToTokens = (input: Shape): Applied => {
  requireAxes('toTokens', input, '')
  return { output: tokensOf(input), settings: {}, weights: [], macs: 0, memory: 'view' }
}

const applyMeanTokens = (input: Shape): Applied => {
  requireTokens('meanTokens', input, '')
  return { output: [input[1] as number], settings: {}, weights: [], macs: 0, memory: 'own', seesAll: true }
}

const applySelectToken = (input: Shape, index = 0): Applied => {
  requireTokens('selectToken', input, '')
  requireWhole('selectToken', 'index', index, 0)
  const [tokens, features] = input as [number, number]
  if (index >= tokens) {
    const values = { index: `${index}`, count: `${tokens}`, last: `${tokens - 1}` }
    throw new ShapeError(fill(noSuchToken, values), 'selectToken', 'index')
  }
  return { output: [features], settings: { index }, weights: [], macs: 0, memory: 'own' }
}

export const tokenKinds = {
  toTokens: { takes: 0, apply: applyToTokens } satisfies LayerKind<[]>,
  meanTokens: { takes: 0, apply: applyMeanTokens } satisfies LayerKind<[]>,
  selectToken: { takes: 1, apply: applySelectToken } satisfies LayerKind<[number?]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    toTokens: ToTokensRule<Input>
    meanTokens: MeanTokensRule<Input>
    selectToken: SelectTokenRule<Input, Given extends readonly [infer Index] ? Index : 0>
  }
}

/**
 * Converts the positions of an image to tokens, as a layer value.
 *
 * @example
 * toTokens() // Layer<'toTokens', []>
 */
export const toTokens: { (): Layer<'toTokens', []>; readonly length: 0 } = layerFunction('toTokens')

/**
 * The mean of all tokens, as a layer value.
 *
 * @example
 * meanTokens() // Layer<'meanTokens', []>
 */
export const meanTokens: { (): Layer<'meanTokens', []>; readonly length: 0 } = layerFunction('meanTokens')

/**
 * Selects a token, as a layer value.
 *
 * @param index the index of the token, from 0
 * @example
 * selectToken() // Layer<'selectToken', [0]>
 */
export const selectToken: <Index extends number = 0>(index?: Index) => Layer<'selectToken', [Index]> = layerFunction('selectToken', [0])

export type IndexOf<Input, Index, Start> =
  number extends Literal<Index> ? Index : [IndexMessage<Input, Index>] extends [never] ? Index : Noted<IndexMessage<Input, Index>, Start>
