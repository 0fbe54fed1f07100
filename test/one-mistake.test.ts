import { describe, expect, test } from 'vitest'
import { checkLines } from './support/check.js'
import { isLong, sampled } from './support/effort.js'
import { rejections } from './support/rejections.js'
import { makersImport } from './support/value.js'

/**
 * One mistake is one diagnostic, also in a function that makes a branch: after a layer that does not fit nobody knows the sizes, and a
 * join says nothing of sizes that it does not know.
 */

/** Windows that fit no axis, in branches of which only the channels may differ. */
const windows = Object.entries(rejections)
  .filter(([title]) => /^a (stride|default stride|window)/.test(title))
  .flatMap(([, lines]) => lines)
  .flatMap((line) => {
    const [, from, chain] = /^(input\([\d, _]*\))(\.[a-zA-Z0-9]+\([^[\]]*\))$/.exec(line) ?? []
    return from && chain ? [`${from}.concat((x) => x, (x) => x${chain})`, `${from}.concat((x) => x${chain}, (x) => x)`] : []
  })

/** Other joins, with channels that are those of the input. */
const others = [
  'input(12, 6).multiply((x) => x.reshape(3, 7))',
  'input(12, 6).multiply((x) => x.relu().reshape(3, 7).relu())',
  'input(12, 6).residual((x) => x.reshape(3, 7))',
  'input(12, 6).add((x) => x, (x) => x.reshape(3, 7))',
  'input(12, 6).add((x) => x.reshape(3, 7), (x) => x)',
  'input(12, 6).concat((x) => x, (x) => x.reshape(3, 7))',
  'input(9, 9, 3).concat((x) => x, (x) => x.avgPool2d(4, { stride: 2, padding: 1 }))',
  'input(9, 9, 3).residual((x) => x.conv2d(3, 4, { stride: 3 }))',
  'input(9, 9, 3).residual((x) => x, (x) => x.conv2d(3, 4, { stride: 3 }))',
  'input(9, 9, 3).residual((x) => x.conv2d(3, 4, { stride: 3 }).relu())',
  'input(9, 9, 3).residual((x) => x.residual((y) => y.conv2d(3, 4, { stride: 3 })))',
  'input(9, 9, 3).add((x) => x, (x) => x.conv2d(3, 11))',
  'input(9, 9, 3).add((x) => x.conv2d(3, 11), (x) => x)',
  'input(9, 9, 3).multiply((x) => x.depthwiseConv2d(4, { stride: 3 }))',
  'input(9, 9, 3).multiply((x) => x.maxPool2d(2))',
  'input(9, 9, 3).residual((x) => x.maxPool2d(1, { padding: 1 }))',
  'input(9, 9, 3).residual((x) => x.crop(7))',
  "input(9, 9, 3).branchOut('aux', (x) => x.conv2d(3, 4, { stride: 3 }))",
  'input(9, 9, 3).apply((x) => x.conv2d(3, 4, { stride: 3 }))',
  'input(9, 3).residual((x) => x.separableConv1d(3, 4, { stride: 3 }))',
  // Along the chain.
  'input(9, 9, 3).conv2d(3, 4, { stride: 3 }).flatten().dense(10)',
  'input(9, 9, 3).maxPool2d(2).maxPool2d(2).expect(2, 2, 3)',
  'input(12, 6).reshape(3, 7).conv1d(4, 9)',
]

/** After a join whose branches do not fit nobody knows which of the sizes is meant, and a layer that is refused has given its names. */
const afterIt = [
  'input(8, 8, 4).residual(conv2d(8, 1)).expect(8, 8, 4)',
  'input(8, 8, 4).residual(conv2d(8, 1)).expect(8, 8, 8)',
  'input(8, 8, 4).residual(conv2d(8, 3), conv2d(8, 1)).expect(8, 8, 8)',
  'input(8, 8, 4).residual((x) => x.conv2d(8, 3), (x) => x.conv2d(8, 1)).expect(6, 6, 8)',
  'input(8, 8, 4).add(conv2d(4, 1), conv2d(8, 1)).expect(8, 8, 8)',
  'input(8, 8, 4).concat(conv2d(4, 3), conv2d(8, 1)).expect(8, 8, 12)',
  "input(8, 8, 4).split([2, 3], 'a', 'b').from('a').add('a', 'b')",
  "input(8, 8, 4).split([2, 2], 'a').from('a').relu()",
  "input(8, 8, 4).split([2, 2], 'a', 'a').from('a').expect(8, 8, 2)",
  "input(8, 8, 4).split([2, 2], 'a', '').from('a').relu()",
  "input(8, 8, 4).chunk('a', 'b', 'c').from('c').add('a', 'b')",
  "input(8, 8, 4).chunk('a', 'a').from('a').expect(8, 8, 2)",
  "input(8, 8, 4).branchOut('aux', conv2d(8, 9)).outputs('aux')",
  "input(8, 8, 4).branchOut('aux', (x) => x.conv2d(8, 9)).expect({ aux: [1, 1, 8] })",
]

/** What may follow any mistake. */
const following = [
  '.relu()',
  '.flatten().dense(10).expect(10)',
  ".keep('value').relu().from('value')",
  '.residual((x) => x.relu())',
  '.concat((x) => x, identity())',
  '.multiply((x) => x.sigmoid())',
]

/** Each mistake with each of these. TypeScript itself does not know `x` after a property that is not callable. */
const followed = sampled(
  Object.values(rejections)
    .flat()
    .filter((line) => line.endsWith(')') && !/\.global(Avg|Max)Pool\(\)$/.test(line))
    .flatMap((line) => following.map((calls) => `${line}${calls}`)),
)

const lines = [...windows, ...others]
const checked = checkLines([...lines, ...afterIt, ...followed], makersImport)

describe('one mistake', () => {
  test('windows are there', () => expect(windows.length).toBeGreaterThanOrEqual(40))

  test.each(lines)('%s', (line) => {
    const said = checked.get(line)?.sentences
    expect(said, said?.join('\n')).toHaveLength(1)
    expect(said?.[0]).not.toMatch(/^(residual|add|concat|multiply): /)
  })

  test.each(afterIt)('%s', (line) => expect(checked.get(line)?.sentences).toHaveLength(1))

  test('whatever follows', () => {
    const wrong = followed.filter((line) => checked.get(line)?.diagnostics.length !== 1)
    expect(followed.length).toBeGreaterThan(isLong ? 900 : 90)
    expect(wrong).toEqual([])
  })
})
