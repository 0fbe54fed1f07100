import { describe, expect, test } from 'vitest'
import { diffNetworks } from '../../src/cli/diff/changes.js'
import { diffText } from '../../src/cli/diff/texts.js'
import { add, block, branch, conv2d, dense, identity, input, keep, relu, residual } from '../../src/index.js'
import type { AnyNetwork } from '../../src/network/network.js'

/** What `stridewise diff` says of networks whose values have names: it pairs layers by these names where their kinds leave a choice. */

const step = block(conv2d(8, 3, { padding: 1 }), relu())
const begin = input(8, 8, 8)
const two = begin.apply(step).keep('a').apply(step).keep('b')
const both = two.add('a', 'b')

/** Each change as a line, without its costs. */
const linesOf = (before: AnyNetwork, after: AnyNetwork): string[] =>
  diffText([{ ...diffNetworks('net', before, after, {}), file: '', base: '' }], { all: false, files: false }, (_, line) =>
    line.replace(/ +/g, ' ').replace(/, \d+x.*?(;|$)/, '$1'),
  )
    .split('\n')
    .filter((line) => /^[-+~]/.test(line) && !line.startsWith('---'))

describe('diff of networks with names', () => {
  test('of equal layers, those with other names are the removed and the added ones', () => {
    const three = begin.apply(step).keep('first').apply(step).keep('a').apply(step).keep('b').add('a', 'b')
    expect(linesOf(three, both)).toEqual(['- conv2d_1 conv2d 3x3', '- relu_1 relu'])
    expect(linesOf(both, three)).toEqual(['+ conv2d_1 conv2d 3x3', '+ relu_1 relu; kept as: first'])
    const last = begin.apply(step).keep('a').apply(step).keep('b').apply(step).keep('last').add('a', 'b')
    expect(linesOf(last, both)).toEqual(['- conv2d_3 conv2d 3x3', '- relu_3 relu'])
  })

  test('a name that is another, or is elsewhere', () => {
    expect(linesOf(both, begin.apply(step).keep('a').apply(step).keep('z').add('a', 'z'))).toEqual(['~ relu_2 kept as: b -> z'])
    expect(linesOf(two.add('a', identity()), begin.apply(step).apply(step).keep('a').add('a', 'input'))).toEqual([
      '~ relu_1 kept as: a -> none',
      '~ relu_2 kept as: b -> a',
      '~ add_1 from: relu_1, relu_2 -> relu_2, input',
    ])
  })

  test('a join that reads another value, of several equal joins', () => {
    const joins = two.apply(residual(relu())).add('a', identity()).relu().add('b', identity())
    expect(linesOf(joins, two.apply(residual(relu())).add('b', identity()).relu().add('a', identity()))).toEqual([
      '~ add_2 from: relu_1, add_1 -> relu_2, add_1',
      '~ add_3 from: relu_2, relu_4 -> relu_1, relu_4',
    ])
    expect(linesOf(two.add('a', identity()).add('b', identity()), two.add('b', identity()))).toEqual(['- add_1 add'])
    expect(linesOf(two.add('b', identity()).add('a', identity()), two.add('b', identity()))).toEqual(['- add_2 add'])
  })

  test('an added layer says where it stands', () => {
    expect(linesOf(both, two.add(branch('a', conv2d(8, 1)), 'b'))).toEqual(['+ conv2d_3 conv2d 1x1; from: relu_1'])
    expect(linesOf(two, two.from('a').relu().outputs('b'))).toEqual(['~ relu_2 output: none -> b', '+ relu_3 relu; from: relu_1'])
  })

  test('changed layers are paired by the names of their values', () => {
    const old = input(4).dense(5).keep('a').dense(6).keep('b').dense(7).keep('c')
    const current = input(4).dense(8).keep('b').dense(9).keep('c')
    expect(linesOf(old, current).map((line) => line.replace(/[;,].*/, ''))).toEqual([
      '- dense_1 dense',
      '~ dense_1 units: 6 -> 8',
      '~ dense_2 units: 7 -> 9',
    ])
  })

  test('networks too large for a table of all pairs are still compared', () => {
    const long = (units: number): AnyNetwork => {
      const layers = Array.from({ length: 2100 }, (_, at) => dense(units + (at % 2)))
      return input(4).apply(block(...layers, keep('end'), add('end', identity())))
    }
    const { changes } = diffNetworks('net', long(3), long(4), {})
    expect(changes.length).toBeGreaterThan(0)
  })
})
