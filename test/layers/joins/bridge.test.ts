import { describe, expect, test } from 'vitest'
import { bridge } from '../../../src/layers/joins/bridge.js'
import { checkLines, thrownBy } from '../../support/check.js'
import { makers, makersImport } from '../../support/value.js'

/** Suggested layers for branches that do not fit: both halves suggest the same, and the corrected line is valid. */

/** A line, what is suggested, and the line as a user would mend it, for each suggestion. */
const lines: readonly (readonly [line: string, advice: string, ...mended: string[]])[] = [
  [
    'input(9, 9, 4).residual(conv2d(4, 3))',
    "Use padding: 'same' in the body, or a shortcut of crop(1).",
    "input(9, 9, 4).residual(conv2d(4, 3, { padding: 'same' }))",
    'input(9, 9, 4).residual(conv2d(4, 3), crop(1))',
  ],
  [
    'input(32, 32, 4).residual((x) => x.conv2d(4, 3).relu().conv2d(4, 3))',
    "Use padding: 'same' in the body, or a shortcut of crop(2).",
    "input(32, 32, 4).residual((x) => x.conv2d(4, 3, { padding: 'same' }).relu().conv2d(4, 3, { padding: 'same' }))",
    'input(32, 32, 4).residual((x) => x.conv2d(4, 3).relu().conv2d(4, 3), crop(2))',
  ],
  [
    'input(32, 32, 4).residual((x) => x.conv2d(8, 4))',
    "Use padding: 'same' in the body and a shortcut of conv2d(8, 1), or a shortcut of block(adaptiveAvgPool(29), conv2d(8, 1)).",
    "input(32, 32, 4).residual((x) => x.conv2d(8, 4, { padding: 'same' }), conv2d(8, 1))",
    'input(32, 32, 4).residual((x) => x.conv2d(8, 4), block(adaptiveAvgPool(29), conv2d(8, 1)))',
  ],
  [
    'input(9, 9, 4).residual(block(conv2d(8, 3, { stride: 2 }), relu(), conv2d(8, 3)))',
    "Use padding: 'same' in the body and a shortcut of conv2d(8, 1, { stride: 2 }), or a shortcut of block(adaptiveAvgPool(2), conv2d(8, 1)).",
    "input(9, 9, 4).residual(block(conv2d(8, 3, { stride: 2, padding: 'same' }), relu(), conv2d(8, 3, { padding: 'same' })), conv2d(8, 1, { stride: 2 }))",
  ],
  [
    'input(56, 56, 64).residual((x) => x.conv2d(128, 3, { stride: 2, padding: 1, rounding: "floor" }))',
    "Use a shortcut of conv2d(128, 1, { stride: 2, rounding: 'floor' }).",
  ],
  [
    'input(9, 9, 4).residual(conv2d(8, 3, { stride: 2 }), conv2d(8, 1, { stride: 2 }))',
    "Use padding: 'same' in the body, or a shortcut of block(adaptiveAvgPool(4), conv2d(8, 1)).",
    "input(9, 9, 4).residual(conv2d(8, 3, { stride: 2, padding: 'same' }), conv2d(8, 1, { stride: 2 }))",
  ],
  // The body is right, or made smaller by something else than a window.
  ['input(9, 9, 4).residual(conv2d(4, 3, { padding: 1 }), conv2d(4, 3))', 'Use a shortcut of identity().'],
  ['input(9, 9, 4).residual(crop([[0, 1], [2, 3]]))', 'Use a shortcut of adaptiveAvgPool([8, 4]).'],
  ['input(9, 9, 4).residual(upsample(2))', 'Use a shortcut of upsample(2).'],
  ['input(9, 9, 4).residual(block(flatten(), dense(4)))', 'Use a shortcut of block(flatten(), dense(4)).'],
  ['input(9, 9, 4).residual(flatten())', 'Use a shortcut of flatten().'],
  ['input(9, 9, 4).residual(toTokens())', 'Use a shortcut of reshape(81, 4).'],
  ['input(12).residual(block(dense(8), reshape(2, 2, 2)))', 'Use a shortcut of block(dense(8), reshape(2, 2, 2)).'],
  ['input(9, 8).residual(conv1d(8, 4))', "Use padding: 'same' in the body, or a shortcut of adaptiveAvgPool(6)."],
  ['input(16).reshape(2, 2, 2, 2, 1).residual(reshape(2, 2, 2, 1, 2))', 'Use a shortcut of reshape(2, 2, 2, 1, 2).'],
  ['input(9, 9, 4).add(conv2d(8, 3, { padding: 1 }), identity())', 'Use conv2d(8, 1) at the end of branch 2.'],
  [
    'input(9, 9, 4).add(identity(), (x) => x.conv2d(4, 3))',
    "Use padding: 'same' in branch 2, or zeroPad(1) at the end of branch 2.",
    "input(9, 9, 4).add(identity(), (x) => x.conv2d(4, 3, { padding: 'same' }))",
    'input(9, 9, 4).add(identity(), (x) => x.conv2d(4, 3).zeroPad(1))',
  ],
  [
    'input(9, 9, 4).add(conv2d(4, 3), identity())',
    "Use padding: 'same' in branch 1, or crop(1) at the end of branch 2.",
    "input(9, 9, 4).add(conv2d(4, 3, { padding: 'same' }), identity())",
  ],
  [
    'input(9, 9, 4).add(conv2d(4, 5), conv2d(4, 3))',
    "Use padding: 'same' in branches 1 and 2, or crop(1) at the end of branch 2.",
    "input(9, 9, 4).add(conv2d(4, 5, { padding: 'same' }), conv2d(4, 3, { padding: 'same' }))",
  ],
  // The first two branches fit each other: padding in the first alone would be no help.
  ['input(9, 9, 4).add(conv2d(4, 3), conv2d(4, 3), identity())', 'Use crop(1) at the end of branch 3.'],
  [
    'input(28, 28, 8).concat((x) => x.conv2d(8, 1), (x) => x.maxPool2d(3, { stride: 1 }))',
    "Use padding: 'same' in branch 2, or zeroPad(1) at the end of branch 2.",
    "input(28, 28, 8).concat((x) => x.conv2d(8, 1), (x) => x.maxPool2d(3, { stride: 1, padding: 'same' }))",
  ],
  // The window without padding stands before the branch.
  [
    "input(16, 16, 3).conv2d(8, 3, { padding: 1 }).keep('a').conv2d(8, 3).add('a', identity())",
    'Use zeroPad(1) at the end of branch 2.',
    "input(16, 16, 3).conv2d(8, 3, { padding: 1 }).keep('a').conv2d(8, 3).add('a', zeroPad(1))",
  ],
  [
    "input(16, 16, 3).keep('a').conv2d(3, [3, 1]).add('a', identity())",
    'Use zeroPad([1, 0]) at the end of branch 2.',
    "input(16, 16, 3).keep('a').conv2d(3, [3, 1]).add('a', zeroPad([1, 0]))",
  ],
  // An odd number of cells cannot be added at both ends alike.
  ["input(16, 16, 3).keep('a').conv2d(3, 2).add('a', identity())", 'Use adaptiveAvgPool(16) at the end of branch 2.'],
  [
    'input(64, 64, 8).concat(identity(), maxPool2d(2))',
    'Use upsample(2) at the end of branch 2.',
    'input(64, 64, 8).concat(identity(), block(maxPool2d(2), upsample(2)))',
  ],
]

