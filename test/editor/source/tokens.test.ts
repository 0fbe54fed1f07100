import { describe, expect, test } from 'vitest'
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

describe('the text of an element hides nothing behind it', () => {
  const behind = (line: string): readonly string[] => {
    const source = sourceOf(`import { input } from 'stridewise'\n${line}\nconst net = input(7).relu()\n`)
    return source.calls.map(({ name, isClosed }) => `${name}${isClosed ? '' : ' without an end'}`)
  }
  test.each([
    ['a backtick', 'const view = () => <p>a ` b</p>'],
    ['the beginning of a comment', 'const view = () => <p>src/*.ts and // more</p>'],
    ['quotation marks', `const view = <p title='it"s'>"quoted' {"a"} 'b</p>`],
    ['a backslash in an attribute', 'const view = <a href="c:\\">`</a>'],
    ['brackets', 'const view = <p>( [ ) a => b</p>'],
    ['elements in elements', 'const view = <div><b>`</b> ` <br/> ` {on && <i>`{`\u0024{1}`} `</i>} ` <Empty a={`b`} /> `</div>'],
    ['a fragment', 'const view = <>` <b>/*</b> `</>'],
    ['a component with type arguments', "const view = <nets.List<Item<1>> of={[]} each={(a) => <b>`</b>}>don't `</nets.List>"],
    ['names with dashes', 'const view = <my-tag xml:lang="a">`</my-tag >'],
    ['several lines', "const view = (\n  <p>\n    It isn't `small`,\n    /* or is it\n  </p>\n)"],
    ['an empty element beside others', 'const view = [<p />, <p>`</p>, <p/>]'],
  ])('%s', (_, line) => expect(behind(line)).toEqual(['input', 'relu']))

  test.each([
    ['an assertion of a type', 'const a = <Type>input(8).relu()'],
    ['a function of a type', 'const f = <Type>(x: Type) => input(8).relu()'],
    ['a comparison', 'const a = b < input(8).relu() && c > d'],
    ['a comparison with a regular expression', 'const a = b </p>/g, d = input(8).relu()'],
    ['an element that is being written', "const view = () => <p>{input(8).relu()}\nconst other = '</p>'"],
    ['a value in an element', 'const view = <p title={input(8).relu()}>` </p>'],
    ['a value in the text of an element', 'const view = <p>` {input(8).relu()} `</p>'],
  ])('and %s is read as before', (_, line) => expect(behind(line)).toEqual(['input', 'relu', 'input', 'relu']))
})
