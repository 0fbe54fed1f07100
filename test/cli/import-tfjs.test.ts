import { mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSafetensors } from '../../src/formats/safetensors/index.js'
import { fromTfjs, toTfjs } from '../../src/formats/tfjs/index.js'
import { lenet5 } from '../../src/zoo/index.js'
import { type Project, projectOf } from '../support/command.js'
import { GraphModel } from '../support/tfjs/graph-model.js'
import { saved } from '../support/tfjs/saved.js'

/** `stridewise import` of models of TensorFlow.js, whose weights are in files beside them. */

let project: Project
beforeAll(() => {
  project = projectOf({ 'package.json': '{ "type": "module" }' })
})
afterAll(() => project.remove())

const at = (name: string): string => join(project.folder, name)
const imported = (...args: string[]) => project.run(['import', ...args])

const model = (): GraphModel => {
  const m = new GraphModel(3)
  const attributes = { strides: [1, 1, 1, 1], padding: 'SAME', data_format: 'NHWC', fused_ops: ['BiasAdd', 'Relu'], num_args: 1 }
  const x = m.input('image', [-1, -1, 3])
  m.op('net/conv1/Relu', '_FusedConv2D', [x, m.weights('net/conv1/weights', [3, 3, 3, 4]), m.weights('net/conv1/bias', [4])], attributes)
  m.op(
    'net/conv2/Relu',
    '_FusedConv2D',
    ['net/conv1/Relu', m.weights('net/conv2/weights', [1, 1, 4, 2]), m.weights('net/conv2/bias', [2])],
    attributes,
  )
  return m
}

/** Writes a model with its weights in files of at most that many bytes. */
const write = (folder: string, { json, data }: Pick<GraphModel, 'json' | 'data'>, size = 100, paths?: string[]): void => {
  mkdirSync(at(folder), { recursive: true })
  const names = Array.from({ length: Math.ceil(data.length / size) }, (_, index) => `group1-shard${index + 1}.bin`)
  for (const [index, name] of names.entries()) writeFileSync(at(`${folder}/${name}`), data.subarray(index * size, (index + 1) * size))
  const weightsManifest = [{ ...json.weightsManifest[0], paths: paths ?? names }]
  writeFileSync(at(`${folder}/model.json`), JSON.stringify({ ...json, weightsManifest }))
}

const source = `import { input } from 'stridewise'

/** Network<[8, 6, 3], [8, 6, 2], 122> */
export const network = input(8, 6, 3)
  .conv2d(4, 3, { padding: 'same', name: 'conv1' }) // 8x6x4
  .relu() // 8x6x4
  .conv2d(2, 1, { padding: 'same', name: 'conv2' }) // 8x6x2
  .relu() // 8x6x2
`

