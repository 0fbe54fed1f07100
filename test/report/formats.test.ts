import { describe, expect, test } from 'vitest'
import { json, markdown, report, table } from '../../src/report/index.js'
import { expectGolden } from '../support/golden.js'
import { alexnet, small, vgg16 } from '../support/networks.js'

/** The texts of a report, each in a file of `test/golden`. */

const reports = {
  vgg16: report(vgg16),
  'vgg16-weights': report(vgg16, { biases: false }),
  alexnet: report(alexnet, { batch: 128, optimizer: 'momentum' }),
  small: report(small, { batch: 8, dtype: 'bf16', optimizer: 'adam' }),
}

describe.each(Object.entries(reports))('%s', (name, one) => {
  test('table', () => expectGolden(`${name}.txt`, table(one)))
  test('markdown', () => expectGolden(`${name}.md`, markdown(one)))
  test('json', () => {
    expectGolden(`${name}.json`, json(one))
    expect(JSON.parse(json(one))).toEqual(one)
  })
})

describe('table', () => {
  const text = table(reports.small)

  test('no line ends in a blank, and the text ends with one line break', () => {
    expect(text).not.toMatch(/ $/m)
    expect(text.endsWith('\n')).toBe(true)
    expect(text.endsWith('\n\n')).toBe(false)
  })
})

test('markdown is a table that other tools read: as many cells in every row', () => {
  const rows = markdown(reports.vgg16)
    .split('\n')
    .filter((line) => line.startsWith('|'))
  const cells = rows.slice(0, 41).map((line) => line.split('|').length)
  expect(new Set(cells).size).toBe(1)
})
