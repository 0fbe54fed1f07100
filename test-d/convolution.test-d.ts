import { input, type Network } from 'stridewise'
import { expectError, expectType } from 'tsd'

// Every option, one value for all axes.
const image = input(32, 32, 4)
expectType<Network<[32, 32, 4], [30, 30, 8], 296>>(image.conv2d(8, 3))
expectType<Network<[32, 32, 4], [30, 30, 8], 296>>(image.conv2d(8, 3, {}))
expectType<Network<[32, 32, 4], [32, 32, 8], 296>>(image.conv2d(8, 3, { padding: 1 }))
expectType<Network<[32, 32, 4], [32, 32, 8], 296>>(image.conv2d(8, 3, { padding: 'same' }))
expectType<Network<[32, 32, 4], [30, 30, 8], 296>>(image.conv2d(8, 3, { padding: 'valid' }))
expectType<Network<[32, 32, 4], [16, 16, 8], 136>>(image.conv2d(8, 2, { stride: 2 }))
expectType<Network<[32, 32, 4], [28, 28, 8], 296>>(image.conv2d(8, 3, { dilation: 2 }))
expectType<Network<[32, 32, 4], [30, 30, 8], 152>>(image.conv2d(8, 3, { groups: 2 }))
expectType<Network<[32, 32, 4], [30, 30, 8], 80>>(image.conv2d(8, 3, { groups: 4 }))
expectType<Network<[32, 32, 4], [30, 30, 8], 288>>(image.conv2d(8, 3, { bias: false }))
expectType<Network<[32, 32, 4], [30, 30, 8], 296>>(image.conv2d(8, 3, { bias: true, name: 'stem', rounding: 'exact' }))
expectType<Network<[32, 32, 4], [15, 15, 8], 296>>(image.conv2d(8, 3, { stride: 2, rounding: 'floor' }))
expectType<Network<[32, 32, 4], [16, 16, 8], 296>>(image.conv2d(8, 3, { stride: 2, rounding: 'ceil' }))
expectType<Network<[32, 32, 4], [16, 16, 8], 296>>(image.conv2d(8, 3, { stride: 2, padding: 'same' }))

// Per axis.
const wide = input(20, 30, 4)
expectType<Network<[20, 30, 4], [18, 26, 8], 488>>(wide.conv2d(8, [3, 5]))
expectType<Network<[20, 30, 4], [18, 14, 8], 488>>(wide.conv2d(8, [3, 5], { stride: [1, 2], padding: [0, [0, 1]] }))
expectType<Network<[20, 30, 4], [20, 28, 8], 296>>(wide.conv2d(8, 3, { padding: [1, 0] }))
expectType<Network<[20, 30, 4], [19, 31, 8], 296>>(
  wide.conv2d(8, 3, {
    padding: [
      [0, 1],
      [1, 2],
    ],
  }),
)
expectType<Network<[20, 30, 4], [16, 26, 8], 296>>(wide.conv2d(8, 3, { dilation: 2 }))
expectType<Network<[20, 30, 4], [18, 24, 8], 296>>(wide.conv2d(8, 3, { dilation: [1, 3] }))

// One and three dimensions.
expectType<Network<[100, 8], [98, 16], 400>>(input(100, 8).conv1d(16, 3))
expectType<Network<[100, 8], [98, 16], 400>>(input(100, 8).conv1d(16, [3]))
expectType<Network<[100, 8], [50, 16], 400>>(input(100, 8).conv1d(16, 3, { stride: [2], padding: [[0, 1]] }))
expectType<Network<[16, 56, 56, 3], [16, 56, 56, 8], 656>>(input(16, 56, 56, 3).conv3d(8, 3, { padding: 1 }))
expectType<Network<[16, 56, 56, 3], [8, 28, 56, 8], 152>>(
  input(16, 56, 56, 3).conv3d(8, [2, 1, 3], { stride: [2, 2, 1], padding: [0, 0, 1], rounding: 'floor' }),
)

// Parameters add up, exactly.
expectType<Network<[227, 227, 3], [55, 55, 96], 34944>>(input(227, 227, 3).conv2d(96, 11, { stride: 4 }))
expectType<Network<[32, 32, 4], [28, 28, 8], 880>>(image.conv2d(8, 3).conv2d(8, 3))
expectType<880>(image.conv2d(8, 3).conv2d(8, 3).params)
expectType<readonly [28, 28, 8]>(image.conv2d(8, 3).conv2d(8, 3).output)
expectType<readonly [32, 32, 4]>(image.conv2d(8, 3).input)

// Refused; the sentences are pinned in test/golden/rejections.txt.
expectError(input(7, 7, 3).conv2d(8, 3, { stride: 3 }))
expectError(input(7, 7, 3).conv2d(8, 9))
expectError(input(7, 7, 3).conv2d(8, 3, { groups: 2 }))
expectError(input(7, 7, 3).conv2d(0, 3))
expectError(input(7, 7, 3).conv2d(8, 1.5))
expectError(input(7, 7, 3).conv2d(8, 3, { stide: 2 }))
expectError(input(7, 7, 3).conv2d(8, [3, 3, 3]))
expectError(input(7, 7, 3).conv2d(8))
expectError(input(784).conv2d(8, 3))
expectError(input(100, 8).conv1d(16, 3, { stride: 2 }))
expectError(input(16, 56, 56, 3).conv3d(8, 3, { stride: 2 }))
