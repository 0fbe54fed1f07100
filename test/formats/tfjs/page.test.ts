import { readFileSync, writeFileSync } from 'node:fs'
import { markdownTable } from 'markdown-table'
import { expect, test } from 'vitest'
import { fromTfjs } from '../../../src/formats/tfjs/index.js'
import { readers } from '../../../src/formats/tfjs/read/graph.js'
import { formulaCases, graphCases } from '../../support/tfjs/graph-cases.js'
import { GraphModel } from '../../support/tfjs/graph-model.js'

/** The table of operators in the page of formats: what the code does with the graphs of the tests. */

const page = new URL('../../../docs/formats.md', import.meta.url)
const mark = '<!-- The table is written by test/formats/tfjs/page.test.ts -->'

const code = (names: readonly string[]): string => [...new Set(names)].map((name) => `\`${name}\``).join(', ')

const graphs = [
  ...Object.entries(graphCases).map(([what, { shape, make }]) => ({ what, shape, make })),
  ...Object.entries(formulaCases).map(([what, [make]]) => ({ what, shape: [6, 4], make })),
].map(({ what, shape, make }) => {
  const model = new GraphModel()
  make(model, model.input('x', shape))
  const operators = model.node.map(({ op }) => op).filter((op) => op !== 'Const' && op !== 'Placeholder')
  const { network } = fromTfjs(model.json, model.data)
  return { what, operators, kinds: network.graph.nodes.slice(1).map(({ kind }) => kind) }
})

/** Operators that only tell of shapes, or of one of the parts of a formula, are in no row of their own. */
const others = Object.keys(readers).filter((op) => !graphs.some(({ operators }) => operators.includes(op)))

const written = [
  markdownTable(
    [
      ['graph', 'operators', 'read as'],
      ...graphs.map(({ what, operators, kinds }) => [what.replaceAll('*', '\\*'), code(operators), code(kinds)]),
    ],
    {
      alignDelimiters: false,
    },
  ),
  `Also read, as the same layers or as a part of a formula: ${code(others)}.`,
].join('\n\n')

test('the table', () => {
  const [before, , after] = readFileSync(page, 'utf8').split(mark) as [string, string, string]
  const text = `${before}${mark}\n\n${written}\n\n${mark}${after}`
  if (process.env['UPDATE_GOLDEN']) writeFileSync(page, text)
  expect(readFileSync(page, 'utf8')).toBe(text)
})
