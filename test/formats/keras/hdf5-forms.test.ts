import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { FormatError } from '../../../src/network/format-error.js'
import { absent, packed, type TensorFile, writeFiles } from '../../support/hdf5/keras-files.js'
import { readKerasFile } from '../../support/hdf5/read-file.js'
import { GraphModel } from '../../support/tfjs/graph-model.js'

/** Forms in which HDF5 keeps numbers: those that are read give the numbers, and the others are refused, never misread. */

const folder = mkdtempSync(join(tmpdir(), 'stridewise-hdf5-forms-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const layers = [
  { class_name: 'InputLayer', config: { name: 'x', batch_shape: [null, 30] } },
  { class_name: 'Dense', config: { name: 'd', units: 7, use_bias: false } },
]
const config = JSON.stringify({ class_name: 'Sequential', config: { name: 'm', layers } })
const data = new GraphModel(4).drawn(210)
const kernel: TensorFile = { name: 'model_weights/d/d/kernel:0', shape: [30, 7], data: packed(data) }

let count = 0
/** The numbers of the kernel that are read, or the sentence of the refusal. */
const outcome = async (
  tensor: Partial<TensorFile>,
  options: Readonly<Record<string, unknown>> = {},
  attributes: Readonly<Record<string, string>> = { model_config: config, keras_version: '2.15.0' },
): Promise<readonly number[] | string> => {
  count += 1
  const path = join(folder, `${count}.h5`)
  writeFiles({ form: 'tensors', path, attributes, options, tensors: [{ ...kernel, ...tensor }] })
  try {
    const { weights } = await readKerasFile(path)
    const found = weights?.get('d.weight')?.data as Float32Array
    // PyTorch has the units first.
    return Array.from({ length: 210 }, (_, at) => found[(at % 7) * 30 + Math.floor(at / 7)] as number)
  } catch (error) {
    if (error instanceof FormatError) return error.message
    throw error
  }
}

const latest = { libver: 'latest' }

describe.skipIf(absent !== undefined)('read', () => {
  test.each<[string, Partial<TensorFile>, Readonly<Record<string, unknown>>?]>([
    ['in one piece', {}],
    ['in one piece, in the newest form', {}, latest],
    ['with the order of what is in a group', {}, { track_order: true }],
    ['little tensors beside their headers', { special: 'compact' }],
    ['in pieces', { options: { chunks: [8, 3] } }],
    ['in packed pieces', { options: { chunks: [8, 3], compression: 'gzip', shuffle: true, fletcher32: true } }],
    ['from the other end of each number', { dtype: '>f4' }],
    ['in packed pieces, from the other end', { dtype: '>f4', options: { chunks: [30, 7], compression: 'gzip' } }],
    ['with some attributes', { attributes: 5 }, latest],
  ])('%s', async (_, tensor, options) => expect(await outcome(tensor, options)).toEqual([...data]))

  test('floats of 16 bits', async () => {
    const found = (await outcome({ dtype: 'float16' })) as number[]
    expect(Math.max(...found.map((value, at) => Math.abs(value - (data[at] as number))))).toBeLessThan(1e-3)
    expect(await outcome({ dtype: 'float16', options: { chunks: [8, 3] } })).toEqual(found)
  })
})

const inside = 'keras: model_weights/d/d/kernel:0: '

describe.skipIf(absent !== undefined)('refused', () => {
  test.each<[string, Partial<TensorFile>, string, Readonly<Record<string, unknown>>?]>([
    ['floats of 64 bits', { dtype: 'float64' }, `${inside}has numbers of the type <f8.`],
    ['whole numbers', { dtype: 'int32' }, `${inside}has numbers of the type <i4.`],
    ['whole numbers in pieces', { dtype: 'int32', options: { chunks: [8, 3] } }, `${inside}has numbers of the type <i4.`],
    ['bfloat16, which NumPy has as bytes', { special: 'opaque' }, `${inside}is damaged, or contains what Keras does not write.`],
    ['numbers that were never written', { special: 'unwritten' }, `${inside}has no numbers: they were never written.`],
    ['numbers in another file', { special: 'external' }, `${inside}has its numbers in another file, which is not read.`],
    [
      'a type that stands elsewhere',
      { special: 'committed' },
      `${inside}has a type or an attribute that stands elsewhere in the file, which is not read.`,
    ],
    ['attributes that stand elsewhere', { attributes: 20 }, `${inside}has more attributes than fit beside it, which are not read.`, latest],
    [
      'pieces as the newest form keeps them',
      { options: { chunks: [8, 3] } },
      `${inside}is damaged, or contains what Keras does not write.`,
      latest,
    ],
  ])('%s', async (_, tensor, sentence, options) => expect(await outcome(tensor, options)).toBe(sentence))

  test('weights without layers', async () =>
    expect(await outcome({}, {}, { backend: 'tensorflow' })).toBe(
      'keras: has no layers in it, but weights alone, or what is not of Keras. In Keras, write the whole model: model.save(...), not model.save_weights(...).',
    ))

  test('no file that the model names is opened', async () => {
    await outcome({ special: 'external' })
    expect(existsSync(join(folder, `${count}.h5.raw`))).toBe(true)
  })
})
