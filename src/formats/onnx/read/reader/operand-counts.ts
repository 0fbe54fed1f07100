import type { OnnxNode } from '../../model.js'
import type { Reader } from './reader.js'

/**
 * For each operator that is read, how many inputs and outputs are looked at. One more would be passed over, whatever it means: so it is refused.
 *
 * What of these no layer has is refused by its name, where the operator is read.
 */
export const operands: Readonly<Record<string, readonly [inputs: number, outputs: number]>> = {
  ...Object.fromEntries(
    [
      ...[
        'AveragePool',
        'Cast',
        'DepthToSpace',
        'SpaceToDepth',
        'Celu',
        'Elu',
        'Erf',
        'Flatten',
        'Gelu',
        'GlobalAveragePool',
        'GlobalMaxPool',
        'HardSigmoid',
      ],
      ...['HardSwish', 'Identity', 'LeakyRelu', 'LogSoftmax', 'LRN', 'Mish', 'Relu', 'Selu', 'Shape', 'Sigmoid', 'Softmax', 'Softplus'],
      ...['Tanh', 'Transpose'],
    ].map((operator) => [operator, [1, 1]]),
  ),
  ...Object.fromEntries(
    [
      ...[
        'Add',
        'Div',
        'Expand',
        'Gather',
        'MatMul',
        'Mul',
        'PRelu',
        'ReduceMax',
        'ReduceMean',
        'Reshape',
        'Squeeze',
        'Sub',
        'Unsqueeze',
        'Upsample',
      ],
    ].map((operator) => [operator, [2, 1]]),
  ),
  ...Object.fromEntries(
    [
      ...['Abs', 'Ceil', 'ConstantOfShape', 'Cos', 'Exp', 'Floor', 'If', 'Log', 'Neg', 'Not', 'Reciprocal', 'Round', 'Sign', 'Sin', 'Size'],
      'Sqrt',
    ].map((operator) => [operator, [1, operator === 'If' ? Number.POSITIVE_INFINITY : 1]]),
  ),
  ...Object.fromEntries(
    [...['And', 'Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual', 'Mod', 'Or', 'Pow', 'ReduceProd', 'ReduceSum', 'Tile']].map(
      (operator) => [operator, [2, 1]],
    ),
  ),
  Min: [Number.POSITIVE_INFINITY, 1],
  Range: [3, 1],
  Where: [3, 1],
  BatchNormalization: [5, 5],
  Clip: [3, 1],
  Concat: [Number.POSITIVE_INFINITY, 1],
  Constant: [0, 1],
  Conv: [3, 1],
  ConvTranspose: [3, 1],
  Dropout: [3, 2],
  Gemm: [3, 1],
  GRU: [6, 2],
  InstanceNormalization: [3, 1],
  LayerNormalization: [3, 3],
  LSTM: [8, 3],
  Max: [Number.POSITIVE_INFINITY, 1],
  MaxPool: [1, 2],
  Mean: [Number.POSITIVE_INFINITY, 1],
  Pad: [4, 1],
  Resize: [4, 1],
  ScatterND: [3, 1],
  Slice: [5, 1],
  SpaceToDepth: [1, 1],
  Split: [2, Number.POSITIVE_INFINITY],
  Sum: [Number.POSITIVE_INFINITY, 1],
}

/** Refuses an operator with inputs or outputs that are not looked at. */
export const requireOperands = (read: Reader, node: OnnxNode): void => {
  const known = node.domain === '' && Object.hasOwn(operands, node.operator) ? operands[node.operator] : undefined
  if (!known) return
  const [inputs, outputs] = known
  const isMore = (names: readonly string[], most: number): boolean => names.length > most && names.slice(most).some((name) => name !== '')
  if (isMore(node.inputs, inputs)) read.fail(node, `has ${node.inputs.length} inputs, and ${inputs} of it are known.`)
  if (isMore(node.outputs, outputs)) read.fail(node, `has ${node.outputs.length} outputs, and ${outputs} of it are known.`)
}
