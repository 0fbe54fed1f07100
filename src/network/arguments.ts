import type { Arguments } from '../layers/kind/layer-rules.js'
import { byRank } from './by-rank.js'
import type { GraphNode } from './graph.js'
import type { NodeKind } from './kinds.js'

const filtersAndKernel = ['filters', 'kernel']

/**
 * For each kind of layer, the settings that its method takes as arguments, in their order; the others are its options.
 *
 * A name with dots before it is a list whose members are arguments of their own.
 */
export const argumentNames: Readonly<Record<Exclude<NodeKind, JoiningKind>, readonly string[]>> = {
  ...byRank('conv', filtersAndKernel),
  ...byRank('convTranspose', filtersAndKernel),
  ...byRank('depthwiseConv', ['kernel']),
  ...byRank('separableConv', filtersAndKernel, [1, 2]),
  ...byRank('maxPool', ['kernel']),
  ...byRank('avgPool', ['kernel']),
  globalAvgPool: [],
  globalMaxPool: [],
  adaptiveAvgPool: ['size'],
  adaptiveMaxPool: ['size'],
  zeroPad: ['amount'],
  pad: ['amount'],
  crop: ['amount'],
  upsample: ['scale'],
  pixelShuffle: ['scale'],
  dense: ['units'],
  flatten: ['start'],
  unflatten: ['axis', '...sizes'],
  reshape: ['...shape'],
  permute: ['...axes'],
  toTokens: [],
  classToken: [],
  positionEmbedding: [],
  multiHeadAttention: ['heads'],
  selectToken: ['index'],
  meanTokens: [],
  embedding: ['vocabulary', 'features'],
  lstm: ['units'],
  gru: ['units'],
  batchNorm: [],
  layerNorm: [],
  groupNorm: ['groups'],
  instanceNorm: [],
  localResponseNorm: ['size'],
  layerScale: [],
  affine: [],
  rescale: ['scale', 'offset'],
  normalize: ['mean', 'variance'],
  relu: [],
  relu6: [],
  leakyRelu: ['slope'],
  prelu: [],
  elu: ['alpha'],
  selu: [],
  gelu: [],
  silu: [],
  mish: [],
  sigmoid: [],
  hardSigmoid: [],
  hardSwish: [],
  tanh: [],
  softplus: [],
  softmax: [],
  logSoftmax: [],
  dropout: ['rate'],
  stochasticDepth: ['rate'],
}

/** The kinds of nodes that join several others, in the order of their inputs. */
export const joiningKinds = ['add', 'subtract', 'average', 'maximum', 'minimum', 'concat', 'multiply', 'matmul'] as const

/** Those that join two, no more. */
export const joinsOfTwo = ['subtract', 'multiply', 'matmul'] as const satisfies readonly JoiningKind[]

export type JoiningKind = (typeof joiningKinds)[number]

/** The nodes whose outputs a layer takes beside its input: of attention, those of keys and values. A join has branches instead. */
export const besideOf = ({ kind, inputs }: Pick<GraphNode, 'kind' | 'inputs'>): readonly string[] =>
  (joiningKinds as readonly string[]).includes(kind) ? [] : inputs.slice(1)

/** A layer's settings as its method takes them. */
export interface LayerArguments {
  readonly args: Arguments
  readonly options: Readonly<Record<string, unknown>>
}

/** The arguments and options that make a layer of those settings; `undefined` for a kind that has no such list. */
export const argumentsOf = (kind: string, settings: Readonly<Record<string, unknown>>): LayerArguments | undefined => {
  if (!Object.hasOwn(argumentNames, kind)) return undefined
  const options = { ...settings }
  const args: unknown[] = []
  for (const name of argumentNames[kind as keyof typeof argumentNames]) {
    const key = name.replace('...', '')
    const value = settings[key]
    delete options[key]
    if (name === key) args.push(value)
    else if (Array.isArray(value)) args.push(...value)
  }
  return { args, options }
}
