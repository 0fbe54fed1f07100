import type { Graph, GraphNode } from '../network/graph.js'
import { torchShape } from './layout.js'
import type { WeightSpec } from './weights.js'

/** PyTorch's names of a layer's weights, by their names in the graph. */
const fieldNames: Readonly<Record<string, string>> = {
  kernel: 'weight',
  bias: 'bias',
  gamma: 'weight',
  beta: 'bias',
  movingMean: 'running_mean',
  movingVariance: 'running_var',
  alpha: 'weight',
  embedding: 'weight',
  token: 'weight',
  depthwiseKernel: 'depthwise.weight',
  pointwiseKernel: 'pointwise.weight',
  inProjectionKernel: 'in_proj_weight',
  queryKernel: 'q_proj_weight',
  keyKernel: 'k_proj_weight',
  valueKernel: 'v_proj_weight',
  inProjectionBias: 'in_proj_bias',
  outProjectionKernel: 'out_proj.weight',
  outProjectionBias: 'out_proj.bias',
}

/** PyTorch's names in a recurrent layer, of which a second one may read from the end. */
const recurrent = {
  kernel: 'weight_ih_l0',
  recurrentKernel: 'weight_hh_l0',
  bias: 'bias_ih_l0',
  recurrentBias: 'bias_hh_l0',
  backwardKernel: 'weight_ih_l0_reverse',
  backwardRecurrentKernel: 'weight_hh_l0_reverse',
  backwardBias: 'bias_ih_l0_reverse',
  backwardRecurrentBias: 'bias_hh_l0_reverse',
}

/** torchvision's names in the attention and between the stages of a Swin Transformer. */
const swin = {
  windowAttention: {
    inProjectionKernel: 'qkv.weight',
    inProjectionBias: 'qkv.bias',
    outProjectionKernel: 'proj.weight',
    outProjectionBias: 'proj.bias',
    positionTable: 'relative_position_bias_table',
    logitScale: 'logit_scale',
    positionHiddenKernel: 'cpb_mlp.0.weight',
    positionHiddenBias: 'cpb_mlp.0.bias',
    positionKernel: 'cpb_mlp.2.weight',
  },
  patchMerging: { kernel: 'reduction.weight', gamma: 'norm.weight', beta: 'norm.bias' },
}

/** Names that differ for particular kinds. */
const kindSpecificNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  lstm: recurrent,
  gru: recurrent,
  ...swin,
  separableConv1d: { bias: 'pointwise.bias' },
  separableConv2d: { bias: 'pointwise.bias' },
}

/** PyTorch's name of a weight within its layer. A weight of a custom kind keeps its name. */
export const torchName = (kind: string, weight: string): string => kindSpecificNames[kind]?.[weight] ?? fieldNames[weight] ?? weight

/** The tensors of a node, in the order of its weights. */
export const weightsOfNode = (node: GraphNode): WeightSpec[] =>
  node.weights.map(({ name, shape, trainable }) => ({
    name: `${node.name}.${torchName(node.kind, name)}`,
    shape: torchShape(name, shape),
    node: node.name,
    weight: name,
    trainable,
  }))

/** The tensors of a network, in the order of its nodes. */
export const weightSpecs = (graph: Graph): WeightSpec[] => graph.nodes.flatMap(weightsOfNode)
