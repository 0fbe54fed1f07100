import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FormatError, fromKeras } from '../../../src/formats/keras/index.js'
import type { AnyNetwork } from '../../../src/index.js'
import { valuesIn } from '../../../src/layers/kind/layer.js'
import { outputsOf } from '../../../src/network/graph.js'
import { damagedJson, drawDamage, type Json, kerasFiles } from '../../support/damaged-json.js'
import { casesOf, inProportion } from '../../support/effort.js'
import { seed } from '../../support/seed.js'

/* Damaged and hostile files, derived from valid ones. Each gives one clear error, or the network that its layers describe. */

/** The sentence of a refusal; nothing for a network. */
const outcome = (json: unknown): string | undefined => {
  try {
    const { network } = fromKeras(json)
    // What was read is a network whose own file holds the same, or that Keras cannot hold.
    expect(network.graph.nodes.length).toBeGreaterThan(0)
    expect(
      outputShapes(network)
        .flat()
        .every((size) => size > 0),
    ).toBe(true)
    return undefined
  } catch (error) {
    if (error instanceof FormatError) return error.message
    throw error
  }
}

/** Errors of this package's own code are no sentences about a file. */
const crash = /is not a function|Cannot read|is not iterable|undefined|Maximum call stack|Invalid array length|out of memory|\[object/

test('damaged files: a sentence that says what is wrong, or a network', () => {
  const drawn = fc.sample(fc.tuple(fc.constantFrom(...kerasFiles), fc.array(drawDamage, { minLength: 1, maxLength: 3 }), fc.boolean()), {
    seed,
    numRuns: casesOf('Keras: damaged files'),
  })
  let refused = 0
  for (const [file, damages, bare] of drawn) {
    const { stridewise, ...plain } = file as { stridewise: Json; [key: string]: Json }
    const json = damages.reduce<Json>(damagedJson, bare ? plain : { stridewise, ...plain })
    const sentence = outcome(json)
    if (sentence === undefined) continue
    refused += 1
    expect(sentence).toMatch(/^keras: .{8,}/)
    expect(sentence).not.toMatch(crash)
    expect(sentence.length).toBeLessThan(600)
  }
  expect(refused).toBeGreaterThan(inProportion('Keras: damaged files', 800))
  expect(refused).toBeLessThan(inProportion('Keras: damaged files', 2400))
})

test('a damaged file that is read is the network that TensorFlow.js makes of it', async () => {
  tf.env().set('IS_TEST', true)
  await tf.setBackend('cpu')
  const plain = kerasFiles.map((file) => {
    const { stridewise: _, ...rest } = file as { [key: string]: Json }
    return rest
  })
  const drawn = fc.sample(fc.tuple(fc.constantFrom(...plain), drawDamage), {
    seed: seed + 1,
    numRuns: casesOf('Keras: damaged files in TensorFlow.js'),
  })
  let compared = 0
  for (const [file, damage] of drawn) {
    const json = damagedJson(file, damage)
    const network = readOrNothing(json)
    if (!network || !isSmall(network) || !isFound(json as KerasModel) || hasMixedSides(json)) continue
    const model = await modelOf(json)
    if (!model) continue
    compared += 1
    expect(shapesOf(model, network), JSON.stringify(damage)).toEqual(outputShapes(network))
    expect(model.countParams(), JSON.stringify([damage, json])).toBe(allParams(network))
    model.dispose()
  }
  expect(compared).toBeGreaterThan(inProportion('Keras: damaged files in TensorFlow.js', 300))
})

test('a size that a Reshape infers is the one that TensorFlow.js runs with', async () => {
  await tf.setBackend('cpu')
  const config = { name: 'reshape', batch_input_shape: [null, 4, 3], target_shape: [3, -1, 2] }
  const json = { class_name: 'Sequential', config: { layers: [{ class_name: 'Reshape', config }] } }
  const { network } = fromKeras(json)
  const model = (await modelOf(json)) as tf.LayersModel
  expect(model.outputs[0]?.shape).toEqual([null, 3, null, 2])
  expect(shapesOf(model, network)).toEqual(outputShapes(network))
  model.dispose()
})

const readOrNothing = (json: unknown): AnyNetwork | undefined => {
  try {
    return fromKeras(json).network
  } catch {
    return undefined
  }
}

const modelOf = async (json: unknown): Promise<tf.LayersModel | undefined> => {
  try {
    return await tf.loadLayersModel(tf.io.fromMemory({ modelTopology: json as object }))
  } catch {
    return undefined
  }
}

/**
 * The shapes of the outputs. A Reshape may leave one size to be inferred, with -1: Keras infers it when the model is made, and TensorFlow.js
 * only when it runs.
 */
const shapesOf = (model: tf.LayersModel, network: AnyNetwork): (number | null)[][] => {
  const shapes = model.outputs.map((output) => output.shape.slice(1))
  if (!shapes.flat().includes(null)) return shapes
  const inputs = network.graph.inputs.map((name) =>
    tf.zeros([1, ...(network.graph.nodes.find((node) => node.name === name)?.output ?? [])]),
  )
  return tf.tidy(() => [model.predict(inputs)].flat().map((value) => (value as tf.Tensor).shape.slice(1)))
}

const outputShapes = ({ graph }: AnyNetwork): (readonly number[])[] =>
  outputsOf(graph).map(({ node }) => graph.nodes.find(({ name }) => name === node)?.output ?? [])

interface KerasModel {
  readonly class_name?: string
  readonly config?: { readonly name?: string; readonly layers?: readonly (KerasModel & { name?: string; inbound_nodes?: unknown })[] }
}

/**
 * Whether TensorFlow.js comes to an end: it looks for ever for a layer that has two names, or none, and for one whose connection is not in
 * two lists, where Keras and this package read one.
 */
const isFound = ({ class_name: className, config }: KerasModel): boolean => {
  const layers = config?.layers
  if (!Array.isArray(layers)) return true
  if (className === 'Sequential') return layers.every(isFound)
  return layers.every((layer) => {
    const { name, config: own, inbound_nodes: nodes } = layer
    const inLists = !Array.isArray(nodes) || nodes.every((node) => Array.isArray(node) && node.every(Array.isArray))
    return name !== undefined && name === own?.name && inLists && isFound(layer)
  })
}

/**
 * Whether the cells of one axis are a number, and those of another a pair: Keras takes the number for both sides, and TensorFlow.js gives the
 * map no size.
 */
const hasMixedSides = (json: unknown): boolean => /"(?:cropping|padding)":\[(?:\d+,\[|\[[\d,]*\],\d)/.test(JSON.stringify(json))

/** What TensorFlow.js builds in no time. Of groups it takes no notice. */
const isSmall = ({ graph }: AnyNetwork): boolean =>
  graph.nodes.every(
    ({ kind, output, weights, settings }) =>
      valuesIn(output) < 1e5 && (settings['groups'] ?? 1) === 1 && kind !== 'lstm' && weights.every(({ shape }) => valuesIn(shape) < 2000),
  )

/** An LSTM of Keras has one bias for each gate, not two. */
const allParams = ({ graph }: AnyNetwork): number =>
  graph.nodes
    .flatMap(({ weights }) => weights)
    .filter(({ name }) => name !== 'recurrentBias' && name !== 'backwardRecurrentBias')
    .reduce((sum, { shape }) => sum + valuesIn(shape), 0)

test('truncated text', () => {
  const text = JSON.stringify(kerasFiles.at(-2))
  for (let length = 0; length < text.length; length += 37) expect(outcome(text.slice(0, length))).toMatch(/^keras: is not valid JSON: /)
})

test('deep nesting, and a million layers that are one', () => {
  let deep: Json = []
  for (let level = 0; level < 50_000; level += 1) deep = [deep]
  const model = {
    class_name: 'Model',
    config: {
      layers: [{ class_name: 'InputLayer', name: 'x', config: { batch_input_shape: deep }, inbound_nodes: [] }],
      input_layers: deep,
      output_layers: deep,
    },
  }
  expect(outcome(model)).toMatch(/^keras: /)
  expect(outcome('['.repeat(200_000))).toMatch(/^keras: is not valid JSON: /)
  const relu = { class_name: 'ReLU', config: { name: 'a' } }
  expect(outcome({ class_name: 'Sequential', config: { layers: Array.from({ length: 1e6 }, () => relu) } })).toMatch(/^keras: a: /)
})

test('sizes for which there is no memory take none', () => {
  const on = (shape: number[], className: string, config: Record<string, Json>) => ({
    class_name: 'Sequential',
    config: { layers: [{ class_name: className, config: { name: 'layer', batch_input_shape: [null, ...shape], ...config } }] },
  })
  expect(fromKeras(on([1e6, 1e6, 3], 'Conv2D', { filters: 1e9, kernel_size: 1001 })).network.output).toEqual([999_000, 999_000, 1e9])
  expect(fromKeras(on([8, 8, 1e6], 'Conv2D', { filters: 1e6, kernel_size: 3, groups: 1e5 })).network.graph.nodes.length).toBe(2)
  expect(outcome(on([1e300, 3], 'Flatten', {}))).toMatch(/^keras: layer_input: InputLayer: batch_input_shape must be/)
})
