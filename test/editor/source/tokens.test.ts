import { expect, test } from 'vitest'
import { sourceOf } from '../../../src/editor/source/source.js'
import { tokensOf } from '../../../src/editor/source/tokens.js'

/** The words and signs of a text, without the compiler. */

const kindsOf = (text: string): string[] => tokensOf(text).map(({ kind, text: word }) => `${kind} ${word}`)

// The rest of the line stands in braces that have to be closed.
test.each([
  "const view = () => <p>{isBig && <b>It isn't small.</b>}</p>",
  "const view = () => <p>{isBig && <b>The dogs' bowl</b>}</p>",
  "const view = () => <p>{isBig && <b>the 80's</b>}</p>",
])('an apostrophe in the text of an element begins no string: %s', (line) => {
  const source = sourceOf(`import { input } from 'stridewise'\n${line}\nconst net = input(7).relu()\n`)
  expect(source.calls.map(({ name, isClosed }) => [name, isClosed])).toEqual([
    ['input', true],
    ['relu', true],
  ])
  const open = source.tokens.filter(({ kind, text }) => kind === 'sign' && text === '{')
  expect(open.every(({ start }) => source.pairs.has(source.tokens.findIndex((token) => token.start === start)))).toBe(true)
})

test.each([
  ["import{input}from'stridewise'", "string 'stridewise'"],
  ["import'stridewise'", "string 'stridewise'"],
  ["switch(x){case'a':return'b'}", "string 'a'"],
  ["switch(x){case'a':return'b'}", "string 'b'"],
  ["type A=keyof'b'", "string 'b'"],
  ["x in'abc'", "string 'abc'"],
  ["a as'b'", "string 'b'"],
])('a string behind a word of the language needs no space: %s', (text, string) => {
  expect(kindsOf(text)).toContain(string)
})
