import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as tf from '@tensorflow/tfjs'
import { afterAll, describe, expect, test } from 'vitest'
import { fromTfjs, toTfjs } from '../../../src/formats/tfjs/index.js'
import type { AnyNetwork } from '../../../src/index.js'
import type { Weights } from '../../../src/weights/weights.js'
import { absent, type Form, layersOf, writeFiles } from '../../support/hdf5/keras-files.js'
import { readKerasFile } from '../../support/hdf5/read-file.js'
import { GraphModel } from '../../support/tfjs/graph-model.js'
import { drawn, models } from '../../support/tfjs/models.js'
import { saved } from '../../support/tfjs/saved.js'

/**
 * Files of Keras in HDF5, in the forms of Keras 2 and 3: the network and the numbers are those of the same model as TensorFlow.js saves it.
 *
 * The files in keras-files/ are kept, so that they are read on every machine. `KERAS_FILES=1` writes them anew.
 */

tf.env().set('IS_TEST', true)

const folder = mkdtempSync(join(tmpdir(), 'stridewise-hdf5-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const kept = fileURLToPath(new URL('./keras-files/', import.meta.url))

const forms = {
  'keras-2': { version: '2.15.0', extension: '.h5' },
  'keras-3': { version: '3.4.1', extension: '.h5' },
  zip: { version: '3.4.1', extension: '.keras' },
  'zip-2.12': { version: '2.12.0', extension: '.keras' },
} as const satisfies Record<Form, unknown>

const formNames = Object.keys(forms) as Form[]

const fileName = (model: string, form: Form): string => `${model.replace(/\W+/g, '-')}.${form}${forms[form].extension}`

/** Writes a model, and gives what TensorFlow.js saves of it. */
const prepared = async (name: string, write: boolean) => {
  await tf.setBackend('cpu')
  const model = drawn((models[name] as () => tf.LayersModel)())
  const { json, data } = await saved(model)
  const { class_name, config } = json.modelTopology.model_config ?? json.modelTopology
  if (write)
    writeFiles(
      ...formNames.map((form) => ({
        path: join(folder, fileName(name, form)),
        form,
        version: forms[form].version,
        config: { class_name, config },
        layers: layersOf(model),
      })),
    )
  return { model, ...fromTfjs(json, data) }
}

/** Networks and weights without the names of the layers, which TensorFlow.js numbers anew in every run. */
const plain = ({ network, weights = new Map() }: { network: AnyNetwork; weights?: Weights }) => {
  const places = new Map(network.graph.nodes.map(({ name }, index) => [name, index]))
  return {
    nodes: network.graph.nodes.map(({ name: _, inputs, shared, sharedWith, ...node }) => ({
      ...node,
      inputs: inputs.map((input) => places.get(input)),
      sharedWith: places.get(sharedWith ?? ''),
    })),
    weights: [...weights.values()],
  }
}

/** Outputs of a network in TensorFlow.js, and of the model that it was made of. */
const outputsOf = async (model: tf.LayersModel, { network, weights = new Map() }: { network: AnyNetwork; weights?: Weights }) => {
  const shape = network.input as readonly number[]
  const x = tf.tensor(new GraphModel(5).drawn(2 * shape.reduce((product, size) => product * size, 1)), [2, ...shape])
  const again = await toTfjs(tf, network, weights)
  const outputs = [model, again].map((each) => [each.predict(x)].flat().flatMap((tensor) => [...tensor.dataSync()]))
  again.dispose()
  return outputs as [number[], number[]]
}

const cases = Object.keys(models).map((name, index) => ({ name, index }))

describe.each(cases)('$name', ({ name, index }) => {
  test('the file that is kept', async () => {
    const wanted = await prepared(name, process.env['KERAS_FILES'] === '1')
    const form = formNames[index % formNames.length] as Form
    if (process.env['KERAS_FILES'] === '1') copyFileSync(join(folder, fileName(name, form)), join(kept, fileName(name, form)))
    const file = join(kept, fileName(name, form))
    expect(readFileSync(file).length).toBeLessThan(50_000)
    const found = await readKerasFile(file)
    expect(found.weights?.size).toBeGreaterThan(0)
    expect(plain(found)).toEqual(plain(wanted))
    const [one, other] = await outputsOf(wanted.model, found)
    expect(other.length).toBe(one.length)
    expect(Math.max(...one.map((value, at) => Math.abs(value - (other[at] as number))))).toBeLessThan(1e-5)
    wanted.model.dispose()
  })

  test.skipIf(absent !== undefined)('all forms', async () => {
    const wanted = await prepared(name, true)
    for (const form of formNames) {
      const file = join(folder, fileName(name, form))
      expect(plain(await readKerasFile(file)), form).toEqual(plain(wanted))
      const { weights: _, ...layers } = plain(await readKerasFile(file, false))
      expect(layers.nodes, form).toEqual(plain(wanted).nodes)
    }
    wanted.model.dispose()
  })
})
