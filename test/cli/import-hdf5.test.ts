import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect } from 'vitest'
import { readSafetensors } from '../../src/formats/safetensors/index.js'
import { type Project, projectOf } from '../support/command.js'
import { readKerasFile } from '../support/hdf5/read-file.js'
import { inShort as test } from '../support/runs.js'

/** `stridewise import` and `report` of Keras's files with HDF5. */

const kept = fileURLToPath(new URL('../formats/keras/keras-files/', import.meta.url))

let project: Project
beforeAll(() => {
  project = projectOf({ 'package.json': '{ "type": "module" }' })
  copyFileSync(`${kept}a-chain.keras-2.h5`, at('chain.h5'))
  copyFileSync(`${kept}a-chain.keras-2.h5`, at('chain.hdf5'))
  copyFileSync(`${kept}a-model-in-a-model.zip.keras`, at('nested.keras'))
})
afterAll(() => project.remove())

const at = (name: string): string => join(project.folder, name)

const source = `import { input } from 'stridewise'

/** Network<[8, 6, 3], [3], 543> */
export const network = input(8, 6, 3)
  .conv2d(4, 3, { name: 'conv2d_Conv2D1' }) // 6x4x4
  .relu() // 6x4x4
  .batchNorm({ epsilon: 0.001, name: 'batch_normalization_BatchNormalization1' }) // 6x4x4
  .depthwiseConv2d(3, { multiplier: 2, name: 'depthwise_conv2d_DepthwiseConv2D1' }) // 4x2x8
  .flatten() // 64
  .dense(5, { name: 'dense_Dense1' }) // 5
  .tanh() // 5
  .dense(3, { name: 'dense_Dense2' }) // 3
  .softmax() // 3
`

test.each(['chain.h5', 'chain.hdf5'])('%s, with its weights', async (name) => {
  const ran = await project.run(['import', name, '--weights', 'chain.safetensors', '--force'])
  expect([ran.code, ran.stdout]).toEqual([0, source])
  const { weights } = await readKerasFile(at(name))
  expect(weights?.size).toBe(12)
  expect(readSafetensors(readFileSync(at('chain.safetensors')))).toEqual(weights)
})

test('a .keras file, with its weights', async () => {
  const ran = await project.run(['import', 'nested.keras', '--weights', 'nested.safetensors', '-o', 'nested.ts'])
  expect([ran.code, ran.stderr]).toEqual([0, expect.stringContaining('nested.ts written')])
  expect(readFileSync(at('nested.ts'), 'utf8')).toContain("shared('conv2d_Conv2D")
  expect(readSafetensors(readFileSync(at('nested.safetensors')))).toEqual((await readKerasFile(at('nested.keras'))).weights)
})

test('report and --types need no weights', async () => {
  const report = await project.run(['report', 'chain.h5'])
  expect([report.code, report.stdout]).toEqual([0, expect.stringContaining('543 parameters')])
  const types = await project.run(['import', 'chain.h5', '--types'])
  expect([types.code, types.stdout]).toEqual([0, expect.stringMatching(/"?batch"?/)])
})

test('a file that is cut off', async () => {
  writeFileSync(at('cut.h5'), readFileSync(at('chain.h5')).subarray(0, 20_000))
  const ran = await project.run(['import', 'cut.h5', '--weights', 'cut.safetensors'])
  expect([ran.code, ran.stdout]).toEqual([1, ''])
  expect(ran.stderr).toMatch(/^error cut\.h5: .*(is damaged|cut off)/)
})
