import type { Literal } from '../../arithmetic/natural.js'
import type { Noted } from '../../shape/channels-last.js'
import { type Fill, fill, ShapeError } from '../../shape/message.js'
import { type AnyShape, type Shape, type SizeText, sizeText } from '../../shape/shape.js'
import { requireWhole, type WholeMessage } from '../../shape/whole.js'
import type { CountOf } from '../kind/known.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { ValueOrUseABlock } from '../kind/named.js'
import type { Blame, Dimension, FirstFault } from '../kind/rule.js'
import { type Layer, layerFunction } from '../kind/value.js'

const needLength = 'embedding: needs an input of [length], a sequence of indices, not {shape}.'

/** The rule of `embedding`. */
export type EmbeddingRule<Input extends AnyShape, Vocabulary extends number, Features extends number> =
  FirstFault<
    [
      Blame<'vocabulary', Unfit<Input>>,
      Blame<'vocabulary', WholeMessage<'embedding', 'vocabulary', Vocabulary, 1>>,
      Blame<'features', WholeMessage<'embedding', 'features', Features, 1>>,
    ]
  > extends infer Fault
    ? [Fault] extends [never]
      ? { output: [LengthOf<Input>, Dimension<Features>]; params: CountOf<Dimension<Vocabulary>, Dimension<Features>> }
      : Fault & { output: [LengthOf<Input>, number]; params: '?' }
    : never

type LengthOf<Input> = Input extends readonly [infer Length extends number] ? Length : number

type Unfit<Input extends AnyShape> = Input extends readonly [number]
  ? never
  : number extends Input['length']
    ? never
    : Fill<typeof needLength, { shape: SizeText<Input> }>

const applyEmbedding = (input: Shape, vocabulary: number, features: number): Applied => {
  if (input.length !== 1) throw new ShapeError(fill(needLength, { shape: sizeText(input) }), 'embedding', 'vocabulary')
  requireWhole('embedding', 'vocabulary', vocabulary, 1)
  requireWhole('embedding', 'features', features, 1)
  return {
    output: [...input, features],
    settings: { vocabulary, features },
    weights: [{ name: 'embedding', shape: [vocabulary, features], trainable: true }],
    macs: 0,
    memory: 'own',
  }
}

export const embeddingKinds = {
  embedding: { takes: 2, apply: applyEmbedding } satisfies LayerKind<[number, number]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    embedding: EmbeddingRule<Input, Given[0], Given[1]>
  }
}

/**
 * A table of learned vectors as a layer value; see `Network.embedding`.
 *
 * @param vocabulary the number of indices, from 1
 * @param features the size of each vector, from 1
 * @example
 * embedding(30_000, 128) // Layer<'embedding', [30000, 128]>
 */
export const embedding: <Vocabulary extends number, Features extends number>(
  vocabulary: Vocabulary,
  features: Features,
) => Layer<'embedding', [Vocabulary, Features]> = layerFunction('embedding')

/** TypeScript infers the vocabulary from each place where it stands, also where none can be. */
export type VocabularyOrUseABlock<Input extends AnyShape, Vocabulary extends number, Features extends number, Start> =
  number extends Literal<Vocabulary>
    ? [Unfit<Input>] extends [never]
      ? ValueOrUseABlock<'embedding', Input, Vocabulary>
      : [Vocabulary] extends [never]
        ? Vocabulary
        : Unfit<Input>
    : EmbeddingRule<Input, Vocabulary, Features> extends { vocabulary: infer Fault extends string }
      ? Noted<Fault, Start>
      : ValueOrUseABlock<'embedding', Input, Vocabulary>
export type EmbeddingFeaturesOrUseABlock<Input extends AnyShape, Vocabulary extends number, Features extends number> =
  EmbeddingRule<Input, Vocabulary, Features> extends { features: infer Fault extends string } ? Fault : Features
