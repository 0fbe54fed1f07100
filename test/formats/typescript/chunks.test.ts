import { describe, expect, test } from 'vitest'
import { toTypeScript } from '../../../src/formats/typescript/index.js'
import { type AnyNetwork, branch, dense, identity, input, inputs, parallel } from '../../../src/index.js'
import { evaluated } from '../../support/evaluated.js'
import { graphSaid } from '../../support/same-graph.js'

/** Parts of a value, each with a name, are `chunk` or `split` in a source, and other slices stay slices. */

const networks: Readonly<Record<string, readonly [network: AnyNetwork, calls: string]>> = {
  'equal parts, joined by name': [input(6).chunk('a', 'b').multiply('a', 'b'), ".chunk('a', 'b').multiply('a', 'b')"],
  'parts of other sizes, from one of which it goes on': [
    input(6).split([2, 4], 'a', 'b').from('a').dense(4).multiply('b'),
    ".split([2, 4], 'a', 'b').from('b').multiply(branch('a', dense(4)), identity())",
  ],
  'of a layer that nothing else reads': [
    input(6).dense(6).chunk('a', 'b', 'c').from('c').dense(2).relu().multiply('a', identity()),
    ".dense(6).chunk('a', 'b', 'c').from('c').dense(2).relu().multiply('a', identity())",
  ],
  'at the end, where the value goes on': [input(6).dense(6).chunk('a', 'b'), ".dense(6).chunk('a', 'b')"],
  'at the end, where a part goes on': [input(6).chunk('a', 'b').from('b'), ".chunk('a', 'b').from('b')"],
  'as outputs': [input(6).chunk('a', 'b', 'c').outputs('a', 'c'), ".chunk('a', 'b', 'c').outputs('a', 'c')"],
  'of an image, from a kept value': [
    input(4, 4, 6).keep('whole').conv2d(6, 1).from('whole').chunk('a', 'b').from('a').add('b', identity()).concat('whole', identity()),
    ".keep('whole').conv2d(6, 1).from('input').chunk('a', 'b').add('b', 'a').concat('input', identity())",
  ],
  'of a part': [
    input(8).chunk('a', 'b').from('a').chunk('c', 'd').add('c', 'd').concat('b', identity()),
    ".chunk('a', 'b').from('a').chunk('c', 'd').add('c', 'd').concat('b', identity())",
  ],
  'with a head on a part': [
    input(8)
      .chunk('a', 'b')
      .branchOut('head', branch('b', dense(3)))
      .add('a', 'b'),
    ".chunk('a', 'b').from('b').branchOut('head', dense(3)).add('a', 'b')",
  ],
  'of one input of several': [
    inputs({ x: [8], y: [4] })
      .from('x')
      .chunk('x1', 'x2')
      .add('x1', 'y')
      .from('x2')
      .add('y', identity()) as AnyNetwork,
    ".from('x').chunk('x1', 'x2').add('x1', 'y').add('y', 'x2')",
  ],
  'in a tower': [
    parallel({ x: input(8).chunk('a', 'b').multiply('a', 'b'), y: input(4).dense(4) }).concat('x', 'y', 'x.a') as AnyNetwork,
    ".concat('x', 'y', 'x.a')",
  ],
  'kept slices that are all parts': [
    input(6).keep('x').slice(0, 0, 2).keep('u').from('x').slice(0, 2).keep('v').relu().concat('u', identity()),
    ".keep('x').split([2, 4], 'u', 'v').from('v').relu().concat('u', identity())",
  ],
  'slices that overlap': [
    input(6).slice(0, 0, 4).keep('u').from('input').slice(0, 2).keep('v').add('u', identity()),
    ".slice(0, 0, 4).keep('u').from('input').slice(0, 2).keep('v').add('u', 'v')",
  ],
  'slices that leave features out': [
    input(6).slice(0, 0, 2).keep('u').from('input').slice(0, 2, 4).keep('v').add('u', identity()),
    ".slice(0, 0, 2).keep('u').from('input').slice(0, 2, 4).keep('v').add('u', 'v')",
  ],
  'slices of another axis': [
    input(4, 6).slice(0, 0, 2).keep('u').from('input').slice(0, 2).keep('v').add('u', identity()),
    ".slice(0, 0, 2).keep('u').from('input').slice(0, 2).keep('v').add('u', 'v')",
  ],
  'slices without names': [
    input(6).concat(
      (x) => x.slice(0, 0, 2),
      (x) => x.slice(0, 2).relu(),
    ),
    '.concat(slice(0, 0, 2), block(slice(0, 2), relu()))',
  ],
}

/** The calls of the network's own chain, on one line. */
const callsIn = (source: string): string =>
  (/^export const network = [\s\S]*/m.exec(source)?.[0] ?? '')
    .split('\n')
    .slice(1)
    .map((line) => line.trim())
    .join('')

describe('parts in a source', () => {
  test.each(Object.entries(networks))('%s', (_, [network, calls]) => {
    const source = toTypeScript(network)
    expect(callsIn(source)).toBe(calls)
    const again = evaluated(source)
    expect(graphSaid(again)).toEqual(graphSaid(network))
    expect(source).toContain(`/** ${again} */`)
  })

  test('a tower has its own', () => {
    const [network] = networks['in a tower'] as readonly [AnyNetwork, string]
    expect(toTypeScript(network)).toContain("const x = input(8)\n  .chunk('a', 'b')\n  .multiply('a', 'b')\n")
  })
})
