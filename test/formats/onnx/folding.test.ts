import * as ort from 'onnxruntime-web'
import { describe, expect, test } from 'vitest'
import { fromOnnx } from '../../../src/formats/onnx/index.js'
import type { OnnxAttribute, OnnxModel, OnnxTensor } from '../../../src/formats/onnx/model.js'
import { evaluators } from '../../../src/formats/onnx/read/folding/fold.js'
import type { Known } from '../../../src/formats/onnx/read/folding/known.js'
import { add, divide, isEqual, multiply, type Size, unknown } from '../../../src/formats/onnx/read/folding/size.js'
import { Reader } from '../../../src/formats/onnx/read/reader/reader.js'
import { encodeModel } from '../../../src/formats/onnx/wire/encode.js'
import { FormatError } from '../../../src/network/format-error.js'
import { beside } from '../../support/onnx/beside.js'
import { floats, int, ints, model, op, scalar, truth, valued, wholes } from '../../support/onnx/models.js'

/** What is computed before it is read: every operator on constants gives what ONNX Runtime computes of them. */

const truths = (name: string, ...values: number[]): OnnxTensor => ({ name, dims: [values.length], type: 9, raw: Uint8Array.from(values) })

const knownOf = ({ type, dims, raw = new Uint8Array(0) }: OnnxTensor): Known => {
  const own = raw.slice().buffer
  if (type === 1) return { type: 'float', dims, values: new Float32Array(own) }
  if (type === 9) return { type: 'truth', dims, values: [...raw] }
  return { type: 'whole', dims, values: [...new BigInt64Array(own)].map(Number) }
}

const typeOf: Readonly<Record<string, Known['type']>> = { float32: 'float', int64: 'whole', bool: 'truth' }

/** The result in ONNX Runtime. */
const computed = async ({ graph, ...of }: OnnxModel, type: number): Promise<Known> => {
  const outputs = [{ name: 'y', type, dims: undefined }]
  const bytes = encodeModel({ ...of, graph: { ...graph, inputs: [], outputs } })
  const session = await ort.InferenceSession.create(bytes, { logSeverityLevel: 3 })
  const { y } = (await session.run({})) as { y: ort.Tensor }
  await session.release()
  return { type: typeOf[y.type] as Known['type'], dims: y.dims, values: Array.from(y.data as ArrayLike<number>, Number) }
}

const [a, b] = [valued('a', [1.5, -2.25, 3, 0.5, 2, 7], [2, 3]), valued('b', [2, -0.5, 4])]
const [m, n] = [wholes('m', [7, -7, 8, 3, 5, 12], [2, 3]), wholes('n', [2, 3, -4])]

type Case = readonly [line: string, tensors: readonly OnnxTensor[], attributes?: Readonly<Record<string, OnnxAttribute>>]

