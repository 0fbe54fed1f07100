import { describe, expect, test } from 'vitest'
import { type FromOnnxOptions, fromOnnx, toOnnx } from '../../../src/formats/onnx/index.js'
import type { OnnxModel, OnnxNode, OnnxTensor } from '../../../src/formats/onnx/model.js'
import { encodeModel } from '../../../src/formats/onnx/wire/encode.js'
import { onnxModel } from '../../../src/formats/onnx/write/write.js'
import { input } from '../../../src/index.js'
import { turned } from '../../support/onnx/beside.js'
import { floats, int, ints, model, op } from '../../support/onnx/models.js'
import { numbers, runModel } from '../../support/onnx.js'

/** Sizes that a file leaves open: the user says them, channels last. */

type Dims = readonly (number | string)[] | undefined

/** A model whose inputs have these dimensions. */
const withInputs = (inputs: Readonly<Record<string, Dims>>, nodes: readonly OnnxNode[], tensors: readonly OnnxTensor[]): OnnxModel => {
  const made = model([], nodes, tensors)
  return { ...made, graph: { ...made.graph, inputs: Object.entries(inputs).map(([name, dims]) => ({ name, type: 1, dims })) } }
}

const convolution = (dims: Dims): OnnxModel =>
  withInputs({ data: dims }, [op('Conv data w -> y', { pads: ints(1, 1, 1, 1), strides: ints(2, 2) })], [floats('w', 4, 3, 3, 3)])

/** A layer normalization's tokens: an input that is no image. */
const words = (dims: Dims): OnnxModel =>
  withInputs({ data: dims }, [op('LayerNormalization data s b -> y', { axis: int(-1) })], [floats('s', 8), floats('b', 8)])

const pair = (left: Dims, right: Dims): OnnxModel =>
  withInputs(
    { left, right },
    [op('Conv left w -> one'), op('Conv right v -> other'), op('Add one other -> y')],
    [floats('w', 4, 3, 1, 1), floats('v', 4, 3, 1, 1)],
  )

const read = (of: OnnxModel, given?: FromOnnxOptions['input']) => fromOnnx(encodeModel(of), given ? { input: given } : {})

describe('sizes that a file leaves open', () => {
  test.each<[string, OnnxModel, FromOnnxOptions['input'], unknown]>([
    ['by names', convolution(['batch', 3, 'height', 'width']), [32, 48, 3], [16, 24, 4]],
    ['without names', convolution(['', 3, '', '']), [32, 48, 3], [16, 24, 4]],
    ['as Paddle names them', convolution(['DynamicDimension.0', 3, 'DynamicDimension.1', 'DynamicDimension.2']), [32, 48, 3], [16, 24, 4]],
    ['as -1', convolution([-1, 3, -1, -1]), [32, 48, 3], [16, 24, 4]],
    ['as 0', convolution([0, 3, 0, 0]), [32, 48, 3], [16, 24, 4]],
    ['the channels too', convolution(['N', 'C', 'H', 'W']), [32, 48, 3], [16, 24, 4]],
    ['the whole shape', convolution(undefined), [32, 48, 3], [16, 24, 4]],
    ['by the name of the input', convolution(['N', 3, 'H', 'W']), { data: [32, 48, 3] }, [16, 24, 4]],
    ['one that is known already', convolution(['N', 3, 32, 48]), [32, 48, 3], [16, 24, 4]],
    ['of tokens', words(['batch', 'sequence', 8]), [20, 8], [20, 8]],
    ['of tokens, the whole shape', words(undefined), [20, 8], [20, 8]],
    [
      'of two inputs',
      pair(['N', 3, 'H', 'W'], ['N', 3, 'H', 'W']),
      { left: [32, 48, 3], right: [32, 48, 3] },
      { left: [32, 48, 3], right: [32, 48, 3] },
    ],
    [
      'of one name, said once',
      pair(['N', 3, 'H', 'W'], ['N', 3, 'H', 'W']),
      { left: [32, 48, 3] },
      { left: [32, 48, 3], right: [32, 48, 3] },
    ],
  ])('%s', (_, of, given, shape) => {
    const { network } = read(of, given)
    expect(network.graph.inputs.length > 1 ? network.input : network.output).toEqual(shape)
  })

  test('give the numbers of the file', async () => {
    const of = convolution(['N', 3, 'H', 'W'])
    const { network, weights } = read(of, [7, 9, 3])
    const again = onnxModel(network, { weights })
    const x = numbers(2 * 3 * 7 * 9)
    const closed = convolution([2, 3, 7, 9])
    const wanted = (await runModel(encodeModel(closed), closed, 2, x))['y']?.data as Float32Array
    const found = (await runModel(encodeModel(again), again, 2, turned(x, [3, 7, 9], true)))[again.graph.outputs[0]?.name as string]
    const own = turned(Float32Array.from(found?.data as Float32Array), [4, 5, 4], false)
    for (const [at, value] of own.entries()) expect(value).toBeCloseTo(wanted[at] as number, 4)
  })

  test.each<[string, OnnxModel, FromOnnxOptions['input'], string]>([
    [
      'with names',
      convolution(['batch', 3, 'height', 'width']),
      undefined,
      "the file leaves sizes of its input open: ?x?x3, for 'height' and 'width'. Set them with the option input, such as [224, 224, 3] (--input 224,224,3).",
    ],
    [
      'without names',
      convolution([-1, 3, -1, 32]),
      undefined,
      'the file leaves sizes of its input open: ?x32x3. Set them with the option input, such as [224, 32, 3] (--input 224,32,3).',
    ],
    [
      'of two inputs',
      pair(['N', 3, 'H', 'W'], ['N', 3, 8, 8]),
      undefined,
      "the file leaves sizes open, those of 'left' (?x?x3, for 'H' and 'W'). Set them with the option input, such as { left: [224, 224, 3] } (--input left=224,224,3).",
    ],
    [
      'without a shape',
      convolution(undefined),
      undefined,
      'the file does not say the shape of its input. Set them with the option input, such as [224, 224, 3] (--input 224,224,3).',
    ],
    [
      'channels first',
      convolution(['N', 3, 'H', 'W']),
      [3, 32, 48],
      'data: input is 3x32x48, and the file has ?x?x3 there. Sizes are those of one sample, channels last: 32,48,3.',
    ],
    [
      'with the batch',
      convolution(['N', 3, 'H', 'W']),
      [1, 3, 32, 48],
      'data: input is 1x3x32x48, and the file has ?x?x3 there. Sizes are those of one sample, channels last: 32,48,3.',
    ],
    [
      'another than the file has',
      convolution(['N', 3, 224, 224]),
      [32, 32, 3],
      'data: input is 32x32x3, and the file has 224x224x3 there.',
    ],
    ['of no input', convolution(['N', 3, 'H', 'W']), { image: [32, 48, 3] }, "there is no input 'image'. The input is 'data'."],
  ])('are asked for: %s', (_, of, given, message) => {
    expect(() => read(of, given)).toThrow(`onnx: ${message}`)
  })

  test('a file of this package is checked too', () => {
    const bytes = toOnnx(input(8, 8, 3).conv2d(4, 3))
    expect(fromOnnx(bytes, { input: [8, 8, 3] }).network.output).toEqual([6, 6, 4])
    expect(() => fromOnnx(bytes, { input: [9, 9, 3] })).toThrow('onnx: input: input is 9x9x3, and the file has 8x8x3 there.')
  })
})
