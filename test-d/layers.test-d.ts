import { input, type Network } from 'stridewise'
import { expectError, expectType } from 'tsd'

// Dense, on a vector and on tokens.
expectType<Network<[25088], [4096], 102764544>>(input(25088).dense(4096))
expectType<Network<[10], [4], 40>>(input(10).dense(4, { bias: false }))
expectType<Network<[10], [4], 44>>(input(10).dense(4, { bias: true, name: 'head' }))
expectType<Network<[196, 768], [196, 3072], 2362368>>(input(196, 768).dense(3072))
expectError(input(7, 7, 512).dense(10))
expectError(input(10).dense(0))
expectError(input(10).dense(10, { activation: 'relu' }))

// Normalizations.
expectType<Network<[112, 112, 64], [112, 112, 64], 128>>(input(112, 112, 64).batchNorm())
expectType<Network<[10], [10], 20>>(input(10).batchNorm({ epsilon: 1e-3, name: 'norm' }))
expectType<Network<[27, 27, 96], [27, 27, 96], 0>>(input(27, 27, 96).localResponseNorm(5))
expectType<Network<[27, 27, 96], [27, 27, 96], 0>>(input(27, 27, 96).localResponseNorm(5, { alpha: 1, beta: 0.5, k: 2, name: 'norm' }))
expectError(input(10).localResponseNorm(5))
expectError(input(7, 7, 3).localResponseNorm(0))
expectError(input(10).batchNorm({ eps: 1 }))

// Activations and dropout.
expectType<Network<[7, 7, 3], [7, 7, 3], 0>>(input(7, 7, 3).relu())
expectType<Network<[1000], [1000], 0>>(input(1000).softmax())
expectType<Network<[4096], [4096], 0>>(input(4096).dropout(0.5))
expectType<Network<[4096], [4096], 0>>(input(4096).dropout(0))
expectType<Network<[4096], [4096], 0>>(input(4096).dropout(1e-7))
expectError(input(10).dropout(1))
expectError(input(10).dropout(-0.1))
expectError(input(10).dropout())

// Flatten.
expectType<Network<[7, 7, 512], [25088], 0>>(input(7, 7, 512).flatten())
expectType<Network<[100, 8], [800], 0>>(input(100, 8).flatten())
expectType<Network<[4, 7, 7, 16], [3136], 0>>(input(4, 7, 7, 16).flatten())
expectType<Network<[10], [10], 0>>(input(10).flatten())