const cases: readonly Case[] = [
  ...['Add', 'Sub', 'Mul', 'Div', 'Max', 'Min', 'Sum'].map((name): Case => [`${name} a b -> y`, [a, b]]),
  ...['Add', 'Sub', 'Mul', 'Div', 'Max', 'Min', 'Mod'].map((name): Case => [`${name} m n -> y`, [m, n]]),
  ...['Abs', 'Ceil', 'Cos', 'Exp', 'Floor', 'Neg', 'Reciprocal', 'Round', 'Sign', 'Sin'].map((name): Case => [`${name} a -> y`, [a]]),
  ...['Log', 'Sqrt'].map((name): Case => [`${name} c -> y`, [valued('c', [0.5, 2, 9])]]),
  ...['Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual'].map((name): Case => [`${name} m n -> y`, [m, wholes('n', [7, 5, 8])]]),
  ...['And', 'Or'].map((name): Case => [`${name} s t -> y`, [truths('s', 0, 0, 1, 1), truths('t', 0, 1, 0, 1)]]),
  ['Mod m n -> y', [m, n], { fmod: int(1) }],
  ['Pow c b -> y', [valued('c', [0.5, 2, 9]), b]],
  ['Not s -> y', [truths('s', 0, 1)]],
  ['Where s m n -> y', [truths('s', 0, 1, 0), m, n]],
  ['Unsqueeze m i -> y', [m, wholes('i', [0, -1])]],
  ['Squeeze a i -> y', [valued('a', [1, 2, 3], [1, 3, 1]), wholes('i', [-1])]],
  ['Squeeze a -> y', [valued('a', [1, 2, 3], [1, 3, 1])]],
  ['Reshape m i -> y', [m, wholes('i', [-1, 2])]],
  ['Reshape m i -> y', [m, wholes('i', [0, 3, 1])]],
  ['Flatten m -> y', [wholes('m', [1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2])], { axis: int(2) }],
  ['Transpose a -> y', [a], { perm: ints(1, 0) }],
  ['Transpose m -> y', [wholes('m', [1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2])], { perm: ints(2, 0, 1) }],
  ['Transpose m -> y', [m]],
  ['Gather m i -> y', [m, wholes('i', [0, -1, 1, 1], [2, 2])], { axis: int(1) }],
  ['Gather m i -> y', [m, wholes('i', [1], [])]],
  ['Slice m s e x p -> y', [m, wholes('s', [-1]), wholes('e', [-9]), wholes('x', [1]), wholes('p', [-1])]],
  ['Slice m s e x p -> y', [m, wholes('s', [2, 1]), wholes('e', [-100, 9]), wholes('x', [1, 0]), wholes('p', [-2, 1])]],
  ['Slice m s e -> y', [m, wholes('s', [1, -2]), wholes('e', [99, 99])]],
  ['ScatterND m i u -> y', [m, wholes('i', [1, -2], [2, 1]), wholes('u', [9, 8, 7, 6, 5, 4], [2, 3])]],
  ['ScatterND a i u -> y', [a, wholes('i', [1, -1, 0, 1], [2, 2]), valued('u', [9, -8])]],
  ['Concat m n -> y', [m, wholes('n', [1, 2], [2, 1])], { axis: int(1) }],
  ['Concat m n -> y', [m, wholes('n', [1, 2, 3], [1, 3])], { axis: int(-2) }],
  ['Cast m -> y', [m], { to: int(1) }],
  ['Cast a -> y', [a], { to: int(7) }],
  ['Cast m -> y', [wholes('m', [0, -3, 1])], { to: int(9) }],
  ['Range s e p -> y', [wholes('s', [7], []), wholes('e', [-2], []), wholes('p', [-3], [])]],
  ['Range s e p -> y', [scalar('s', 0), scalar('e', 1), scalar('p', 0.25)]],
  ['Expand n i -> y', [n, wholes('i', [2, 1, 1])]],
  ['Tile m i -> y', [m, wholes('i', [2, 3])]],
  ['ReduceProd n -> y', [n], { keepdims: int(0) }],
  ['ReduceSum m -> y', [m]],
  ['ReduceSum m i -> y', [m, wholes('i', [0, 1])], { keepdims: int(0) }],
  ['Size m -> y', [m]],
  ['Shape m -> y', [m], { start: int(-1) }],
  ['Identity m -> y', [m]],
  ['Dropout a -> y', [a]],
]

describe('operators on constants', () => {
  test.each(cases.map((each) => [each[0], each] as const))('%s', async (_, [line, tensors, attributes = {}]) => {
    const node = op(line, attributes)
    const of = model([1], [node], tensors, 17)
    const inputs = tensors.map(knownOf)
    const step = { read: new Reader(of, () => undefined), node, inputs, opset: 17, batch: undefined, spend: () => {} }
    const found = evaluators[node.operator]?.(step)
    const wanted = await computed(of, { float: 1, whole: 7, truth: 9 }[found?.type ?? 'float'])
    expect({ type: found?.type, dims: found?.dims }).toEqual({ type: wanted.type, dims: wanted.dims })
    const values = Array.from(found?.values as ArrayLike<number>, (value) => (wanted.type === 'float' ? Math.fround(value) : value))
    for (const [at, value] of values.entries()) expect(value).toBeCloseTo(wanted.values[at] as number, 5)
    expect(values.length).toBe(wanted.values.length)
  })

  test('are all of those that are computed', () => {
    const tested = new Set(cases.map(([line]) => line.split(' ')[0]))
    expect(Object.keys(evaluators).filter((name) => !tested.has(name))).toEqual([])
  })
})

