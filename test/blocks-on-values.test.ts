import { expect, test } from 'vitest'
import * as stridewise from '../src/index.js'
import { checkLines } from './support/check.js'
import { makersImport } from './support/value.js'

/** A block where there are several values and no current one: its first layer joins some of them, counts, and has its place in messages. */

const lines = [
  "two.apply(block(concat(branch('a', conv2d(4, 1)), 'b'), relu()))",
  "two.apply(block(block(concat(branch('a', conv2d(4, 1)), 'b')), conv2d(2, 1)))",
  "two.apply(block(multiply(branch('a', conv2d(3, 1)), 'b')))",
  "two.apply(block(branch('a', conv2d(4, 1)), keep('k'), relu()))",
  "two.apply(block(branchOut('k', branch('a', conv2d(4, 1))), from('b'), relu()))",
  "two.apply(block(add('a', 'b'), conv2d(4, 1), keep('k'), conv2d(4, 1)))",
  "two.apply(block(from('a')))",
]
const refused: readonly (readonly [line: string, sentence: string])[] = [
  [
    "two.apply(block(concat('a', 'b'), dense(3)))",
    'layer 2 of 2: dense: needs a vector, not 8x8x6. Flatten first: flatten() gives 384 features.',
  ],
  ["two.apply(block(from('a'), keep('a')))", "layer 2 of 2: keep: there is a value called 'a' already. Give this one another name."],
]
/** What is not known makes nothing else a mistake. */
const unknown = ['two.apply(block(any))', 'two.apply(block(any, relu()))', 'net.apply(block(relu(), any))', 'net.apply(repeat(2, any))']

const checked = checkLines(
  [...lines, ...unknown, ...refused.map(([line]) => line)],
  `${makersImport}\nimport { inputs } from 'stridewise'\nconst two = inputs({ a: [8, 8, 3], b: [8, 8, 3] }), net = input(8, 8, 3)\ndeclare const any: any`,
)

const run = (line: string): unknown => {
  const scope = { ...stridewise, two: stridewise.inputs({ a: [8, 8, 3], b: [8, 8, 3] }) }
  return new Function(...Object.keys(scope), `return ${line}`)(...Object.values(scope))
}

test.each(lines)('%s', (line) => {
  expect(checked.get(line)?.diagnostics).toEqual([])
  expect(checked.get(line)?.type.replaceAll('; }', ' }')).toBe(String(run(line)))
})

test.each(refused)('%s', (line, sentence) => {
  expect(checked.get(line)?.sentences).toEqual([sentence])
  expect(() => run(line)).toThrow(sentence)
})

test.each(unknown)('%s', (line) => {
  expect(checked.get(line)?.diagnostics).toEqual([])
  expect(checked.get(line)?.type).toMatch(/, Shape, number>$/)
})
