import { expect, test } from 'vitest'
import { nearestName, nearestNames } from '../../../src/editor/fixes/nearest-name.js'

/** The name that a misspelt one is likely to mean. */

test.each([
  ['rigth', ['left', 'right'], 'right'],
  ['rihgt', ['left', 'right'], 'right'],
  ['lfet', ['left', 'right'], 'left'],
  ['c33', ['c2', 'c3'], 'c3'],
  ['Right', ['left', 'right'], 'right'],
  ['useBias', ['bias', 'name'], 'bias'],
])('%s among %j: %s', (wrong, names, near) => expect(nearestName(wrong, names)).toBe(near))

test('a swap of two letters is one change', () => {
  expect(nearestNames('sotrm', ['storm', 'sort'])).toEqual(['storm'])
})

test('none where none is near', () => expect(nearestNames('elbow', ['left', 'right'])).toEqual([]))
