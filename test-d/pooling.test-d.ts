import { avgPool2d, input, type Mistake, type Network } from 'stridewise'
import { expectError, expectType } from 'tsd'

// The stride is the kernel unless it is given.
expectType<Network<[224, 224, 64], [112, 112, 64], 0>>(input(224, 224, 64).maxPool2d(2))
expectType<Network<[224, 224, 64], [112, 112, 64], 0>>(input(224, 224, 64).avgPool2d(2))
expectType<Network<[224, 224, 64], [112, 112, 64], 0>>(input(224, 224, 64).maxPool2d(2, {}))
expectType<Network<[55, 55, 96], [27, 27, 96], 0>>(input(55, 55, 96).maxPool2d(3, { stride: 2 }))
expectType<Network<[12, 9, 64], [3, 3, 64], 0>>(input(12, 9, 64).avgPool2d([4, 3]))

// Every option.
const map = input(112, 112, 64)
expectType<Network<[112, 112, 64], [56, 56, 64], 0>>(map.maxPool2d(3, { stride: 2, rounding: 'ceil' }))
expectType<Network<[112, 112, 64], [55, 55, 64], 0>>(map.maxPool2d(3, { stride: 2, rounding: 'floor' }))
expectType<Network<[112, 112, 64], [56, 56, 64], 0>>(map.maxPool2d(3, { stride: 2, padding: 1, rounding: 'floor' }))
expectType<Network<[112, 112, 64], [38, 38, 64], 0>>(map.avgPool2d(3, { padding: 'same' }))
expectType<Network<[112, 112, 64], [108, 108, 64], 0>>(map.maxPool2d(3, { stride: 1, dilation: 2, name: 'wide' }))
expectType<Network<[112, 112, 64], [56, 112, 64], 0>>(
  map.maxPool2d([2, 3], {
    stride: [2, 1],
    padding: [
      [0, 0],
      [1, 1],
    ],
  }),
)

// A last window that would begin beyond the input and the zeros before it is dropped, as PyTorch does.
expectType<Network<[2, 2, 1], [1, 1, 1], 0>>(input(2, 2, 1).maxPool2d(1, { stride: 2, rounding: 'ceil' }))
expectType<Network<[3, 1], [2, 1], 0>>(input(3, 1).maxPool1d(2, { stride: 2, padding: 1, rounding: 'ceil' }))

// What counts in a mean does not change the shape.
expectType<Network<[112, 112, 64], [112, 112, 64], 0>>(map.avgPool2d(3, { stride: 1, padding: 1, countIncludePad: false }))
expectType<Network<[112, 112, 64], [56, 56, 64], 0>>(
  map.avgPool2d(3, { stride: 2, padding: 1, rounding: 'floor', countIncludePad: false as boolean }),
)
expectType<Network<[112, 112, 64], [112, 112, 64], 0>>(map.apply(avgPool2d(3, { stride: 1, padding: 1, countIncludePad: false })))
expectType<Network<[112, 112, 64], [38, 38, 64], 0>>(map.avgPool2d(3, { padding: 'same', countIncludePad: true, name: 'mean' }))
expectError(map.avgPool2d(3, { stride: 1, padding: 1, countIncludePad: 1 }))
expectError(map.avgPool2d(3, { stride: 1, padding: 3, countIncludePad: false }))
expectError(map.avgPool2d(3, { stride: 2, countIncludePad: false }))
expectError(map.maxPool2d(3, { stride: 1, padding: 1, countIncludePad: false }))

// One and three dimensions.
expectType<Network<[100, 8], [25, 8], 0>>(input(100, 8).maxPool1d(4))
expectType<Network<[100, 8], [50, 8], 0>>(input(100, 8).avgPool1d([2]))
expectType<Network<[16, 56, 56, 64], [8, 28, 28, 64], 0>>(input(16, 56, 56, 64).maxPool3d(2))
expectType<Network<[16, 56, 56, 64], [16, 28, 28, 64], 0>>(input(16, 56, 56, 64).avgPool3d([1, 2, 2]))

// Global pools; on a vector there is none to call.
expectType<Network<[7, 7, 512], [512], 0>>(input(7, 7, 512).globalAvgPool())
expectType<Network<[100, 8], [8], 0>>(input(100, 8).globalMaxPool())
expectType<Network<[4, 7, 7, 16], [16], 0>>(input(4, 7, 7, 16).globalAvgPool())
declare const sentenceOf: <Sentence>(method: Mistake<Sentence>) => Sentence
expectType<'globalAvgPool: needs an input with spatial axes, such as [height, width, channels], not a vector of 10 features.'>(
  sentenceOf(input(10).globalAvgPool),
)
expectError(input(10).globalAvgPool())
expectError(input(10).globalMaxPool())

// Parameters stay.
expectType<Network<[8, 8, 3], [3, 3, 8], 224>>(input(8, 8, 3).conv2d(8, 3).maxPool2d(2))

expectError(input(7, 7, 3).maxPool2d(2))
expectError(input(7, 7, 3).maxPool2d(3, { stride: 3 }))
expectError(input(7, 7, 3).avgPool2d(8))
expectError(input(10).maxPool2d(2))
expectError(input(7, 7, 3).maxPool2d(-2))
expectError(input(7, 7, 3).maxPool2d(3, { ceilMode: true }))
