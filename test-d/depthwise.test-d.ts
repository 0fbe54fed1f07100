import { block, depthwiseConv1d, depthwiseConv2d, input, type Layer, type Network, separableConv2d } from 'stridewise'
import { expectError, expectType } from 'tsd'

expectType<Network<[112, 112, 32], [112, 112, 32], 320>>(input(112, 112, 32).depthwiseConv2d(3, { padding: 1 }))
expectType<Network<[5, 5, 4], [4, 4, 20], 100>>(input(5, 5, 4).depthwiseConv2d(2, { multiplier: 5 }))
expectType<Network<[16, 56, 56, 4], [16, 56, 56, 4], 112>>(input(16, 56, 56, 4).depthwiseConv3d(3, { padding: 1 }))
expectType<Network<[112, 112, 32], [112, 112, 64], 2400>>(input(112, 112, 32).separableConv2d(64, 3, { padding: 1 }))
expectType<Network<[100, 8], [100, 64], 600>>(input(100, 8).separableConv1d(64, 3, { padding: 1 }))

expectType<Layer<'depthwiseConv1d', [3]>>(depthwiseConv1d(3))
expectType<Layer<'separableConv2d', [64, 3, { padding: 1 }]>>(separableConv2d(64, 3, { padding: 1 }))
expectType<Network<[56, 56, 64], [56, 56, 64], 640>>(input(56, 56, 64).apply(block(depthwiseConv2d(3, { padding: 1 }))))

expectError(input(7, 7, 32).depthwiseConv2d(3, { stride: 3 }))
expectError(input(7, 7, 32).depthwiseConv2d(3, { multiplier: 0 }))
expectError(input(7, 7, 32).separableConv2d(0, 3))
expectError(input(7, 32).separableConv2d(8, 3))
