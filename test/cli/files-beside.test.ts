import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { filesBeside } from '../../src/cli/load/model/files-beside.js'
import { fromOnnx, onnxData } from '../../src/formats/onnx/index.js'
import type { OnnxModel } from '../../src/formats/onnx/model.js'
import { readModel } from '../../src/formats/onnx/read/read.js'
import { encodeModel } from '../../src/formats/onnx/wire/encode.js'
import { ExternalFiles } from '../../src/formats/onnx/wire/external.js'
import { onnxModel } from '../../src/formats/onnx/write/write.js'
import { input } from '../../src/index.js'
import { FormatError } from '../../src/network/format-error.js'

/** Files of weights beside a model, which a hostile model or folder could use to read other files. */

const root = realpathSync(mkdtempSync(join(tmpdir(), 'stridewise-beside-')))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const network = input(4).dense(3, { name: 'one' }).dense(2, { name: 'two' })
const bytes = Buffer.concat([...onnxData(network)])

/** A model in its own folder, whose tensors are where a function says. */
const place = (name: string, change: (external: Readonly<Record<string, string>>) => Record<string, string>): string => {
  mkdirSync(join(root, name, 'models'), { recursive: true })
  writeFileSync(join(root, name, 'secret.bin'), bytes)
  const file = join(root, name, 'models', 'model.onnx')
  writeFileSync(file, encodeModel(changed(change)))
  return file
}

const changed = (change: (external: Readonly<Record<string, string>>) => Record<string, string>): OnnxModel => {
  const model = onnxModel(network, { externalData: 'weights.bin' })
  const initializers = model.graph.initializers.map((tensor) =>
    tensor.external ? { ...tensor, external: change(tensor.external) } : tensor,
  )
  return { ...model, graph: { ...model.graph, initializers } }
}

const read = (file: string, wantsWeights = true) => {
  const model = new Uint8Array(encodeModel(changed((external) => ({ ...external, location: 'weights.bin' }))))
  return readModel(model, filesBeside(file, wantsWeights, new ExternalFiles()))
}

const at = (file: string, name: string): string => join(file, '..', name)

describe('a file of weights', () => {
  test('beside the model is read, under its own name or by a link to a file beside it', () => {
    const file = place('plain', (external) => external as Record<string, string>)
    writeFileSync(at(file, 'there.bin'), bytes)
    symlinkSync('there.bin', at(file, 'weights.bin'))
    expect(read(file).weights.size).toBe(4)
    expect(read(file, false).network.params).toBe(network.params)
  })

  test('of a folder that keeps both the model and its weights by their content, as caches do, is read through the links', () => {
    const file = place('cache', (external) => external as Record<string, string>)
    const blobs = join(root, 'cache', 'blobs')
    mkdirSync(blobs)
    writeFileSync(join(blobs, 'a1'), encodeModel(changed((external) => external as Record<string, string>)))
    writeFileSync(join(blobs, 'b2'), bytes)
    rmSync(file)
    symlinkSync('../blobs/a1', file)
    symlinkSync('../blobs/b2', at(file, 'weights.bin'))
    expect(read(file).weights.size).toBe(4)
  })

  test.each<[string, (file: string) => void, string]>([
    [
      'a link out of the folder',
      (file) => symlinkSync('../secret.bin', at(file, 'weights.bin')),
      'is a link to one that is not beside the model',
    ],
    [
      'a link of links',
      (file) => {
        symlinkSync('../secret.bin', at(file, 'between'))
        symlinkSync('between', at(file, 'weights.bin'))
      },
      'is a link to one that is not beside the model',
    ],
    ['the model itself', (file) => symlinkSync('model.onnx', at(file, 'weights.bin')), 'is the model itself'],
    ['another name of the model', (file) => linkSync(file, at(file, 'weights.bin')), 'is the model itself'],
    ['a folder', (file) => mkdirSync(at(file, 'weights.bin')), 'is not a file'],
    [
      'a pipe, at which reading would wait for ever',
      (file) => execFileSync('sh', ['-c', 'mkfifo "$0"', at(file, 'weights.bin')]),
      'is not a file',
    ],
    ['a device', (file) => symlinkSync('/dev/zero', at(file, 'weights.bin')), 'is not a file'],
    ['a link in a circle', (file) => symlinkSync('weights.bin', at(file, 'weights.bin')), 'is not there'],
    ['a link to nothing', (file) => symlinkSync('nothing', at(file, 'weights.bin')), 'is not there'],
    ['nothing', () => {}, 'is not there'],
  ])('that is %s is refused', (name, prepare, sentence) => {
    const file = place(name.replaceAll(/\W/g, '-'), (external) => external as Record<string, string>)
    prepare(file)
    expect(() => read(file)).toThrow(FormatError)
    expect(() => read(file)).toThrow(`which ${sentence}.`)
  })

  test("in a folder that is a link out of the model's is refused", () => {
    const file = place('folders', (external) => external as Record<string, string>)
    mkdirSync(join(root, 'elsewhere'), { recursive: true })
    writeFileSync(join(root, 'elsewhere', 'weights.bin'), bytes)
    symlinkSync('../../elsewhere', at(file, 'sub'))
    const model = encodeModel(changed((external) => ({ ...external, location: 'sub/weights.bin' })))
    const reading = () => readModel(model, filesBeside(file, false, new ExternalFiles()))
    expect(reading).toThrow('which is a link to one that is not beside the model.')
  })

  test('that becomes shorter while it is read is refused', () => {
    const file = place('shrinks', (external) => external as Record<string, string>)
    writeFileSync(at(file, 'weights.bin'), bytes)
    const files = new ExternalFiles()
    const inPlace = files.place.bind(files)
    files.place = (...of) => {
      const offset = inPlace(...of)
      truncateSync(at(file, 'weights.bin'), 8)
      return offset
    }
    expect(() => readModel(encodeModel(changed((external) => external as Record<string, string>)), filesBeside(file, true, files))).toThrow(
      '[3, 4] has 48 bytes, and there are 8.',
    )
  })

  test.each([
    ...[
      '',
      '.',
      '/etc/hostname',
      '\\\\host\\share',
      'C:\\x',
      'c:x',
      '..',
      '../secret.bin',
      '..\\secret.bin',
      'a/../../secret.bin',
      'a\\..\\..\\b',
    ],
    ...['weights.bin\0.txt', 'a\nb', '\u001b[2J'],
  ])('under the name %j is not looked for', (location) => {
    const file = place(`named-${Buffer.from(location).toString('hex')}`, () => ({ location }))
    const model = encodeModel(changed((external) => ({ ...external, location })))
    const reading = () => readModel(model, filesBeside(file, true, new ExternalFiles()))
    expect(reading).toThrow(FormatError)
    expect(reading).toThrow(location === '.' ? 'which is not a file.' : 'which is not beside the model.')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may reach a terminal
    expect(reading).not.toThrow(/[\0-\x1f]/)
  })
})

