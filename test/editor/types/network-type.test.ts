import { expect, test } from 'vitest'
import { networkIn, shownShape } from '../../../src/editor/types/network-type.js'

/** A network's type as a compiler writes it: its output and its parameters. */

const read = (type: string): string | undefined => {
  const network = networkIn(type)
  return network && `${network.output === undefined ? '-' : shownShape(network.output)}, ${network.params}`
}

test.each([
  ['Network<[7, 7, 3], [5, 5, 8], 224>', '5×5×8, 224'],
  ['sw.Network<[7, 7, 3], [5, 5, 8], 224> | undefined', '5×5×8, 224'],
  ['Network<[7], [5], 40> | null | undefined', '5, 40'],
  ['Network<[9, 9, 3], [7, 7, 8 | 16], 224 | 448>', '7×7×?, undefined'],
  ['Network<[9, 9, 3], [7, 7, number], number>', '7×7×?, undefined'],
  ['Network<[9, 9, 3] & { kept: { a: [9, 9, 3]; }; }, { a: [9, 9, 3]; }, 0>', '{ a: 9×9×3 }, 0'],
  // What a compiler cuts off.
  ['Network<[9, 9, 3], [...], 224>', '-, 224'],
  ['Network<[9, 9, 3] & ... 5 more ..., ..., 224>', '-, 224'],
  ['Network<[9, 9, 3], [7, ... 2 more ...], 224>', '-, 224'],
  ['Network<[...], [7], 224>', undefined],
  ['Network<[9], [7], 1> | string', undefined],
  ['Layer<"conv2d", [8, 3]>', undefined],
])('%s', (type, expected) => expect(read(type)).toBe(expected))
