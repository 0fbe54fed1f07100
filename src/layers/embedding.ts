import { type Fill, fill, ShapeError } from '../shape/message.js'
import { type Shape, type SizeText, sizeText } from '../shape/shape.js'
import { requireWhole, type WholeMessage } from '../shape/whole.js'
import type { Applied, LayerKind } from './layer.js'
import type { Arguments } from './layer-rules.js'
import type { AddCount } from './params.js'
import type { Blame, FirstFault, Plain } from './rule.js'
import type { CountOf } from './settled.js'
import { type Layer, layerFunction } from './value.js'

const needLength = 'embedding: needs an input of [length], a sequence of indices, not {shape}.'

/** The rule of `embedding`. */
type EmbeddingRule<Input extends Shape, Vocabulary extends number, Features extends number> =
  FirstFault<
    [
      Blame<'vocabulary', Unfit<Input>>,
      Blame<'vocabulary', WholeMessage<'embedding', 'vocabulary', Vocabulary, 1>>,
      Blame<'features', WholeMessage<'embedding', 'features', Features, 1>>,
    ]
  > extends infer Fault
    ? [Fault] extends [never]
      ? { output: [LengthOf<Input>, Plain<Features>]; params: CountOf<Plain<Vocabulary>, Plain<Features>> }
      : Fault & { output: [LengthOf<Input>, number]; params: '?' }
    : never

type LengthOf<Input> = Input extends readonly [infer Length extends number] ? Length : number

type Unfit<Input extends Shape> = Input extends readonly [number]
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
  embedding: { kind: 'embedding', takes: 2, apply: applyEmbedding } satisfies LayerKind<[number, number]>,
}

declare module './layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    embedding: EmbeddingRule<Input, Given[0], Given[1]>
  }
}

/**
 * A table of learned vectors as a layer value: `Network.embedding` for blocks.
 *
 * @param vocabulary how many indices there are, from 1
 * @param features size of the vector of each, from 1
 * @example
 * embedding(30_000, 128) // Layer<'embedding', [30000, 128]>
 */
export const embedding: <Vocabulary extends number, Features extends number>(
  vocabulary: Vocabulary,
  features: Features,
) => Layer<'embedding', [Vocabulary, Features]> = layerFunction('embedding')

type VocabularyOrUseABlock<Input extends Shape, Vocabulary extends number, Features extends number> =
  EmbeddingRule<Input, Vocabulary, Features> extends { vocabulary: infer Fault extends string } ? Fault : Vocabulary
type FeaturesOrUseABlock<Input extends Shape, Vocabulary extends number, Features extends number> =
  EmbeddingRule<Input, Vocabulary, Features> extends { features: infer Fault extends string } ? Fault : Features

declare module '../network/network.js' {
  interface Network<Input extends Shape, Output extends Shape, Params extends number> {
    /**
     * A table of learned vectors: each index of a sequence, such as the number of a word, becomes its vector.
     *
     * `[length] -> [length, features]`. Parameters: vocabulary * features. MACs: 0, as rows are looked up.
     *
     * @param vocabulary how many indices there are, from 1
     * @param features size of the vector of each, from 1
     * @throws {ShapeError} on an input that is not `[length]`
     * @example
     * input(100).embedding(30_000, 128) // Network<[100], [100, 128], 3840000>
     */
    embedding<Vocabulary extends number, Features extends number>(
      vocabulary: VocabularyOrUseABlock<Output, Vocabulary, Features>,
      features: FeaturesOrUseABlock<Output, Vocabulary, Features>,
    ): Network<
      Input,
      EmbeddingRule<Output, Vocabulary, Features>['output'],
      AddCount<Params, EmbeddingRule<Output, Vocabulary, Features>['params']>
    >
  }
}
