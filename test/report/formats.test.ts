import { describe, expect, test } from 'vitest'
import { input } from '../../src/index.js'
import { csv, json, markdown, report, table } from '../../src/report/index.js'
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
  test('table', () => expectGolden(`${name}.txt`, table(one, { width: Number.POSITIVE_INFINITY })))
  test('table of 80 characters', () => {
    const text = table(one)
    expectGolden(`${name}-80.txt`, text)
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80)
  })
  test('csv', () => expectGolden(`${name}.csv`, csv(one)))
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

  test('the width is a number, and the only option', () => {
    expect(() => table(reports.small, { width: 0 })).toThrow(new RangeError('table: width must be a number of at least 1, not 0.'))
    expect(() => table(reports.small, { width: '80' as never })).toThrow('table: width must be a number of at least 1, not "80".')
    expect(() => table(reports.small, { columns: 80 } as never)).toThrow("table: there is no option 'columns'. The only option is width.")
    expect(() => table(reports.small, 80 as never)).toThrow('table: the options must be an object such as { width: 120 }, not 80.')
  })

  test('a narrow table keeps names, outputs, parameters and MACs', () => {
    const headings = table(reports.small, { width: 40 })
      .split('\n')
      .find((line) => line.startsWith('layer'))
    expect(headings?.split(/ {2,}/)).toEqual(['layer', 'output', 'params', 'MACs', 'memory'])
  })
})

test.each(Object.entries({ table, markdown, json, csv }))('%s needs a report', (name, format) => {
  const message = (given: string) => new TypeError(`${name}: needs a report, ${name}(report(network)), not ${given}.`)
  expect(() => format(small as never)).toThrow(message('a network'))
  expect(() => format(undefined as never)).toThrow(message('undefined'))
  expect(format(JSON.parse(json(reports.small)))).toBe(format(reports.small))
})

describe('names that are no words', () => {
  const odd = input(4).dense(4, { name: 'a | b\nc' }).dense(4, { name: '<b>*x*</b>' }).dense(4, { name: 'conv_1\\' })
  const firstCells = (text: string, end: string | RegExp) => text.split('\n').map((line) => line.split(end)[0])

  test('each in one line of a table', () => {
    expect(firstCells(table(report(odd)), / {2,}/).slice(4, 8)).toEqual(['input', 'a | b\\nc', '<b>*x*</b>', 'conv_1\\'])
  })

  test('escaped in Markdown', () => {
    const rows = markdown(report(odd)).split('\n').slice(4, 8)
    expect(rows.map((row) => row.split(/(?<!\\)\|/).length)).toEqual([11, 11, 11, 11])
    expect(firstCells(rows.join('\n').replaceAll(/^\| /gm, ''), / +\| /)).toEqual([
      'input',
      'a \\| b\\\\nc',
      '\\<b\\>\\*x\\*\\</b\\>',
      'conv_1\\\\',
    ])
  })
})

test('csv is read back by a reader of RFC 4180: as many cells in every line, and names in quotes where they need them', () => {
  const odd = input(4).dense(4, { name: 'a, "b"\nc' }).dense(4)
  const lines = csv(report(odd)).trimEnd().split('\n')
  const cells = lines.map((line) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g)].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare),
  )
  expect(new Set(cells.map(({ length }) => length))).toEqual(new Set([15]))
  expect(cells[2]?.[0]).toBe('a, "b"\\nc')
  const params = cells.slice(1).reduce((sum, row) => sum + Number(row[4]), 0)
  expect(params).toBe(odd.params)
})

test('markdown is a table that other tools read: as many cells in every row', () => {
  const rows = markdown(reports.vgg16)
    .split('\n')
    .filter((line) => line.startsWith('|'))
  const cells = rows.slice(0, 41).map((line) => line.split('|').length)
  expect(new Set(cells).size).toBe(1)
})
