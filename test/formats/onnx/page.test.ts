import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fromOnnx } from '../../../src/formats/onnx/index.js'
import { evaluators } from '../../../src/formats/onnx/read/folding/fold.js'
import { idioms } from '../../../src/formats/onnx/read/idioms/rewrite.js'
import { readers } from '../../../src/formats/onnx/read/read.js'
import { Attributes } from '../../../src/formats/onnx/read/reader/attributes.js'
import { ruledOperators } from '../../../src/formats/onnx/survey/survey.js'
import { encodeModel } from '../../../src/formats/onnx/wire/encode.js'
import { FormatError } from '../../../src/network/format-error.js'
import { Draw } from '../../support/onnx/draw.js'
import { drawers } from '../../support/onnx/drawers.js'
import { int, model, op, scalar, valued, wholes } from '../../support/onnx/models.js'

/**
 * The list of operators in the page of formats is that of the readers: the attributes of each are those that it asks for while models of it are
 * read.
 */

const page = new URL('../../../docs/formats.md', import.meta.url)
const mark = '<!-- The list of operators is written by test/formats/onnx/page.test.ts -->'

/** The attributes that each operator asks for. */
const attributesAsked = (): ReadonlyMap<string, ReadonlySet<string>> => {
  const asked = new Map<string, Set<string>>()
  const { known } = Attributes.prototype
  Attributes.prototype.known = function (node, ...names) {
    const found = asked.get(node.operator) ?? new Set()
    asked.set(node.operator, found)
    for (const name of names) found.add(name)
    known.call(this, node, ...names)
  }
  try {
    const drawn = Object.values(drawers).flatMap((draw) =>
      Array.from({ length: 6 }, (_, at) => encodeModel(draw(new Draw(1, `page ${at}`)))),
    )
    const folder = new URL('exported/', import.meta.url)
    const exported = readdirSync(folder)
      .filter((name) => name.endsWith('.onnx'))
      .map((name) => new Uint8Array(readFileSync(new URL(name, folder))))
    const others = [
      model([4, 4, 2], [op('Upsample x f -> y', {})], [valued('f', [1, 1, 2, 2])], 9),
      model([4], [op('ConstantOfShape s -> a', {}), op('Add x a -> y')], [wholes('s', [1])]),
      model([4], [op('Constant -> a', { value_int: int(1) }), op('Unsqueeze x a -> y')], []),
      model([4], [op('If c -> y', {})], [scalar('c', 1)]),
      model([4], [op('ReduceSum x a -> y', {})], [wholes('a', [1])]),
      model([4, 4, 4], [op('SpaceToDepth x -> y', { blocksize: int(2) })]),
    ].map((each) => encodeModel(each))
    for (const bytes of [...drawn, ...exported, ...others]) {
      try {
        fromOnnx(bytes)
      } catch (error) {
        if (!(error instanceof FormatError)) throw error
      }
    }
  } finally {
    Attributes.prototype.known = known
  }
  return asked
}

/** Words in a line of a page, in code. */
const code = (words: Iterable<string>): string => [...words].map((word) => `\`${word}\``).join(', ')

const written = (): string => {
  const asked = attributesAsked()
  const names = [...Object.keys(readers), 'If'].sort()
  const rows = names.map((name) => `| \`${name}\` | ${code([...(asked.get(name) ?? [])].sort())} |`)
  const folded = Object.keys(evaluators)
    .filter((name) => !(name in readers))
    .sort()
  const counted = ruledOperators.filter((name) => !(name in readers) && !(name in evaluators)).sort()
  return [
    'The operators that are read, and their attributes. Every other attribute is refused.',
    ['| operator | attributes |', '| --- | --- |', ...rows].join('\n'),
    `On constants and sizes, all of these are computed where they are known, and so are ${code(folded)}.`,
    `Only \`stridewise report\` knows ${code(counted)}: by the rules of their shapes.`,
    'Several operators that are read as one layer:',
    [
      '| layers | formula | ends in |',
      '| --- | --- | --- |',
      ...idioms.map(({ layers, formula, rules }) => `| ${code(layers)} | ${formula} | ${code(Object.keys(rules).sort())} |`),
    ].join('\n'),
  ].join('\n\n')
}

test('the list of operators in the page is that of the readers', () => {
  const [before, , after] = readFileSync(page, 'utf8').split(mark) as [string, string, string]
  const text = `${before}${mark}\n\n${written()}\n\n${mark}${after}`
  if (process.env['UPDATE_GOLDEN']) writeFileSync(page, text)
  expect(readFileSync(page, 'utf8')).toBe(text)
})
