import { describe, expect, test } from 'vitest'
import { fromOnnx } from '../../../src/formats/onnx/index.js'
import type { OnnxModel } from '../../../src/formats/onnx/model.js'
import { evaluators } from '../../../src/formats/onnx/read/folding/fold.js'
import { readers } from '../../../src/formats/onnx/read/read.js'
import { signatureOf } from '../../../src/formats/onnx/survey/signature.js'
import { survey } from '../../../src/formats/onnx/survey/survey.js'
import { decodeModel } from '../../../src/formats/onnx/wire/decode.js'
import { encodeModel } from '../../../src/formats/onnx/wire/encode.js'
import { onnxModel } from '../../../src/formats/onnx/write/write.js'
import { toTypeScript } from '../../../src/formats/typescript/index.js'
import { FormatError } from '../../../src/network/format-error.js'
import { casesOf } from '../../support/effort.js'
import { layerCases } from '../../support/layer-cases.js'
import { damaged } from '../../support/onnx/damage.js'
import { Draw } from '../../support/onnx/draw.js'
import { drawers } from '../../support/onnx/drawers.js'
import { seed } from '../../support/seed.js'

/**
 * Files that are whole as protobuf, and say what cannot be: a reader gives one sentence of its own, or a network that can be written again. Files that
 * are damaged in their bytes are in `test/formats/fuzz.test.ts`.
 */

const models = Object.entries(drawers)
const operators = [...new Set([...Object.keys(readers), ...Object.keys(evaluators), 'If']), 'Einsum', 'constructor', '']

const attempt = <Result>(run: () => Result): Result | undefined => {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    // A sentence that can be read: nothing of the program's insides, no line of kilobytes, and nothing that moves a terminal's cursor.
    expect(error.message).toMatch(/^(onnx|typescript|weights): ./s)
    // A number that the file holds may be none.
    expect(error.message).not.toMatch(
      /undefined|(?<!\b(?:not|is) )NaN|\[object|call stack|Cannot read|is not a function|Invalid (array|typed)/,
    )
    expect(error.message.length).toBeLessThan(1000)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may reach a terminal
    expect(error.message).not.toMatch(/[\0-\x1f\x7f-\x9f]/)
    return undefined
  }
}

const expectSound = (bytes: Uint8Array) => {
  const read = attempt(() => fromOnnx(bytes))
  attempt(() => signatureOf(decodeModel(bytes)))
  if (!read) {
    attempt(() => survey(decodeModel(bytes)))
    return false
  }
  const { network, weights } = read
  for (const [name, { shape, data }] of weights)
    expect([name, data.length]).toEqual([name, shape.reduce((product, size) => product * size, 1)])
  attempt(() => onnxModel(network, { weights: 'inputs' }))
  attempt(() => toTypeScript(network))
  return true
}

describe('files that say what cannot be', () => {
  test.each([
    [
      'of one operator',
      (number: number): OnnxModel => (models[number % models.length] as (typeof models)[number])[1](new Draw(seed, `damaged ${number}`)),
      casesOf('ONNX: damaged models of one operator'),
    ],
    [
      'of this package, with what they say of their network',
      (number: number): OnnxModel => onnxModel((layerCases[number % layerCases.length] as (typeof layerCases)[number]).network),
      casesOf('ONNX: damaged models of this package'),
    ],
    [
      'of this package, without',
      (number: number): OnnxModel => ({
        ...onnxModel((layerCases[number % layerCases.length] as (typeof layerCases)[number]).network),
        metadata: {},
      }),
      casesOf('ONNX: damaged models without what they say'),
    ],
  ])('%s', (name, make, draws) => {
    let count = 0
    for (let number = 0; number < draws; number += 1) {
      const draw = new Draw(seed, `damage ${name} ${number}`)
      const bytes = encodeModel(damaged(draw, make(number), operators))
      try {
        if (expectSound(bytes)) count += 1
      } catch (error) {
        throw new Error(`${name} ${number}: ${error}`, { cause: error })
      }
    }
    expect(count).toBeGreaterThan(draws / 20)
    expect(count).toBeLessThan(draws / 2)
  })
})
