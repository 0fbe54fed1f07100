import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { FormatError } from '../../../src/network/format-error.js'
import { type KeptFile, keptFiles } from '../../support/hdf5/kept-files.js'
import { absent, packed, writeFiles } from '../../support/hdf5/keras-files.js'
import { measured } from '../../support/hdf5/measured.js'
import { readKerasFile } from '../../support/hdf5/read-file.js'

/** HDF5 that is made to harm: lists and trees without end, and little bytes that are much. Offsets are those of the format, versions 0 and 1. */

const folder = mkdtempSync(join(tmpdir(), 'stridewise-hdf5-hostile-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const chain = keptFiles.find(({ name }) => name === 'a-chain.keras-2.h5') as KeptFile

/** The sentence of the refusal, within the bounds. */
const refusal = async (bytes: Uint8Array | string, extension = '.h5'): Promise<string> => {
  const file = typeof bytes === 'string' ? bytes : join(folder, `model${extension}`)
  if (typeof bytes !== 'string') writeFileSync(file, bytes)
  // The thread and its code count for none of them.
  await readKerasFile(writtenChain())
  const { result, time, memory } = await measured(async () => {
    try {
      return `${(await readKerasFile(file)).network}`
    } catch (error) {
      if (error instanceof FormatError) return error.message
      throw error
    }
  })
  expect(time).toBeLessThan(2000)
  expect(memory).toBeLessThan(64e6 + 4 * bytes.length)
  return result
}

const writtenChain = (): string => {
  const file = join(folder, 'chain.h5')
  writeFileSync(file, chain.hdf5)
  return file
}

/** The address of the header of the root group, in the superblock. */
const rootAt = (bytes: Buffer): number => Number(bytes.readBigUInt64LE(64))

/** Where the root group says where its tree is: a message of the type 0x11 with the addresses of the tree and of the names. */
const treeOfRoot = (bytes: Buffer): number => bytes.indexOf(bytes.subarray(80, 96), 96)

/** A node of a tree of groups: II.A.1 of the format. */
const node = (level: number, children: readonly bigint[]): Buffer => {
  const head = Buffer.from([...Buffer.from('TREE'), 0, level, children.length, 0])
  const numbers = [2n ** 64n - 1n, 2n ** 64n - 1n, ...children.flatMap((child) => [0n, child]), 0n]
  return Buffer.concat([head, Buffer.from(BigUint64Array.from(numbers).buffer)])
}

const tooMuch =
  /^keras: (.*: )?(takes longer to read|needs more memory to read|says that it holds more) than a file of its size( can)?: it is damaged\.$/

test.each([
  ['few branches', 2, 60],
  ['many branches', 200, 40],
])('a tree whose branches meet again: %s', async (_, width, depth) => {
  const bytes = Buffer.from(chain.hdf5)
  const at = treeOfRoot(bytes)
  const leaf = bytes.readBigUInt64LE(at)
  const parts: Buffer[] = [bytes]
  let [child, end] = [leaf, bytes.length]
  for (let level = 1; level <= depth; level += 1) {
    const own = node(
      level,
      Array.from({ length: width }, () => child),
    )
    child = BigInt(end)
    end += own.length
    parts.push(own)
  }
  bytes.writeBigUInt64LE(child, at)
  expect(await refusal(Buffer.concat(parts))).toMatch(tooMuch)
})

test('a group that has itself in it', async () => {
  const bytes = Buffer.from(chain.hdf5)
  const symbols = bytes.indexOf('SNOD')
  // The first entry is that of model_weights: 8 bytes behind the head of the node the name, then the address.
  bytes.writeBigUInt64LE(BigInt(rootAt(bytes)), symbols + 16)
  expect(await refusal(bytes)).toMatch(/has groups that stand in each other more than 160 deep\.$|than a file of its size/)
})

test('an attribute that says it has more values than the file', async () => {
  const bytes = Buffer.from(chain.hdf5)
  const name = bytes.indexOf('model_config\0')
  const typeLength = bytes.readUInt16LE(name - 4)
  const space = name + 16 + 8 * Math.ceil(typeLength / 8)
  expect([...bytes.subarray(space, space + 2)]).toEqual([1, 0])
  for (const [rank, count] of [
    [1, 2n ** 24n],
    [1, 2n ** 31n],
    [8, 2n ** 60n],
  ] as const) {
    bytes[space + 1] = rank
    bytes.writeBigUInt64LE(count, space + 8)
    expect(await refusal(bytes)).toBe('keras: says that it holds more than a file of its size can: it is damaged.')
  }
})

test('a name without end, and an address behind the file', async () => {
  for (const address of [2n ** 63n, 2n ** 40n, BigInt(chain.hdf5.length - 1), 0n]) {
    const bytes = Buffer.from(chain.hdf5)
    bytes.writeBigUInt64LE(address, treeOfRoot(bytes))
    expect(await refusal(bytes)).toMatch(/is damaged/)
    const other = Buffer.from(chain.hdf5)
    other.writeBigUInt64LE(address, treeOfRoot(other) + 8)
    expect(await refusal(other)).toMatch(/is damaged/)
  }
})

test('a file of more than 4 GB', async () => {
  const file = writtenChain()
  truncateSync(file, 2 ** 32 + 1)
  await expect(readKerasFile(file)).rejects.toThrow('keras: has 4294967297 bytes: more than 4294967296 are not read.')
})

test('a zip that packs 32 MB of zeros as its weights', async () => {
  const { with: zip } = keptFiles.find(({ extension }) => extension === '.keras') as KeptFile
  expect(await refusal(zip(new Uint8Array(2 ** 25), true), '.keras')).toMatch(
    /^keras: model\.weights\.h5 has 33554432 bytes when it is unpacked: more than 8\d{6} are not read\.$/,
  )
})

describe.skipIf(absent !== undefined)('pieces', () => {
  const zeros = new Float32Array(2 ** 22)
  const path = join(folder, 'pieces.h5')
  const write = (chunks: number[], compression?: string): void =>
    writeFiles({
      form: 'tensors',
      path,
      attributes: { model_config: '{}' },
      tensors: [{ name: 'a', shape: [zeros.length], data: packed(zeros), options: { chunks, ...(compression ? { compression } : {}) } }],
    })

  test('16 MB of zeros in little, in many pieces and in one', async () => {
    for (const chunks of [2 ** 12, 2 ** 22]) {
      write([chunks], 'gzip')
      expect(await refusal(path)).toMatch(/^keras: a: says that it holds more/)
    }
  })
})
