import { describe, expect, test } from 'vitest'
import { fixesFor, fixesOfKind, innermostFirst } from '../../../src/editor/fixes/fixes.js'
import { applied } from '../../../src/editor/source/edits.js'
import { sourceOf } from '../../../src/editor/source/source.js'

/** What fixes do to a text: its formatting, its quotation marks, its imports. */

const misfit = (operation: string, advice: string): string =>
  `Type 'number' is not assignable to type '"${operation}: a 3x3 filter with stride 3 does not fit a 7x7 input: (7 - 3 + 2*0)/3 + 1 = 2.33. ${advice}"'.`

const argument = (sentence: string): string => `Argument of type '10' is not assignable to parameter of type '"${sentence}"'.`

/** The text after each fix, by its title, for a mistake at the place that is marked `«...»`. */
const fixed = (marked: string, message: string): Record<string, string> => {
  const start = marked.indexOf('«')
  const text = marked.replace('«', '').replace('»', '')
  const end = marked.indexOf('»') - 1
  const fixes = fixesFor(sourceOf(text), { start, end, text: message })
  return Object.fromEntries(fixes.map(({ title, edits }) => [title, applied(text, edits)]))
}

const head = "import { input } from 'stridewise'\n"

describe('options keep their formatting', () => {
  const advice = "Use stride 1, padding 1, or rounding: 'floor'."
  test.each([
    ['{ «stride»: 3 }', '{ stride: 3, padding: 1 }'],
    ['{«stride»:3}', '{stride:3, padding: 1}'],
    ['{ «stride»: 3, }', '{ stride: 3, padding: 1, }'],
    ['{ padding: 0, «stride»: 3 }', '{ padding: 1, stride: 3 }'],
    ['{ ...common, «stride»: 3 }', '{ ...common, stride: 3, padding: 1 }'],
    ['{\n    «stride»: 3,\n  }', '{\n    stride: 3,\n    padding: 1,\n  }'],
    [
      "{\n    name: 'a', // the first\n    «stride»: 3, // wide\n  }",
      "{\n    name: 'a', // the first\n    stride: 3,\n    padding: 1, // wide\n  }",
    ],
    ['{ /* none */ «»}', '{ /* none */ padding: 1 }'],
    ['{/* none */«»}', '{/* none */ padding: 1}'],
    ['{ // none\n  «»}', '{ // none\n    padding: 1\n  }'],
    ['{\n    // none\n    /* yet */\n  «»}', '{\n    // none\n    /* yet */\n    padding: 1\n  }'],
    ['{\r\n    // none\r\n  «»}', '{\r\n    // none\r\n    padding: 1\r\n  }'],
    ['{ name: "a)}", «stride»: 3 /* , */ }', '{ name: "a)}", stride: 3, padding: 1 /* , */ }'],
  ])('%s', (options, expected) => {
    const found = fixed(`${head}const net = input(7, 7, 3).conv2d(8, 3, ${options}).relu()\n`, misfit('conv2d', advice))
    expect(found['Add padding: 1'] ?? found['Set padding to 1']).toBe(
      `${head}const net = input(7, 7, 3).conv2d(8, 3, ${expected}).relu()\n`,
    )
  })

  test('with the quotation marks of the file', () => {
    const text = 'import { input } from "stridewise"\ninput(7, 7, 3).conv2d(8, 3, { «stride»: 3 })\n'
    expect(fixed(text, misfit('conv2d', advice))["Add rounding: 'floor'"]).toContain('{ stride: 3, rounding: "floor" }')
  })

  test('with the line endings of the file', () => {
    const text = `${head.replace('\n', '\r\n')}input(7, 7, 3)\r\n  .dense(«10»)\r\n`
    const message = argument('dense: needs a vector, not 7x7x3. Flatten first: flatten() gives 147 features.')
    expect(fixed(text, message)).toEqual({
      'Insert .flatten()': expect.stringContaining('input(7, 7, 3)\r\n  .flatten()\r\n  .dense(10)\r\n'),
    })
  })
})

