import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  checkWeights,
  FormatError,
  initialize,
  readSafetensors,
  type Weights,
  writeSafetensors,
} from '../../../src/formats/safetensors/index.js'
import { safetensorsPieces } from '../../../src/formats/safetensors/write.js'
import { input } from '../../../src/index.js'
import { absent, ask } from '../../support/judge.js'

const network = input(12, 12, 3).conv2d(4, 3).batchNorm().relu().flatten().dense(5)

/** A file of a header, as an object or as text, and bytes behind it. */
const file = (header: unknown, body: Uint8Array = new Uint8Array(8), size?: number | bigint): Uint8Array => {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const bytes = new Uint8Array(8 + text.length + body.length)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(size ?? text.length), true)
  bytes.set(text, 8)
  bytes.set(body, 8 + text.length)
  return bytes
}

const tensor = (dtype: string, shape: unknown, ...offsets: unknown[]) => ({ dtype, shape, data_offsets: offsets })

describe('safetensors', () => {
  test('there and back', () => {
    const weights = initialize(network, { seed: 3 })
    const again = readSafetensors(writeSafetensors(weights, { by: 'stridewise' }))
    expect(new Map(again)).toEqual(new Map(weights))
    checkWeights(network, again)
  })

  test('in pieces: the header, and the tensors themselves, not copies', () => {
    const weights = initialize(network, { seed: 3 })
    const { length, pieces } = safetensorsPieces(weights)
    expect(Buffer.concat([...pieces]).equals(writeSafetensors(weights))).toBe(true)
    expect(pieces.reduce((sum, piece) => sum + piece.length, 0)).toBe(length)
    for (const [index, { data }] of [...weights.values()].entries()) expect(pieces[index + 1]?.buffer).toBe(data.buffer)
  })

  test('a file inside other bytes, at an odd place', () => {
    const bytes = writeSafetensors(initialize(network))
    const around = new Uint8Array(bytes.length + 3)
    around.set(bytes, 3)
    expect(readSafetensors(around.subarray(3)).size).toBe(8)
  })

  // The bit patterns of 1, -2, 65504 and 2^-24 in half precision, and of 1, -2 and 3.140625 as brain floats.
  test('half precision and brain floats, exactly', () => {
    const half = new Uint8Array(new Uint16Array([0x3c00, 0xc000, 0x7bff, 0x0001]).buffer)
    const brain = new Uint8Array(new Uint16Array([0x3f80, 0xc000, 0x4049, 0x7f80]).buffer)
    const bytes = file({ a: tensor('F16', [4], 0, 8), b: tensor('BF16', [2, 2], 8, 16) }, Uint8Array.from([...half, ...brain]))
    const found = readSafetensors(bytes)
    expect([...(found.get('a')?.data ?? [])]).toEqual([1, -2, 65504, 2 ** -24])
    expect([...(found.get('b')?.data ?? [])]).toEqual([1, -2, 3.140625, Number.POSITIVE_INFINITY])
  })

  test("PyTorch's counters are left out", () => {
    expect([...readSafetensors(file({ 'bn.num_batches_tracked': tensor('I64', [], 0, 8) })).keys()]).toEqual([])
  })

  test.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(0), 'safetensors: is cut off: it has 0 bytes'],
    ['a header beyond the file', file({}, new Uint8Array(8), 4000), 'is cut off: the header ends at byte 4008, and the file at byte 18.'],
    ['a header of a petabyte', file({}, new Uint8Array(8), 2n ** 50n), `the header says that it has ${2n ** 50n} bytes`],
    ['no JSON', file('{"a": '), 'the header is not valid JSON'],
    ['a list', file('[]'), 'the header is no object.'],
    ['no entry', file({ a: 3 }), 'safetensors: a: its entry is no object.'],
    ['an unknown type', file({ a: tensor('F31', [2], 0, 8) }), 'safetensors: a: there is no dtype "F31".'],
    ['a type from Object', file({ a: tensor('toString', [2], 0, 8) }), 'safetensors: a: there is no dtype "toString".'],
    ['whole numbers', file({ a: tensor('I32', [2], 0, 8) }), 'safetensors: a: is I32: only F32, F16 and BF16 can be read.'],
    ['a negative size', file({ a: tensor('F32', [-2], 0, 8) }), 'safetensors: a: shape must be a list of sizes, not [-2].'],
    ['another size', file({ a: tensor('F32', [3], 0, 8) }), 'safetensors: a: [3] of F32 has 12 bytes, and its place 8.'],
    ['a size beyond all', file({ a: tensor('F32', [2 ** 40, 2 ** 40], 0, 8) }), 'and its place 8.'],
    ['turned offsets', file({ a: tensor('F32', [2], 8, 0) }), 'safetensors: a: data_offsets must be two bytes'],
    [
      'an overlap',
      file({ a: tensor('F32', [2], 0, 8), b: tensor('F32', [1], 4, 8) }),
      'safetensors: b: overlaps the tensor before it, at byte 4.',
    ],
    ['a hole', file({ a: tensor('F32', [1], 4, 8) }), 'safetensors: a: leaves a hole before it, from byte 0.'],
    ['bytes at the end', file({ a: tensor('F32', [1], 0, 4) }), 'the tensors end at byte'],
    ['bytes that are missing', file({ a: tensor('F32', [4], 0, 16) }), 'the tensors end at byte'],
    ['no bytes', 'bytes' as never, 'needs the bytes of a file, a Uint8Array, not "bytes".'],
  ])('%s', (_, bytes, sentence) => {
    expect(() => readSafetensors(bytes)).toThrow(FormatError)
    expect(() => readSafetensors(bytes)).toThrow(sentence)
  })

  test('what cannot be written', () => {
    const short = new Map([['a', { shape: [3], dtype: 'F32', data: new Float32Array(2) }]]) as Weights
    expect(() => writeSafetensors(short)).toThrow('safetensors: a: needs a Float32Array of 3 values for [3].')
    expect(() => writeSafetensors({} as never)).toThrow('needs a Map of tensors, not {}.')
    const kept = new Map([['__metadata__', { shape: [], dtype: 'F32', data: new Float32Array(1) }]]) as Weights
    expect(() => writeSafetensors(kept)).toThrow('is a name that the format keeps for itself.')
  })

  test.skipIf(absent)('read by numpy, from the specification alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'stridewise-safetensors-'))
    const weights = initialize(network, { seed: 5 })
    writeFileSync(join(folder, 'model.safetensors'), writeSafetensors(weights))
    const found = ask<Record<string, { shape: number[]; sum: number }>>('state', join(folder, 'model.safetensors'))
    rmSync(folder, { recursive: true })
    expect(Object.keys(found)).toEqual([...weights.keys()])
    for (const [name, { shape, data }] of weights) {
      expect(found[name]?.shape).toEqual(shape)
      expect(found[name]?.sum).toBeCloseTo(
        data.reduce((sum, value) => sum + value, 0),
        3,
      )
    }
  })
})
