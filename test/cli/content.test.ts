import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { formOf } from '../../src/cli/load/model/content.js'
import { readModelFile, requireModelFile } from '../../src/cli/load/model/model-file.js'
import { UsageError } from '../../src/cli/output/exit.js'
import { FormatError } from '../../src/network/format-error.js'

/** Truncated model files: wherever they end, the command explains it in a sentence. */

const folder = mkdtempSync(join(tmpdir(), 'stridewise-content-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const zipOf = (name: string): string => {
  const head = Buffer.alloc(30)
  head.write('PK\x03\x04', 'latin1')
  head.writeUInt16LE(name.length, 26)
  return head.toString('latin1') + name
}

const beginnings = {
  zip: zipOf('notes.txt'),
  keras: zipOf('config.json'),
  pytorch: zipOf('archive/data.pkl'),
  pickle: '\x80\x02}q\x00(X\x0c\x00\x00\x00conv1.weightq\x01ctorch._utils',
  hdf5: `\x89HDF\r\n\x1a\n${'\0'.repeat(40)}`,
  savedModel: `\x08\x01\x12\x80\x20\x0a\x10${'\0'.repeat(40)}`,
  tflite: `\x1c\0\0\0TFL3${'\0'.repeat(40)}`,
  safetensors: `\x40\0\0\0\0\0\0\0{"weight":{"dtype":"F32","shape":[2]}}`,
  onnx: '\x08\x08\x12\x07pytorch\x1a\x052.1.0:\x20\x0a\x10\x0a\x01x\x12\x01y\x22\x04Relu',
  json: '\xef\xbb\xbf{"class_name": "Sequential", "config": {}}',
  pointer: 'version https://git-lfs.github.com/spec/v1\noid',
}

describe.each(Object.entries(beginnings))('%s', (_, text) => {
  test.each(['.onnx', '.json', '.keras'])('as %s', async (extension) => {
    const file = join(folder, `cut${extension}`)
    for (let length = 0; length <= 40; length += 1) {
      writeFileSync(file, Buffer.from(text.slice(0, length), 'latin1'))
      const read = async () => readModelFile(requireModelFile(file), true)
      const error = await read().catch((thrown) => thrown)
      expect([length, error instanceof UsageError || error instanceof FormatError ? error.name : error]).toEqual([length, error.name])
    }
  })
})

test('a zip is known by the first file in it, as soon as that is there', () => {
  const file = join(folder, 'whole')
  const formIn = (text: string) => {
    writeFileSync(file, Buffer.from(text, 'latin1'))
    return formOf(file)
  }
  expect([beginnings.zip, beginnings.keras, beginnings.pytorch].map(formIn)).toEqual(['zip', 'keras', 'pytorch'])
  expect(formIn('PK\x03\x04')).toBe('zip')
})
