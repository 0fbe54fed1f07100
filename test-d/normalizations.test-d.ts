import { groupNorm, input, instanceNorm, type Layer, layerNorm, type Network, rmsNorm } from 'stridewise'
import { expectError, expectType } from 'tsd'

const net = input(56, 56, 64)

expectType<Network<[197, 768], [197, 768], 1536>>(input(197, 768).layerNorm())
expectType<Network<[197, 768], [197, 768], 0>>(input(197, 768).layerNorm({ affine: false }))
expectType<Network<[197, 768], [197, 768], 768>>(input(197, 768).rmsNorm())
expectType<Network<[197, 768], [197, 768], number>>(input(197, 768).rmsNorm({ affine: Boolean(1) }))
expectType<Network<[56, 56, 64], [56, 56, 64], 128>>(net.groupNorm(32))
expectType<Network<[56, 56, 64], [56, 56, 64], 0>>(net.groupNorm(32, { affine: false }))
expectType<Network<[56, 56, 64], [56, 56, 64], 0>>(net.instanceNorm())
expectType<Network<[56, 56, 64], [56, 56, 64], 128>>(net.instanceNorm({ affine: true, epsilon: 1e-6 }))
expectType<Network<[56, 56, 64], [56, 56, 64], number>>(net.instanceNorm({ affine: Boolean(1) }))

expectType<Layer<'layerNorm', []>>(layerNorm())
expectType<Layer<'layerNorm', [{ epsilon: number }]>>(layerNorm({ epsilon: 1e-6 }))
expectType<Layer<'rmsNorm', [{ affine: false }]>>(rmsNorm({ affine: false }))
expectType<Layer<'groupNorm', [32]>>(groupNorm(32))
expectType<Layer<'groupNorm', [32, { affine: false }]>>(groupNorm(32, { affine: false }))
expectType<Layer<'instanceNorm', [{ affine: true }]>>(instanceNorm({ affine: true }))

expectError(net.groupNorm(5))
expectError(net.apply(groupNorm(5)))
expectError(input(64).instanceNorm())
expectError(net.layerNorm({ eps: 1e-3 }))
expectError(net.rmsNorm({ eps: 1e-3 }))
