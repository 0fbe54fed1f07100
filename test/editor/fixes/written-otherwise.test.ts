import { describe, expect, test } from 'vitest'
import { fixesFor } from '../../../src/editor/fixes/fixes.js'
import { applied } from '../../../src/editor/source/edits.js'
import { sourceOf } from '../../../src/editor/source/source.js'

/** Code that is written in other ways than most: what a fix does to it compiles, or there is none. */

const misfit =
  "Type 'number' is not assignable to type '\"conv2d: a 3x3 filter with stride 3 does not fit a 7x7 input: (7 - 3 + 2*0)/3 + 1 = 2.33. Use stride 1, padding 1, or rounding: 'floor'.\"'."
const unflattened =
  "Argument of type 'X' is not assignable to parameter of type '\"dense: needs a vector, not 7x7x3. Flatten first: flatten() gives 147 features.\"'."

/** The text after each fix, by its title, for a mistake at the place that is marked `«...»`. */
const fixed = (marked: string, message: string): Record<string, string> => {
  const start = marked.indexOf('«')
  const end = marked.indexOf('»') - 1
  const text = marked.replace('«', '').replace('»', '')
  const fixes = fixesFor(sourceOf(text), { start, end, text: message })
  return Object.fromEntries(fixes.map(({ title, edits }) => [title, applied(text, edits)]))
}

const wrappedDense = (marked: string): string | undefined => fixed(marked, unflattened)['Wrap in block(flatten(), ...)']

describe('a layer value behind a name that is no network', () => {
  test('of an entry that TypeScript requires', () => {
    expect(wrappedDense("import sw = require('stridewise')\nsw.input(7, 7, 3).apply(«sw.dense(10)»)\n")).toBe(
      "import sw = require('stridewise')\nsw.input(7, 7, 3).apply(sw.block(sw.flatten(), sw.dense(10)))\n",
    )
  })

  test('of an entry that another file exports', () => {
    expect(wrappedDense("import type {} from 'stridewise'\nall.input(7, 7, 3).apply(«all.dense(10)»)\n")).toBe(
      "import { block, flatten } from 'stridewise'\nimport type {} from 'stridewise'\nall.input(7, 7, 3).apply(block(flatten(), all.dense(10)))\n",
    )
  })

  test('of an entry that is required or imported where it is used', () => {
    const required = "// @ts-check\nconst net = require('stridewise').input(7, 7, 3)\nnet.apply(«require('stridewise').dense(10)»)\n"
    expect(wrappedDense(required)).toBe(
      "// @ts-check\nconst { block, flatten } = require('stridewise')\nconst net = require('stridewise').input(7, 7, 3)\nnet.apply(block(flatten(), require('stridewise').dense(10)))\n",
    )
    const imported = "const width = 7\nimport('stridewise').then((sw) => sw.input(width, 7, 3).apply(«sw.dense(10)»))\n"
    expect(wrappedDense(imported)).toBe(
      "import { block, flatten } from 'stridewise'\nconst width = 7\nimport('stridewise').then((sw) => sw.input(width, 7, 3).apply(block(flatten(), sw.dense(10))))\n",
    )
  })

  test('what is required and used at once names no entry', () => {
    expect(sourceOf("const net = require('stridewise').input(7)\n").imports.namespace).toBeUndefined()
    expect(sourceOf("const width = 7\nimport('stridewise').then(use)\n").imports.namespace).toBeUndefined()
    expect(sourceOf("const sw = await import('stridewise')\n").imports.namespace).toBe('sw')
  })
})

describe('names that the file has already', () => {
  test.each([
    ["import { flatten } from 'lodash'", 'flatten as flattenLayer, block'],
    ['const flatten = 2', 'flatten as flattenLayer, block'],
    ['function flatten() {}', 'flatten as flattenLayer, block'],
    // A call of what is not imported yet, a method and an option.
    ['flatten(); net.flatten; use({ flatten: 1 })', 'block, flatten'],
  ])('%s', (line, names) => {
    const text = wrappedDense(`import { dense, input } from 'stridewise'\n${line}\ninput(7, 7, 3).apply(«dense(10)»)\n`) ?? ''
    const has = [...(/\{ dense, input, (.*) \}/.exec(text)?.[1] ?? '').split(', ')].sort()
    expect(has).toEqual(names.split(', ').sort())
    expect(text).toContain(names.includes('as') ? 'block(flattenLayer(), dense(10))' : 'block(flatten(), dense(10))')
  })

  test('in what is required', () => {
    const text = "const flatten = 1\nconst { dense, input } = require('stridewise')\ninput(7, 7, 3).apply(«dense(10)»)\n"
    expect(wrappedDense(text)).toContain("const { dense, input, block, flatten: flattenLayer } = require('stridewise')")
  })
})

describe('options that cannot be set', () => {
  const head = "import { input } from 'stridewise'\n"
  test.each([
    'conv2d(...args, { «stride»: 3 })',
    'conv2d(«...all»)',
    'conv2d(8, 3, { [«name»]: 3 })',
    'conv2d<8, 3, { stride: 3 }>(8, 3, { «stride»: 3 })',
  ])('%s', (call) => expect(fixed(`${head}input(7, 7, 3).${call}\n`, misfit)).toEqual({}))
})

test('an option whose name is in brackets and quotes', () => {
  const text = "import { input } from 'stridewise'\ninput(7, 7, 3).conv2d(8, 3, { «['stride']»: 3 })\n"
  expect(fixed(text, misfit)['Set stride to 1']).toBe(text.replace(/[«»]/g, '').replace(': 3', ': 1'))
})