// Where a shape is not known, the message says what is wanted in words.
test.each([
  ['residual: the body gives ?x?x128, the shortcut 56x56x64: a sum needs equal shapes. Use a shortcut of layers that give ?x?x128.'],
  [
    "residual: the body gives ?x?x9, the shortcut 9x9x4: a sum needs equal shapes. Use padding: 'same' in the body and a shortcut of layers that give ?x?x9.",
  ],
  ['add: branch 2 gives ?x?x5, branch 1 8x8x6: a sum needs equal shapes. Use layers that give 8x8x6 at the end of branch 2.'],
])('words are no code: %s', (sentence) => {
  const call = sentence.startsWith('add')
    ? "add('input', «(x) => x.conv2d(5, 3, { stride: 4 })»)"
    : 'residual(«(x) => x.conv2d(128, 3, { stride: 2 })»)'
  const found = fixed(`${head}const net = input(56, 56, 64).${call}\n`, argument(sentence))
  expect(Object.values(found).filter((text) => text.includes('layers that give'))).toEqual([])
})

describe('a bare value in the place of the options', () => {
  const bare = (kind: string, options: string, given: string, more = '') =>
    argument(`${kind}: the options must be an object such as ${options}, not ${given}.${more}`)

  test('becomes an object', () => {
    const text = `${head}const net = input(8, 8, 3).conv2d(8, 3, «2»).relu()\n`
    expect(fixed(text, bare('conv2d', '{ stride: 2 }', '2'))).toEqual({
      'Change to { stride: 2 }': `${head}const net = input(8, 8, 3).conv2d(8, 3, { stride: 2 }).relu()\n`,
    })
  })

  test('with the quotation marks of the file', () => {
    const text = 'import { input } from "stridewise"\ninput(8, 8, 3).maxPool2d(2, «"same"»)\n'
    const said = bare('maxPool2d', "{ padding: 'same' }", '\\"same\\"')
    expect(fixed(text, said)).toEqual({
      "Change to { padding: 'same' }": 'import { input } from "stridewise"\ninput(8, 8, 3).maxPool2d(2, { padding: "same" })\n',
    })
  })

  test('or the first number goes, which may be the input channels', () => {
    const text = `${head}input(8, 8, 3).conv2d(3, 16, «3»)\n`
    const more = ' If the first number is the input channels, leave it out: conv2d(16, 3).'
    expect(fixed(text, bare('conv2d', '{ stride: 3 }', '3', more))).toEqual({
      'Change to { stride: 3 }': `${head}input(8, 8, 3).conv2d(3, 16, { stride: 3 })\n`,
      'Remove the first argument': `${head}input(8, 8, 3).conv2d(16, 3)\n`,
    })
  })

  test('has no fix where the option is not known', () => {
    const text = `${head}input(8).dense(10, «false»)\n`
    expect(fixed(text, bare('dense', '{ bias: ... }', 'false'))).toEqual({})
  })
})

describe('the call that is meant', () => {
  test('is the one at the place in its block, not the first of its name', () => {
    const text = `import { block, conv2d, input } from 'stridewise'\ninput(7, 7, 3).apply(«block(conv2d(8, 3), conv2d(8, 9))»)\n`
    const message = argument('layer 2 of 2: conv2d: a 9x9 filter is larger than the 5x5 input: 9 > 5 + 2*0. Use kernel 5, or padding 2.')
    expect(fixed(text, message)['Set kernel to 5']).toContain('block(conv2d(8, 3), conv2d(8, 5))')
  })

  test('may stand behind a constant, in a shared layer, under another name', () => {
    const text = `import { block, conv2d as convolution, input, relu, shared } from 'stridewise'
const stem = shared('stem', block(relu(), convolution(8, 9)))
input(7, 7, 3).apply(«stem»)\n`
    const message = argument('layer 2 of 2: conv2d: a 9x9 filter is larger than the 7x7 input: 9 > 7 + 2*0. Use kernel 7, or padding 1.')
    expect(fixed(text, message)['Add padding: 1']).toContain("shared('stem', block(relu(), convolution(8, 9, { padding: 1 })))")
  })

  test('is not guessed behind a spread', () => {
    const text = `import { block, conv2d, input, relu } from 'stridewise'\ninput(7, 7, 3).apply(«block(...layers, conv2d(8, 9))»)\n`
    const message = argument('layer 2 of 2: conv2d: a 9x9 filter is larger than the 7x7 input: 9 > 7 + 2*0. Use kernel 7, or padding 1.')
    expect(fixed(text, message)).toEqual({})
  })
})

