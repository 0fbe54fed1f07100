import type { Network } from '../../network/network.js'
import type { Noted } from '../../shape/channels-last.js'
import type { Mistake } from '../../shape/message.js'
import type { AnyInput, AnyShape } from '../../shape/shape.js'
import type { NamesIn } from '../kind/named.js'
import type { LeftOut, NoOptions } from '../kind/options.js'
import type { CountAfter } from '../kind/params.js'
import type { OutputOf } from '../kind/rule.js'
import type {
  AttentionMethodRule,
  AttentionOptions,
  AttentionOptionsOrUseABlock,
  HeadsOrUseABlock,
  NoAttentionOptions,
} from './attention.js'
import type { EmbeddingFeaturesOrUseABlock, EmbeddingRule, VocabularyOrUseABlock } from './embedding.js'
import type {
  InputMessage,
  MergingOptionsOrUseABlock,
  NoPatchMergingOptions,
  PatchMergingMethodRule,
  PatchMergingOptions,
} from './patch-merging.js'
import type { NoTokens } from './rule.js'
import type { ClassTokenRule, PositionEmbeddingRule } from './token-embedding.js'
import type { FeaturesOf, IndexOf, MeanTokensRule, ToTokensRule } from './tokens.js'
import type { WindowAttentionHeadsOrUseABlock, WindowAttentionOptionsOrUseABlock, WindowOrUseABlock } from './window-attention.js'
import type { NoWindowOptions, WindowAttentionMethodRule, WindowAttentionOptions } from './window-attention-rule.js'

/** The methods of token sequences: embeddings and attention. */
export interface TokenMethods<Input extends AnyInput, Output extends AnyShape, Params extends number> {
  /**
   * Multi-head self-attention: every token reads all tokens, weighted by how well its query matches their keys (Vaswani et al. 2017):
   * softmax(Q K^T / sqrt(features / heads)) V in each head, then a projection of all heads together.
   *
   * The shape `[tokens, features]` is unchanged.
   *
   * Parameters: 4 * features * features weights (3 in the projection to queries, keys and values, 1 in that of the output), plus 4 *
   * features biases (PyTorch's `MultiheadAttention`). MACs, for n tokens of f features: 4 n f f for the projections, and 2 n n f for
   * the scores and the weighted sums, which are products of activations.
   *
   * Activations, besides the output: 3 n f for queries, keys and values, and n f for their weighted sums. The scores, heads * n * n
   * values, are not counted, since fused kernels never store them.
   *
   * With `keys`, the keys and values come from a kept value, as when a decoder attends to its encoder. It may have other numbers of
   * tokens and features. For m tokens of k features there, the parameters are 2 f f + 2 k f weights and 4 f biases, and the MACs are 2
   * n f f + 2 m k f for the projections and 2 n m f for the scores and the weighted sums.
   *
   * With `causal: true`, a token attends only to itself and the tokens before it (the decoder of Vaswani et al. 2017); nothing else
   * changes.
   *
   * With g `keyValueHeads`, groups of heads share their keys and values: g = 1 is multi-query attention (Shazeer 2019), other values
   * are grouped-query attention (Ainslie et al. 2023). A `headWidth` of d gives each of the h heads d features instead of f / h. The
   * parameters are then 2 f h d + 2 k g d weights and h d + 2 g d + f biases, and the MACs are 2 n f h d + 2 m k g d for the
   * projections and 2 n m h d.
   *
   * @param heads the number of heads that share the features, from 1; it must divide the features, unless `headWidth` is set
   * @param options `bias` (default `true`), `causal` (`false`), `keys` (the name of a kept value), `keyValueHeads` (by default as many
   *   as heads), `headWidth` (by default features / heads), `name`
   * @throws {ShapeError} when the heads do not divide the features, the input or the kept value is not `[tokens, features]`, or no
   *   value has the name
   * @example
   * input(197, 768).multiHeadAttention(12) // Network<[197, 768], [197, 768], 2362368>
   * input(2048, 4096).multiHeadAttention(32, { causal: true, keyValueHeads: 8, bias: false })
   * // Network<[2048, 4096], [2048, 4096], 41943040>
   * inputs({ source: [20, 512], target: [30, 512] }).from('target').multiHeadAttention(8, { keys: 'source' })
   * // Network<{ source: [20, 512]; target: [30, 512] }, [30, 512], 1050624>
   */
  multiHeadAttention<Heads extends number, Options extends AttentionOptions<NamesIn<Input>> | NoOptions = NoAttentionOptions>(
    heads: HeadsOrUseABlock<Output, Heads, Options, Input>,
    options: LeftOut | AttentionOptionsOrUseABlock<Output, Heads, Options, Input>,
  ): Network<Input, Output, CountAfter<Params, AttentionMethodRule<Output, Heads, Options, Input>>>

