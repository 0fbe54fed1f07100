import { describe, expect, test } from 'vitest'
import { fromKeras, toKeras } from '../../../src/formats/keras/index.js'
import { type AnyNetwork, batchNorm, block, conv2d, dense, identity, input, inputs, relu, shared } from '../../../src/index.js'
import { reachedGraph } from '../../../src/weights/reached-graph.js'
import { countsOf, graphCases } from '../../support/graph-cases.js'

/** Networks with several inputs, several outputs and shared layers as models of Keras, and out of them. */

const cases = Object.entries(graphCases).map(([id, make]) => ({ id, make }))

describe('written and read', () => {
  test.each(cases)('$id: what leads to an output', ({ make }) => {
    const network = make()
    expect(fromKeras(JSON.stringify(toKeras(network))).network.graph).toEqual(reachedGraph(network.graph).graph)
  })

  test.each(cases)('$id: by its layers alone as many parameters and MACs, and the same shared layers', ({ make }) => {
    const network = make()
    const { stridewise: _, ...plain } = toKeras(network)
    const { graph } = fromKeras(JSON.stringify(plain)).network
    expect(countsOf(graph)).toEqual(countsOf(reachedGraph(network.graph).graph))
    expect(graph.inputs).toEqual(network.graph.inputs)
    // And that is a network like any other.
    expect(fromKeras(toKeras(fromKeras(plain).network as AnyNetwork)).network.graph).toEqual(graph)
  })
})

describe('the file', () => {
  const layersOf = (network: AnyNetwork) => toKeras(network).config.layers

  test('has a shared layer once, with a call for each use', () => {
    const both = shared('both', block(dense(3), relu()))
    const network = inputs({ left: [4], right: [4] })
      .from('left')
      .apply(both)
      .keep('a')
      .from('right')
      .apply(both)
      .add('a', identity())
    const layers = layersOf(network as unknown as AnyNetwork)
    expect(layers.map(({ name, inbound_nodes }) => [name, inbound_nodes])).toEqual([
      ['left', []],
      ['right', []],
      ['both_dense_1', [[['left', 0, 0, {}]], [['right', 0, 0, {}]]]],
      ['relu_1', [[['both_dense_1', 0, 0, {}]]]],
      ['relu_2', [[['both_dense_1', 1, 0, {}]]]],
      [
        'add_1',
        [
          [
            ['relu_1', 0, 0, {}],
            ['relu_2', 0, 0, {}],
          ],
        ],
      ],
    ])
    expect(toKeras(network as unknown as AnyNetwork).config.input_layers).toEqual([
      ['left', 0, 0],
      ['right', 0, 0],
    ])
  })

  test('numbers the calls as a reader makes them: those first whose inputs stand before', () => {
    const [one, other] = [shared('one', dense(4, { name: 'one' })), shared('other', dense(4, { name: 'other' }))]
    const network = input(4)
      .apply(one)
      .keep('a')
      .dense(4, { name: 'between' })
      .apply(one)
      .apply(other)
      .keep('late')
      .from('input')
      .apply(other)
      .add('late', 'a', identity())
    const layers = layersOf(network as unknown as AnyNetwork)
    expect(layers.find(({ name }) => name === 'other')?.inbound_nodes).toEqual([[['input', 0, 0, {}]], [['one', 1, 0, {}]]])
  })

  test('has outputs by their names', () => {
    const network = input(4).dense(2).keep('small').dense(3).keep('large').outputs('small', 'large')
    expect(toKeras(network as unknown as AnyNetwork).config.output_layers).toEqual([
      ['small', 0, 0],
      ['large', 0, 0],
    ])
  })

  test('says which layers it leaves out', () => {
    const left: (readonly string[])[] = []
    const network = inputs({ image: [4, 4, 2], other: [3] })
      .from('image')
      .conv2d(2, 1, { name: 'dead' })
      .relu()
      .from('image')
      .globalAvgPool()
    toKeras(network as unknown as AnyNetwork, { onLeftOut: (layers) => left.push(layers) })
    toKeras(input(4).dense(2), { onLeftOut: (layers) => left.push(layers) })
    expect(left).toEqual([['dead', 'relu_1']])
  })

  test('pads a window apart where it is one of several sizes', () => {
    const shrink = shared('shrink', conv2d(3, 3, { stride: 2, padding: 1, rounding: 'floor', name: 'shrink' }))
    const network = input(12, 12, 3).apply(shrink).apply(shrink).apply(shrink).apply(batchNorm())
    const layers = layersOf(network as AnyNetwork)
    expect(layers.map(({ class_name }) => class_name)).toEqual([
      ...['InputLayer', 'ZeroPadding2D', 'Conv2D', 'ZeroPadding2D', 'ZeroPadding2D', 'BatchNormalization'],
    ])
  })
})

