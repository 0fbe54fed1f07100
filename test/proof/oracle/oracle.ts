import { convolution, depthwise, separable, transposed } from './convolutions.js'
import {
  attention,
  classToken,
  dense,
  embedding,
  oneToken,
  patchMerging,
  positionEmbedding,
  prelu,
  recurrent,
  toTokens,
  windowAttention,
} from './features.js'
import { branchOut, chunk, concat, inTurn, type Judge, matmul, multiply, type Names, repeat, residual, split, sum } from './joins.js'
import {
  affine,
  batchNorm,
  groupNorm,
  instanceNorm,
  layerNorm,
  layerScale,
  localResponseNorm,
  normalize,
  rescale,
  rmsNorm,
} from './normalizations.js'
import { adaptivePool, globalPool, pool } from './pools.js'
import {
  atEnds,
  flatten,
  pad,
  permute,
  pixelShuffle,
  pixelUnshuffle,
  reshape,
  slice,
  squeeze,
  unflatten,
  unsqueeze,
  upsample,
} from './shapes.js'
import { type Costs, type Described, Impossible, keeps, type Reason, type Sizes, share, whole } from './verdict.js'

/**
 * What papers and the documentation of frameworks say of a layer: its output, its parameters and its multiply-accumulates
 * (docs/counting.md), or that there can be none. Nothing here is taken from the package that it judges.
 */

type Rule = (input: Sizes, args: readonly unknown[]) => Costs

const overAxes = (name: string, axes: readonly number[], rule: (axes: number, ...rest: Parameters<Rule>) => Costs) =>
  axes.map((count) => [`${name}${count}d`, (input: Sizes, args: readonly unknown[]) => rule(count, input, args)] as const)

const rate: Rule = (input, [given]) => {
  share(given)
  return keeps(input)
}

const valueByValue = [
  ...['relu', 'relu6', 'leakyRelu', 'elu', 'selu', 'softplus', 'silu', 'gelu', 'mish', 'hardSwish', 'hardSigmoid', 'sigmoid', 'tanh'],
  ...['softmax', 'logSoftmax', 'identity'],
].map((kind): [string, Rule] => [kind, (input) => keeps(input)])

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...overAxes('conv', [1, 2, 3], convolution),
  ...overAxes('depthwiseConv', [1, 2, 3], depthwise),
  ...overAxes('separableConv', [1, 2], separable),
  ...overAxes('convTranspose', [1, 2, 3], transposed),
  ...overAxes('maxPool', [1, 2, 3], pool([])),
  ...overAxes('avgPool', [1, 2, 3], pool(['countIncludePad'])),
  ...valueByValue,
  ['globalAvgPool', globalPool],
  ['globalMaxPool', globalPool],
  ['adaptiveAvgPool', adaptivePool],
  ['adaptiveMaxPool', adaptivePool],
  ['dense', dense],
  ['embedding', embedding],
  ['lstm', (input, args) => recurrent(4, input, args)],
  ['gru', (input, args) => recurrent(3, input, args)],
  ['multiHeadAttention', attention],
  ['windowAttention', windowAttention],
  ['patchMerging', patchMerging],
  ['toTokens', toTokens],
  ['classToken', classToken],
  ['positionEmbedding', positionEmbedding],
  ['meanTokens', (input) => oneToken(input, [])],
  ['selectToken', oneToken],
  ['prelu', prelu],
  ['batchNorm', batchNorm],
  ['layerNorm', layerNorm],
  ['rmsNorm', rmsNorm],
  ['groupNorm', groupNorm],
  ['instanceNorm', instanceNorm],
  ['localResponseNorm', localResponseNorm],
  ['layerScale', layerScale],
  ['affine', affine],
  ['rescale', rescale],
  ['normalize', normalize],
  // Srivastava et al. 2014 and Huang et al. 2016: values are dropped while training only.
  ['dropout', rate],
  ['stochasticDepth', rate],
  ['flatten', flatten],
  ['reshape', reshape],
  ['unflatten', unflatten],
  ['permute', permute],
  ['slice', slice],
  ['squeeze', squeeze],
  ['unsqueeze', unsqueeze],
  ['upsample', upsample],
  ['pixelShuffle', pixelShuffle],
  ['pixelUnshuffle', pixelUnshuffle],
  ['zeroPad', (input, args) => atEnds(1, input, args)],
  ['pad', pad],
  ['crop', (input, args) => atEnds(-1, input, args)],
])

type JoinRule = (judge: Judge, input: Sizes, args: readonly unknown[], taken: Names) => Costs

const joinsByValue = { add: sum, subtract: sum, average: sum, maximum: sum, minimum: sum }

const joins = new Map(
  Object.entries({
    block: inTurn,
    repeat,
    residual,
    ...joinsByValue,
    matmul,
    concat,
    multiply,
    branchOut,
    chunk,
    split,
  } as unknown as Record<string, JoinRule>),
)

const judge: Judge = (input, { kind, args }, taken) => {
  const join = joins.get(kind)
  if (join) return join(judge, input, args, taken)
  const rule = rules.get(kind)
  if (!rule) throw new Error(`The oracle knows no layer of the kind '${kind}'.`)
  return rule(input, args)
}

/** The costs of layers one after the other on an input, or why there can be none. */
export const consult = (input: Sizes, layers: readonly Described[]): Costs | Reason => {
  try {
    for (const size of input) whole(size, 1)
    return inTurn(judge, input, layers, new Set())
  } catch (error) {
    if (error instanceof Impossible) return error.reason
    throw error
  }
}
