import { describe, expect, test } from 'vitest'
import { fromOnnx } from '../../src/formats/onnx/index.js'
import { readOperators } from '../../src/formats/onnx/read/read.js'
import { decodeModel } from '../../src/formats/onnx/wire/decode.js'
import { encodeModel } from '../../src/formats/onnx/wire/encode.js'
import { onnxModel } from '../../src/formats/onnx/write/write.js'
import { readSafetensors } from '../../src/formats/safetensors/index.js'
import { valuesIn } from '../../src/layers/kind/layer.js'
import { FormatError } from '../../src/network/format-error.js'
import { checkWeights } from '../../src/weights/check.js'
import { Random } from '../../src/weights/random.js'
import { adaptive, damagedBytes, image, onnxFiles, safetensorsFile } from '../support/damaged-bytes.js'
import { casesOf, inProportion } from '../support/effort.js'
import { seed } from '../support/seed.js'

/**
 * Files that are damaged, truncated, too long, or hostile. A reader either throws one clear error or returns what the file really says,
 * and uses no more memory than the size of the file.
 */

const outcome = <Result>(read: () => Result): Result | undefined => {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    expect(error.message).toMatch(/^(onnx|safetensors): .+/s)
    return undefined
  }
}

/** What is read has to be what the operators of the file say, whatever it says of itself, and its weights have to be there and fit. */
const expectTrue = (bytes: Uint8Array, { network, weights }: ReturnType<typeof fromOnnx>) => {
  const model = decodeModel(bytes)
  checkWeights(network, weights)
  const [output] = model.graph.outputs
  expect(valuesIn(network.output)).toBe(valuesIn((output?.dims ?? []).slice(1).map((size) => (typeof size === 'number' ? size : 1))))
  const again = outcome(() => readOperators(model, () => undefined))
  if (again) expect([again.network.params, again.network.output]).toEqual([network.params, network.output])
}

describe('damaged files', () => {
  test('of ONNX', () => {
    const cases = casesOf('ONNX: damaged files')
    const random = new Random(seed, 'onnx')
    let read = 0
    for (let count = 0; count < cases; count += 1) {
      let bytes = onnxFiles[count % onnxFiles.length] as Uint8Array
      for (let times = count % 3; times >= 0; times -= 1) bytes = damagedBytes(bytes, random)
      const result = outcome(() => fromOnnx(bytes))
      if (!result) continue
      read += 1
      expectTrue(bytes, result)
    }
    // Most damage to weights alone changes nothing that can be seen.
    expect(read).toBeGreaterThan(inProportion('ONNX: damaged files', 200))
    expect(read).toBeLessThan(inProportion('ONNX: damaged files', 2500))
  })

  test('of safetensors', () => {
    const cases = casesOf('safetensors: damaged files')
    const random = new Random(seed, 'safetensors')
    let read = 0
    for (let count = 0; count < cases; count += 1) {
      const bytes = damagedBytes(safetensorsFile, random)
      const result = outcome(() => readSafetensors(bytes))
      if (!result) continue
      read += 1
      for (const { shape, data } of result.values()) expect(data.length).toBe(valuesIn(shape))
      expect([...result.values()].reduce((sum, { data }) => sum + 4 * data.length, 0)).toBeLessThanOrEqual(bytes.length)
    }
    expect(read).toBeGreaterThan(inProportion('safetensors: damaged files', 50))
  })
})

describe('hostile files', () => {
  const model = onnxModel(image)
  const withGraph = (change: object): Uint8Array => encodeModel({ ...model, metadata: {}, graph: { ...model.graph, ...change } })

  test.each<[string, () => Uint8Array, string]>([
    ['an input beyond all numbers', () => withGraph({ inputs: [{ name: 'input', type: 1, dims: ['N', 2 ** 50, 2 ** 50, 3] }] }), 'onnx: '],
    [
      'a tensor of a petabyte',
      () => withGraph({ initializers: [{ name: 'conv2d_1.weight', dims: [2 ** 20, 2 ** 30], type: 1, raw: new Uint8Array(4) }] }),
      'has 4503599627370496 bytes, and there are 4.',
    ],
    [
      'a hundred thousand operators',
      () =>
        withGraph({
          nodes: Array.from({ length: 100_000 }, (_, at) => ({
            name: '',
            operator: 'Relu',
            domain: '',
            inputs: [at === 0 ? 'input' : `${at}`],
            outputs: [`${at + 1}`],
            attributes: {},
          })),
        }),
      'has 100000 operators: more than 50000 are not read.',
    ],
    ['no inputs', () => withGraph({ inputs: [] }), 'onnx: has no input.'],
    ['no outputs', () => withGraph({ outputs: [] }), 'onnx: has no output.'],
    [
      'an output of nothing',
      () => withGraph({ outputs: [{ name: 'nothing', type: 1, dims: undefined }] }),
      "takes 'nothing', which nothing before it gives.",
    ],
    [
      'two of a name',
      () => withGraph({ initializers: [...model.graph.initializers, ...model.graph.initializers] }),
      'stands in the file twice.',
    ],
    [
      'another shape than it says',
      () => withGraph({ outputs: [{ name: 'softmax_1', type: 1, dims: ['N', 6] }] }),
      'gives [N, 5], and the file says [N, 6].',
    ],
    [
      'messages in themselves',
      () => Uint8Array.from([0x3a, 0xff, 0xff, 0xff, 0xff, 0x7f, ...new Uint8Array(8).fill(0x3a)]),
      'onnx: byte 6: is cut off: 34359738367 bytes should follow, and there are 8.',
    ],
    ['a group', () => Uint8Array.from([0x0b, 0x0c]), 'onnx: byte 1: '],
  ])('%s', (_, bytes, sentence) => {
    expect(() => fromOnnx(bytes())).toThrow(FormatError)
    expect(() => fromOnnx(bytes())).toThrow(sentence)
  })

  test.each<[string, (plan: { nodes: { kind: string; settings: Record<string, unknown> }[] }) => void]>([
    ['an adaptive pool of a billion parts', ({ nodes }) => Object.assign(nodes.at(1)?.settings as object, { size: 1e9 })],
    ['a normalization of nothing', ({ nodes }) => Object.assign(nodes.at(2)?.settings as object, { epsilon: null })],
    ['nodes that are none', ({ nodes }) => nodes.push(null as never)],
    ['lists in lists', ({ nodes }) => Object.assign(nodes.at(1)?.settings as object, { size: 'deep' })],
  ])('%s in what it says of itself', (_, change) => {
    const written = onnxModel(adaptive)
    const plan = JSON.parse(written.metadata['stridewise.graph'] as string)
    change(plan)
    const bytes = encodeModel({
      ...written,
      metadata: { 'stridewise.graph': JSON.stringify(plan).replace('"deep"', '['.repeat(5000) + ']'.repeat(5000)) },
    })
    // The operators are read then, in which each of the adaptive parts is a cut and the average of it.
    const { network } = fromOnnx(bytes)
    expect(network.graph.nodes.filter(({ kind }) => kind === 'crop').length).toBe(4 + 3)
    expect([network.input, network.output, network.params]).toEqual([adaptive.input, adaptive.output, adaptive.params])
  })
})
