import { describe, expect, test } from 'vitest'
import { input } from '../../src/index.js'
import { receptiveFields } from '../../src/report/receptive-field.js'
import { alexnetTorchvision, vgg16 } from '../support/networks.js'

/** How far a value sees: Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019. */

const last = ({ graph }: { graph: Parameters<typeof receptiveFields>[0] }) => receptiveFields(graph).get(graph.output)

test('VGG-16: 212 at pool5 (the table of Araujo et al.)', () => {
  const fields = receptiveFields(vgg16.graph)
  expect(fields.get('conv1_1')).toEqual([3, 3])
  expect(fields.get('conv1_2')).toEqual([5, 5])
  expect(fields.get('pool1')).toEqual([6, 6])
  expect(fields.get('pool5')).toEqual([212, 212])
})

test('AlexNet: 195 at its last pool (the table of Araujo et al.)', () => {
  const { nodes } = alexnetTorchvision.graph
  const pool = nodes.filter(({ kind }) => kind === 'maxPool2d').at(-1)?.name as string
  expect(receptiveFields(alexnetTorchvision.graph).get(pool)).toEqual([195, 195])
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

  test('a vector has no axes to see along', () => expect(last(input(10).dense(3))).toEqual([]))
})
