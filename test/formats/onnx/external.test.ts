import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as ort from 'onnxruntime-web'
import { afterAll, describe, expect, test } from 'vitest'
import { FormatError, onnxData, toOnnx } from '../../../src/formats/onnx/index.js'
import { type AnyNetwork, input } from '../../../src/index.js'
import { initialize } from '../../../src/weights/initialize.js'
import { root } from '../../support/compiler.js'
import { isLong } from '../../support/effort.js'
import { numbers } from '../../support/onnx.js'

/** Models with their weights in a separate file, written in pieces. */

const folder = mkdtempSync(join(tmpdir(), 'stridewise-external-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.runIf(isLong)("VGG-16's 553 MB pass through less than 250 MB of memory", () => {
  // In a process of its own, with the built package, as memory is counted by process.
  const script = join(folder, 'write.mjs')
  const at = (entry: string) => pathToFileURL(join(root, 'dist', entry, 'index.js')).href
  const lines = [
    `import { closeSync, existsSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'`,
    `import { onnxData, toOnnx } from '${at('formats/onnx')}'`,
    `import { vgg16 } from '${at('zoo')}'`,
    `writeFileSync('vgg16.onnx', toOnnx(vgg16(), { externalData: 'vgg16.data' }))`,
    `const file = openSync('vgg16.data', 'w')`,
    `const seen = []`,
    `for (const piece of onnxData(vgg16(), { onProgress: (progress) => seen.push(progress) })) {`,
    `  writeSync(file, piece)`,
    // What is no longer needed is given back at once, and not by another thread: what counts is what is held, not when a busy machine
    // comes to collect it.
    `  globalThis.gc()`,
    `}`,
    `closeSync(file)`,
    `const { written, total } = seen.at(-1)`,
    // On Linux maxRSS begins with the memory of the process that started this one, and VmHWM with none.
    `const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''`,
    `const kilobytes = Number(/^VmHWM:\\s+(\\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS)`,
    `console.log(JSON.stringify({ written, total, calls: seen.length, kilobytes }))`,
  ]
  writeFileSync(script, lines.join('\n'))
  const said = JSON.parse(
    execFileSync(process.execPath, ['--expose-gc', '--single-threaded-gc', script], { cwd: folder, encoding: 'utf8' }),
  )
  console.log(`VGG-16 with external data: ${Math.round(said.kilobytes / 1000)} MB of memory`)
  expect(said.total).toBe(4 * 138_357_544)
  expect(said.written).toBe(said.total)
  expect(said.calls).toBeGreaterThan(130)
  expect(statSync(join(folder, 'vgg16.data')).size).toBe(said.total)
  expect(statSync(join(folder, 'vgg16.onnx')).size).toBeLessThan(50_000)
  expect(said.kilobytes * 1024).toBeLessThan(250e6)
})

describe('external data', () => {
  const network = input(6, 6, 2).conv2d(3, 3).relu().flatten().dense(4) as AnyNetwork

  test('computes what the same weights compute inside', async () => {
    const weights = initialize(network, { seed: 9 })
    const data = Buffer.concat([...onnxData(network, { weights })])
    const image = { input: new ort.Tensor('float32', numbers(72), [1, 6, 6, 2]) }
    const inside = await ort.InferenceSession.create(toOnnx(network, { weights }))
    const outside = await ort.InferenceSession.create(toOnnx(network, { externalData: 'w.bin' }), {
      externalData: [{ path: 'w.bin', data: new Uint8Array(data) }],
    })
    const [one, other] = [await inside.run(image), await outside.run(image)]
    expect(other['dense_1']?.data).toEqual(one['dense_1']?.data)
  })

  test('of a seed is the same whether it stands inside or outside', () => {
    const data = Buffer.concat([...onnxData(network, { seed: 4 })])
    const weights = initialize(network, { seed: 4 })
    const values = [...weights.values()].flatMap(({ data: each }) => [...each])
    expect([...new Float32Array(new Uint8Array(data).buffer)]).toEqual(values)
  })

  test.each(['', '../weights.bin', '/tmp/weights.bin', 'c:\\weights.bin'])('the name %j is refused', (externalData) => {
    expect(() => toOnnx(network, { externalData })).toThrow('onnx: externalData must be the name of a file beside the model.')
  })

  test('what cannot be written', () => {
    expect(() => [...onnxData(network, { weights: new Map() })]).toThrow(FormatError)
    expect(() => toOnnx(network, { weights: new Map() })).toThrow('weights: conv2d_1.weight: is missing')
    expect(() => toOnnx(network, { weights: {} as never })).toThrow("onnx: weights must be a Map of tensors, or 'inputs'.")
    expect(() => toOnnx(network, { opset: 16 })).toThrow('onnx: opset must be a whole number from 17 to 22, not 16.')
    expect(() => toOnnx(network, { batch: 0 })).toThrow('onnx: batch must be a whole number of at least 1, not 0.')
    expect(() => toOnnx(network, { bach: 1 } as never)).toThrow("onnx: there is no option 'bach'.")
    expect(() => toOnnx({} as never)).toThrow('onnx: needs a network, not an object.')
    const dilated = input(9, 9, 2).avgPool2d(2, { stride: 1, dilation: 2 }) as AnyNetwork
    expect(() => toOnnx(dilated, { opset: 17 })).toThrow('onnx: avgPool2d_1: a dilated average pool needs opset 19.')
  })

  test('a model that is larger than a file can be', () => {
    const large = input(40_000).dense(20_000) as AnyNetwork
    expect(() => toOnnx(large)).toThrow('onnx: 3200080000 bytes of weights are more than a file can hold. Use externalData')
    expect(toOnnx(large, { externalData: 'large.data' }).length).toBeLessThan(3000)
  })
})