describe('sizes that depend on the batch', () => {
  const N = undefined
  test('are multiples of it', () => {
    expect([add(N, N), add(N, 0), multiply(3, N), multiply(multiply(3, N) as Size, 2)]).toEqual([
      { times: 2 },
      N,
      { times: 3 },
      { times: 6 },
    ])
    expect([divide({ times: 6 }, 3, true), divide({ times: 6 }, N, true), multiply(0, N)]).toEqual([{ times: 2 }, 6, 0])
  })

  test('are not guessed', () => {
    expect([add(N, 1), multiply(N, N), divide(N, 2, true), divide(3, N, true), isEqual(N, 1, undefined)]).toEqual(Array(5).fill(unknown))
    expect([isEqual(N, -1, undefined), isEqual(N, N, undefined), isEqual(N, 1, 1), isEqual({ times: 2 }, 4, 2)]).toEqual([
      false,
      true,
      true,
      true,
    ])
  })
})

const branch = (name: string, line: string) => ({
  graph: {
    name,
    nodes: [op(line)],
    initializers: [],
    inputs: [],
    outputs: [{ name: line.split(' ').at(-1) as string, type: 1, dims: undefined }],
    values: [],
  },
})

const image = [4, 6, 8]

/** Models as exporters write them: shapes are computed from others. */
const models: Readonly<Record<string, OnnxModel>> = {
  'a pad as PyTorch computes it': model(
    image,
    [
      op('ConstantOfShape four -> zeros', { value: { tensor: wholes('', [0]) } }),
      op('Concat given zeros -> eight', { axis: int(0) }),
      op('Reshape eight pairs -> table'),
      op('Slice table from to first back -> turned'),
      op('Transpose turned -> columns', { perm: ints(1, 0) }),
      op('Reshape columns all -> list'),
      op('Cast list -> pads', { to: int(7) }),
      op('Pad x pads -> y'),
    ],
    [
      ...[wholes('four', [4]), wholes('given', [1, 2, 3, 0]), wholes('pairs', [-1, 2]), wholes('from', [-1]), wholes('first', [0])],
      ...[wholes('to', [-(2 ** 62)]), wholes('back', [-1]), wholes('all', [-1])],
    ],
  ),
  'a size in pixels': model(
    image,
    [
      op('Shape x -> shape'),
      op('Slice shape zero two -> kept'),
      op('Concat kept size -> sizes', { axis: int(0) }),
      op('Resize x _ _ sizes -> y', { coordinate_transformation_mode: { text: 'asymmetric' }, nearest_mode: { text: 'floor' } }),
    ],
    [wholes('zero', [0]), wholes('two', [2]), wholes('size', [12, 16])],
  ),
  'a branch of a choice that is known': model(
    image,
    [
      op('Equal one other -> same'),
      { ...op('If same -> y'), attributes: { then_branch: branch('a', 'Relu x -> r'), else_branch: branch('b', 'Tanh x -> t') } },
    ],
    [wholes('one', [1]), wholes('other', [2])],
  ),
  'a state of zeros for each example': model(
    [5, 3],
    [
      op('Shape x -> shape'),
      op('Gather shape zero -> batch'),
      op('Unsqueeze batch first -> n'),
      op('Concat one n units -> dims', { axis: int(0) }),
      op('ConstantOfShape dims -> state'),
      op('Transpose x -> steps', { perm: ints(1, 0, 2) }),
      op('LSTM steps w r b _ state state -> all last memory', { hidden_size: int(4) }),
      op('Squeeze last first -> y'),
    ],
    [
      ...[wholes('zero', [0], []), wholes('first', [0]), wholes('one', [1]), wholes('units', [4])],
      ...[floats('w', 1, 16, 3), floats('r', 1, 16, 4), floats('b', 1, 32)],
    ],
  ),
}

