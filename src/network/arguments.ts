import type { Arguments } from '../layers/kind/layer-rules.js'
import { byRank } from './by-rank.js'
import type { GraphNode } from './graph.js'
import { kinds, type NodeKind } from './kinds.js'

const filtersAndKernel = ['filters', 'kernel']

/** The kinds of layers whose methods take options only, or nothing. */
type KindWithoutArguments =
  | 'globalAvgPool'
  | 'globalMaxPool'
  | 'toTokens'
  | 'classToken'
  | 'positionEmbedding'
  | 'patchMerging'
  | 'meanTokens'
  | 'batchNorm'
  | 'layerNorm'
  | 'instanceNorm'
  | 'rmsNorm'
  | 'layerScale'
  | 'affine'
  | 'relu'
  | 'relu6'
  | 'prelu'
  | 'selu'
  | 'gelu'
  | 'silu'
  | 'mish'
  | 'sigmoid'
  | 'hardSigmoid'
  | 'hardSwish'
  | 'tanh'
  | 'softplus'
  | 'softmax'
  | 'logSoftmax'

/** The arguments of the other kinds of layers. */
const namesOfSome: Readonly<Record<Exclude<NodeKind, JoiningKind | KindWithoutArguments>, readonly string[]>> = {
  ...byRank('conv', filtersAndKernel),
  ...byRank('convTranspose', filtersAndKernel),
  ...byRank('depthwiseConv', ['kernel']),
  ...byRank('separableConv', filtersAndKernel, [1, 2]),
  ...byRank('maxPool', ['kernel']),
  ...byRank('avgPool', ['kernel']),
  adaptiveAvgPool: ['size'],
  adaptiveMaxPool: ['size'],
  zeroPad: ['amount'],
  pad: ['amount'],
  crop: ['amount'],
  upsample: ['scale'],
  pixelShuffle: ['scale'],
  pixelUnshuffle: ['scale'],
  dense: ['units'],
  flatten: ['start'],
  unflatten: ['axis', '...sizes'],
  reshape: ['...shape'],
  permute: ['...axes'],
  slice: ['axis', 'start', 'end'],
  squeeze: ['axis'],
  unsqueeze: ['axis'],
  multiHeadAttention: ['heads'],
  windowAttention: ['heads', 'window'],
  selectToken: ['index'],
  embedding: ['vocabulary', 'features'],
  lstm: ['units'],
  gru: ['units'],
  groupNorm: ['groups'],
  localResponseNorm: ['size'],
  rescale: ['scale', 'offset'],
  normalize: ['mean', 'variance'],
  leakyRelu: ['slope'],
  elu: ['alpha'],
  dropout: ['rate'],
  stochasticDepth: ['rate'],
}

/**
 * For each kind of layer, the settings that its method takes as arguments, in order. All other settings are options.
 *
 * Three dots before a name mark a list whose items are separate arguments.
 */
export const argumentNames = /* @__PURE__ */ Object.fromEntries(
  [...kinds].flatMap(([kind, rule]) => ('extend' in rule ? [] : [[kind, namesOfSome[kind as keyof typeof namesOfSome] ?? []]])),
) as Readonly<Record<Exclude<NodeKind, JoiningKind>, readonly string[]>>

/** The kinds of nodes that join several others, in the order of their inputs. */
export const joiningKinds = ['add', 'subtract', 'average', 'maximum', 'minimum', 'concat', 'multiply', 'matmul'] as const

/** The joins that take exactly two branches. */
export const joinsOfTwo = ['subtract', 'multiply', 'matmul'] as const satisfies readonly JoiningKind[]

export type JoiningKind = (typeof joiningKinds)[number]

/**
 * The nodes that a layer reads in addition to its input: the keys and values of attention. For a join there are none, since all its
 * inputs are branches.
 */
export const besideOf = ({ kind, inputs }: Pick<GraphNode, 'kind' | 'inputs'>): readonly string[] =>
  (joiningKinds as readonly string[]).includes(kind) ? [] : inputs.slice(1)

/** A layer's settings as arguments of its method. */
export interface LayerArguments {
  readonly args: Arguments
  readonly options: Readonly<Record<string, unknown>>
}

/** Splits a layer's settings into arguments and options; `undefined` for a kind that {@link argumentNames} does not list. */
export const argumentsOf = (kind: string, settings: Readonly<Record<string, unknown>>): LayerArguments | undefined => {
  if (!Object.hasOwn(argumentNames, kind)) return undefined
  const options = { ...settings }
  const args: unknown[] = []
  // A size takes the place of a factor.
  if (kind === 'upsample' && settings['size'] !== undefined) {
    const { size, ...others } = options
    return { args: [{ size }], options: others }
  }
  for (const name of argumentNames[kind as keyof typeof argumentNames]) {
    const key = name.replace('...', '')
    const value = settings[key]
    delete options[key]
    if (name === key) args.push(value)
    else if (Array.isArray(value)) args.push(...value)
  }
  return { args, options }
}
