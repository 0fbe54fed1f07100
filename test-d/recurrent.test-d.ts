import { gru, input, type Layer, type Network } from 'stridewise'
import { expectError, expectType } from 'tsd'

expectType<Network<[100], [100, 128], 3840000>>(input(100).embedding(30_000, 128))
expectType<Network<[100, 64], [100, 128], 99328>>(input(100, 64).lstm(128))
expectType<Network<[100, 64], [128], 74496>>(input(100, 64).gru(128, { returnSequences: false }))
expectType<Network<[100, 64], [100, 256], 198656>>(input(100, 64).lstm(128, { bidirectional: 'concat' }))
expectType<Network<[100, 64], [128], 148992>>(input(100, 64).gru(128, { bidirectional: 'sum', returnSequences: false }))
expectError(input(100, 64).gru(128, { bidirectional: true }))
expectType<Layer<'gru', [4, { returnSequences: false }]>>(gru(4, { returnSequences: false }))

declare const units: number
expectType<Network<[100, 64], [100, number], number>>(input(100, 64).lstm(units))

expectError(input(100, 2).embedding(30_000, 128))
expectError(input(100).lstm(8))
expectError(input(100, 64).lstm(0))
