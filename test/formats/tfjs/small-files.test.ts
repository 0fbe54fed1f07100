import { describe, expect, test } from 'vitest'
import { fromTfjs } from '../../../src/formats/tfjs/index.js'
import { FormatError } from '../../../src/network/format-error.js'
import { steps } from '../../support/steps.js'
import { GraphModel } from '../../support/tfjs/graph-model.js'

/** Small files that would take much: they are refused with a sentence, or read at once. */

const read = ({ json, data }: { readonly json: unknown; readonly data: Uint8Array }): string => {
  try {
    return `${fromTfjs(json, data).network}`
  } catch (error) {
    if (error instanceof FormatError) return error.message
    throw error
  }
}

/** Operators each on the one before. */
const chain = (count: number, first: string, add: (before: string, at: number) => string): string => {
  let last = first
  for (let at = 0; at < count; at += 1) last = add(last, at)
  return last
}

describe('a small file', () => {
  test('with thousands of biases on each other', () => {
    const model = new GraphModel()
    const [x, bias] = [model.input('x', [8]), model.weights('b', [8])]
    chain(20_000, x, (before, at) => model.op(`a${at}`, 'BiasAdd', [before, bias]))
    expect(read(model)).toMatch(/^Network<\[8\] & \{ shared: \{ a\d+: \{ input: \[8\]; layer: number; params: 8 \} \} \}, \[8\], \d+>$/)
  })

  test('that turns its numbers again and again', () => {
    const model = new GraphModel()
    const [x, kernel, order] = [model.input('x', [256]), model.weights('k', [256, 256]), model.wholes('p', [1, 0])]
    model.op('y', 'MatMul', [x, chain(2_000, kernel, (before, at) => model.op(`t${at}`, 'Transpose', [before, order]))])
    expect(read(model)).toBe('tfjs: t17: Transpose: turns more numbers than the file has, which no layer needs.')
  })

  test('with the same numbers in thousands of layers', () => {
    const model = new GraphModel()
    const [x, kernel] = [model.input('x', [64, 64, 64]), model.weights('k', [1, 1, 64, 64])]
    // No two of them have the same settings, so none is shared.
    chain(4_000, x, (before, at) => {
      const pads = [0, 0, at % 64, Math.floor(at / 64), 0, 0, 0, 0]
      const wide = model.op(`c${at}`, 'Conv2D', [before, kernel], { strides: [1, 1, 1, 1], padding: 'EXPLICIT', explicit_paddings: pads })
      const cut = [model.wholes(`b${at}`, [0, 0, 0, 0]), model.wholes(`s${at}`, [-1, 64, 64, 64])]
      return model.op(`l${at}`, 'Slice', [wide, ...cut])
    })
    expect(read(model)).toMatch(/^tfjs: [\w.]+: is one of many layers with the same numbers: the file has far fewer\.$/)
  })

  test('with an operator that takes more than any network', () => {
    const model = new GraphModel()
    model.op('y', 'AddN', Array(60_000).fill(model.input('x', [4])))
    const most = 'at most 50000 values for one operator and 400000 for all are read.'
    expect(read(model)).toBe(`tfjs: y: AddN: takes more than any network: ${most}`)
    const some = new GraphModel()
    chain(500, some.input('x', [4]), (before, at) => some.op(`a${at}`, 'AddN', Array(1_000).fill(before)))
    expect(read(some)).toBe(`tfjs: a400: AddN: takes more than any network: ${most}`)
  })

  const layersModel = (names: readonly string[]) => ({
    json: {
      format: 'layers-model',
      modelTopology: {
        class_name: 'Sequential',
        config: { layers: [{ class_name: 'Dense', config: { name: 'd', units: 2, batch_input_shape: [null, 2] } }] },
      },
      weightsManifest: [{ paths: ['a.bin'], weights: names.map((name) => ({ name, shape: [1], dtype: 'float32' })) }],
    },
    data: new Uint8Array(4 * names.length),
  })

  test('with thousands of weights in one model', () => {
    const of = (count: number) => {
      const file = layersModel(Array.from({ length: count }, (_, at) => `model/d${at}/kernel`))
      return () => void read(file)
    }
    expect(steps(of(8_000)) / steps(of(2_000))).toBeLessThan(6)
  })

  test('with names without end', () => expect(read(layersModel(['a/'.repeat(600)]))).toBe('tfjs: a weight has a name of 1200 letters.'))
})