describe('imports', () => {
  const flat = argument('dense: needs a vector, not 7x7x3. Flatten first: flatten() gives 147 features.')
  test.each([
    [
      "import { dense, input } from 'stridewise'",
      "import { dense, input, block, flatten } from 'stridewise'",
      'block(flatten(), dense(10))',
    ],
    [
      "import { type Shape, dense, block as b, input } from 'stridewise'",
      "import { type Shape, dense, block as b, input, flatten } from 'stridewise'",
      'b(flatten(), dense(10))',
    ],
    [
      "const { dense, input } = require('stridewise')",
      "const { dense, input, block, flatten } = require('stridewise')",
      'block(flatten(), dense(10))',
    ],
    ["import * as sw from 'stridewise'", "import * as sw from 'stridewise'", 'sw.block(sw.flatten(), sw.dense(10))'],
  ])('%s', (before, after, applying) => {
    const prefix = before.includes('* as sw') ? 'sw.' : ''
    const found = fixed(`${before}\n${prefix}input(7, 7, 3).apply(«${prefix}dense(10)»)\n`, flat)
    expect(Object.values(found)).toEqual([`${after}\n${prefix}input(7, 7, 3).apply(${applying})\n`])
  })
})

describe('inputs', () => {
  const batch = ' If the 1 is the batch size, leave it out: a shape is that of one example.'
  test('a batch size and channels first', () => {
    const text = `${head}input(1, 224, 224, 3).conv2d(«8», 3)\n`
    expect(fixed(text, argument(`conv2d: needs an input of [height, width, channels], not 1x224x224x3.${batch}`))).toEqual({
      'Remove the batch size': `${head}input(224, 224, 3).conv2d(8, 3)\n`,
    })
    const first = `${head}input(3, 224, 224).relu().conv2d(8, «7»)\n`
    const message = argument(
      'conv2d: a 7x7 filter is larger than the 3x224 input: height 7 > 3 + 2*0. Use kernel 3, or padding 2. Note: shapes are channels last: input(224, 224, 3).',
    )
    expect(fixed(first, message)).toMatchObject({
      'Swap to input(224, 224, 3)': `${head}input(224, 224, 3).relu().conv2d(8, 7)\n`,
      'Set kernel to 3': `${head}input(3, 224, 224).relu().conv2d(8, 3)\n`,
    })
  })
})

test('all of one kind are done together, each name imported once', () => {
  const text = `import { dense, input } from 'stridewise'
const a = input(7, 7, 3).apply(dense(10))
const b = input(7, 7, 3).apply(dense(11))
const c = input(7, 7, 3).dense(12)
`
  const message = argument('dense: needs a vector, not 7x7x3. Flatten first: flatten() gives 147 features.')
  const at = (call: string) => ({ start: text.indexOf(call), end: text.indexOf(call) + call.length, text: message })
  const edits = fixesOfKind(sourceOf(text), [at('dense(10)'), at('dense(11)'), { ...at('12'), text: message }], 'flatten')
  expect(applied(text, edits)).toBe(`import { dense, input, block, flatten } from 'stridewise'
const a = input(7, 7, 3).apply(block(flatten(), dense(10)))
const b = input(7, 7, 3).apply(block(flatten(), dense(11)))
const c = input(7, 7, 3).flatten().dense(12)
`)
})