describe('names of values that are misspelt', () => {
  const head = "import { branch, block, conv2d, identity, input, inputs, keep, relu } from 'stridewise'\n"
  const unknown = (where: string, name: string): string =>
    `Argument of type '"${name}"' is not assignable to parameter of type '"${where}nothing is kept as '${name}' here. Check the name, or write .keep('${name}') after the layer whose output it is, outside of branches."'.`
  const kept = "input(8, 8, 3).keep('c3').relu().keep('stage4')"
  test.each([
    [`${kept}.add(«'c33'», identity())`, 'add, branch 1: ', 'c33', "'c3'"],
    [`${kept}.from(«"stag4"»)`, 'from: ', 'stag4', '"stage4"'],
    [`${kept}.multiHeadAttention(2, { «keys»: 'c33' })`, 'multiHeadAttention: ', 'c33', "'c3'"],
    [`${kept}.add(branch(«'stagee4'», relu()), identity())`, 'add, branch 1: ', 'stagee4', "'stage4'"],
    [`${kept}.residual((x) => x.relu().add(«'c33'», identity()))`, 'add, branch 1: ', 'c33', "'c3'"],
    [`const stem = ${kept}\nstem.apply(block(keep('other'), relu())).from(«'othr'»)`, 'from: ', 'othr', "'other'"],
    ["inputs({ left: [8], right: [8] }).from(«'rigth'»)", 'from: ', 'rigth', "'right'"],
    ["inputs({ left: [8], right: [8] }).from(«'righ'»)", 'from: ', 'righ', "'right'"],
    ["input(8).relu().add(«'inputs'», identity())", 'add, branch 1: ', 'inputs', "'input'"],
    ["parallel({ image: input(8).keep('mid'), other: input(8) }).from(«'image.mit'»)", 'from: ', 'image.mit', "'image.mid'"],
    [`${kept}.outputs('c3', «'stag4'»)`, 'outputs: ', 'stag4', "'stage4'"],
    [`${kept}.expect({ «c33»: [8, 8, 3] })`, 'expect: ', 'c33', 'c3'],
    // Two are as near, none is, or another network has the name. An output has one name.
    [`${kept}.outputs('c3', «'c33'»)`, 'outputs: ', 'c33', undefined],
    ["input(8).keep('c3').relu().keep('c4').from(«'c5'»)", 'from: ', 'c5', undefined],
    [`${kept}.from(«'backbone'»)`, 'from: ', 'backbone', undefined],
    [`const other = ${kept}\ninput(8).from(«'c33'»)`, 'from: ', 'c33', undefined],
  ])('%s', (line, where, wrong, meant) => {
    const text = `${head}${line}\n`
    const plain = line.replace(/[«»]/g, '')
    const changed = head + plain.replace(new RegExp(`['"]${wrong}['"]|\\b${wrong}(?=:)`), meant ?? '')
    expect(fixed(text, unknown(where, wrong))).toEqual(meant === undefined ? {} : { [`Change to ${meant}`]: `${changed}\n` })
  })
})

test('a name in the layer value of a constant', () => {
  const text =
    "import { add, block, identity, input, relu } from 'stridewise'\nconst tail = block(relu(), add('skp', identity()))\ninput(8).keep('skip').apply(«tail»)\n"
  const message =
    "Argument of type 'X' is not assignable to parameter of type '\"layer 2 of 2: add, branch 1: nothing is kept as 'skp' here. Check the name, or write .keep('skp') after the layer whose output it is, outside of branches.\"'."
  expect(fixed(text, message)).toEqual({ "Change to 'skip'": text.replace(/[«»]/g, '').replace("'skp'", "'skip'") })
})

test('a function that returns nothing', () => {
  const message =
    "Type 'void' is not assignable to type '\"residual, body: a function must return its argument with layers added, such as x => x.relu(), not undefined.\"'."
  const head = "import { input } from 'stridewise'\n"
  expect(fixed(`${head}input(8).residual(«function» (x) { const y = x; y.relu() })\n`, message)).toEqual({
    'Return the network': `${head}input(8).residual(function (x) { const y = x; return y.relu() })\n`,
  })
})

test('the line endings of the file, also behind comments', () => {
  const text = `import { input } from 'stridewise'
input(7, 7, 3).conv2d(8, 3, {
  // of the layer
  name: 'a', // the first
  // and
  «stride»: 3, // wide
})
`
  const expected = text.replace(/[«»]/g, '').replace('stride: 3', 'stride: 3,\n  padding: 1')
  expect(fixed(text, misfit)['Add padding: 1']).toBe(expected)
  expect(fixed(text.replaceAll('\n', '\r\n'), misfit)['Add padding: 1']).toBe(expected.replaceAll('\n', '\r\n'))
  const alone = "import { vgg16 } from 'stridewise/zoo'\nimport type {} from 'stridewise'\nnet.apply(«dense(10)»)\n"
  expect(wrappedDense(alone.replaceAll('\n', '\r\n'))).toMatch(/^import \{ block, flatten \} from 'stridewise'\r\nimport/)
})

test('the end of an element of JSX begins no regular expression', () => {
  const source = sourceOf("import { input } from 'stridewise'\nuse(<p><b>{input(7)}</b>{input(8).relu()}</p>)\n")
  expect(source.calls.map(({ name }) => name)).toEqual(['use', 'input', 'input', 'relu'])
})
