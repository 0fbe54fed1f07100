import { adaptiveAvgPool, adaptiveMaxPool, input, type Layer, type Network, pixelShuffle, upsample } from 'stridewise'
import { expectError, expectType } from 'tsd'

expectType<Network<[13, 13, 256], [26, 26, 256], 0>>(input(13, 13, 256).upsample(2))
expectType<Network<[13, 13, 256], [26, 39, 256], 0>>(input(13, 13, 256).upsample([2, 3], { method: 'bilinear' }))
expectType<Network<[64, 64, 48], [256, 256, 3], 0>>(input(64, 64, 48).pixelShuffle(4))
expectType<Network<[13, 13, 512], [7, 7, 512], 0>>(input(13, 13, 512).adaptiveAvgPool(7))
expectType<Network<[100, 64], [10, 64], 0>>(input(100, 64).adaptiveMaxPool(10))
expectType<Network<[13, 13, 512], [1, number, 512], 0>>(input(13, 13, 512).adaptiveAvgPool([1, Number(3)]))

expectType<Layer<'upsample', [2]>>(upsample(2))
expectType<Layer<'upsample', [[1, 2], { method: 'bilinear' }]>>(upsample([1, 2], { method: 'bilinear' }))
expectType<Layer<'pixelShuffle', [2]>>(pixelShuffle(2))
expectType<Layer<'adaptiveAvgPool', [7]>>(adaptiveAvgPool(7))
expectType<Layer<'adaptiveMaxPool', [[1, 4]]>>(adaptiveMaxPool([1, 4]))

expectError(input(13, 256).upsample(0))
expectError(input(13, 13, 256).upsample(2, { method: 'cubic' }))
expectError(input(13, 13, 256).upsample(2, { mode: 'nearest' }))
expectError(input(64, 64, 48).pixelShuffle(5))
expectError(input(64, 48).pixelShuffle(2))
expectError(input(512).adaptiveAvgPool(1))
expectError(input(13, 13, 512).adaptiveMaxPool([1, 2, 3]))
