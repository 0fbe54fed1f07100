import { convTranspose2d, input, type Layer, type Network } from 'stridewise'
import { expectError, expectType } from 'tsd'

expectType<Network<[50, 16], [100, 8], 264>>(input(50, 16).convTranspose1d(8, 2, { stride: 2 }))
expectType<Network<[28, 28, 64], [56, 56, 8], 2056>>(input(28, 28, 64).convTranspose2d(8, 2, { stride: 2 }))
expectType<Network<[28, 28, 64], [56, 56, 8], 4616>>(input(28, 28, 64).convTranspose2d(8, 3, { stride: 2, padding: 1, outputPadding: 1 }))
expectType<Network<[8, 28, 28, 16], [16, 56, 56, 8], 1032>>(input(8, 28, 28, 16).convTranspose3d(8, 2, { stride: 2 }))
expectType<Layer<'convTranspose2d', [8, 2, { stride: 2 }]>>(convTranspose2d(8, 2, { stride: 2 }))

declare const stride: number
expectType<Network<[28, 28, 64], [number, number, 8], 2056>>(input(28, 28, 64).convTranspose2d(8, 2, { stride }))

expectError(input(9, 9, 4).convTranspose2d(8, 3, { stride: 2, outputPadding: 2 }))
expectError(input(1, 1, 4).convTranspose2d(8, 3, { padding: 3 }))
expectError(input(9, 9, 64).convTranspose2d(8, 3, { groups: 3 }))
