import { expect, test } from 'vitest'
import { mendedAt } from '../../../src/editor/completions/mended.js'
import { sourceOf } from '../../../src/editor/source/source.js'
import { marked } from '../cursors.js'

/** A text with open brackets at a place, as it is read there: without what stands behind the line. */

const head = "import { input } from 'stridewise'\n"

const mended = (code: string): string => {
  const { text, positions } = marked(head + code)
  return mendedAt(sourceOf(text), positions[0] as number).text.slice(head.length)
}

test.each([
  ['an object and a call', 'f(8, { a: |>\nconst b = 1', 'f(8, { a: })'],
  ['with the rest of the line', 'f(8, { a: |>, b: [2] // c\n)', 'f(8, { a: , b: [2]})'],
  ['with what closes some of them', 'f(g({ a: |> }\nconst b = 1', 'f(g({ a:  }))'],
  ['up to a bracket of something else', 'function f() { g({ a: |> ]; h() }', 'function f() { g({ a: })}'],
  ['up to the end of the statement', 'f({ a: |>; const b = { c: 1 }', 'f({ a: })'],
  ['with the rest of a word', 'f({ a: 12|>34, b\n', 'f({ a: 1234, b})'],
  ['a string', "f('ab|>c)\n", "f('ab')"],
  ['the second value of a template', `\`\${a} \${f({ b: |>\``, `\`\${a} \${f({ b: })}\``],
  ['a bracket that takes one of another', 'function f() {\n  g(1, { a: |>\n}\n', 'function f() {\n  g(1, { a: })}'],
  ['of which some before are open, too', 'const a = [1, (2\nconst b = f({ c: |>', 'const a = [1, (2\nconst b = f({ c: }))]'],
  ['an option in the next line', 'f({\n  a: |>\n  b: 1\n})', 'f({\n  a: ,\n  b: 1\n})'],
  ['an option in the next line behind a value', "f({\n  a: 2|>\n  'b': 1\n})", "f({\n  a: 2,\n  'b': 1\n})"],
])('%s', (_, code, expected) => expect(mended(code)).toBe(expected))

test.each([
  ['closed brackets', 'f({ a: |> })\nconst b = ('],
  ['closed brackets in others', 'f(g({ a: |> })\nconst b = 1'],
  ['an option in the next line behind a comma', 'f({\n  a: |>,\n  b: 1\n})'],
  ['an arm of a choice in the next line', 'f({\n  a: b ? |>\n  c : 1\n})'],
  ['no call around', 'const a = { b: |>'],
  ['a template', 'f(`a |>'],
])('as it is: %s', (_, code) => expect(mended(code)).toBe(marked(code).text))

test('deep brackets take no longer than others', () => {
  for (const code of [
    `f({ a: |>${'('.repeat(100_000)}`,
    `${'f('.repeat(50_000)}|>${']'.repeat(100_000)}`,
    `${'['.repeat(100_000)}f(${']'.repeat(50_000)}{ a: |>`,
  ])
    expect(mended(code).length).toBeGreaterThan(100_000)
})
