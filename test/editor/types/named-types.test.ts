import { expect, test } from 'vitest'
import { sourceOf } from '../../../src/editor/source/source.js'
import { withNamedTypes } from '../../../src/editor/types/named-types.js'

/** What the text says that a named type is. */

const meant = (code: string, type: string): string | undefined =>
  withNamedTypes(sourceOf(`import { input, type Network } from 'stridewise'\n${code}`), { type }).type

test.each([
  ['type A = Network<[7], [5], 40>\ninput(7)', 'Network<[7], [5], 40>'],
  [
    'export type A = Network<\n  [7] & { kept: { a: [7] } },\n  [5],\n  40\n>; const b = 1',
    'Network<\n  [7] & { kept: { a: [7] } },\n  [5],\n  40\n>',
  ],
  ['type A = sw.Network<[7], [5], 40>', 'sw.Network<[7], [5], 40>'],
  ['type B = Network<[7], [5], 40>', 'A'],
  ['type A = Network<[7], [5], 40> | undefined', 'A'],
  ['type A = B\nconst c = d<e>(f)', 'A'],
  ['type A = Network<[7], [5], 40>\n{ type A = Network<[8], [5], 45> }', 'A'],
  ['type A<B> = Network<[7], B, 40>', 'A'],
  ['const type = A < B', 'A'],
])('%s', (code, expected) => expect(meant(code, 'A')).toBe(expected))