  /**
   * Attention within windows of an image: the cells of each window attend to each other, with a learned bias for each relative position
   * (Liu et al. 2021, Swin Transformer: softmax(Q K^T / sqrt(channels / heads) + B) V in each head). With a `shift`, the windows move
   * and wrap around the edges, and cells that are not neighbours in the image do not attend to each other. A window as large as the
   * image does not move.
   *
   * The shape `[height, width, channels]` is unchanged. The window must divide the image; torchvision's `ShiftedWindowAttention` pads
   * the image instead.
   *
   * Parameters: 4 * channels * channels weights and 4 * channels biases, as in `multiHeadAttention`, and a table of (2 * window - 1)^2
   * * heads position biases. MACs, for n cells: 4 n c c for the projections, and 2 n window^2 c for the scores and the weighted sums.
   *
   * `version: 2` is that of Swin Transformer V2 (Liu et al. 2022; torchvision's `ShiftedWindowAttentionV2`): the scores are cosines
   * times a learned temperature, and two dense layers compute the position biases, with 513 * heads + 1536 parameters instead of the
   * table. Its keys have no bias, but the parameters for it exist.
   *
   * @param heads the number of heads that share the channels, from 1; it must divide the channels
   * @param window the size of the windows on both axes, from 1; it must divide the height and the width
   * @param options `shift` (default 0, less than `window`), `bias` (`true`), `version` (1), `name`
   * @throws {ShapeError} when the heads do not divide the channels, the window does not divide the image, or the input is not an image
   * @example
   * input(56, 56, 96).windowAttention(3, 7) // Network<[56, 56, 96], [56, 56, 96], 37755>
   * input(56, 56, 96).windowAttention(3, 7, { shift: 3 }) // Network<[56, 56, 96], [56, 56, 96], 37755>
   */
  windowAttention<Heads extends number, Window extends number, Options extends WindowAttentionOptions | NoOptions = NoWindowOptions>(
    heads: WindowAttentionHeadsOrUseABlock<Output, Heads, Window, Options, Input>,
    window: WindowOrUseABlock<Output, Heads, Window, Options, Input>,
    options: LeftOut | WindowAttentionOptionsOrUseABlock<Output, Heads, Window, Options, Input>,
  ): Network<Input, Output, CountAfter<Params, WindowAttentionMethodRule<Output, Heads, Window, Options>>>

  /**
   * Merges patches of 2x2: concatenates their channels, normalizes them, and projects them to twice the original number of channels
   * (Liu et al. 2021, Swin Transformer; torchvision's `PatchMerging`, or with `version: 2`, which normalizes last, `PatchMergingV2`).
   *
   * `[height, width, channels] -> [height / 2, width / 2, 2 * channels]`. Parameters: 8 * channels * channels weights, and 8 * channels
   * in the normalization, 4 * channels in version 2. MACs: height * width * 2 * channels * channels.
   *
   * @param options `version` (default 1), `name`
   * @throws {ShapeError} when the input is not an image, or its height or width is odd
   * @example
   * input(56, 56, 96).patchMerging() // Network<[56, 56, 96], [28, 28, 192], 74496>
   */
  readonly patchMerging: InputMessage<Output> extends infer Sentence extends string
    ? [Sentence] extends [never]
      ? <Options extends PatchMergingOptions | NoOptions = NoPatchMergingOptions>(
          /** `version` (default 1), `name` */
          options: LeftOut | MergingOptionsOrUseABlock<Output, Options, Input>,
        ) => Network<Input, OutputOf<PatchMergingMethodRule<Output, Options>>, CountAfter<Params, PatchMergingMethodRule<Output, Options>>>
      : Mistake<Noted<Sentence, Input>>
    : never

