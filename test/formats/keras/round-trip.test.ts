import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromKeras, type KerasModel, toKeras } from '../../../src/formats/keras/index.js'
import { type AnyNetwork, input } from '../../../src/index.js'
import { FormatError } from '../../../src/network/format-error.js'
import { outputsOf } from '../../../src/network/graph.js'
import * as zoo from '../../../src/zoo/index.js'
import { casesOf, inProportion, isLong, sampled } from '../../support/effort.js'
import { everyKind } from '../../support/every-kind.js'
import { expectGolden } from '../../support/golden.js'
import { drawNetwork, runNetwork } from '../../support/networks-drawn.js'
import { seed } from '../../support/seed.js'
import { kindsIn } from '../../support/value.js'

/* Network -> Keras -> network: the same graph by what the file says of itself, and the same function by its layers alone. */

/** The file of a network; `undefined` where Keras cannot hold it. */
const fileOf = (network: AnyNetwork): KerasModel | undefined => {
  try {
    return toKeras(network)
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}

const expectSame = (network: AnyNetwork, file: KerasModel): void => {
  const again = fromKeras(JSON.stringify(file)).network
  expect(again.graph).toEqual(network.graph)
  expect([again.input, again.output, again.params]).toEqual([network.input, network.output, network.params])
}

/** What is written and is no layer here: slopes for each position, which are no learned positions. */
const isForeign = (plain: Omit<KerasModel, 'stridewise'>): boolean =>
  plain.config.layers.some(({ class_name: of, config }) => of === 'PReLU' && /classToken_\d+_learned/.test(`${config['name']}`))

const foreign = /PReLU: shared_axes \S+ gives a slope for each position/

/** What is read of the layers alone has the same shapes and parameters, or is refused by its class. */
const expectAlike = (network: AnyNetwork, file: KerasModel): void => {
  const { stridewise: _, ...plain } = file
  if (isForeign(plain)) {
    expect(() => fromKeras(plain)).toThrow(foreign)
    return
  }
  const again = fromKeras(plain).network
  expect([again.input, again.params]).toEqual([network.input, network.params])
  // A file has no main output: of several, each has its name.
  const shapes = ({ graph }: AnyNetwork) =>
    outputsOf(graph)
      .map(({ node }) => graph.nodes.find(({ name }) => name === node)?.output.join())
      .sort()
  expect(shapes(again)).toEqual(shapes(network))
  // And that is a network like any other: its own file holds it.
  const file2 = toKeras(again)
  expectSame(again, file2)
}

describe('network -> Keras -> network', () => {
  test.each(Object.entries(everyKind))('%s', (_, make) => {
    const network = make()
    const file = fileOf(network)
    if (!file) return expect(() => toKeras(network)).toThrow(FormatError)
    expectSame(network, file)
    expectAlike(network, file)
  })

  test.each(sampled(Object.entries(zoo as unknown as Record<string, () => AnyNetwork>)))('%s', (_, make) => {
    const network = make()
    const file = fileOf(network)
    if (!file) return expect(() => toKeras(network)).toThrow(FormatError)
    expectSame(network, file)
    expectAlike(network, file)
  })

  test('drawn networks', () => {
    let count = 0
    const seen = new Set<string>()
    for (const value of fc.sample(drawNetwork, { seed, numRuns: casesOf('Keras: written and read') })) {
      const network = runNetwork(value)
      const file = network && fileOf(network)
      if (!network || !file) continue
      count += 1
      for (const kind of kindsIn(value)) seen.add(kind)
      expectSame(network, file)
      expectAlike(network, file)
    }
    expect(count).toBeGreaterThan(inProportion('Keras: written and read', 400))
    if (isLong) expect(seen.size).toBeGreaterThan(45)
  })
})

describe('what a file says of its network counts only when its layers are those of that network', () => {
  const file = JSON.parse(JSON.stringify(toKeras(input(8, 8, 3).conv2d(4, 3, { name: 'first' }).relu().flatten().dense(2))))

  test('a layer that was changed', () => {
    file.config.layers[1].config.filters = 5
    const { network } = fromKeras(file)
    expect(network.graph.nodes[1]?.settings['filters']).toBe(5)
    expect(network.params).toBe(5 * 28 + 180 * 2 + 2)
  })

  test('a network that cannot be, and one that would take all memory', () => {
    for (const nodes of [
      [],
      [3],
      [{ name: 'input', kind: 'input', settings: {}, inputs: [], output: [-1] }],
      [{ kind: 'adaptiveAvgPool', name: 'a', settings: { size: 1e12 }, inputs: [] }],
    ]) {
      const { network } = fromKeras({ ...file, stridewise: { ...file.stridewise, nodes } })
      expect(network.graph.nodes[1]?.settings['filters']).toBe(5)
    }
  })
})

describe('files of this package', () => {
  test('are in one dialect', () => {
    expectGolden(
      'keras/chain.json',
      `${JSON.stringify(toKeras(input(8, 8, 3).conv2d(4, 3, { padding: 1, stride: 2, rounding: 'floor' }).batchNorm().relu().flatten().dense(2), { name: 'chain' }), null, 2)}\n`,
    )
    expectGolden('keras/branches.json', `${JSON.stringify(toKeras((everyKind['branches in branches'] as () => AnyNetwork)()), null, 2)}\n`)
  })

  test('have names that Keras and TensorFlow take', () => {
    const network = input(4, 4, 2).conv2d(2, 1, { name: 'a/b c' }).conv2d(2, 1, { name: '_x' }).conv2d(2, 1, { name: 'a b c' })
    expect(toKeras(network).config.layers.map(({ config }) => config.name)).toEqual(['input', 'a_b_c', 'layer_x', 'a_b_c_2'])
  })

  test('are no networks of another kind', () => {
    expect(() => toKeras({} as never)).toThrow('keras: needs a network, not an object.')
    expect(() => toKeras(input(3), { nam: 'x' } as never)).toThrow("keras: there is no option 'nam'. The options are name and onLeftOut.")
  })
})

describe('files of TensorFlow.js', () => {
  // Of a separable convolution it forgets the multiplier.
  const kept = Object.entries(everyKind).filter(([id, make]) => id !== 'separableConv2d' && fileOf(make()))
  test.each(sampled(kept))('%s, loaded and written again', async (_, make) => {
    const file = toKeras(make())
    const { stridewise: _own, ...plain } = file
    if (isForeign(plain)) return expect(() => fromKeras(plain)).toThrow(foreign)
    tf.env().set('IS_TEST', true)
    await tf.setBackend('cpu')
    const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology: plain }))
    const written = model.toJSON(null, false)
    model.dispose()
    const ours = fromKeras(plain).network
    const theirs = fromKeras(written as object).network
    expect([theirs.input, theirs.output, theirs.params]).toEqual([ours.input, ours.output, ours.params])
    // It writes the layers of heads in another order.
    const byName = ({ graph }: AnyNetwork) => Object.fromEntries(graph.nodes.map((node) => [node.name, node]))
    expect(byName(theirs)).toEqual(byName(ours))
  })
})
