import { channelsLast, type Tensor } from './axes.js'
import { call, unless } from './call.js'
import { type PartsWriter, part } from './part.js'
import { onChannelsLast } from './pointwise.js'

/** Layers on `[tokens, features]`, which PyTorch takes as (batch, tokens, features). */

const vector = (features: number): Tensor => ({ shape: [features], axes: [0] })

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

const attentionWeights = {
  inProjectionKernel: 'in_proj_weight',
  queryKernel: 'q_proj_weight',
  keyKernel: 'k_proj_weight',
  valueKernel: 'v_proj_weight',
  inProjectionBias: 'in_proj_bias',
  outProjectionKernel: 'out_proj.weight',
  outProjectionBias: 'out_proj.bias',
}

const multiHeadAttention: PartsWriter = ({ settings, weights, inputShapes }, input) => {
  const { heads, bias, causal } = settings as { heads: number; bias: boolean; causal: boolean }
  const { keyValueHeads, headWidth } = settings as { keyValueHeads: number; headWidth: number }
  const features = input.shape[1] as number
  const names = Object.fromEntries(Object.entries(attentionWeights).filter(([name]) => weights.some((weight) => weight.name === name)))
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

const swinWeights = {
  inProjectionKernel: 'qkv.weight',
  inProjectionBias: 'qkv.bias',
  outProjectionKernel: 'proj.weight',
  outProjectionBias: 'proj.bias',
  positionTable: 'relative_position_bias_table',
  logitScale: 'logit_scale',
  positionHiddenKernel: 'cpb_mlp.0.weight',
  positionHiddenBias: 'cpb_mlp.0.bias',
  positionKernel: 'cpb_mlp.2.weight',
}

const windowAttention: PartsWriter = ({ settings, weights }, input) => {
  const { heads, window, shift, bias, version } = settings as {
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
  const names = Object.entries(swinWeights).filter(([name]) => weights.some((weight) => weight.name === name))
  return [part(module, input, Object.fromEntries(names))]
}

const patchMerging: PartsWriter = ({ settings, output }, input) => {
  const module = call('PatchMerging', { channels: input.shape[2] as number }, { norm_first: unless(true, settings['version'] === 1) })
  const names = { kernel: 'reduction.weight', gamma: 'norm.weight', beta: 'norm.bias' }
  return [part(module, { ...input, shape: output }, names)]
}

const selectToken: PartsWriter = ({ settings, output }) => [
  part(call('SelectToken', { index: settings['index'] as number }), vector(output[0] as number)),
]

const meanTokens: PartsWriter = ({ output }) => [part(call('MeanTokens'), vector(output[0] as number))]

const recurrentWeights = {
  kernel: 'weight_ih_l0',
  recurrentKernel: 'weight_hh_l0',
  bias: 'bias_ih_l0',
  recurrentBias: 'bias_hh_l0',
  backwardKernel: 'weight_ih_l0_reverse',
  backwardRecurrentKernel: 'weight_hh_l0_reverse',
  backwardBias: 'bias_ih_l0_reverse',
  backwardRecurrentBias: 'bias_hh_l0_reverse',
}

const recurrent =
  (callee: string): PartsWriter =>
  ({ settings, weights, output }, input) => {
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
    const names = Object.entries(recurrentWeights).filter(([name]) => weights.some((weight) => weight.name === name))
    const both = bidirectional ? 2 * units : units
    const steps = { ...input, shape: [input.shape[0] as number, both] }
    const last = bidirectional ? call('LastStates', { hidden_size: units }) : call('SelectToken', { index: -1 })
    const isSum = bidirectional === 'sum'
    const own = { ...input, shape: output, axes: channelsLast(output) }
    return [
      part(module, steps, Object.fromEntries(names), 'recurrence'),
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
