import { expect, test } from 'vitest'
import { evaluate } from '../../../src/editor/evaluate/evaluate.js'
import { exportsOf } from '../../../src/editor/source/exports.js'
import { sourceOf } from '../../../src/editor/source/source.js'
import * as stridewise from '../../../src/index.js'

/** The exports of a text: the name, and the text that is asked about from its name on, with `call` where it is one. */

const head = "import { input, type Network } from 'stridewise'\n"

const found = (code: string): readonly string[] => {
  const source = sourceOf(head + code)
  return exportsOf(source).map(
    ({ name, local, kind, position, end, shown }) =>
      `${name} ${local ?? '-'} ${kind} ${source.text.slice(position, end)} at ${source.text.slice(shown.start, shown.end)}`,
  )
}

test.each([
  ['a constant', 'export const a = input(7)', ['a a name a at a']],
  ['a variable', 'export let a = input(7)\nexport var b = input(8)', ['a a name a at a', 'b b name b at b']],
  [
    'several of one statement',
    'export const a = input(7).dense(3), b = input(8),\n  c: Network<[1], [2], 3> = input(1).dense(2), d = a\nother()',
    ['a a name a at a', 'b b name b at b', 'c c name c at c', 'd d name d at d'],
  ],
  ['not the type arguments of a call', 'export const a = make<A, B>(c), b = make<{ c: 1 }, D>()', ['a a name a at a', 'b b name b at b']],
  ['not the next statement', 'export const a = input(7)\nconst b = 1, c = 2', ['a a name a at a']],
  ['names out of an object', 'export const { a, b: c, d = 1 } = nets', ['a a name a at a', 'c c name c at c', 'd d name d at d']],
  ['a declaration', 'export declare const a: Network<[7], [7], 0>', ['a a name a at a']],
  ['the line behind one that is being written', 'input(7).\nexport const a = input(7)', ['a a name a at a']],
  ['a list behind one', 'const a = input(7)\na.\nexport { a }', ['a a name a at a']],
  ['a list', 'const a = input(7)\nexport { a }', ['a a name a at a']],
  ['another name', "const a = input(7)\nexport { a as b, type C }\nexport { a as 'long name' }", ['b a name a at a']],
  ['a name that is imported', "import { a } from './a.js'\nexport { a }", ['a a name a at a']],
  ['a name of another file', "const a = 1\nexport { a } from './a.js'", ['a - name a at a']],
  ['a default that is declared', 'const a = input(7)\nexport default a', ['default a name a at a']],
  ['a default that has a name, too', 'const a = input(7)\nexport default a\nexport { a }', ['a a name a at a']],
  ['a default without a name', 'export default input(7)\n  .relu()\n', ['default - call relu() at default']],
  ['a default in parentheses', 'export default (input(7).relu()) satisfies object', ['default - call relu() at default']],
  ['a default of a member', 'export default nets.a', ['default - name a at a']],
  ['a default of several', 'const a = input(7)\nexport default { a, b: a, c: nets.c }', ['a a name a at a', 'c - name c at c']],
  ['a module of CommonJS', 'const a = input(7)\nexport = a', ['default a name a at a']],
  ['a script of CommonJS', 'const a = input(7)\nmodule.exports = { a }', ['a a name a at a']],
  ['members of a script', 'exports.a = input(7).relu()', ['a - call relu() at =']],
  ['not what is in a namespace', 'export namespace nets {\n  export const a = input(7)\n}\nnamespace b { export const c = 1 }', []],
  ['not what is in a module that is declared', "declare module 'x' { export const a: Network<[7], [7], 0> }", []],
  ['not types, classes and enumerations', 'export type A = 1\nexport const enum B { a }\nexport class D {}', []],
  [
    'functions',
    'export function a() {}\nfunction b() {}\nfunction c() {}\nexport { b }\nexport default function d() {}',
    ['a a name a at a', 'b b name b at b', 'default d name d at d'],
  ],
  [
    'an object of several',
    "const a = input(7)\nexport const nets = { a, b: input(8).relu(), 'c d': input(9), e: { f: input(6), g: a }, h: 3, ...more } as const",
    ['nets.a a name a at a', 'nets nets name nets at nets', 'nets.b - name b at b', 'nets.e.f - name f at f'],
  ],
  ['a default object with values', 'export default { a: input(7).relu(), b: () => input(8) }', ['a - name a at a', 'b - name b at b']],
  ['not a part of an expression', 'export default input(7).output.length', []],
])('%s', (_, code, expected) => expect(found(code)).toEqual(expected))

test('the evaluated networks are exported under the same statements', () => {
  const text = `${head}const a = input(7).relu()\nlet b = input(8)\nconst c = input(9)\nexport { a as other }\nexport default input(6).relu()\nexport const d = input(5), e = input(4)\n`
  const networks = evaluate(sourceOf(text), { stridewise })
  expect(networks.map(({ name, isExported }) => `${name} ${isExported}`)).toEqual([
    'a true',
    'b false',
    'c false',
    'default true',
    'd true',
    'e true',
  ])
})
