import { crop, input, type Layer, type Network, zeroPad } from 'stridewise'
import { expectError, expectType } from 'tsd'

expectType<Network<[224, 224, 3], [225, 225, 3], 0>>(
  input(224, 224, 3).zeroPad([
    [0, 1],
    [0, 1],
  ]),
)
expectType<Network<[7, 3], [11, 3], 0>>(input(7, 3).zeroPad(2))
expectType<Network<[5, 6, 7, 3], [7, 7, 7, 3], 0>>(input(5, 6, 7, 3).zeroPad([1, [0, 1], 0]))
expectType<Network<[64, 64, 128], [56, 56, 128], 0>>(input(64, 64, 128).crop(4))
expectType<Network<[7, 8, 3], [4, 2, 3], 0>>(input(7, 8, 3).crop([[1, 2], 3]))
expectType<Network<[7, 8, 3], [4, number, 3], 0>>(input(7, 8, 3).crop([[1, 2], Number(3)]))

expectType<Layer<'zeroPad', [[[0, 1], 2]]>>(zeroPad([[0, 1], 2]))
expectType<Layer<'crop', [2]>>(crop(2))

expectError(input(7).zeroPad(1))
expectError(input(7, 7, 3).zeroPad(-1))
expectError(input(7, 7, 3).zeroPad([1, 2, 3]))
expectError(input(7, 7, 3).zeroPad([[1, 2, 3], 1]))
expectError(input(7, 7, 3).crop(4))
expectError(input(7, 7, 3).apply(crop(4)))
