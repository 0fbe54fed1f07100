import { expect, test } from 'vitest'
import { reachOf } from '../../../src/editor/fixes/reach.js'
import { sourceOf } from '../../../src/editor/source/source.js'

/** Where a cursor asks for fixes: on what the compiler marks, and for an option on its value. */

const before = "import { input } from 'stridewise'\n"

test.each([
  ['input(7, 7, 3).conv2d(8, 3, { stride: 4 })', 'stride', 'stride: 4'],
  ['input(7, 7, 3).conv2d(8, 3, { stride: 4, padding: 1 })', 'stride', 'stride: 4'],
  ['input(7, 7, 3).conv2d(8, 3, { padding: [[0, 1], [1, 1]], stride: 2 })', 'padding', 'padding: [[0, 1], [1, 1]]'],
  ["input(7, 7, 3).conv2d(8, 3, { rounding: '}' })", 'rounding', "rounding: '}'"],
  ["input(7, 7, 3).conv2d(8, 3, { 'stride': wide(2, 3) })", "'stride'", "'stride': wide(2, 3)"],
  ['input(7, 7, 3).conv2d(8, 3, { stride })', 'stride', 'stride'],
  ['input(7, 7, 3).conv2d(8, 9)', '9', '9'],
  ['input(7, 7, 3).conv2d(8, 3, { stride:', 'stride', 'stride:'],
])('%s', (line, marked, reach) => {
  const text = before + line
  const start = text.indexOf(marked, before.length)
  const { start: from, end } = reachOf(sourceOf(text), { start, end: start + marked.length })
  expect(text.slice(from, end)).toBe(reach)
})
