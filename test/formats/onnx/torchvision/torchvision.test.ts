import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { fromOnnx } from '../../../../src/formats/onnx/index.js'
import { encodeModel } from '../../../../src/formats/onnx/wire/encode.js'
import { onnxModel } from '../../../../src/formats/onnx/write/write.js'
import { toTypeScript } from '../../../../src/formats/typescript/index.js'
import { checkWeights } from '../../../../src/weights/check.js'
import { check } from '../../../support/compiler.js'
import { absent } from '../../../support/judge.js'
import { turned } from '../../../support/onnx/beside.js'
import { runModel } from '../../../support/onnx.js'

/**
 * One model of each family of torchvision's classifiers, exported by torch: each comes in, computes what torch computes, and its source has its
 * parameters in the type. A long run exports one or two ways of each; `WAYS=all` exports every opset, folded and not, fixed and dynamic, which
 * takes hours.
 */

const families: readonly (readonly [name: string, ways: readonly string[]])[] = [
  ['alexnet', ['11-folded-dynamic']],
  ['resnet18', ['11-unfolded-dynamic', '16-folded-fixed']],
  ['resnext50_32x4d', ['13-folded-dynamic']],
  ['wide_resnet50_2', ['16-folded-dynamic']],
  ['squeezenet1_1', ['11-folded-fixed', '16-unfolded-dynamic']],
  ['densenet121', ['13-unfolded-dynamic']],
  ['googlenet', ['16-folded-dynamic']],
  ['inception_v3', ['13-folded-fixed']],
  ['shufflenet_v2_x0_5', ['11-unfolded-dynamic', '16-folded-fixed']],
  ['mobilenet_v2', ['13-unfolded-fixed']],
  ['mobilenet_v3_small', ['11-folded-dynamic', '16-unfolded-fixed']],
  ['mnasnet0_5', ['13-folded-dynamic']],
  ['efficientnet_b0', ['16-unfolded-dynamic']],
  ['efficientnet_v2_s', ['13-folded-fixed']],
  ['regnet_y_400mf', ['11-unfolded-fixed']],
  ['convnext_tiny', ['13-folded-dynamic']],
  ['vit_b_32', ['11-folded-dynamic']],
  ['swin_t', ['13-folded-fixed']],
]

const script = fileURLToPath(new URL('export.py', import.meta.url))
const folder = absent === undefined ? mkdtempSync(join(tmpdir(), 'stridewise-families-')) : ''
const floatsIn = (file: string): Float32Array => new Float32Array(new Uint8Array(readFileSync(file)).buffer)

/** One process for all: torch takes seconds to load. */
const exporter = absent === undefined ? spawn('/usr/bin/python3', [script, folder], { stdio: ['pipe', 'pipe', 'inherit'] }) : undefined
const answers = exporter && createInterface({ input: exporter.stdout })[Symbol.asyncIterator]()

/** What torch exports of a model. */
const exported = async (name: string, ways: readonly string[]): Promise<unknown> => {
  exporter?.stdin.write(`${[name, ...ways].join(' ')}\n`)
  const answer = await answers?.next()
  if (answer === undefined || answer.done) throw new Error(`torch ended at ${name}.`)
  return JSON.parse(answer.value)
}

describe.skipIf(absent)("torchvision's classifiers, exported by torch", () => {
  afterAll(() => {
    exporter?.kill()
    rmSync(folder, { recursive: true, force: true })
  })

  test.each(families)('%s', async (name, ways) => {
    const asked = process.env['WAYS'] === 'all' ? [] : ways
    const said = (await exported(name, asked)) as { size: number; refused: object; params: number; files: readonly string[] }
    const { size, refused, params, files } = said
    expect(refused).toEqual({})
    const [images, wanted] = ['x', 'y'].map((what) => floatsIn(join(folder, `${name}.${what}.bin`))) as [Float32Array, Float32Array]
    const most = wanted.reduce((top, value) => Math.max(top, Math.abs(value)), 0)
    const seen = new Set<string>()
    for (const file of files) {
      const { network, weights } = fromOnnx(new Uint8Array(readFileSync(join(folder, file))))
      rmSync(join(folder, file))
      checkWeights(network, weights)
      // Folded files have no normalizations, and unfolded ones every parameter.
      if (file.includes('unfolded')) expect(network.params).toBe(params)
      const source = toTypeScript(network, { name: 'model' })
      const hash = createHash('sha256').update(source)
      for (const [key, { data }] of [...weights].sort(([one], [other]) => (one < other ? -1 : 1)))
        hash.update(key).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
      const identity = hash.digest('hex')
      // Most ways give the same network with the same weights.
      if (seen.has(identity)) continue
      seen.add(identity)
      const path = `test/formats/onnx/${name}.ts`
      const checked = check(new Map([[path, source]])).get(path)
      expect(checked?.complaints).toEqual([])
      expect(checked?.hover(source.indexOf('export const model') + 'export const '.length)).toContain(`, [1000], ${network.params}>`)
      const again = onnxModel(network, { weights })
      const [scores] = Object.values(await runModel(encodeModel(again), again, 2, turned(images, [3, size, size], true)))
      const found = scores?.data as Float32Array
      const apart = wanted.reduce((top, value, at) => Math.max(top, Math.abs(value - (found[at] as number))), 0)
      expect([file, apart / most < 1e-4]).toEqual([file, true])
    }
    for (const what of ['x', 'y']) rmSync(join(folder, `${name}.${what}.bin`))
  })
})