const checked = checkLines([...lines.map(([line]) => line), ...lines.flatMap(([, , ...mended]) => mended)], makersImport)
const thrown = (line: string) => thrownBy(line, makers) as Error | undefined

describe.each(lines)('%s', (line, advice, ...mended) => {
  test('both halves suggest the same', () => {
    expect(thrown(line)?.message).toMatch(/: (?:a sum needs equal shapes|only the channels may differ)\. Use /)
    expect(thrown(line)?.message.replace(/^.*?\. (?=Use )/, '')).toBe(advice)
    expect(checked.get(line)?.sentences).toEqual([thrown(line)?.message])
  })

  test('and it is right', () => {
    for (const each of mended) expect([each, thrown(each), checked.get(each)?.sentences]).toEqual([each, undefined, []])
  })
})

test('where a size is not known, the types name the shape', () => {
  const line = 'input(9, wide(9), 4).residual(conv2d(8, 3))'
  expect(checkLines([line], makersImport).get(line)?.sentence).toMatch(/or a shortcut of layers that give 7x\?x8\.$/)
})

test('there are layers between any two shapes', () => {
  const shapes = [[5], [12], [6, 2], [4, 4, 3], [8, 8, 3], [3, 3, 4], [2, 2, 2, 6], [2, 2, 1, 2, 6], [48], [9, 3, 7]]
  const methods = Object.keys(makers)
  for (const from of shapes) {
    for (const to of shapes) {
      const made = new Function(...methods, `return ${bridge(from, to)}`)(...methods.map((name) => makers[name])) as never
      const begin = (makers['reshape'] as (...shape: number[]) => never)(...from)
      const values = from.reduce((product, size) => product * size, 1)
      expect([from, to, thrownBy('input(values).apply(begin).apply(made).expect(...to)', { values, begin, made, to })]).toEqual([
        from,
        to,
        undefined,
      ])
    }
  }
})
