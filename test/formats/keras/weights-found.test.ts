import { describe, expect, test } from 'vitest'
import { modelIn } from '../../../src/formats/keras/read/links.js'
import { weightByName } from '../../../src/formats/keras/read/weights-by-name.js'
import { weightByPlace } from '../../../src/formats/keras/read/weights-by-place.js'

/** Where the weights of a layer are looked for in a file: what could be another layer's is refused. */

const tensors = (...paths: string[]) =>
  paths.map((path, index) => ({ path: path.split('/'), read: () => Float32Array.of(index) as Float32Array | undefined }))

const outcome = (find: () => Float32Array | undefined): number | string | undefined => {
  try {
    return find()?.[0]
  } catch (error) {
    return (error as Error).message
  }
}

describe('by name', () => {
  test('in the group of the outermost layer', () => {
    const find = weightByName(tensors('encoder/dense/kernel', 'dense/dense/kernel', 'dense/dense/bias'), true, 'keras')
    expect(outcome(() => find(['encoder', 'dense'], ['kernel']))).toBe(0)
    expect(outcome(() => find(['dense'], ['kernel']))).toBe(1)
    expect(outcome(() => find(['dense'], ['bias']))).toBe(2)
    expect(outcome(() => find(['dense'], ['gamma']))).toBeUndefined()
  })

  test('without groups a name that two layers have is refused', () => {
    const find = weightByName(tensors('encoder/dense/kernel', 'dense/kernel'), false, 'tfjs')
    expect(outcome(() => find(['dense'], ['kernel']))).toBe('tfjs: dense: has several tensors as its kernel.')
  })

  test('a layer inside has the name of what applies it', () => {
    const find = weightByName(tensors('steps/steps/kernel'), true, 'keras')
    expect(outcome(() => find(['steps', 'dense'], ['kernel']))).toBe(0)
  })

  test('two layers of a model are not given the same tensor', () => {
    const find = weightByName(tensors('model/model/kernel'), true, 'keras')
    expect(outcome(() => find(['model', 'one'], ['kernel']))).toBe(0)
    expect(outcome(() => find(['model', 'one'], ['kernel']))).toBe(0)
    expect(outcome(() => find(['model', 'two'], ['kernel']))).toBe('keras: model/two: has the same tensor as its kernel as model/one.')
  })
})

describe('by place', () => {
  const layer = (className: string, name: string, config = {}) => ({ class_name: className, config: { name, ...config } })
  const found = (layers: unknown[], ...paths: string[]) => {
    const model = modelIn({
      class_name: 'Sequential',
      config: { name: 'm', layers: [layer('InputLayer', 'x', { batch_shape: [null, 4] }), ...layers] },
    })
    return (way: string[], name: string) => outcome(() => weightByPlace(model, tensors(...paths))(way, [name]))
  }

  test('layers of a class are in the order of the model, whatever their names', () => {
    const find = found(
      [layer('Dense', 'last', { use_bias: false }), layer('PReLU', 'p'), layer('Dense', 'first')],
      'layers/dense/vars/0',
      'layers/dense_1/vars/0',
      'layers/dense_1/vars/1',
      'layers/p_re_lu/vars/0',
    )
    expect([find(['last'], 'kernel'), find(['last'], 'bias'), find(['first'], 'kernel'), find(['first'], 'bias')]).toEqual([
      0,
      undefined,
      1,
      2,
    ])
    expect(find(['p'], 'alpha')).toBe(3)
  })

  test('twelve layers of a class: 10 comes behind 9', () => {
    const names = Array.from({ length: 12 }, (_, index) => `d${index}`)
    const paths = names.map((_, index) => `layers/dense${index === 0 ? '' : `_${index}`}/vars/0`)
    const find = found(
      names.map((name) => layer('Dense', name, { use_bias: false })),
      ...[...paths].sort(),
    )
    const order = [...paths].sort()
    expect(names.map((name) => find([name], 'kernel'))).toEqual(paths.map((path) => order.indexOf(path)))
  })

  test.each<[string, unknown[], string[], string]>([
    [
      'a layer without weights',
      [layer('Dense', 'd'), layer('Dense', 'e')],
      ['layers/dense/vars/0', 'layers/dense/vars/1'],
      'keras: has weights of 1 layers of the class dense, and 2 such layers.',
    ],
    ['a weight too few', [layer('Dense', 'd')], ['layers/dense/vars/0'], 'keras: d: has 1 weights, and needs 2: kernel, bias.'],
    [
      'a weight too many',
      [layer('Dense', 'd', { use_bias: false })],
      ['layers/dense/vars/0', 'layers/dense/vars/1'],
      'keras: d: has 2 weights, and needs 1: kernel.',
    ],
    [
      'weights elsewhere',
      [layer('LSTM', 'l', { units: 2 })],
      ['layers/lstm/vars/0'],
      'keras: l: has 0 weights, and needs 3: kernel, recurrent_kernel, bias.',
    ],
    ['nothing', [layer('Dense', 'd')], [], 'keras: has weights of 0 layers of the class dense, and 1 such layers.'],
  ])('%s', (_, layers, paths, sentence) => expect(found(layers, ...paths)(['d'], 'kernel')).toBe(sentence))
})
