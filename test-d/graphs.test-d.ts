import {
  add,
  average,
  block,
  branch,
  concat,
  conv2d,
  dense,
  flatten,
  from,
  identity,
  input,
  inputs,
  keep,
  type Layer,
  maxPool2d,
  type Network,
  relu,
  repeat,
  shared,
  subtract,
} from 'stridewise'
import { type Report, report } from 'stridewise/report'
import { expectAssignable, expectError, expectType } from 'tsd'

// What keeps nothing has the type it had.
expectType<Network<[8], [8], 144>>(input(8).residual(block(dense(8), relu(), dense(8))))
expectType<Network<[8], [8], 0>>(input(8).add('input', identity()))

// Kept values.
expectType<Network<[8, 8, 3] & { kept: { skip: [8, 8, 16] } }, [8, 8, 16], 336>>(
  input(8, 8, 3).conv2d(16, 1).keep('skip').conv2d(16, 1).add('skip', identity()),
)
expectType<Network<[8] & { kept: { a: [4] } } & { kept: { b: [2] } }, [6], 46>>(
  input(8)
    .apply(block(dense(4), keep('a'), dense(2), keep('b')))
    .concat('a', 'b'),
)
expectType<Network<[8], [8], 144>>(input(8).residual(block(dense(8), keep('h'), dense(8))))
expectType<Network<[8] & { kept: { x: [8] } }, [4], 72>>(
  input(8)
    .keep('x')
    .dense(4)
    .add(branch('x', dense(4)), identity()),
)
expectType<Network<[8] & { kept: { x: [8] } }, [2], 54>>(input(8).keep('x').dense(4).from('x').dense(2))
expectError(input(8).keep('x').keep('x'))
expectError(input(8).keep('input'))
expectError(input(8).from('x'))
expectError(input(8).add('x', identity()))
expectError(input(8).add(relu()))

// It goes where one without names goes.
declare const classify: (net: Network<[8], [4], 36>) => void
classify(input(8).dense(4).keep('x'))
expectType<Report>(report(input(8).dense(4).keep('x')))

// Several inputs.
expectType<Network<{ image: [28, 28, 1]; label: [10] }, { image: [28, 28, 1]; label: [10] }, 0>>(
  inputs({ image: [28, 28, 1], label: [10] }),
)
const towers = inputs({ image: [28, 28, 1], label: [10] })
  .from('image')
  .flatten()
  .dense(16)
  .keep('seen')
  .from('label')
  .concat('seen', identity())
expectType<Network<{ image: [28, 28, 1]; label: [10] } & { kept: { seen: [16] } }, [26], 12560>>(towers)
expectType<[28, 28, 1]>(towers.input.image)
expectType<Report>(report(towers))
expectAssignable<Network<{ image: [28, 28, 1]; label: [10] }, [26], 12560>>(towers)
expectError(inputs({}))
expectError(inputs([8]))
expectError(inputs({ image: [0] }))
expectError(inputs({ kept: [8] }))
expectError(inputs({ a: [8], b: [8] }).from('c'))

// Named outputs.
const ends = input(8, 8, 3).conv2d(16, 1).keep('fine').maxPool2d(2).keep('coarse').outputs('fine', 'coarse')
expectType<{ fine: [8, 8, 16]; coarse: [4, 4, 16] }>(ends.output)
expectType<64>(ends.params)
expectType<Report>(report(ends))
expectType<Network<[8] & { kept: { aux: [2] } }, { aux: [2] }, 18>>(input(8).branchOut('aux', dense(2)).outputs('aux'))
expectError(ends.outputs('medium'))
expectError(ends.outputs('fine', 'fine'))
expectError(ends.expect({ fine: [8, 8, 8] }))
expectError(ends.keep('x'))

// Shared layers count once.
const encoder = shared('encoder', block(flatten(), dense(64)))
expectType<Layer<'shared', ['encoder', Layer<'block', [Layer<'flatten', []>, Layer<'dense', [64]>]>]>>(encoder)
const siamese = inputs({ left: [28, 28, 1], right: [28, 28, 1] })
  .from('left')
  .apply(encoder)
  .keep('a')
  .from('right')
  .apply(encoder)
  .subtract('a', identity())
expectType<50240>(siamese.params)
expectType<Report>(report(siamese))
expectType<
  Network<
    { left: [28, 28, 1]; right: [28, 28, 1] } & { shared: { encoder: { input: [28, 28, 1]; layer: 550; params: 50240 } } } & {
      kept: { a: [64] }
    },
    [64],
    50240
  >
>(siamese)
expectType<72>(input(8).apply(repeat(4, shared('s', dense(8)))).params)
expectError(
  input(8)
    .apply(shared('s', dense(8)))
    .apply(shared('s', dense(4))),
)
expectError(
  input(8)
    .apply(shared('s', dense(4)))
    .apply(shared('s', dense(4))),
)

// Layer values hold names as they are.
expectType<Layer<'keep', ['x']>>(keep('x'))
expectType<Layer<'from', ['x']>>(from('x'))
expectType<Layer<'branch', ['x', Layer<'conv2d', [8, 1]>, Layer<'relu', []>]>>(branch('x', conv2d(8, 1), relu()))
expectType<Layer<'branch', ['x']>>(branch('x'))
expectType<Layer<'add', ['x', Layer<'identity', []>]>>(add('x', identity()))
expectType<Layer<'concat', ['x', 'y', Layer<'maxPool2d', [2]>]>>(concat('x', 'y', maxPool2d(2)))
expectType<Layer<'subtract', ['x', 'y']>>(subtract('x', 'y'))
expectType<Layer<'average', ['x', Layer<'relu', []>]>>(average('x', relu()))
expectError(subtract('x'))
expectError(subtract('x', 'y', 'z'))

// Names work in functions that are generic in a dimension.
const keptIn = <N extends number>(x: Network<[N, N, 3], [N, N, 8], number>) => x.keep('a').from('a').outputs('a')
expectType<{ a: [16, 16, 8] }>(keptIn(input(16, 16, 3).conv2d(8, 1)).output)
const tokensIn = <N extends number>(x: Network<[N, N, 3], [N, N, 8], number>) => x.toTokens()
expectType<[256, 8]>(tokensIn(input(16, 16, 3).conv2d(8, 1)).output)
