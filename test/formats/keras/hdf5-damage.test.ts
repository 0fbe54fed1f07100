import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { FormatError } from '../../../src/network/format-error.js'
import { Random } from '../../../src/weights/random.js'
import { damagedBytes } from '../../support/damaged-bytes.js'
import { casesOf, inProportion } from '../../support/effort.js'
import { type KeptFile, keptFiles } from '../../support/hdf5/kept-files.js'
import { measured } from '../../support/hdf5/measured.js'
import { mostBytes, readKerasFile } from '../../support/hdf5/read-file.js'
import { inBoth, inShort as test } from '../../support/runs.js'
import { seed } from '../../support/seed.js'

/** Damaged HDF5: a sentence or a network, in under 2 s and 64 MB plus four times the file. */

const folder = mkdtempSync(join(tmpdir(), 'stridewise-hdf5-damage-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const mostTime = 2000
const mostMemory = (bytes: number): number => 64e6 + 4 * bytes

/** The sentence of a refusal; nothing for a network. */
const outcome = async ({ extension }: Pick<KeptFile, 'extension'>, bytes: Uint8Array): Promise<string | undefined> => {
  const file = join(folder, `model${extension}`)
  writeFileSync(file, bytes)
  try {
    const { network, weights } = await readKerasFile(file)
    expect(network.graph.nodes.length).toBeGreaterThan(1)
    expect(weights).toBeDefined()
    return undefined
  } catch (error) {
    if (error instanceof FormatError) return error.message
    throw error
  }
}

/** Errors of code are no sentences about a file. */
const crash = /is not a function|Cannot read|is not iterable|undefined|Maximum call stack|Invalid (array|typed)|Offset is outside|\[object/

const judge = async (file: KeptFile, bytes: Uint8Array): Promise<string | undefined> => {
  const { result, time, memory } = await measured(() => outcome(file, bytes))
  expect(time, file.name).toBeLessThan(mostTime)
  expect(memory, file.name).toBeLessThan(mostMemory(bytes.length))
  if (result === undefined) return undefined
  expect(result).toMatch(/^keras: .{8,}/)
  expect(result).not.toMatch(crash)
  expect(result.length).toBeLessThan(600)
  return result
}

test('the files themselves are read', async () => {
  expect(keptFiles.length).toBeGreaterThan(5)
  for (const file of keptFiles) {
    expect(file.hdf5.length).toBeLessThan(mostBytes)
    expect(await judge(file, file.with(file.hdf5, true))).toBeUndefined()
  }
})

inBoth('damaged bytes', { timeout: 1_800_000 }, async () => {
  const random = new Random(seed, 'HDF5')
  const count = casesOf('Keras: damaged HDF5')
  let refused = 0
  for (let index = 0; index < count; index += 1) {
    const file = keptFiles[index % keptFiles.length] as KeptFile
    let hdf5 = file.hdf5
    for (let times = Math.floor(3 * random.uniform()); times >= 0; times -= 1) hdf5 = damagedBytes(hdf5, random)
    if ((await judge(file, file.with(hdf5, index % 4 === 0))) !== undefined) refused += 1
  }
  expect(refused).toBeGreaterThan(inProportion('Keras: damaged HDF5', 2000))
  expect(refused).toBeLessThan(inProportion('Keras: damaged HDF5', 5500))
})
