import { block, input, type Layer, layerScale, type Network } from 'stridewise'
import { expectError, expectType } from 'tsd'

declare const wide: number
// biome-ignore lint/suspicious/noExplicitAny: what a rule makes of `any` is tested here.
declare const anything: any
declare const either: 1 | 4

expectType<Network<[56, 56, 96], [56, 56, 96], 96>>(input(56, 56, 96).layerScale())
expectType<Network<[10], [5], 60>>(input(10).dense(5).layerScale())
expectType<Network<[8, 96], [8, 96], 192>>(input(8, 96).apply(block(layerScale(), layerScale())))
expectType<Layer<'layerScale', []>>(layerScale())

expectType<Network<[8, number], [8, number], number>>(input(8, wide).layerScale())
expectType<Network<[8, 1 | 4], [8, 1 | 4], 1 | 4>>(input(8, either).layerScale())
expectType<Network<[8, number], [8, number], number>>(input(8, anything).layerScale())

expectError(input(8, 96).layerScale(1e-6))
expectError(layerScale(1e-6))