  /**
   * Looks up learned vectors: each index in a sequence, such as the number of a word, becomes a vector.
   *
   * `[length] -> [length, features]`. Parameters: vocabulary * features. MACs: 0, since rows are only looked up.
   *
   * @param vocabulary the number of indices, from 1
   * @param features the size of each vector, from 1
   * @throws {ShapeError} on an input that is not `[length]`
   * @example
   * input(100).embedding(30_000, 128) // Network<[100], [100, 128], 3840000>
   */
  embedding<Vocabulary extends number, Features extends number>(
    vocabulary: VocabularyOrUseABlock<Output, Vocabulary, Features, Input>,
    features: EmbeddingFeaturesOrUseABlock<Output, Vocabulary, Features>,
  ): Network<Input, EmbeddingRule<Output, Vocabulary, Features>['output'], CountAfter<Params, EmbeddingRule<Output, Vocabulary, Features>>>

  /**
   * Prepends a learned token, whose output represents the whole sequence (Devlin et al. 2018; Dosovitskiy et al. 2020).
   *
   * `[tokens, features] -> [tokens + 1, features]`. Parameters: features. MACs: 0.
   *
   * @throws {ShapeError} on an input that is not `[tokens, features]`
   * @example
   * input(196, 768).classToken() // Network<[196, 768], [197, 768], 768>
   */
  readonly classToken: ClassTokenRule<Output> extends { input: infer Sentence extends string }
    ? Mistake<Noted<Sentence, Input>>
    : () => Network<Input, ClassTokenRule<Output>['output'], CountAfter<Params, ClassTokenRule<Output>>>

  /**
   * Adds a learned vector to each token, which encodes its position (Dosovitskiy et al. 2020).
   *
   * The shape is unchanged. Parameters: tokens * features. MACs: 0.
   *
   * @throws {ShapeError} on an input that is not `[tokens, features]`
   * @example
   * input(197, 768).positionEmbedding() // Network<[197, 768], [197, 768], 151296>
   */
  readonly positionEmbedding: PositionEmbeddingRule<Output> extends { input: infer Sentence extends string }
    ? Mistake<Noted<Sentence, Input>>
    : () => Network<Input, PositionEmbeddingRule<Output>['output'], CountAfter<Params, PositionEmbeddingRule<Output>>>

  /**
   * Converts the positions of an image to tokens, in row-major order, as after the patch convolution of a vision transformer
   * (Dosovitskiy et al. 2020).
   *
   * `[height, width, channels] -> [height * width, channels]`; no parameters, no MACs, no memory.
   *
   * @throws {ShapeError} on a vector, which has no positions
   * @example
   * input(14, 14, 768).toTokens() // Network<[14, 14, 768], [196, 768], 0>
   */
  readonly toTokens: ToTokensRule<Output> extends { input: infer Sentence extends string }
    ? Mistake<Noted<Sentence, Input>>
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
    ? Mistake<Noted<Sentence, Input>>
    : () => Network<Input, MeanTokensRule<Output>['output'], Params>

  /**
   * Selects a token, by default the first, which is the class token.
   *
   * `[tokens, features] -> [features]`; no parameters, no MACs.
   *
   * @param index the index of the token, from 0
   * @throws {ShapeError} when the token does not exist, or on an input that is not `[tokens, features]`
   * @example
   * input(197, 768).selectToken() // Network<[197, 768], [768], 0>
   */
  readonly selectToken: NoTokens<'selectToken', Output> extends infer Sentence extends string
    ? [Sentence] extends [never]
      ? <Index extends number = 0>(index?: IndexOf<Output, Index, Input>) => Network<Input, FeaturesOf<Output>, Params>
      : Mistake<Noted<Sentence, Input>>
    : never
}