describe('texts that are no such thing', () => {
  test.each([
    ['a file that does not import the package', 'const stridewise = 1\ninput(7, 7, 3).conv2d(8, 3, { «stride»: 3 })\n'],
    ['an import of types of another package', "import { input } from 'stridewise-extra'\ninput(7, 7, 3).conv2d(8, 3, { «stride»: 3 })\n"],
    ['a comment', "// import { input } from 'stridewise'\ninput(7, 7, 3).conv2d(8, 3, { «stride»: 3 })\n"],
  ])('%s', (_, text) => expect(fixed(text, misfit('conv2d', 'Use stride 1.'))).toEqual({}))

  test.each([
    'Type \'"dense: ',
    '"'.repeat(5_000),
    "Did you mean '';;'?",
    argument('conv2d: x. Use stride 1, ); process.exit(.'),
    argument(`${'layer 1 of 2: '.repeat(500)}conv2d: x. Use stride 1.`),
  ])('a message that is none: %.40s', (message) => {
    const found = fixed(`${head}input(7, 7, 3).conv2d(8, 3, { «stride»: 3 })\n`, message)
    for (const text of Object.values(found)) expect(text).not.toContain('process')
  })

  test.each(['((((', '`${`${', "'".repeat(99), '/[', 'a<b<c(', '}}}}))))', '.conv2d(', 'x => (y => ', "<div>don't</div>"])(
    'a text that is no code: %s',
    (text) => {
      const source = sourceOf(`${head}${text}`)
      expect(source.imports.any).toBe(true)
      expect(source.tokens.map((token) => token.text).join('').length).toBeLessThanOrEqual(source.text.length)
    },
  )
})

test('of mistakes in each other, the inner one comes first', () => {
  const [outer, inner, last] = [
    { start: 0, end: 90 },
    { start: 40, end: 46 },
    { start: 60, end: 80 },
  ]
  expect(innermostFirst([outer, inner, last])).toEqual([inner, last, outer])
})

describe('a function that returns nothing', () => {
  const sentence = argument('residual, body: a function must return its argument with layers added, such as x => x.relu(), not undefined.')
  test.each([
    ['(x) => { x.relu() }', '(x) => x.relu()'],
    ['(x) => { x.conv2d(8, 3, { padding: 1 }) }', '(x) => x.conv2d(8, 3, { padding: 1 })'],
    ['(x) => {\n  x\n    .conv2d(8, 3, { padding: 1 });\n}', '(x) => x\n    .conv2d(8, 3, { padding: 1 })'],
    ['(x) => { x.residual((y) => { return y.relu() }) }', '(x) => x.residual((y) => { return y.relu() })'],
    ['(x) => { /* kept */ x.relu() }', '(x) => { /* kept */ return x.relu() }'],
    ['(x) => {\n  // kept\n  x.relu() // too\n}', '(x) => {\n  // kept\n  return x.relu() // too\n}'],
    [
      '(x) => { const y = x.relu(); y.conv2d(8, 3, { padding: 1 }) }',
      '(x) => { const y = x.relu(); return y.conv2d(8, 3, { padding: 1 }) }',
    ],
    ['(x) => {\n  const y = x.relu()\n  y\n    .flatten()\n}', '(x) => {\n  const y = x.relu()\n  return y\n    .flatten()\n}'],
    ['(x) => { const y = x.relu() }', undefined],
    ['(x) => {}', undefined],
    ['(x) => { if (a) { x.relu() } }', undefined],
  ])('%s', (body, expected) => {
    const found = fixed(`${head}input(9, 9, 8).residual(«${body}»)\n`, sentence)
    expect(found['Return the network']).toBe(expected && `${head}input(9, 9, 8).residual(${expected})\n`)
  })
})

describe('an input that a constant holds', () => {
  const first = argument(
    'conv2d: a 7x7 filter is larger than the 3x224 input: height 7 > 3 + 2*0. Use kernel 3, or padding 2. Note: shapes are channels last: input(224, 224, 3).',
  )
  test.each([
    ['const image = input(«3, 224, 224»)\nconst net = image.conv2d(8, [7])'],
    ['const image = input(«3, 224, 224»).relu(), stem = image.batchNorm()\nexport const net = stem\n  .conv2d(8, [7])'],
  ])('is swapped where it is written: %s', (marked) => {
    const code = marked.replace(/[«»]/g, '').replace('[7]', '«7»')
    const swapped = marked.replace('«3, 224, 224»', '224, 224, 3').replace('[7]', '7')
    expect(fixed(`${head}${code}\n`, first)['Swap to input(224, 224, 3)']).toBe(`${head}${swapped}\n`)
  })

  test('stays as it is where another name hides it', () => {
    const code = 'const x = input(3, 224, 224)\nconst f = (x) => x.conv2d(8, «7»)\n'
    expect(fixed(`${head}${code}`, first)).not.toHaveProperty('Swap to input(224, 224, 3)')
  })
})
