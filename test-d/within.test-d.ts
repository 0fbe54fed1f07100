import { expectError, expectType } from 'tsd'
import { type AnyNetwork, input, type Network } from '../dist/index.js'
import { within } from '../dist/report/index.js'

declare const size: number
declare const budget: number
// biome-ignore lint/suspicious/noExplicitAny: what becomes of any is tested.
declare const unknown: any
declare const any: AnyNetwork
declare const either: 79_509 | 79_510

const classifier = input(784).dense(100).relu().dense(10)

expectType<Network<[784], [10], 79510>>(within(classifier, { params: 79_510 }))
expectType<Network<[784], [10], 79510>>(within(classifier, { params: 80_000, macs: 100, memory: 100 }))
expectType<Network<[784], [10], 79510>>(within(classifier, {}))

// The sentence stands in place of the parameters.
expectError(within(classifier, { params: 79_509 }))
expectError(within(classifier, { params: 0, macs: 3 }))
expectError(within(classifier, { params: -5 }))
expectError(within(classifier, { params: 79_509.5 }))
expectError(within(classifier, { macs: -1 }))
expectError(within(classifier, { memory: -1 }))
expectError(within(classifier, { params: 80_000, macs: 0.5 }))
expectError(within(classifier, { parms: 80_000 }))
expectError(within(classifier, { params: '80k' }))
expectError(within(classifier))
expectError(within(3, { params: 5 }))

// What is only a number is left to the run time.
expectType<Network<[784], [10], 79510>>(within(classifier, { params: budget }))
expectType<Network<[number], [10], number>>(within(input(size).dense(10), { params: 5 }))
expectType<AnyNetwork>(within(any, { params: 5 }))
expectType<Network<[784], [10], 79510>>(within(classifier, { params: unknown }))
expectType<Network<[784], [10], 79510>>(within(classifier, { params: either }))
