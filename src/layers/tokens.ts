import type { Compare } from '../arithmetic/compare.js'
import type { Literal } from '../arithmetic/natural.js'
import type { Subtract } from '../arithmetic/subtract.js'
import { type Fill, fill, type Mistake, ShapeError } from '../shape/message.js'
import type { Shape } from '../shape/shape.js'
import { requireWhole, type WholeMessage } from '../shape/whole.js'
import type { Applied, LayerKind } from './layer.js'
import type { Arguments } from './layer-rules.js'
import { type NoAxes, requireAxes } from './rule.js'
import { type InputFault, type NoTokens, requireTokens, type TokensOf, tokensOf } from './tokens-rule.js'
import { type Layer, layerFunction } from './value.js'

/*
 * A volume as tokens, and tokens as one vector.
 */

const noSuchToken = 'selectToken: there is no token {index} among {count}: they are counted from 0 to {last}.'

/** The rule of `toTokens`. */
type ToTokensRule<Input extends Shape> = Input extends readonly [number]
  ? { output: [number, number]; params: '0'; input: NoAxes<'toTokens', Input> }
  : { output: TokensOf<Input>; params: '0' }

/** The features of tokens, as a vector. */
type FeaturesOf<Input> = Input extends readonly [...unknown[], infer Features extends number] ? [Features] : [number]

/** The rule of `meanTokens`. */
type MeanTokensRule<Input extends Shape> = { output: FeaturesOf<Input>; params: '0' } & InputFault<NoTokens<'meanTokens', Input>>

/** The rule of `selectToken`. */
type SelectTokenRule<Input extends Shape, Index> = [NoTokens<'selectToken', Input>] extends [never]
  ? [IndexMessage<Input, Index>] extends [never]
    ? { output: FeaturesOf<Input>; params: '0' }
    : { output: FeaturesOf<Input>; params: '0'; index: IndexMessage<Input, Index> }
  : { output: FeaturesOf<Input>; params: '0'; input: NoTokens<'selectToken', Input> }

/** The sentence for a token that does not exist. */
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
  toTokens: { kind: 'toTokens', takes: 0, apply: applyToTokens } satisfies LayerKind<[]>,
  meanTokens: { kind: 'meanTokens', takes: 0, apply: applyMeanTokens } satisfies LayerKind<[]>,
  selectToken: { kind: 'selectToken', takes: 1, apply: applySelectToken } satisfies LayerKind<[number?]>,
}

declare module './layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    toTokens: ToTokensRule<Input>
    meanTokens: MeanTokensRule<Input>
    selectToken: SelectTokenRule<Input, Given extends readonly [infer Index] ? Index : 0>
  }
}

/**
 * The positions of a volume as tokens, as a layer value.
 *
 * @example
 * toTokens() // Layer<'toTokens', []>
 */
export const toTokens: () => Layer<'toTokens', []> = layerFunction('toTokens')

/**
 * The mean of all tokens, as a layer value.
 *
 * @example
 * meanTokens() // Layer<'meanTokens', []>
 */
export const meanTokens: () => Layer<'meanTokens', []> = layerFunction('meanTokens')

/**
 * One of the tokens, as a layer value.
 *
 * @param index which one, from 0
 * @example
 * selectToken() // Layer<'selectToken', [0]>
 */
export const selectToken: <Index extends number = 0>(index?: Index) => Layer<'selectToken', [Index]> = layerFunction('selectToken', [0])

type IndexOf<Input, Index> = [IndexMessage<Input, Index>] extends [never] ? Index : IndexMessage<Input, Index>

declare module '../network/network.js' {
  interface Network<Input extends Shape, Output extends Shape, Params extends number> {
    /**
     * The positions of a volume as tokens, row by row: what follows a patch convolution in a vision transformer
     * (Dosovitskiy et al. 2020).
     *
     * `[height, width, channels] -> [height * width, channels]`; no parameters, no arithmetic, no memory.
     *
     * @throws {ShapeError} on a vector, which has no positions
     * @example
     * input(14, 14, 768).toTokens() // Network<[14, 14, 768], [196, 768], 0>
     */
    readonly toTokens: ToTokensRule<Output> extends { input: infer Sentence extends string }
      ? Mistake<Sentence>
      : () => Network<Input, ToTokensRule<Output>['output'], Params>

    /**
     * The mean of all tokens.
     *
     * `[tokens, features] -> [features]`; no parameters, no MACs.
     *
     * @throws {ShapeError} on an input that is not `[tokens, features]`
     * @example
     * input(196, 768).meanTokens() // Network<[196, 768], [768], 0>
     */
    readonly meanTokens: MeanTokensRule<Output> extends { input: infer Sentence extends string }
      ? Mistake<Sentence>
      : () => Network<Input, MeanTokensRule<Output>['output'], Params>

    /**
     * One of the tokens, by default the first, where a class token stands.
     *
     * `[tokens, features] -> [features]`; no parameters, no MACs.
     *
     * @param index which one, from 0
     * @throws {ShapeError} when there is no such token, or on an input that is not `[tokens, features]`
     * @example
     * input(197, 768).selectToken() // Network<[197, 768], [768], 0>
     */
    readonly selectToken: NoTokens<'selectToken', Output> extends infer Sentence extends string
      ? [Sentence] extends [never]
        ? <Index extends number = 0>(index?: IndexOf<Output, Index>) => Network<Input, FeaturesOf<Output>, Params>
        : Mistake<Sentence>
      : never
  }
}
