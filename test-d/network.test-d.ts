import { type AnyNetwork, input, type Network } from 'stridewise'
import { type Report, report } from 'stridewise/report'
import { expectAssignable, expectError, expectNotAssignable, expectType } from 'tsd'

// Where a network begins.
expectType<Network<[784], [784], 0>>(input(784))
expectType<Network<[100, 8], [100, 8], 0>>(input(100, 8))
expectType<Network<[227, 227, 3], [227, 227, 3], 0>>(input(227, 227, 3))
expectType<Network<[16, 112, 112, 3], [16, 112, 112, 3], 0>>(input(16, 112, 112, 3))
expectError(input())
expectError(input(1, 2, 3, 4, 5))
expectError(input(0, 7, 3))
expectError(input(7, 1.5, 3))
expectError(input('7', 7, 3))

// Checkpoints change nothing.
expectType<Network<[7, 7, 512], [7, 7, 512], 0>>(input(7, 7, 512).expect(7, 7, 512))
expectError(input(7, 7, 512).expect(7, 7, 256))
expectError(input(7, 7, 512).expect(7, 7))
expectError(input(7, 7, 512).expect())

// The lecture's networks, with their published counts.
const block = input(224, 224, 3).conv2d(64, 3, { padding: 1 }).relu().conv2d(64, 3, { padding: 1 }).relu().maxPool2d(2)
expectType<Network<[224, 224, 3], [112, 112, 64], 38720>>(block)
expectType<Network<[7, 7, 512], [1000], 123642856>>(input(7, 7, 512).flatten().dense(4096).relu().dense(4096).relu().dense(1000))

// Any network goes where any will do, and nothing more specific.
expectAssignable<AnyNetwork>(block)
expectType<Report>(report(block))
expectNotAssignable<Network<[224, 224, 3], [112, 112, 64], 38721>>(block)
expectNotAssignable<Network<[224, 224, 3], [112, 112, 63], 38720>>(block)
expectError(report({}))

// What is known only at run time is `number`.
declare const size: number
expectType<Network<[number, 7, 3], [number, 5, 8], 224>>(input(size, 7, 3).conv2d(8, 3))
expectType<Network<[7, 7, number], [5, 5, 8], number>>(input(7, 7, size).conv2d(8, 3))
expectType<Network<[7, 7, 3], [number, number, 8], number>>(input(7, 7, 3).conv2d(8, size))
