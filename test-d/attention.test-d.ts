import {
  block,
  branch,
  dense,
  identity,
  input,
  inputs,
  type Layer,
  matmul,
  multiHeadAttention,
  type Network,
  permute,
  repeat,
  residual,
} from 'stridewise'
import { expectError, expectType } from 'tsd'

expectType<Network<[197, 768], [197, 768], 2362368>>(input(197, 768).multiHeadAttention(12))
expectType<Network<[197, 768], [197, 768], 2359296>>(input(197, 768).multiHeadAttention(12, { bias: false }))
expectType<Layer<'multiHeadAttention', [12]>>(multiHeadAttention(12))
const grouped = multiHeadAttention(32, { causal: true, keyValueHeads: 8, bias: false })
expectType<Layer<'multiHeadAttention', [32, { causal: true; keyValueHeads: 8; bias: false }]>>(grouped)
expectType<Network<[2048, 4096], [2048, 4096], 41943040>>(input(2048, 4096).apply(grouped))
expectType<Network<[6, 8], [6, 8], 422>>(input(6, 8).multiHeadAttention(6, { keyValueHeads: 2, headWidth: 3 }))
expectError(input(6, 8).multiHeadAttention(4, { keyValueHeads: 3 }))
expectError(input(6, 8).multiHeadAttention(4, { headWidth: 0 }))

const encoder = block(residual(multiHeadAttention(12)), residual(block(dense(3072), dense(768))))
expectType<Network<[197, 768], [197, 768], 85017600>>(input(197, 768).apply(repeat(12, encoder)))

declare const heads: number
expectType<Network<[197, 768], [197, 768], 2362368>>(input(197, 768).multiHeadAttention(heads))

expectError(input(197, 768).multiHeadAttention(5))
expectError(input(14, 14, 768).multiHeadAttention(12))

// Across, to a kept value of another number of tokens and other features.
const across = inputs({ source: [7, 6], target: [5, 8] })
  .from('target')
  .multiHeadAttention(2, { keys: 'source' })
expectType<Network<{ source: [7, 6]; target: [5, 8] }, [5, 8], 256>>(across)
expectType<Layer<'multiHeadAttention', [2, { keys: 'source' }]>>(multiHeadAttention(2, { keys: 'source' }))
expectType<Layer<'multiHeadAttention', [2, { keys: 'source'; bias: false }]>>(multiHeadAttention(2, { keys: 'source', bias: false }))
const decoder = block(residual(multiHeadAttention(8)), residual(multiHeadAttention(8, { keys: 'memory' })), residual(dense(512)))
expectType<Network<[20, 512] & { kept: { memory: [20, 512] } }, [20, 512], 14183424>>(
  input(20, 512).keep('memory').apply(repeat(6, decoder)),
)
declare const anyKeys: string
expectType<Network<[5, 8], [5, 8], number>>(input(5, 8).multiHeadAttention(2, { keys: anyKeys }))
expectError(input(5, 8).multiHeadAttention(2, { keys: 'memory' }))
expectError(input(5, 8).multiHeadAttention(2, { keys: input(5, 8) }))
expectError(
  inputs({ image: [4, 4, 8], target: [5, 8] })
    .from('target')
    .multiHeadAttention(2, { keys: 'image' }),
)
expectError(input(20, 512).apply(decoder))

// Products of matrices.
expectType<Network<{ a: [49, 64]; b: [64, 32] }, [49, 32], 0>>(inputs({ a: [49, 64], b: [64, 32] }).matmul('a', 'b'))
expectType<Network<[49, 64], [49, 49], 0>>(input(49, 64).matmul(identity(), permute(1, 0)))
expectType<Network<[3, 4, 5], [3, 4, 4], 0>>(input(3, 4, 5).apply(matmul(identity(), permute(0, 2, 1))))
expectType<Network<[49, 64], [49, 49], 1040>>(input(49, 64).matmul(dense(8), (x) => x.dense(8).permute(1, 0)))
expectType<Layer<'matmul', ['a', Layer<'branch', ['b', Layer<'permute', [1, 0]>]>]>>(matmul('a', branch('b', permute(1, 0))))
expectError(input(49, 64).matmul(identity(), identity()))
expectError(input(49).matmul(identity(), identity()))
expectError(matmul('a'))
expectError(matmul('a', 'b', 'c'))
