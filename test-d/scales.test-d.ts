import { affine, batchNorm, input, type Layer, type Network, normalize, rescale } from 'stridewise'
import { expectError, expectType } from 'tsd'

declare const wide: number
// biome-ignore lint/suspicious/noExplicitAny: what a rule makes of `any` is tested here.
declare const anything: any
declare const never: never
declare const either: 1 | 4
declare const list: number[]

expectType<Layer<'affine', []>>(affine())
expectType<Layer<'affine', [{ scale: false }]>>(affine({ scale: false }))
expectType<Layer<'batchNorm', []>>(batchNorm({ epsilon: 0.001 }))
expectType<Layer<'batchNorm', [{ scale: false }]>>(batchNorm({ scale: false }))
expectType<Layer<'rescale', [2, 0]>>(rescale(2))
expectType<Layer<'normalize', []>>(normalize())
expectType<Layer<'normalize', [0.5, 0.25]>>(normalize(0.5, 0.25))

expectType<Network<[8, 4], [8, 4], 4>>(input(8, 4).apply(batchNorm({ scale: false })))
expectType<Network<[8, 4], [8, 4], 0>>(input(8, 4).rescale(list, wide))
expectType<Network<[8, 4], [8, 4], 0>>(input(8, 4).normalize(list, list))
expectType<Network<[8, 4], [8, 4], 0>>(input(8, 4).rescale(anything).rescale(never))
expectType<Network<[8, 1 | 4], [8, 1 | 4], 2 | 8>>(input(8, either).affine())
expectType<Network<[8, number], [8, number], number>>(input(8, wide).affine())

expectError(input(8, 4).affine({ scale: false, shift: false }))
expectError(input(8, 4).affine({ centre: true, scale: true }))
expectError(input(8, 4).batchNorm({ momentum: 0.1, scale: true }))
expectError(input(8, 4).rescale('1/255'))
expectError(input(8, 4).rescale([1, 2]))
expectError(input(8, 4).rescale(2, [1, 2]))
expectError(input(8, 4 as 4 | 2).rescale([1, 2]))
expectError(input(8, 4).normalize(0.5))
expectError(input(8, 4).normalize(0.5, -1))