test.each(Object.entries(models))('%s is read', async (_, of) => {
  const outcome = await beside(of)
  expect(outcome).toMatchObject({ is: 'read' })
  expect(outcome.is === 'read' && outcome.difference).toBeLessThan(1e-6)
})

describe('weights that are one number', () => {
  const dense = (units: number): OnnxModel =>
    model(
      [4],
      [op('ConstantOfShape dims -> w', { value: { tensor: valued('', [0.25]) } }), op('Gemm x w -> y', { transB: int(1) })],
      [wholes('dims', [units, 4])],
    )

  test('are counted and made', () => {
    const { network, weights } = fromOnnx(encodeModel(dense(2000)))
    expect(network.params).toBe(8000)
    const [data] = [...weights.values()].map((tensor) => tensor.data)
    expect([data?.length, data?.[0], data?.at(-1)]).toEqual([8000, 0.25, 0.25])
  })

  test('are not made where they are more than a small file should ask for', () => {
    const { network, weights } = fromOnnx(encodeModel(dense(2 ** 28)))
    expect(network.params).toBe(2 ** 30)
    expect(weights.size).toBe(0)
  })
})

describe('refused', () => {
  const refusal = (of: OnnxModel): string => {
    try {
      fromOnnx(encodeModel(of))
    } catch (error) {
      if (error instanceof FormatError) return error.message
      throw error
    }
    return 'read'
  }

  test('a choice by the batch', () => {
    const of = model(
      image,
      [
        op('Shape x -> shape'),
        op('Gather shape zero -> n'),
        op('Equal n one -> same'),
        { ...op('If same -> y'), attributes: { then_branch: branch('a', 'Relu x -> r'), else_branch: branch('b', 'Tanh x -> t') } },
      ],
      [wholes('zero', [0]), wholes('one', [1])],
    )
    expect(refusal(of)).toMatch(/^onnx: Equal 'same': /)
  })

  test('graphs in each other without end', () => {
    let nodes = [op('Relu x -> y')]
    for (let depth = 0; depth < 60; depth += 1) {
      const inner = { ...branch('a', 'Relu x -> y').graph, nodes }
      nodes = [{ ...op('If c -> y'), attributes: { then_branch: { graph: inner } } }]
    }
    expect(refusal(model(image, nodes, [truth('c', true)]))).toMatch(/has graphs in each other more than/)
  })

  test('a list that is repeated beyond measure', () => {
    const of = model(image, [op('Tile a times -> b'), op('Reshape x b -> y')], [wholes('a', [1, 2]), wholes('times', [2 ** 40])])
    expect(refusal(of)).not.toBe('read')
    const grown = model(
      image,
      [
        op('Concat a a -> l0', { axis: int(0) }),
        ...Array.from({ length: 40 }, (_, at) => op(`Concat l${at} l${at} -> l${at + 1}`, { axis: int(0) })),
      ],
      [wholes('a', Array(1000).fill(1))],
    )
    expect(refusal(grown)).toMatch(/computes more values than the file has/)
  })
})

describe('shapes that a small file can say', () => {
  const step = (line: string, tensors: readonly OnnxTensor[], attributes: Readonly<Record<string, OnnxAttribute>>) => {
    const node = op(line, attributes)
    const of = model([1], [node], tensors, 11)
    const inputs = tensors.map(knownOf)
    return evaluators[node.operator]?.({
      read: new Reader(of, () => undefined),
      node,
      inputs,
      opset: 11,
      batch: undefined,
      spend: () => {},
    })
  }

  test('nothing in any number of rows is nothing', () => {
    const nothing = (name: string): OnnxTensor => ({ name, dims: [2 ** 40, 0], type: 7, raw: new Uint8Array(0) })
    expect(step('Concat a b -> y', [nothing('a'), nothing('b')], { axis: int(1) })).toEqual({
      type: 'whole',
      dims: [2 ** 40, 0],
      values: [],
    })
  })

  test('more axes than any value has are not computed', () =>
    expect(step('Unsqueeze a -> y', [wholes('a', [1])], { axes: ints(...Array(60).keys()) })).toBeUndefined())
})
