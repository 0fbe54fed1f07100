import { flatten, input, type Layer, type Network, permute, reshape, type Shape, unflatten } from 'stridewise'
import { expectError, expectType } from 'tsd'

const net = input(7, 7, 512)

expectType<Network<[7, 7, 512], [25088], 0>>(net.flatten())
expectType<Network<[7, 7, 512], [7, 3584], 0>>(net.flatten(1))
expectType<Network<[7, 7, 512], Shape, 0>>(net.flatten(Number(1)))
expectType<Network<[7, 7, 512], [49, 512], 0>>(net.reshape(49, 512))
expectType<Network<[7, 7, 512], [number, 512], 0>>(net.reshape(Number(49), 512))
expectType<Network<[7, 7, 512], [512, 7, 7], 0>>(net.permute(2, 0, 1))
expectType<Network<[28, 28, 240], [28, 28, 240], 0>>(input(28, 28, 240).reshape(28, 28, 3, 80).permute(0, 1, 3, 2).flatten(2))
expectType<Network<[28, 28, 240], [28, 28, 3, 80], 0>>(input(28, 28, 240).unflatten(2, 3, 80))
expectType<Network<[28, 28, 240], [28, 28, number, 80], 0>>(input(28, 28, 240).unflatten(2, Number(3), 80))
expectType<Network<[28, 28, 240], Shape, 0>>(input(28, 28, 240).unflatten(Number(2), 3, 80))

expectType<Layer<'flatten', []>>(flatten())
expectType<Layer<'flatten', [1]>>(flatten(1))
expectType<Layer<'reshape', [49, 512]>>(reshape(49, 512))
expectType<Layer<'permute', [2, 0, 1]>>(permute(2, 0, 1))
expectType<Layer<'unflatten', [2, 3, 80]>>(unflatten(2, 3, 80))

expectError(net.unflatten(3, 3, 80))
expectError(net.unflatten(2, 3, 80))
expectError(net.unflatten(2))
expectError(net.apply(unflatten(2, 3, 80)))
expectError(net.flatten(3))
expectError(net.reshape(49, 511))
expectError(net.reshape())
expectError(net.permute(0, 0, 1))
expectError(net.permute())
expectError(net.apply(reshape(49, 511)))