describe('the place of a tensor in it', () => {
  const fails = (change: (external: Readonly<Record<string, string>>) => Record<string, string>) => () =>
    fromOnnx(encodeModel(changed(change)), { externalData: bytes })

  test.each<[string, Record<string, string>, RegExp]>([
    ['behind the end', { offset: '1000000' }, /^onnx: one\.weight: stands at byte 1000000 to the length of 48, and the file has \d+\.$/],
    ['over the end', { offset: '80' }, /stands at byte 80 to the length of 48, and the file has 92\.$/],
    ['before the beginning', { offset: '-4' }, /its offset '-4' in another file is no whole number of bytes\.$/],
    ['between two bytes', { offset: '0.5' }, /its offset '0\.5' in another file is no whole number/],
    ['in another base', { offset: '0x10' }, /its offset '0x10' in another file is no whole number/],
    ['beyond all numbers', { offset: '99999999999999999999' }, /its offset '9+' in another file is no whole number/],
    ['nowhere', { offset: '' }, /its offset '' in another file is no whole number/],
    ['of no number', { length: 'NaN' }, /its length 'NaN' in another file is no whole number/],
    ['of another length', { length: '44' }, /has 48 bytes by its shape, and 44 in another file\.$/],
    ['of all that is left', { length: '1e2' }, /its length '1e2' in another file is no whole number/],
  ])('%s', (_, change, sentence) => {
    const reading = fails((external) => ({ ...external, ...change }))
    expect(reading).toThrow(FormatError)
    expect(reading).toThrow(sentence)
  })

  test('tensors on one another, with more bytes than their file', () => {
    expect(fails((external) => ({ ...external, offset: '0' }))).not.toThrow('overlaps')
    const wide = input(8).dense(8, { name: 'a', bias: false }).dense(8, { name: 'b', bias: false })
    const model = onnxModel(wide, { externalData: 'x' })
    const initializers = model.graph.initializers.map((tensor) =>
      tensor.external ? { ...tensor, external: { ...tensor.external, offset: '0' } } : tensor,
    )
    const of = encodeModel({ ...model, graph: { ...model.graph, initializers } })
    expect(() => fromOnnx(of, { externalData: new Uint8Array(256) })).toThrow(
      'onnx: b.weight: overlaps others: they have 512 bytes together, and their file 256.',
    )
  })

  test('in one file that is given for two', () => {
    let count = 0
    expect(fails((external) => ({ ...external, location: `${count++ % 2}.bin` }))).toThrow(
      "onnx: one.bias: stands in '1.bin', and others in '0.bin': externalData is one file.",
    )
  })
})
