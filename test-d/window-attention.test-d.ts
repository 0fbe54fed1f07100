import { input, type Layer, type Network, patchMerging, windowAttention } from 'stridewise'
import { swinB, swinT, swinV2B } from 'stridewise/zoo'
import { expectError, expectType } from 'tsd'

const image = input(56, 56, 96)

expectType<Network<[56, 56, 96], [56, 56, 96], 37755>>(image.windowAttention(3, 7))
expectType<Network<[56, 56, 96], [56, 56, 96], 37755>>(image.apply(windowAttention(3, 7, { shift: 3 })))
expectType<Network<[56, 56, 96], [56, 56, 96], 40323>>(image.windowAttention(3, 8, { version: 2 }))
expectType<Layer<'windowAttention', [3, 7]>>(windowAttention(3, 7))
expectType<Layer<'windowAttention', [3, 7, { shift: 3 }]>>(windowAttention(3, 7, { shift: 3 }))
expectType<Network<[56, 56, 96], [28, 28, 192], 74496>>(image.patchMerging())
expectType<Network<[56, 56, 96], [28, 28, 192], 74112>>(image.apply(patchMerging({ version: 2 })))
expectType<Layer<'patchMerging', []>>(patchMerging())

declare const heads: number
expectType<Network<[56, 56, 96], [56, 56, 96], number>>(image.windowAttention(heads, 7))

expectError(image.windowAttention(5, 7))
expectError(image.windowAttention(3, 5))
expectError(image.windowAttention(3, 7, { shift: 7 }))
expectError(image.windowAttention(3, 7, { shift: 3, version: 3 }))
expectError(image.apply(windowAttention(3, 5)))
expectError(input(55, 56, 96).patchMerging())
expectError(input(3136, 96).windowAttention(3, 7))

expectType<Network<[224, 224, 3], [1000], 28288354>>(swinT())
expectType<Network<[224, 224, 3], [1000], 87768224>>(swinB())
expectType<Network<[256, 256, 3], [10], 86916098>>(swinV2B({ classes: 10 }))
expectError(swinT({ input: 225 }))
