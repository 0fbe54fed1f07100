import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { ModelOfFile } from '../../../src/cli/load/model/model-file.js'
import { fromTfjs } from '../../../src/formats/tfjs/index.js'
import { absent, type Form, type LayerFile, packed, type WeightFile, writeFiles } from '../../support/hdf5/keras-files.js'
import { readKerasFile } from '../../support/hdf5/read-file.js'
import { computed } from '../../support/onnx.js'
import { GraphModel } from '../../support/tfjs/graph-model.js'

/** Layers that Keras has and TensorFlow.js has not, and models in models: their weights come from where Keras writes them. */

const folder = mkdtempSync(join(tmpdir(), 'stridewise-hdf5-layers-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Json = Record<string, unknown>

/** A layer as it stands in the JSON, and as Keras would hold it. */
interface Both {
  readonly json: Json
  readonly file: LayerFile
}

const numbers = new GraphModel(21)

const weightsOf = (shapes: Readonly<Record<string, readonly number[]>>): WeightFile[] =>
  Object.entries(shapes).map(([name, shape]) => {
    const count = shape.reduce((product, size) => product * size, 1)
    return { name, shape, data: packed(numbers.drawn(count, 0.5, 0.6)) }
  })

const layer = (className: string, name: string, config: Json = {}, shapes: Readonly<Record<string, readonly number[]>> = {}): Both => ({
  json: { class_name: className, config: { name, ...config } },
  file: { name, class: className, weights: weightsOf(shapes) },
})
const sequential = (name: string, ...layers: Both[]): Both => ({
  json: { class_name: 'Sequential', config: { name, layers: layers.map(({ json }) => json) } },
  file: { name, class: 'Sequential', layers: layers.map(({ file }) => file) },
})
const input = (name: string, ...shape: number[]): Both => layer('InputLayer', name, { batch_input_shape: [null, ...shape] })
const dense = (name: string, from: number, units: number, config: Json = {}): Both =>
  layer('Dense', name, { units, ...config }, { kernel: [from, units], ...(config['use_bias'] === false ? {} : { bias: [units] }) })
const eachStep = (name: string, inner: Both): Both => ({
  json: { class_name: 'TimeDistributed', config: { name, layer: inner.json } },
  file: { name, class: 'TimeDistributed', inner: inner.file },
})
/** Another layer of the same sizes reads from the other end. */
const bothWays = (name: string, merge: string, make: () => Both): Both => {
  const [one, other] = [make(), make()]
  return {
    json: { class_name: 'Bidirectional', config: { name, merge_mode: merge, layer: one.json } },
    file: {
      name,
      class: 'Bidirectional',
      forward: { ...one.file, name: `forward_${one.file.name}` },
      backward: { ...other.file, name: `backward_${other.file.name}` },
    },
  }
}
const gru = (name: string, from: number, units: number, config: Json = {}): Both =>
  layer(
    'GRU',
    name,
    { units, recurrent_activation: 'sigmoid', reset_after: true, ...config },
    {
      kernel: [from, 3 * units],
      recurrent_kernel: [units, 3 * units],
      ...(config['use_bias'] === false ? {} : { bias: [2, 3 * units] }),
    },
  )
const batchNorm = (name: string, channels: number, config: Json = {}): Both =>
  layer('BatchNormalization', name, config, {
    ...(config['scale'] === false ? {} : { gamma: [channels] }),
    ...(config['center'] === false ? {} : { beta: [channels] }),
    moving_mean: [channels],
    moving_variance: [channels],
  })

const models: Readonly<Record<string, () => Both>> = {
  'a GRU, and norms of layers': () =>
    sequential(
      'm',
      input('x', 5, 3),
      gru('gru', 3, 4, { return_sequences: true }),
      layer('LayerNormalization', 'norm', {}, { gamma: [4], beta: [4] }),
      layer('RMSNormalization', 'rms', {}, { scale: [4] }),
      gru('gru_1', 4, 2, { use_bias: false }),
    ),
  'a GRU in both directions': () =>
    sequential(
      'm',
      input('x', 5, 3),
      bothWays('bidirectional', 'concat', () => gru('gru', 3, 4, { return_sequences: true })),
      bothWays('bidirectional_1', 'sum', () => gru('gru_1', 8, 2, { use_bias: false })),
    ),
  'norms without scale or shift': () =>
    sequential(
      'm',
      input('x', 6, 5, 4),
      layer('Normalization', 'normalization', {}, { mean: [4], variance: [4] }),
      batchNorm('b1', 4, { scale: false }),
      layer('Conv2D', 'c1', { filters: 6, kernel_size: 3, use_bias: false }, { kernel: [3, 3, 4, 6] }),
      batchNorm('b2', 6, { center: false }),
      layer('GroupNormalization', 'g', { groups: 3 }, { gamma: [6], beta: [6] }),
      batchNorm('b3', 6, { center: false, scale: false }),
      layer('DepthwiseConv2D', 'd', { kernel_size: 2 }, { depthwise_kernel: [2, 2, 6, 1], bias: [6] }),
    ),
  'convolutions along one axis and along three': () =>
    sequential(
      'm',
      input('x', 6, 6, 6, 2),
      layer('Conv3D', 'c3', { filters: 4, kernel_size: 3 }, { kernel: [3, 3, 3, 2, 4], bias: [4] }),
      layer('Reshape', 'r', { target_shape: [16, 16] }),
      layer('Conv1D', 'c1', { filters: 3, kernel_size: 3 }, { kernel: [3, 16, 3], bias: [3] }),
      layer(
        'SeparableConv1D',
        's1',
        { filters: 5, kernel_size: 3 },
        { depthwise_kernel: [3, 3, 1], pointwise_kernel: [1, 3, 5], bias: [5] },
      ),
    ),
  'models in models, with dropouts and layers of one class in each': () =>
    sequential(
      'm',
      input('x', 4),
      dense('first', 4, 4),
      sequential(
        'outer',
        dense('o1', 4, 3),
        sequential('inner', layer('Dropout', 'drop', { rate: 0.5 }), dense('i1', 3, 3), batchNorm('bn', 3)),
        dense('o2', 3, 2),
      ),
      layer('Dropout', 'drop_1', { rate: 0.5 }),
      sequential('only_dropout', layer('Dropout', 'drop_2', { rate: 0.5 })),
      sequential('second', dense('s1', 2, 5, { use_bias: false }), layer('Activation', 'a', { activation: 'relu' }), dense('s2', 5, 3)),
      dense('last', 3, 2),
    ),
  'a model at each step': () =>
    sequential(
      'm',
      input('x', 3, 4),
      eachStep('steps', sequential('head', input('in', 4), dense('h1', 4, 3), dense('h2', 3, 2))),
      eachStep('steps_1', dense('plain', 2, 2)),
    ),
}

/** The tensors of layers as TensorFlow.js names them. */
const manifestOf = (layers: readonly LayerFile[], scope = ''): { name: string; weight: WeightFile }[] =>
  layers.flatMap((each) => {
    const own = `${scope}${each.name}/`
    const inside = [each.inner, each.forward, each.backward].filter((inner) => inner !== undefined)
    return [
      ...(each.weights ?? []).map((weight) => ({ name: own + weight.name, weight })),
      ...manifestOf([...(each.layers ?? []), ...inside], own),
    ]
  })

const throughTensorFlow = ({ json, file }: Both) => {
  const tensors = manifestOf(file.layers as LayerFile[])
  const weights = tensors.map(({ name, weight }) => ({ name, shape: weight.shape, dtype: 'float32' }))
  const data = Buffer.concat(tensors.map(({ weight }) => Buffer.from(weight.data, 'base64')))
  const model = { modelTopology: { model_config: json }, weightsManifest: [{ paths: ['weights.bin'], weights }] }
  return fromTfjs(model, data)
}

const forms: readonly (readonly [Form, string, string])[] = [
  ['keras-2', '2.15.0', 'h5'],
  ['keras-3', '3.4.1', 'h5'],
  ['zip', '3.4.1', 'keras'],
  ['zip-2.12', '2.12.0', 'keras'],
]

const written = (name: string, both: Both): string[] => {
  const paths = forms.map(([form, , extension]) => join(folder, `${name.replace(/\W+/g, '-')}.${form}.${extension}`))
  writeFiles(
    ...forms.map(([form, version], index) => ({
      path: paths[index] as string,
      form,
      version,
      config: both.json,
      layers: both.file.layers as LayerFile[],
      packed: form === 'zip-2.12',
    })),
  )
  return paths
}

/** Outputs in ONNX Runtime. */
const run = async ({ network, weights = new Map() }: ModelOfFile, batch = 2, given?: Float32Array): Promise<number[]> => {
  const { outputs } = await computed(network, { weights }, batch, given)
  return outputs.flatMap(({ data }) => [...(data as Float32Array)])
}

describe.skipIf(absent !== undefined)('as from the file of TensorFlow.js', () => {
  test.each(Object.entries(models))('%s', async (name, make) => {
    const both = make()
    const wanted = throughTensorFlow(both)
    expect(wanted.weights.size).toBeGreaterThan(3)
    const values = await run(wanted)
    expect(values.every(Number.isFinite) && new Set(values).size > 2).toBe(true)
    for (const file of written(name, both)) {
      const found = await readKerasFile(file)
      const { network, weights } = found
      expect(`${network}`, file).toBe(`${wanted.network}`)
      expect(network.graph.nodes, file).toEqual(wanted.network.graph.nodes)
      expect(weights, file).toEqual(wanted.weights)
      expect(await run(found), file).toEqual(values)
    }
  })
})

test.skipIf(absent !== undefined)('a GRU gives the states that Keras defines', async () => {
  const [length, features, units] = [5, 3, 4]
  const layerFile = gru('gru', features, units, { return_sequences: true })
  const both = sequential('m', input('x', length, features), layerFile)
  const [kernel, recurrent, biases] = (layerFile.file.weights as WeightFile[]).map(({ data }) => [
    ...new Float32Array(Uint8Array.from(Buffer.from(data, 'base64')).buffer),
  ]) as [number[], number[], number[]]
  const given = numbers.drawn(length * features)
  const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value))
  const product = (values: readonly number[], matrix: readonly number[], column: number): number =>
    values.reduce((sum, value, row) => sum + value * (matrix[row * 3 * units + column] as number), 0)
  // keras/src/layers/rnn/gru.py, GRUCell.call with reset_after: the gates are update, reset, and the new state.
  let state = Array.from({ length: units }, () => 0)
  const states = Array.from({ length }, (_, step) => {
    const x = [...given.subarray(step * features, (step + 1) * features)]
    state = state.map((before, unit) => {
      const of = (gate: number) => product(x, kernel, gate * units + unit) + (biases[gate * units + unit] as number)
      const ofState = (gate: number) => product(state, recurrent, gate * units + unit) + (biases[(3 + gate) * units + unit] as number)
      const update = sigmoid(of(0) + ofState(0))
      const reset = sigmoid(of(1) + ofState(1))
      return update * before + (1 - update) * Math.tanh(of(2) + reset * ofState(2))
    })
    return state
  }).flat()
  for (const file of written('one GRU', both)) {
    const found = await run(await readKerasFile(file), 1, given)
    expect(Math.max(...found.map((value, at) => Math.abs(value - (states[at] as number)))), file).toBeLessThan(1e-5)
    expect(found.length).toBe(states.length)
  }
})
