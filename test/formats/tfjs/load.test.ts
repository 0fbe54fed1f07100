import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { kerasLayers, toKeras } from '../../../src/formats/keras/write/write.js'
import { toTfjs } from '../../../src/formats/tfjs/index.js'
import { type AnyNetwork, block, branchOut, flatten, identity, input, relu } from '../../../src/index.js'
import { FormatError } from '../../../src/network/format-error.js'
import { casesOf, isLong } from '../../support/effort.js'
import { drawNetwork, runNetwork } from '../../support/networks-drawn.js'
import { seed } from '../../support/seed.js'
import { kindsIn } from '../../support/value.js'

/** What is written for Keras loads in TensorFlow.js: every kind of layer at every shape that can be drawn, with heads. */

tf.env().set('IS_TEST', true)

// Orthogonal matrices for layers with state take most of the time of all this, and no shape depends on them.
const orthogonal = tf.initializers.orthogonal({})
const prototype = Object.getPrototypeOf(orthogonal) as typeof orthogonal
const { apply } = prototype
beforeAll(() => {
  prototype.apply = (shape, dtype) => tf.zeros(shape as number[], dtype)
})
afterAll(() => {
  prototype.apply = apply
})

/** What TensorFlow.js makes of a network: the shapes of its outputs. */
const loaded = async (network: AnyNetwork): Promise<(number | null)[][]> => {
  await tf.setBackend('cpu')
  const plain = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology: JSON.parse(JSON.stringify(toKeras(network))) }))
  const shapes = plain.outputs.map(({ shape }) => shape.slice(1))
  plain.dispose()
  const model = await toTfjs(tf, network)
  expect(model.outputs.map(({ shape }) => shape.slice(1))).toEqual(shapes)
  const zeros = tf.zeros([2, ...(network.input as readonly number[])])
  const results = [model.predict(zeros)].flat()
  expect(results.map(({ shape }) => shape.slice(1))).toEqual(shapes)
  tf.dispose([zeros, ...results])
  model.dispose()
  return shapes
}

/** The shapes of a network's output and of its heads in the order of their names. */
const shapesOf = ({ graph, output }: AnyNetwork): (readonly number[])[] => {
  const heads = Object.keys(graph.outputs).sort()
  return [
    output as readonly number[],
    ...heads.map((name) => graph.nodes.find((node) => node.name === graph.outputs[name])?.output as readonly number[]),
  ]
}

const accepts = (network: AnyNetwork): boolean => {
  try {
    return kerasLayers(network.graph).layers.length > 0
  } catch (error) {
    if (error instanceof FormatError) return false
    throw error
  }
}

/** Few enough values that running it costs little. */
const isSmall = ({ graph, params }: AnyNetwork): boolean =>
  params < 20_000 && graph.nodes.every(({ output, macs }) => macs < 200_000 && output.reduce((all, size) => all * size, 1) < 20_000)

test.each<[string, () => AnyNetwork]>([
  ['flatten on a vector', () => input(4).flatten()],
  ['flatten on a vector in a chain', () => input(4, 4, 2).globalAvgPool().flatten().dense(3)],
  ['flatten on a vector in branches', () => input(4).add(flatten(), block(flatten(), relu()))],
  [
    'a head that is the network',
    () =>
      input(4)
        .dense(2)
        .branchOut('aux', (x) => x),
  ],
  [
    'a head that is what goes in',
    () =>
      input(4)
        .branchOut('aux', (x) => x)
        .dense(2),
  ],
  [
    'two heads that are the same',
    () =>
      input(4)
        .dense(2)
        .branchOut('one', (x) => x)
        .branchOut('two', (x) => x)
        .relu(),
  ],
  [
    'heads of nothing but an input',
    () =>
      input(4)
        .branchOut('one', (x) => x)
        .branchOut('two', (x) => x),
  ],
  [
    'a head in a head',
    () =>
      input(4)
        .branchOut('one', (x) => x.dense(3).branchOut('two', (y) => y))
        .relu(),
  ],
  ['a head that is a layer of the same name', () => input(4).dense(2, { name: 'aux' }).branchOut('aux', identity()).relu()],
  [
    'a head of layers',
    () =>
      input(4, 4, 1)
        .apply(branchOut('aux', block(flatten(), flatten())))
        .conv2d(2, 1),
  ],
  ['an input alone', () => input(4, 4, 2)],
  [
    'a value with itself',
    () =>
      input(4)
        .add(
          (x) => x,
          (x) => x,
        )
        .concat(
          (x) => x,
          (x) => x,
        ),
  ],
  [
    'a value that one layer takes twice and a later one again',
    () =>
      input(4, 3)
        .multiply((x) => x)
        .multiply((x) => x.branchOut('aux', (y) => y.batchNorm())),
  ],
  ['a bilinear resize of one column', () => input(5, 1, 1).upsample(4, { method: 'bilinear' })],
  [
    'a value with itself that others read as well',
    () =>
      input(4, 4, 2)
        .relu()
        .branchOut('one', (x) => x.groupNorm(1))
        .branchOut('two', (x) => x.conv2d(2, 1))
        .add(identity(), identity()),
  ],
  [
    'a value three times that others read as well',
    () =>
      input(4, 4, 2)
        .relu()
        .branchOut('one', (x) => x.tanh())
        .branchOut('two', (x) => x.sigmoid())
        .concat(identity(), identity(), identity()),
  ],
  [
    'a value that is its own gate and that others read as well',
    () =>
      input(4, 4, 2)
        .relu()
        .branchOut('one', (x) => x.tanh())
        .branchOut('two', (x) => x.sigmoid())
        .multiply(identity()),
  ],
])('%s', async (_, make) => {
  const network = make()
  expect(await loaded(network)).toEqual(shapesOf(network))
})

test('drawn networks', { timeout: 0 }, async () => {
  const seen = new Set<string>()
  for (const value of fc.sample(drawNetwork, { seed, numRuns: casesOf('Keras: loaded in TensorFlow.js') })) {
    const network = runNetwork(value)
    if (!network || !isSmall(network) || !accepts(network)) continue
    for (const kind of kindsIn(value)) seen.add(kind)
    const shapes = await loaded(network).catch((error: unknown) => `${value}: ${error}`)
    expect(shapes).toEqual(shapesOf(network))
  }
  expect(seen.size).toBeGreaterThan(isLong ? 40 : 30)
})
