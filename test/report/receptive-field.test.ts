import { describe, expect, test } from 'vitest'
import { input } from '../../src/index.js'
import { receptiveFields } from '../../src/receptive-field/fields.js'
import { alexnetTorchvision, vgg16 } from '../support/networks.js'

/** How far a value sees: Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019. */

const last = ({ graph }: { graph: Parameters<typeof receptiveFields>[0] }) =>
  receptiveFields(graph).get(graph.output as string)?.receptiveField as readonly number[]

test('VGG-16: 212 at pool5 (the table of Araujo et al.)', () => {
  const fields = receptiveFields(vgg16.graph)
  expect(fields.get('conv1_1')?.receptiveField).toEqual([3, 3])
  expect(fields.get('conv1_2')?.receptiveField).toEqual([5, 5])
  expect(fields.get('pool1')?.receptiveField).toEqual([6, 6])
  expect(fields.get('pool5')?.receptiveField).toEqual([212, 212])
})

test('AlexNet: 195 at its last pool (the table of Araujo et al.)', () => {
  const { nodes } = alexnetTorchvision.graph
  const pool = nodes.filter(({ kind }) => kind === 'maxPool2d').at(-1)?.name as string
  expect(receptiveFields(alexnetTorchvision.graph).get(pool)?.receptiveField).toEqual([195, 195])
})

