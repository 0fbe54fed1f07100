import { block, dense, input, type Layer, multiHeadAttention, type Network, repeat, residual } from 'stridewise'
import { expectError, expectType } from 'tsd'

expectType<Network<[197, 768], [197, 768], 2362368>>(input(197, 768).multiHeadAttention(12))
expectType<Network<[197, 768], [197, 768], 2359296>>(input(197, 768).multiHeadAttention(12, { bias: false }))
expectType<Layer<'multiHeadAttention', [12]>>(multiHeadAttention(12))

const encoder = block(residual(multiHeadAttention(12)), residual(block(dense(3072), dense(768))))
expectType<Network<[197, 768], [197, 768], 85017600>>(input(197, 768).apply(repeat(12, encoder)))

declare const heads: number
expectType<Network<[197, 768], [197, 768], 2362368>>(input(197, 768).multiHeadAttention(heads))

expectError(input(197, 768).multiHeadAttention(5))
expectError(input(14, 14, 768).multiHeadAttention(12))
