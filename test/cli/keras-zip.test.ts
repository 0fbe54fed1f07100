import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, expect } from 'vitest'
import { readModelFile, requireModelFile } from '../../src/cli/load/model/model-file.js'
import { UsageError } from '../../src/cli/output/exit.js'
import { toKeras } from '../../src/formats/keras/index.js'
import { FormatError } from '../../src/network/format-error.js'
import { lenet5 } from '../../src/zoo/index.js'
import { casesOf, inProportion } from '../support/effort.js'
import { inBoth, inShort as test } from '../support/runs.js'
import { seed } from '../support/seed.js'
import { zipOf } from '../support/zip.js'

/** `.keras` files: zips, whose sizes are checked before anything is unpacked. */

const folder = mkdtempSync(join(tmpdir(), 'stridewise-keras-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const { stridewise: _, ...lenet } = toKeras(lenet5())
const config = JSON.stringify(lenet)
const metadata = JSON.stringify({ keras_version: '3.4.1', date_saved: '2024-07-01@10:00:00' })
const whole = { 'metadata.json': metadata, 'config.json': config, 'model.weights.h5': new Uint8Array(100) }

const read = async (bytes: Uint8Array, wantsWeights = false): Promise<string> => {
  const file = join(folder, 'model.keras')
  writeFileSync(file, bytes)
  try {
    return `${(await readModelFile(requireModelFile(file), wantsWeights)).network}`
  } catch (error) {
    if (error instanceof FormatError || error instanceof UsageError) return error.message
    throw error
  }
}

test.each([true, false])('the layers, packed: %s', async (isPacked) =>
  expect(await read(zipOf(whole, isPacked))).toBe('Network<[32, 32, 1], [10], 61706>'),
)

test('the version says what options mean', async () => {
  const layers = [
    { class_name: 'InputLayer', config: { name: 'x', batch_shape: [null, 4] } },
    { class_name: 'Dense', config: { name: 'd', units: 2, activation: 'hard_sigmoid' } },
  ]
  const files = (version: string) => ({
    'metadata.json': JSON.stringify({ keras_version: version }),
    'config.json': JSON.stringify({ class_name: 'Sequential', config: { layers } }),
  })
  expect(await read(zipOf(files('3.4.1')))).toBe('Network<[4], [2], 10>')
  // With a rescale before the hardSigmoid.
  expect(await read(zipOf(files('2.15.0')))).toBe('Network<[4], [2], 10>')
  expect(await read(zipOf(files('1.0.0')))).toContain("'hard_sigmoid' is another function")
})

/** A zip with some of its bytes changed. */
const changed = (change: (bytes: Buffer) => void): Buffer => {
  const bytes = zipOf(whole)
  change(bytes)
  return bytes
}
const second = 46 + 'metadata.json'.length
const listAt = (bytes: Buffer): number => bytes.readUInt32LE(bytes.length - 6)

/** A zip whose config.json is followed by bytes that unpacking passes over. */
const padded = (): Buffer => {
  const plain = zipOf(whole)
  const checkSum = plain.readUInt32LE(listAt(plain) + second + 16)
  const packed = Buffer.concat([deflateRawSync(Buffer.from(config)), Buffer.alloc(2 ** 23)])
  const bytes = zipOf({ ...whole, 'config.json': packed }, false)
  const entry = listAt(bytes) + second
  bytes.writeUInt16LE(8, entry + 10)
  bytes.writeUInt32LE(checkSum, entry + 16)
  bytes.writeUInt32LE(config.length, entry + 24)
  return bytes
}

test.each<[string, Buffer, string]>([
  [
    'more packed bytes than can be',
    padded(),
    `keras: config.json has ${padded().readUInt32LE(listAt(padded()) + second + 20)} bytes: more than 4259840 are not read.`,
  ],
  ['no list', zipOf(whole).subarray(0, -22), 'keras: is a zip without its list of files: it is damaged, or cut off.'],
  ['no layers', zipOf({ 'metadata.json': metadata }), 'keras: is a zip without config.json, in which Keras writes the layers.'],
  [
    'a list elsewhere',
    changed((bytes) => bytes.writeUInt32LE(2 ** 32 - 1, bytes.length - 6)),
    'keras: is a zip whose list of files is not where it says.',
  ],
  [
    'a long list',
    changed((bytes) => bytes.writeUInt32LE(2 ** 31, bytes.length - 10)),
    'keras: is a zip whose list of files is not where it says.',
  ],
  [
    'a claim of 4 GB',
    changed((bytes) => bytes.writeUInt32LE(2 ** 32 - 2, listAt(bytes) + second + 24)),
    'keras: config.json has 4294967294 bytes when it is unpacked: more than 4194304 are not read.',
  ],
  [
    'a file elsewhere',
    changed((bytes) => bytes.writeUInt32LE(7, listAt(bytes) + second + 42)),
    'keras: config.json is not where the zip says.',
  ],
  [
    'a long file',
    changed((bytes) => bytes.writeUInt32LE(2 ** 31, listAt(bytes) + second + 20)),
    'keras: config.json reaches over the end of the files.',
  ],
  ['another check sum', changed((bytes) => bytes.writeUInt32LE(1, listAt(bytes) + second + 16)), 'keras: config.json is damaged.'],
  [
    'less than said',
    changed((bytes) => bytes.writeUInt32LE(config.length + 1, listAt(bytes) + second + 24)),
    'keras: config.json is damaged.',
  ],
  [
    'more than said',
    changed((bytes) => bytes.writeUInt32LE(config.length - 1, listAt(bytes) + second + 24)),
    'keras: config.json is damaged.',
  ],
  [
    'encrypted',
    changed((bytes) => bytes.writeUInt16LE(1, listAt(bytes) + second + 8)),
    'keras: config.json is encrypted, or packed in a way that is not known here.',
  ],
  ['no text', zipOf({ 'config.json': Uint8Array.of(0x7b, 0xff, 0x7d) }), 'keras: config.json is not UTF-8 text.'],
  ['no JSON', zipOf({ 'config.json': '{' }), 'keras: is not valid JSON: '],
  [
    'a bomb',
    zipOf({ 'config.json': ' '.repeat(2 ** 24) }),
    'keras: config.json has 16777216 bytes when it is unpacked: more than 4194304 are not read.',
  ],
  ['empty lists', zipOf({ 'config.json': `[${'[],'.repeat(2 ** 20)}[]]` }), 'keras: has more lists and objects than a model of its size.'],
])('%s', async (_, bytes, sentence) => expect((await read(bytes)).slice(0, sentence.length)).toBe(sentence))

test('weights that are not there', async () =>
  expect(await read(zipOf({ 'metadata.json': metadata, 'config.json': config }), true)).toBe(
    'keras: has no model.weights.h5 in it, in which Keras writes the weights: leave out --weights.',
  ))

inBoth('damaged zips: a sentence, or the network', async () => {
  const file = zipOf(whole)
  const drawn = fc.sample(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }), {
    seed,
    numRuns: casesOf('Keras: damaged zips'),
  })
  let refused = 0
  for (const changes of drawn) {
    const bytes = Buffer.from(file)
    // Half of the changes are in the list of files, where the sizes are.
    for (const [at, value] of changes) bytes[at % 2 === 0 ? at % bytes.length : bytes.length - 1 - (at % 250)] = value
    const sentence = await read(bytes)
    if (sentence === 'Network<[32, 32, 1], [10], 61706>') continue
    refused += 1
    expect(sentence).not.toMatch(/is not a function|Cannot read|undefined|out of range|Maximum call stack/)
  }
  expect(refused).toBeGreaterThan(inProportion('Keras: damaged zips', 3000))
})
