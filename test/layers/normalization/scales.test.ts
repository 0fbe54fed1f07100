import { describe, expect, test } from 'vitest'
import { affine, batchNorm, block, input, normalize, repeat, rescale } from '../../../src/index.js'
import { acceptedByBoth, gradual, refusedByBoth } from '../../support/both.js'

/*
 * Keras InceptionV3's first normalization of 32 channels has no scale: 32 trainable and 64 non-trainable parameters in `summary()`.
 * ResMLP-S12 has an `Aff` of 384 channels before each part of a block (arXiv:2105.03404): 768 parameters.
 * Keras EfficientNet begins with `Rescaling(1/255)` and `Normalization`, neither of which is trainable.
 */
acceptedByBoth([
  ['input(149, 149, 32).batchNorm({ scale: false })', 'Network<[149, 149, 32], [149, 149, 32], 32>'],
  ['input(149, 149, 32).batchNorm({ shift: false, epsilon: 0.001 })', 'Network<[149, 149, 32], [149, 149, 32], 32>'],
  ["input(8, 32).batchNorm({ scale: false, shift: false, name: 'bn' })", 'Network<[8, 32], [8, 32], 0>'],
  ['input(8, 32).batchNorm({ epsilon: 0.001 })', 'Network<[8, 32], [8, 32], 64>'],
  ['input(196, 384).affine()', 'Network<[196, 384], [196, 384], 768>'],
  ['input(196, 384).affine({ scale: false })', 'Network<[196, 384], [196, 384], 384>'],
  ["input(10).dense(5).affine({ shift: false, name: 'aff' })", 'Network<[10], [5], 60>'],
  ['input(224, 224, 3).rescale(1 / 255)', 'Network<[224, 224, 3], [224, 224, 3], 0>'],
  ['input(224, 224, 3).rescale(2, -1).conv2d(1, 1)', 'Network<[224, 224, 3], [224, 224, 1], 4>'],
  ['input(224, 224, 3).rescale([1, 2, 3], [0, 0, 1])', 'Network<[224, 224, 3], [224, 224, 3], 0>'],
  ['input(224, 224, 3).normalize()', 'Network<[224, 224, 3], [224, 224, 3], 0>'],
  ['input(224, 224, 3).normalize([0.485, 0.456, 0.406], 0.05)', 'Network<[224, 224, 3], [224, 224, 3], 0>'],
  ['input(10).normalize(0.5, 0.25)', 'Network<[10], [10], 0>'],
])

refusedByBoth([
  ['input(8, 4).affine({ scale: false, shift: false })', 'shift', /^affine: scale and shift are both false, .* Use identity\(\)\.$/],
  [
    'input(8, 4).rescale([1, 2, 3])',
    '[1, 2, 3]',
    /^rescale: scale takes one number, or one for each of the 4 channels, not a list of 3\.$/,
  ],
  ['input(8, 4).rescale(2, [1, 2, 3, 4, 5])', '[1, 2, 3, 4, 5]', /^rescale: offset takes .* 4 channels, not a list of 5\.$/],
  [
    'input(8, 4).normalize(0.5)',
    '0.5',
    /^normalize: a mean needs a variance beside it\. Give both, or neither for statistics that are weights\.$/,
  ],
  ['input(8, 4).normalize([1, 2, 3], 1)', '[1, 2, 3]', /^normalize: mean takes .* 4 channels, not a list of 3\.$/],
  ['input(8, 4).normalize(0.5, 0)', '0', /^normalize: variance must be above 0, not 0: it is the square of a standard deviation\.$/],
  ['input(8, 2).normalize(0.5, [1, -4])', '[1, -4]', /^normalize: variance must be above 0, not -4: /],
])

gradual([
  ['input(8, wide(4)).affine()', 'Network<[8, number], [8, number], number>'],
  ['input(wide(8), 4).affine({ scale: yesOrNo })', 'Network<[number, 4], [number, 4], number>'],
  ['input(8, oneOrFour).affine({ scale: false })', 'Network<[8, 1 | 4], [8, 1 | 4], 1 | 4>'],
  ['input(8, 4).batchNorm({ shift: yesOrNo })', 'Network<[8, 4], [8, 4], number>'],
  ['input(8, 4).batchNorm(anything)', 'Network<[8, 4], [8, 4], number>'],
  ['input(8, 4).rescale(wide(2), anything)', 'Network<[8, 4], [8, 4], 0>'],
  ['input(8, wide(4)).rescale([1, 2])', 'Network<[8, number], [8, number], 0>'],
  ['input(8, 4).normalize(anything, wide(2))', 'Network<[8, 4], [8, 4], 0>'],
])

describe('at run time', () => {
  test('values do the same as methods', () => {
    const part = block(rescale(2, [1, 2, 3]), normalize([1, 2, 3], 4), normalize(), batchNorm({ scale: false }), affine({ scale: false }))
    const net = input(5, 3).apply(repeat(2, part))
    expect([net.output, net.params]).toEqual([[5, 3], 12])
  })

  test('statistics are weights that are not trainable', () => {
    const names = (net: { graph: { nodes: readonly { weights: readonly { name: string; trainable: boolean }[] }[] } }) =>
      net.graph.nodes[1]?.weights.map(({ name, trainable }) => `${name} ${trainable}`)
    expect(names(input(7, 3).normalize())).toEqual(['movingMean false', 'movingVariance false'])
    expect(names(input(7, 3).normalize(1, 2))).toEqual([])
    expect(names(input(7, 3).batchNorm({ scale: false }))).toEqual(['beta true', 'movingMean false', 'movingVariance false'])
    expect(names(input(7, 3).affine({ shift: false }))).toEqual(['gamma true'])
  })

  test('numbers that are not finite are refused', () => {
    expect(() => input(7, 3).rescale(Number.NaN)).toThrow('rescale: scale must be a finite number, not NaN.')
    expect(() => input(7, 3).normalize([0, Number.POSITIVE_INFINITY, 1], 1)).toThrow(
      'normalize: mean must be a finite number, not Infinity.',
    )
  })
})
