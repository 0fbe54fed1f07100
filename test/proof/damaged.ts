import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { fromKeras } from '../../src/formats/keras/index.js'
import { fromOnnx } from '../../src/formats/onnx/index.js'
import { readers } from '../../src/formats/onnx/read/read.js'
import { encodeModel } from '../../src/formats/onnx/wire/encode.js'
import { readSafetensors } from '../../src/formats/safetensors/index.js'
import { FormatError, networkFrom } from '../../src/index.js'
import { Random } from '../../src/weights/random.js'
import { damagedBytes, onnxFiles, safetensorsFile } from '../support/damaged-bytes.js'
import { damagedJson, drawDamage, type Json, kerasFiles } from '../support/damaged-json.js'
import { everyKind } from '../support/every-kind.js'
import { damaged } from '../support/onnx/damage.js'
import { Draw } from '../support/onnx/draw.js'
import { drawers } from '../support/onnx/drawers.js'
import type { Finding } from './tally.js'

/** Damaged files of every format that is read: each is read, or refused by a sentence, within bounds of time and memory. */

/** Milliseconds of the processor, so that a busy machine makes no difference. */
const mostTime = 2000
const mostMemory = (bytes: number): number => 64e6 + 4 * bytes

interface DamagedFile {
  readonly shown: string
  readonly bytes: number
  readonly read: () => unknown
}

const binary = (name: string, bytes: Uint8Array, read: (bytes: Uint8Array) => unknown): DamagedFile => ({
  shown: `${name}: ${Buffer.from(bytes.subarray(0, 2000)).toString('base64')}`,
  bytes: bytes.length,
  read: () => read(bytes),
})

const damagedTimes = (file: Uint8Array, random: Random): Uint8Array => {
  let bytes = file
  for (let times = Math.floor(3 * random.uniform()); times >= 0; times -= 1) bytes = damagedBytes(bytes, random)
  return bytes
}

const nth = <Value>(values: readonly Value[], index: number): Value => values[index % values.length] as Value

const operators = [...Object.keys(readers), 'Einsum', 'constructor', '']

const jsonFiles = (files: readonly Json[], read: (text: string) => unknown) => (seed: number, index: number) => {
  const drawn = fc.sample(fc.array(drawDamage, { minLength: 1, maxLength: 3 }), { seed: Math.imul(seed, 65_537) + index, numRuns: 1 })
  const text = JSON.stringify(drawn.flat().reduce(damagedJson, nth(files, index)))
  return { shown: text.slice(0, 2000), bytes: text.length, read: () => read(text) }
}

/** Each kind of damaged file, by seed and number. */
const kinds: Readonly<Record<string, (seed: number, index: number) => DamagedFile>> = {
  'ONNX, its bytes': (seed, index) => binary('onnx', damagedTimes(nth(onnxFiles, index), new Random(seed, `onnx ${index}`)), fromOnnx),
  'ONNX, what it says': (seed, index) => {
    const draw = new Draw(seed, `damage ${index}`)
    return binary('onnx', encodeModel(damaged(draw, nth(Object.values(drawers), index)(draw), operators)), fromOnnx)
  },
  Keras: jsonFiles(kerasFiles, fromKeras),
  safetensors: (seed, index) =>
    binary('safetensors', damagedTimes(safetensorsFile, new Random(seed, `safetensors ${index}`)), readSafetensors),
  'network data': jsonFiles(
    Object.values(everyKind).map((make) => JSON.parse(JSON.stringify(make())) as Json),
    (text) => networkFrom(JSON.parse(text)),
  ),
}

/** The most memory that this process had since it was last asked to forget; Linux only. */
const peakMemory = (): number => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024
const forgetPeak = (): void => writeFileSync('/proc/self/clear_refs', '5')

/** Reads a file, and measures it. */
const measure = ({ read }: DamagedFile): { readonly error?: unknown; readonly took: { time: number; memory: number } } => {
  const onLinux = process.platform === 'linux'
  if (onLinux) forgetPeak()
  const before = process.memoryUsage.rss()
  const begin = process.cpuUsage()
  let error: unknown
  try {
    read()
  } catch (thrown) {
    error = thrown
  }
  const { user, system } = process.cpuUsage(begin)
  const memory = Math.max(0, (onLinux ? peakMemory() : process.memoryUsage.rss()) - before)
  return { ...(error === undefined ? {} : { error }), took: { time: (user + system) / 1000, memory } }
}

/** What is wrong with how a file was read. */
const faultOf = ({ bytes }: DamagedFile, { error, took }: ReturnType<typeof measure>): string | undefined => {
  if (error !== undefined && !(error instanceof FormatError)) return `throws ${String(error).slice(0, 500)}`
  if (took.time > mostTime) return `takes ${took.time.toFixed(0)} ms`
  if (took.memory > mostMemory(bytes)) return `takes ${(took.memory / 1e6).toFixed(0)} MB for ${bytes} bytes`
  return undefined
}

/** Reads so many damaged files, as many of each kind, from a number on. */
export const judgeDamaged = (seed: number, from: number, count: number): Finding[] => {
  const makers = Object.entries(kinds)
  // What is compiled and kept at the first file of a kind counts for none of them.
  for (const [, make] of makers) measure(make(seed, 0))
  return Array.from({ length: count }, (_, at): Finding => {
    const [row, make] = nth(makers, from + at)
    const file = make(seed, Math.floor((from + at) / makers.length))
    const measured = measure(file)
    const fault = faultOf(file, measured)
    const found = { row, source: file.shown, took: measured.took }
    if (fault !== undefined) return { ...found, verdict: 'different', says: [`${row}: ${fault}`] }
    return { ...found, verdict: measured.error === undefined ? 'agreed' : 'impossible' }
  })
}
