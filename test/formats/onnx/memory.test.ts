import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { root } from '../../support/compiler.js'

/** Files with many small items, each of which would take a hundred times its size in memory. */

const folder = mkdtempSync(join(tmpdir(), 'stridewise-memory-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const size = 4e6

const varint = (value: number): number[] => (value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))])

/** A field of a message: its number, its length, its bytes. */
const field = (number: number, body: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([...varint(number * 8 + 2), ...varint(body.length)]), body])
const filled = (...bytes: number[]): Buffer => Buffer.alloc(size - (size % bytes.length), Buffer.from(bytes))
const model = (graph: Uint8Array, ...more: Buffer[]): Buffer => Buffer.concat([field(7, graph), field(8, Buffer.of(0x10, 17)), ...more])
const text = (value: string): Buffer => Buffer.from(value)
const saying = (plan: string): Buffer =>
  model(Buffer.alloc(0), field(14, Buffer.concat([field(1, text('stridewise.graph')), field(2, text(plan))])))

/** Fields are those of onnx.proto3: 1 of a graph are operators, 5 tensors, 11 inputs, 12 outputs, 13 values; 1 of an operator inputs, 5 attributes. */
const files: Readonly<Record<string, () => Buffer>> = {
  'empty operators': () => model(filled(0x0a, 0)),
  'operators with an attribute': () => model(filled(...field(1, field(5, field(1, text('a')))))),
  'empty tensors': () => model(filled(0x2a, 0)),
  'empty inputs': () => model(filled(0x5a, 0)),
  'empty outputs': () => model(filled(0x62, 0)),
  'empty values': () => model(filled(0x6a, 0)),
  'inputs of an operator': () => model(field(1, filled(0x0a, 2, 65, 66))),
  'attributes of an operator': () => model(field(1, filled(0x2a, 3, 0x0a, 1, 65))),
  'whole numbers of an attribute': () => model(field(1, field(5, field(8, filled(1))))),
  'texts of an attribute': () => model(field(1, field(5, filled(0x4a, 0)))),
  'axes of a tensor': () => model(field(5, field(1, filled(1)))),
  'whole numbers of a tensor': () => model(field(5, field(7, filled(1)))),
  'floats of a tensor': () => model(field(5, filled(0x25, 0, 0, 0, 0))),
  'axes of a value': () => model(field(13, field(2, field(1, field(2, filled(0x0a, 0)))))),
  'lists in what it says of its network': () => saying(`{"nodes":[${'[],'.repeat(size / 3)}[]]}`),
  'objects in what it says of its network': () => saying(`{"nodes":[${'{},'.repeat(size / 3)}{}]}`),
  'numbers in what it says of its network': () => saying(`{"nodes":[${'1,'.repeat(size / 2)}1]}`),
  'parts of a pool in what it says of its network': () =>
    saying(
      '{"nodes":[{"name":"in","kind":"input","settings":{},"inputs":[],"output":[9,12,4]},{"name":"pool","kind":"adaptiveAvgPool","settings":{"size":65536},"inputs":["in"]}],"input":"in","output":"pool","outputs":{}}',
    ),
  'lists in lists in what it says of its network': () => saying('['.repeat(size)),
}

test('are refused before they fill 72 MB', () => {
  for (const [name, make] of Object.entries(files)) writeFileSync(join(folder, `${name}.onnx`), make())
  const script = join(folder, 'read.mjs')
  const lines = [
    `import { readFileSync, readdirSync } from 'node:fs'`,
    `import { FormatError, fromOnnx } from '${pathToFileURL(join(root, 'dist', 'formats/onnx', 'index.js')).href}'`,
    `for (const file of readdirSync('.').filter((name) => name.endsWith('.onnx')).sort()) {`,
    `  const bytes = readFileSync(file)`,
    `  try { fromOnnx(bytes) } catch (error) { console.log(file + ': ' + (error instanceof FormatError)) }`,
    `}`,
  ]
  writeFileSync(script, lines.join('\n'))
  // Where the heap is too small for what is made of a file, the process ends.
  const said = execFileSync(process.execPath, ['--max-old-space-size=72', script], { cwd: folder, encoding: 'utf8' })
  expect(said.trim().split('\n')).toEqual(
    Object.keys(files)
      .sort()
      .map((name) => `${name}.onnx: true`),
  )
})
