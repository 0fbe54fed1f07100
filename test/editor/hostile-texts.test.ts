import { describe, expect, test } from 'vitest'
import { completionQuestion } from '../../src/editor/completions/completions.js'
import { hintPlaces } from '../../src/editor/hints/hints.js'
import { asMarkdown, hoverQuestions } from '../../src/editor/hover/section.js'
import { receiverOf } from '../../src/editor/source/constants.js'
import { exportsOf } from '../../src/editor/source/exports.js'
import { sourceOf } from '../../src/editor/source/source.js'
import { longestText } from '../../src/editor/source/tokens.js'
import { steps } from '../support/steps.js'

/** Texts that an editor opens may be anybody's: what is read of them takes time in proportion to their length. */

const head = "import { input } from 'stridewise'\n"

const texts: Readonly<Record<string, (count: number) => string>> = {
  'brackets in brackets': (count) => `${'('.repeat(count)}${')'.repeat(count)}`,
  'brackets without another half': (count) => `${'['.repeat(count)}${')'.repeat(count)}`,
  'brackets that end in one around them': (count) => `${'(['.repeat(count)}${')'.repeat(count)}`,
  'calls without an end': (count) => 'f(a,'.repeat(count),
  'calls in calls': (count) => `${'f('.repeat(count)}${')'.repeat(count)}`,
  'chains without an end': (count) => 'a.f('.repeat(count),
  'imports without a beginning': (count) => " from 'stridewise'".repeat(count),
  'functions behind calls': (count) => 'f(x => x);'.repeat(count),
  'values in templates': (count) => '`${'.repeat(count),
  'declarations without values': (count) => 'const a '.repeat(count),
  'declarations of many names': (count) => `let a = 1${', b = f<A, B>'.repeat(count)}`,
  'declarations in patterns': (count) => `${'const { a = '.repeat(count)}${'} '.repeat(count)}`,
  'defaults without an end': (count) => `${'export default '.repeat(count)}f()`,
  'functions in functions': (count) => `${'(a => '.repeat(count)}a.f()${')'.repeat(count)}`,
  'constants of constants': (count) => `${'const a = b.f();'.repeat(count)}`,
  'elements without an end': (count) => `${'= <p>'.repeat(count)}</p>`,
  'elements in elements': (count) => `= ${'<p>{<b>'.repeat(count)}${'</b>}</p>'.repeat(count)}`,
  'tags without an end': (count) => `${'= <p a="'.repeat(count)}</p>`,
  'closing tags without a name': (count) => `${'</'.repeat(count)}${' '.repeat(count)}`,
  'patterns in patterns': (count) => `${'const [{ a: '.repeat(count)}${'}] = 1;'.repeat(count)}`,
  'classes in classes': (count) => `${'class A { a = '.repeat(count)}${'}'.repeat(count)}`,
  'fields without an end': (count) => `class A { ${'a = '.repeat(count)}`,
  'parameters in parameters': (count) => `${'(a = ('.repeat(count)}${')) => 1'.repeat(count)}`,
  'parameters with types of results': (count) => `${'(a): b<'.repeat(count)} => 1`,
  'objects in exported objects': (count) => `${'export const a = { b: '.repeat(count)}${'}'.repeat(count)}`,
  'constants of names': (count) => `${'const a = (b)!, b = a;'.repeat(count)}a.f()`,
  'constants in a row': (count) => `const a0 = f();${Array.from({ length: count }, (_, at) => `const a${at + 1} = a${at}.f();`).join('')}`,
  'parentheses in an argument': (count) => `f(${'('.repeat(count)}`,
  'choices in choices': (count) => `f({ a: ${'b ? c : '.repeat(count)}`,
  'choices without an end': (count) => `f({ a: ${'b ? '.repeat(count)}`,
  'colons behind colons': (count) => `f({ a: ${': '.repeat(count)}`,
  'what is not undefined': (count) => `a${'!'.repeat(count)}.`,
  'lists in lists': (count) => `f({ a: ${'['.repeat(count)}`,
  'open brackets of others': (count) => `${'f({ '.repeat(count)}${')'.repeat(count)}`,
  'enums of many members': (count) => `enum A { ${'a = 1, '.repeat(count)}} f(A.a)`,
  'many enums': (count) => `${Array.from({ length: count }, (_, at) => `enum A${at} { a }`).join(' ')} input(A1.a).f(A2.a)`,
  'fields of this': (count) => `class A { ${'a = this.a.f(); '.repeat(count)}}`,
  'fields of fields': (count) => `class A { ${Array.from({ length: count }, (_, at) => `a${at + 1} = this.a${at}.f();`).join(' ')} }`,
  'layers in constants': (count) => `${Array.from({ length: count }, (_, at) => `const a${at} = f(a${at + 1})`).join(';')};input(7).g(a0)`,
  'exports in lists': (count) => 'export { a as b, c }; '.repeat(count),
}

describe('four times as long takes about four times as many steps', () => {
  test.each(Object.entries(texts))('%s', (_, make) => {
    const read = (count: number) => () => {
      const source = sourceOf(head + make(count))
      hintPlaces(source, { start: 0, end: longestText })
      exportsOf(source)
      const call = source.calls.at(-1)
      if (call) receiverOf(source, call)
      if (call) hoverQuestions(source, call)
      completionQuestion(source, source.text.length)
      completionQuestion(source, Math.floor(source.text.length / 2))
    }
    expect(steps(read(8_000)) / steps(read(2_000))).toBeLessThan(6)
  })
})

test('the call in which one writes has its arguments, however many are without an end', () => {
  const source = sourceOf(`${head}${'f(a, '.repeat(1_000)}g(1, 2`)
  expect(source.calls.at(-1)?.args).toHaveLength(2)
  expect(source.calls).toHaveLength(1_001)
})

test('brackets that are left open end where one around them does', () => {
  const source = sourceOf(`${head}input(7, [1, 2).relu()`)
  expect(source.calls.map(({ name, isClosed }) => [name, isClosed])).toEqual([
    ['input', true],
    ['relu', true],
  ])
})

// Each slash may begin a regular expression, which would have to end in this line.
test('slashes without an end are signs', () => {
  const source = sourceOf(`${head}${'=/['.repeat(300_000)}\ninput(7).relu()`)
  expect(source.calls.map(({ name }) => name)).toEqual(['input', 'relu'])
})

// Names of inputs and kept values are in the shapes of hovers.
test.each([
  ['[7, 7, 3]', '`[7, 7, 3]`'],
  ['{ "`[a](http://b)![c](http://d)": [4] }', '`` { "`[a](http://b)![c](http://d)": [4] } ``'],
  ['``` and `', '```` ``` and ` ````'],
  ['a\n\n![b](http://c)\u202e', '`a\\n\\n![b](http://c)\\u{202e}`'],
])('nothing in a hover ends its code: %j', (text, code) => {
  expect(asMarkdown([{ term: 'shape', text }])).toBe(`shape: ${code}`)
})