describe('by layer', () => {
  test('three 3x3 filters see as much as one 7x7 (CS231n)', () => {
    const three = input(9, 9, 1).conv2d(1, 3).conv2d(1, 3).conv2d(1, 3)
    expect(last(three)).toEqual([7, 7])
    expect(last(three)).toEqual(last(input(9, 9, 1).conv2d(1, 7)))
  })

  test('a stride spreads what comes after it', () => expect(last(input(11, 1).conv1d(1, 3, { stride: 2 }).conv1d(1, 3))).toEqual([7]))

  test('dilation spreads the kernel itself', () => expect(last(input(9, 9, 1).conv2d(1, 3, { dilation: 4 }))).toEqual([9, 9]))

  test('each axis for itself', () => {
    expect(
      last(
        input(20, 20, 1)
          .conv2d(1, [3, 5], { stride: [1, 3], rounding: 'floor' })
          .conv2d(1, [1, 3]),
      ),
    ).toEqual([3, 11])
  })

  test('activations and flatten change nothing', () => expect(last(input(7, 7, 1).conv2d(1, 3).relu().flatten())).toEqual([3, 3]))

  test('a dense layer and a global pool see everything', () => {
    expect(last(input(7, 9, 1).conv2d(1, 3).globalAvgPool())).toEqual([7, 9])
    expect(last(input(7, 9, 1).flatten().dense(3))).toEqual([7, 9])
  })

  test('an adaptive pool sees the longest of its parts: of 10 cells in 4, from 0, 2, 5 and 7 to 3, 5, 8 and 10', () => {
    expect(last(input(10, 10, 1).adaptiveAvgPool(4))).toEqual([3, 3])
    expect(last(input(7, 9, 1).conv2d(1, 3).adaptiveMaxPool(1))).toEqual([7, 9])
  })

  test('on an enlarged map a window sees fewer cells: 3 of 2x lie in 2, 4 in 3', () => {
    expect(last(input(8, 8, 4).upsample(2))).toEqual([1, 1])
    expect(last(input(8, 8, 4).upsample(2).conv2d(1, 3))).toEqual([2, 2])
    expect(last(input(8, 8, 4).upsample(2).conv2d(1, 4))).toEqual([3, 3])
    expect(last(input(8, 8, 4).pixelShuffle(2).conv2d(1, [3, 4]))).toEqual([2, 3])
    expect(last(input(8, 8, 4).upsample(2, { method: 'bilinear' }))).toEqual([2, 2])
  })

  test('a transposed convolution: 2x2 with stride 2 sees one cell, 3x3 with stride 2 two, 4x4 with stride 1 four', () => {
    expect(last(input(8, 8, 4).convTranspose2d(1, 2, { stride: 2 }))).toEqual([1, 1])
    expect(last(input(8, 8, 4).convTranspose2d(1, 3, { stride: 2 }))).toEqual([2, 2])
    expect(last(input(8, 8, 4).convTranspose2d(1, 4))).toEqual([4, 4])
  })

  test('it is not cut off at the edge: with padding it may be larger than the image', () => {
    expect(last(input(3, 3, 1).conv2d(1, 3, { padding: 1 }).conv2d(1, 3, { padding: 1 }))).toEqual([5, 5])
  })

  test('branches are joined place by place: a shift by a crop or by zeros on one side counts', () => {
    const shifted = input(10, 1).add(
      (x) => x.crop([[0, 4]]),
      (x) => x.crop([[4, 0]]),
    )
    expect(last(shifted)).toEqual([5])
    expect(last(shifted.conv1d(1, 3))).toEqual([7])
  })

  test('branches of different steps: the most of all values, 3 * 2 + 1 - 3 + 1 of the last', () => {
    const unequal = input(8, 1).add(
      (x) => x.conv1d(1, 2, { stride: 2 }),
      (x) => x.crop([[0, 4]]),
    )
    expect(last(unequal)).toEqual([5])
  })

  test('a window on an enlarged map that moves by whole cells sees one', () => {
    expect(last(input(8, 1).upsample(2).maxPool1d(2))).toEqual([1])
    expect(last(input(8, 1).upsample(2).conv1d(1, 2))).toEqual([2])
  })

  test('axes follow permute, and what flatten or toTokens put together is counted as a whole where it is mixed', () => {
    expect(last(input(20, 30, 1).permute(1, 0, 2).conv2d(1, [3, 5]))).toEqual([5, 3])
    expect(last(input(20, 30, 4).permute(2, 1, 0).conv2d(1, 1))).toEqual([20, 1])
    expect(
      last(
        input(20, 30, 4)
          .conv2d(4, 3)
          .permute(0, 2, 1)
          .crop([
            [0, 0],
            [0, 2],
          ])
          .permute(0, 2, 1),
      ),
    ).toEqual([3, 3])
    expect(last(input(6, 7, 2).conv2d(2, 3, { padding: 1 }).toTokens())).toEqual([3, 3])
    expect(last(input(6, 7, 2).toTokens().conv1d(1, 2))).toEqual([6, 7])
    expect(last(input(6, 7, 2).toTokens().dense(3))).toEqual([1, 1])
    expect(last(input(6, 7, 2).flatten(1).conv1d(1, 3))).toEqual([3, 7])
    expect(last(input(6, 7, 2).flatten().unflatten(0, 42, 2))).toEqual([1, 1])
  })

  test('a layer that sees its whole map sees the cells of the input that the map sees, and no zeros around it', () => {
    expect(
      last(
        input(8, 1)
          .crop([[2, 1]])
          .globalAvgPool(),
      ),
    ).toEqual([5])
    expect(last(input(8, 1).conv1d(1, 5, { padding: 2 }).globalAvgPool())).toEqual([8])
    expect(
      last(
        input(8, 1).add(
          (x) => x.multiHeadAttention(1),
          (x) => x.conv1d(1, 3, { padding: 1 }),
        ),
      ),
    ).toEqual([9])
  })

  test('huge scales and parts take no time, and are bounds', () => {
    expect(last(input(1000, 1).upsample(1_000_003).conv1d(1, 3))[0]).toBeLessThanOrEqual(3)
    expect(last(input(100_003, 1).adaptiveAvgPool(99_991).conv1d(1, 2))[0]).toBeLessThanOrEqual(5)
  })

  test('a vector has no axes to see along', () => expect(last(input(10).dense(3))).toEqual([]))
})