describe('a graph model', () => {
  test('with weights that lie in several files', async () => {
    const m = model()
    write('graph', m)
    const { code, stdout, stderr } = await imported('graph/model.json', '--input', '8,6,3', '--weights', 'graph.safetensors')
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^note {2}graph\.safetensors written, [\d,]+ bytes\n$/)])
    expect(stdout).toBe(source)
    expect(readSafetensors(readFileSync(at('graph.safetensors')))).toEqual(fromTfjs(m.json, m.data, { input: [8, 6, 3] }).weights)
  })

  test('without its files, which only weights need', async () => {
    write('alone', model(), 100, ['gone.bin'])
    expect(await imported('alone/model.json', '--input', '8,6,3')).toMatchObject({ code: 0, stdout: source, stderr: '' })
    const { code, stderr } = await imported('alone/model.json', '--input', '8,6,3', '--weights', 'alone.safetensors')
    expect([code, stderr]).toEqual([
      1,
      'error alone/model.json: net/conv1/weights: stands in the file alone/gone.bin, which is not there.\n',
    ])
    expect(readdirSync(project.folder).filter((name) => name.includes('alone.'))).toEqual([])
  })

  test('whose sizes are open', async () => {
    write('open', model())
    const { code, stderr } = await imported('open/model.json')
    expect([code, stderr]).toEqual([
      1,
      'error open/model.json: the file leaves sizes of its input open: ?x?x3. Set them with the option input, such as [224, 224, 3] (--input 224,224,3).\n',
    ])
  })

  test('whose files are cut off', async () => {
    write('short', model())
    truncateSync(at('short/group1-shard5.bin'), 1)
    const { code, stderr } = await imported('short/model.json', '--input', '8,6,3', '--weights', 'short.safetensors')
    expect([code, stderr]).toEqual([
      1,
      'error short/model.json: net/conv1/weights: needs 432 bytes from byte 0 on, and the files have 401.\n',
    ])
  })

  test.each(['../secret.bin', '/etc/hostname', 'a/../../secret.bin', 'C:\\secret.bin'])('with weights of %s is not read', async (path) => {
    writeFileSync(at('secret.bin'), new Uint8Array(1000))
    write('reaching', model(), 1000, [path])
    const { code, stderr } = await imported('reaching/model.json', '--input', '8,6,3', '--weights', 'reached.safetensors')
    expect([code, stderr]).toEqual([
      1,
      `error reaching/model.json: net/conv1/weights: stands in the file '${path}', which is not beside the model.\n`,
    ])
  })

  test.each([
    ['one after the other', ['group1-shard1.bin', 'group1-shard1.bin']],
    ['by another way', ['group1-shard1.bin', './group1-shard1.bin']],
  ])('whose file is named twice, %s, is not read', async (_, paths) => {
    write('twice', model(), 1000, paths)
    const { code, stderr } = await imported('twice/model.json', '--input', '8,6,3', '--weights', 'twice.safetensors')
    expect([code, stderr]).toEqual([
      1,
      'error twice/model.json: net/conv1/weights: stands in the file twice/group1-shard1.bin, which weightsManifest names twice.\n',
    ])
  })

  test('with a link to a file elsewhere is not read', async () => {
    writeFileSync(at('secret.bin'), new Uint8Array(1000))
    write('linked', model(), 1000, ['link.bin'])
    symlinkSync(at('secret.bin'), at('linked/link.bin'))
    const { code, stderr } = await imported('linked/model.json', '--input', '8,6,3', '--weights', 'linked.safetensors')
    expect([code, stderr]).toEqual([
      1,
      'error linked/model.json: net/conv1/weights: stands in the file linked/link.bin, which is a link to one that is not beside the model.\n',
    ])
  })
})

test('a layers model, as model.save() writes it', async () => {
  await tf.setBackend('cpu')
  const made = await toTfjs(tf, lenet5())
  const { json, data } = await saved(made)
  mkdirSync(at('layers'))
  writeFileSync(at('layers/weights.bin'), data)
  writeFileSync(at('layers/model.json'), JSON.stringify({ format: 'layers-model', ...json }))
  const { code, stderr } = await imported('layers/model.json', '--weights', 'layers.safetensors', '-o', 'layers.ts')
  expect([code, stderr]).toEqual([0, expect.stringContaining('layers.safetensors written')])
  expect(readFileSync(at('layers.ts'), 'utf8')).toContain('/** Network<[32, 32, 1], [10], 61706> */')
  const weights = readSafetensors(readFileSync(at('layers.safetensors')))
  const again = await toTfjs(tf, lenet5(), weights)
  const x = tf.range(0, 1024).div(1024).reshape([1, 32, 32, 1])
  const [one, other] = [made, again].map((each) => [...(each.predict(x) as tf.Tensor).dataSync()])
  expect(other).toEqual(one)
})

test('weights without their network', async () => {
  writeFileSync(at('manifest.json'), JSON.stringify([{ paths: ['a.bin'], weights: [] }]))
  const { code, stderr } = await imported('manifest.json')
  expect([code, stderr]).toEqual([
    1,
    'error manifest.json: is a list of weights without their network: TensorFlow.js needs the model.json that it belongs to.\n',
  ])
})
