import { describe, expect, test } from 'vitest'
import { checkLines } from './support/check.js'
import { rejections } from './support/rejections.js'

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

const lines = [...windows, ...others]
const checked = checkLines(lines)

describe('one mistake', () => {
  test('windows are there', () => expect(windows.length).toBeGreaterThanOrEqual(40))

  test.each(lines)('%s', (line) => {
    const said = checked.get(line)?.sentences
    expect(said, said?.join('\n')).toHaveLength(1)
    expect(said?.[0]).not.toMatch(/^(residual|add|concat|multiply): /)
  })
})