describe('files of others', () => {
  const file = (layers: readonly object[], outputs: readonly unknown[], inputs: readonly unknown[] = [['a', 0, 0]]) => ({
    class_name: 'Functional',
    config: { name: 'model', layers, input_layers: inputs, output_layers: outputs },
  })
  const from = (name: string, size: number) => ({
    class_name: 'InputLayer',
    name,
    config: { name, batch_input_shape: [null, size] },
    inbound_nodes: [],
  })
  const layer = (className: string, name: string, config: object, ...calls: unknown[]) => ({
    class_name: className,
    name,
    config: { name, ...config },
    inbound_nodes: calls,
  })

  test.each([
    ['Subtract', 'subtract'],
    ['Average', 'average'],
    ['Maximum', 'maximum'],
    ['Minimum', 'minimum'],
  ])('%s', (className, kind) => {
    const { network } = fromKeras(
      file(
        [
          from('a', 3),
          from('b', 3),
          layer(className, 'join', {}, [
            ['a', 0, 0, {}],
            ['b', 0, 0, {}],
          ]),
        ],
        [['join', 0, 0]],
        [
          ['b', 0, 0],
          ['a', 0, 0],
        ],
      ),
    )
    expect(network.graph.nodes.map(({ kind, inputs }) => [kind, ...inputs])).toEqual([['input'], ['input'], [kind, 'a', 'b']])
    expect(network.input).toEqual({ b: [3], a: [3] })
  })

  describe('Dot', () => {
    const matrix = (name: string, ...sizes: readonly number[]) => ({
      class_name: 'InputLayer',
      name,
      config: { name, batch_input_shape: [null, ...sizes] },
      inbound_nodes: [],
    })
    const read = (config: object, one: readonly number[], other: readonly number[]) =>
      fromKeras(
        file(
          [
            matrix('a', ...one),
            matrix('b', ...other),
            layer('Dot', 'dot', config, [
              ['a', 0, 0, {}],
              ['b', 0, 0, {}],
            ]),
          ],
          [['dot', 0, 0]],
          [
            ['a', 0, 0],
            ['b', 0, 0],
          ],
        ),
      ).network

    test.each<[unknown, number[], number[], string[]]>([
      [[2, 1], [4, 5], [5, 3], []],
      [[-1, -2], [4, 5], [5, 3], []],
      [[2, 2], [4, 5], [3, 5], ['b']],
      [2, [4, 5], [3, 5], ['b']],
      [[1, 1], [5, 4], [5, 3], ['a']],
      [
        [1, 2],
        [5, 4],
        [3, 5],
        ['a', 'b'],
      ],
    ])('axes %j are summed up: the matrices are turned for it', (axes, one, other, turned) => {
      const network = read({ axes, normalize: false }, one, other)
      expect(network.output).toEqual([4, 3])
      expect(network.graph.nodes.at(-1)).toMatchObject({ name: 'dot', kind: 'matmul' })
      expect(network.graph.nodes.filter(({ kind }) => kind === 'permute').flatMap(({ inputs }) => inputs)).toEqual(turned)
    })

    test.each([[1], [-1], [[1, 1]], [[-1, 1]]])('axes %j of two vectors: the end of two towers', (axes) => {
      const network = read({ axes, normalize: false }, [5], [5])
      expect(network.output).toEqual([1])
      expect(network.graph.nodes.map(({ kind, inputs, output }) => [kind, ...inputs, output])).toEqual([
        ['input', [5]],
        ['input', [5]],
        ['reshape', 'a', [1, 5]],
        ['reshape', 'b', [5, 1]],
        ['matmul', 'dot_reshape', 'dot_reshape_2', [1, 1]],
        ['reshape', 'dot_matmul', [1]],
      ])
      expect(network.graph.nodes.at(-1)?.name).toBe('dot')
    })

    test.each<[object, number[], number[], RegExp]>([
      [{ axes: [2, 1], normalize: true }, [4, 5], [5, 3], /scales its inputs, which no layer here does/],
      [{ axes: [1, 0] }, [4, 5], [5, 3], /axes \[1,0\] sum up no axis of a matrix/],
      [{ axes: '2' }, [4, 5], [5, 3], /sum up no axis of a matrix/],
      [{ axes: [2, 1, 1] }, [4, 5], [5, 3], /sum up no axis of a matrix/],
      [{}, [4, 5], [5, 3], /sum up no axis of a matrix/],
      [{ axes: [2, 1] }, [4, 5], [6, 3], /branch 1 has 5 columns, branch 2 6 rows/],
      [{ axes: 2 }, [5], [5], /axes 2 sum up no axis of a vector. Use 1\./],
      [{ axes: 1 }, [5], [6], /branch 1 has 5 columns, branch 2 6 rows/],
      [{ axes: 1 }, [5], [5, 3], /takes two vectors or two matrices here/],
      [{ axes: 1, normalize: true }, [5], [5], /scales its inputs, which no layer here does/],
      [{ axes: [3, 2] }, [2, 4, 5], [2, 5, 3], /takes two vectors or two matrices here/],
    ])('%j on %j and %j is refused', (config, one, other, sentence) => {
      expect(() => read(config, one, other)).toThrow(sentence)
    })
  })

  test('a product of several values is that of two and the next', () => {
    const { network } = fromKeras(
      file(
        [
          from('a', 3),
          from('b', 3),
          from('c', 3),
          layer(
            'Multiply',
            'all',
            {},
            ['a', 'b', 'c', 'a'].map((name) => [name, 0, 0, {}]),
          ),
        ],
        [['all', 0, 0]],
        [
          ['a', 0, 0],
          ['b', 0, 0],
          ['c', 0, 0],
        ],
      ),
    )
    expect(network.graph.nodes.slice(3).map(({ name, inputs }) => [name, ...inputs])).toEqual([
      ['all_multiply', 'a', 'b'],
      ['all_multiply_2', 'all_multiply', 'c'],
      ['all', 'all_multiply_2', 'a'],
    ])
  })

  test('a join of one value is that value', () => {
    const { network } = fromKeras(
      file(
        [
          from('a', 3),
          layer('Concatenate', 'joined', { axis: -1 }, [['a', 0, 0, {}]]),
          layer('Dense', 'end', { units: 2 }, [['joined', 0, 0, {}]]),
        ],
        [['end', 0, 0]],
      ),
    )
    expect(network.graph.nodes.map(({ kind }) => kind)).toEqual(['input', 'dense'])
  })

  test('what is wrong with calls', () => {
    const read =
      (...calls: unknown[]) =>
      () =>
        fromKeras(file([from('a', 3), layer('Dense', 'dense', { units: 3 }, ...calls)], [['dense', 0, 0]]))
    expect(read([['a', 1, 0, {}]])).toThrow("keras: dense: it takes call 2 of 'a', which has 1.")
    expect(read([['a', -1, 0, {}]])).toThrow('keras: dense: the number of a call must be a whole number, not -1.')
    expect(read([['c', 0, 0, {}]])).toThrow("keras: dense: it takes 'c', and there is no such layer.")
    expect(read([['dense', 1, 0, {}]], [['dense', 0, 0, {}]])).toThrow('keras: dense: it takes itself, by way of other layers.')
    expect(read([['a', 0, 1, {}]])).toThrow("keras: dense: it takes output 2 of 'a', which has 1.")
    expect(() =>
      fromKeras(file([from('a', 3), from('b', 3), layer('Dense', 'dense', { units: 3 }, [['a', 0, 0, {}]])], [['dense', 0, 0]])),
    ).toThrow('keras: b: InputLayer: it is none of the inputs of the model.')
  })

  test('a shared layer that needs other weights at another place', () => {
    const layers = [from('a', 3), from('b', 4), layer('Dense', 'dense', { units: 3 }, [['a', 0, 0, {}]], [['b', 0, 0, {}]])]
    expect(() =>
      fromKeras(
        file(
          layers,
          [
            ['dense', 0, 0],
            ['dense', 1, 0],
          ],
          [
            ['a', 0, 0],
            ['b', 0, 0],
          ],
        ),
      ),
    ).toThrow("keras: dense_2: needs other weights than 'dense' has.")
  })
})
