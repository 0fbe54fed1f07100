import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { fromOnnx } from '../../../src/formats/onnx/index.js'
import { decodeModel } from '../../../src/formats/onnx/wire/decode.js'
import { toTypeScript } from '../../../src/formats/typescript/index.js'
import { expectGolden } from '../../support/golden.js'
import { beside } from '../../support/onnx/beside.js'

/**
 * Networks as people write them, exported by PyTorch: `exported/make.py` wrote the files, each with one example and with any number of them. What
 * is read of a file computes what it does, and is one layer where the file has many operators for one.
 */

const folder = new URL('exported/', import.meta.url)
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.onnx'))
  .sort()

describe('files of PyTorch', () => {
  const kinds = new Map<string, string>()

  test.each(files)('%s', async (name) => {
    const bytes = new Uint8Array(readFileSync(new URL(name, folder)))
    const outcome = await beside(decodeModel(bytes), bytes)
    expect(outcome).toMatchObject({ is: 'read' })
    if (outcome.is !== 'read') return
    expect(outcome.difference).toBeLessThan(1e-5)
    expect(toTypeScript(fromOnnx(bytes).network)).toMatch(/^import /)
    kinds.set(name.replace('.onnx', ''), outcome.kinds)
  })

  afterAll(() => kinds.clear())

  test('are these layers, with any number of examples too', () => {
    const lines = [...kinds].flatMap(([name, found]) => {
      if (name.endsWith('-any-batch')) return []
      const other = kinds.get(`${name}-any-batch`)
      return [`${name}: ${found}`, ...(other === found ? [] : [`  with any number of examples: ${other}`])]
    })
    expectGolden('onnx/exported.txt', `${lines.join('\n')}\n`)
  })
})
