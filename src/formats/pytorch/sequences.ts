import type { GraphNode } from '../../network/graph.js'
import { torchName } from '../../weights/names.js'
import { channelsLast, type Tensor } from './axes.js'
import { call, unless } from './call.js'
import { type PartsWriter, part } from './part.js'
import { onChannelsLast } from './pointwise.js'

/** Layers on `[tokens, features]`, which PyTorch takes as (batch, tokens, features). */

const vector = (features: number): Tensor => ({ shape: [features], axes: [0] })

/** The names of a layer's weights in the module that holds all of them. */
const namesOf = ({ kind, weights }: GraphNode): Record<string, string> =>
  Object.fromEntries(weights.map(({ name }) => [name, torchName(kind, name)]))

const embedding: PartsWriter = (node) => {
  const { settings, output } = node
  const { vocabulary, features } = settings as { vocabulary: number; features: number }
  const module = call('nn.Embedding', { num_embeddings: vocabulary, embedding_dim: features })
  return [part(module, { shape: output, axes: channelsLast(output) }, { embedding: 'weight' })]
}

const classToken: PartsWriter = ({ output }, input) => [
  part(call('ClassToken', { features: output[1] as number }), { ...input, shape: output }, { token: 'weight' }),
]

const positionEmbedding: PartsWriter = ({ output }, input) => [
  part(call('PositionEmbedding', { tokens: output[0] as number, features: output[1] as number }), input, { embedding: 'weight' }),
]

const multiHeadAttention: PartsWriter = (node, input) => {
  const { settings, inputShapes } = node
  const { heads, bias, causal } = settings as { heads: number; bias: boolean; causal: boolean }
  const { keyValueHeads, headWidth } = settings as { keyValueHeads: number; headWidth: number }
  const features = input.shape[1] as number
  const names = namesOf(node)
  const keyFeatures = unless(features, (inputShapes[1]?.[1] ?? features) as number)
  if (keyValueHeads !== heads || heads * headWidth !== features) {
    const sizes = { embed_dim: features, num_heads: heads, num_key_value_heads: keyValueHeads, head_dim: headWidth }
    const options = { kdim: keyFeatures, bias: unless(true, bias), causal: unless(false, causal) }
    return [part(call('GroupedAttention', sizes, options), input, names)]
  }
  const module = call(
    causal ? 'CausalAttention' : inputShapes.length === 2 ? 'CrossAttention' : 'SelfAttention',
    { embed_dim: features, num_heads: heads },
    { kdim: keyFeatures, vdim: keyFeatures, bias: unless(true, bias), batch_first: true },
  )
  return [part(module, input, names)]
}

const windowAttention: PartsWriter = (node, input) => {
  const { heads, window, shift, bias, version } = node.settings as {
    heads: number
    window: number
    shift: number
    bias: boolean
    version: 1 | 2
  }
  const module = call(
    version === 1 ? 'WindowAttention' : 'WindowAttentionV2',
    { channels: input.shape[2] as number, heads, window },
    { shift: unless(0, shift), bias: unless(true, bias) },
  )
  return [part(module, input, namesOf(node))]
}

const patchMerging: PartsWriter = (node, input) => {
  const { settings, output } = node
  const module = call('PatchMerging', { channels: input.shape[2] as number }, { norm_first: unless(true, settings['version'] === 1) })
  return [part(module, { ...input, shape: output }, namesOf(node))]
}

const selectToken: PartsWriter = ({ settings, output }) => [
  part(call('SelectToken', { index: settings['index'] as number }), vector(output[0] as number)),
]

const meanTokens: PartsWriter = ({ output }) => [part(call('MeanTokens'), vector(output[0] as number))]

const recurrent =
  (callee: string): PartsWriter =>
  (node, input) => {
    const { settings, output } = node
    const { units, returnSequences, bidirectional, bias } = settings as {
      units: number
      returnSequences: boolean
      bidirectional: false | 'concat' | 'sum'
      bias: boolean
    }
    const module = call(
      callee,
      { input_size: input.shape[1] as number, hidden_size: units },
      { bias: unless(true, bias), batch_first: true, bidirectional: unless(false, bidirectional !== false) },
    )
    const both = bidirectional ? 2 * units : units
    const steps = { ...input, shape: [input.shape[0] as number, both] }
    const last = bidirectional ? call('LastStates', { hidden_size: units }) : call('SelectToken', { index: -1 })
    const isSum = bidirectional === 'sum'
    const own = { ...input, shape: output, axes: channelsLast(output) }
    return [
      part(module, steps, namesOf(node), 'recurrence'),
      part(call('Steps'), steps, {}, returnSequences && !isSum ? '' : 'steps'),
      ...(returnSequences ? [] : [part(last, vector(both), {}, isSum ? 'last' : '')]),
      ...(isSum ? [part(call('SumOfDirections'), own)] : []),
    ]
  }

export const sequenceWriters = {
  embedding,
  classToken: onChannelsLast(classToken),
  positionEmbedding: onChannelsLast(positionEmbedding),
  multiHeadAttention: onChannelsLast(multiHeadAttention),
  windowAttention: onChannelsLast(windowAttention),
  patchMerging: onChannelsLast(patchMerging),
  selectToken: onChannelsLast(selectToken),
  meanTokens: onChannelsLast(meanTokens),
  lstm: onChannelsLast(recurrent('nn.LSTM')),
  gru: onChannelsLast(recurrent('nn.GRU')),
} satisfies Readonly<Record<string, PartsWriter>>
