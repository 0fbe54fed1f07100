import fc from 'fast-check'
import { type Drawn, dilation, filters, groups, joined, kernel, often, perAxis, some, stride, wrong, zeros } from './draw-numbers.js'

/** Layers that slide a window: convolutions of every sort, and pools. */

const padding = (rank: number): fc.Arbitrary<unknown> =>
  fc.oneof(
    { arbitrary: zeros, weight: 4 },
    { arbitrary: fc.constantFrom('same', 'valid'), weight: 2 },
    { arbitrary: fc.array(fc.oneof(zeros, fc.tuple(zeros, zeros)), { minLength: rank, maxLength: rank }), weight: 3 },
  )

const windowOptions = (rank: number) => ({
  stride: perAxis(rank, stride),
  padding: padding(rank),
  dilation: perAxis(rank, dilation),
  rounding: fc.constantFrom('exact', 'floor', 'ceil'),
})

const multiplier = often(fc.integer({ min: 1, max: 4 }), 30, wrong)
const outputPadding = often(fc.constantFrom(0, 0, 1, 1, 2), 8, zeros)

/** Options of a transposed convolution; where a stride maps several sizes to one, an output padding has something to say. */
const transposeOptions = (rank: number) => {
  const { rounding: _, ...window } = windowOptions(rank)
  return { ...window, outputPadding: perAxis(rank, outputPadding), groups, bias: fc.boolean() }
}

export const windowMethods: readonly Drawn[] = [
  ...[1, 2, 2, 3].map((rank) => ({
    rank,
    method: `conv${rank}d`,
    args: joined([filters, perAxis(rank, kernel)], some({ ...windowOptions(rank), groups, bias: fc.boolean() })),
  })),
  ...[1, 2, 3].map((rank) => ({
    rank,
    method: `depthwiseConv${rank}d`,
    args: joined([perAxis(rank, kernel)], some({ ...windowOptions(rank), multiplier, bias: fc.boolean() })),
  })),
  ...[1, 2].map((rank) => ({
    rank,
    method: `separableConv${rank}d`,
    args: joined([filters, perAxis(rank, kernel)], some({ ...windowOptions(rank), multiplier, bias: fc.boolean() })),
  })),
  ...[1, 2, 2, 3].map((rank) => ({
    rank,
    method: `convTranspose${rank}d`,
    args: joined([filters, perAxis(rank, kernel)], some(transposeOptions(rank))),
  })),
  ...[1, 2, 3].flatMap((rank) => [
    { rank, method: `maxPool${rank}d`, args: joined([perAxis(rank, kernel)], some(windowOptions(rank))) },
    {
      rank,
      method: `avgPool${rank}d`,
      args: joined([perAxis(rank, kernel)], some({ ...windowOptions(rank), countIncludePad: fc.boolean() })),
    },
  ]),
]
