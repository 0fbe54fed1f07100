import { describe, expect, test } from 'vitest'
import { fromTfjs } from '../../../src/formats/tfjs/index.js'
import { FormatError } from '../../../src/network/format-error.js'
import { GraphModel } from '../../support/tfjs/graph-model.js'

/** Small files that would take much: they are refused with a sentence, or read at once. */

const read = (model: GraphModel): string => {
  try {
    return `${fromTfjs(model.json, model.data).network}`
  } catch (error) {
    if (error instanceof FormatError) return error.message
    throw error
  }
}

/** Operators each on the one before. */
const chain = (model: GraphModel, count: number, first: string, add: (before: string, at: number) => string): string => {
  let last = first
  for (let at = 0; at < count; at += 1) last = add(last, at)
  return last
}

describe('a small file', () => {
  test('with thousands of biases on each other', () => {
    const model = new GraphModel()
    const [x, bias] = [model.input('x', [8]), model.weights('b', [8])]
    chain(model, 20_000, x, (before, at) => model.op(`a${at}`, 'BiasAdd', [before, bias]))
    expect(read(model)).toMatch(/^Network<\[8\], \[8\], \d+>$/)
  })

  test('that turns its numbers again and again', () => {
    const model = new GraphModel()
    const [x, kernel, order] = [model.input('x', [256]), model.weights('k', [256, 256]), model.wholes('p', [1, 0])]
    model.op('y', 'MatMul', [x, chain(model, 2_000, kernel, (before, at) => model.op(`t${at}`, 'Transpose', [before, order]))])
    expect(read(model)).toBe('tfjs: t17: Transpose: turns more numbers than the file has, which no layer needs.')
  })

  test('with the same numbers in thousands of layers', () => {
    const model = new GraphModel()
    const [x, kernel] = [model.input('x', [64, 64, 64]), model.weights('k', [1, 1, 64, 64])]
    // No two of them have the same settings, so none is shared.
    chain(model, 4_000, x, (before, at) => {
      const pads = [0, 0, at % 64, Math.floor(at / 64), 0, 0, 0, 0]
      const wide = model.op(`c${at}`, 'Conv2D', [before, kernel], { strides: [1, 1, 1, 1], padding: 'EXPLICIT', explicit_paddings: pads })
      const cut = [model.wholes(`b${at}`, [0, 0, 0, 0]), model.wholes(`s${at}`, [-1, 64, 64, 64])]
      return model.op(`l${at}`, 'Slice', [wide, ...cut])
    })
    expect(read(model)).toMatch(/^tfjs: [\w.]+: is one of many layers with the same numbers: the file has far fewer\.$/)
  })
})
