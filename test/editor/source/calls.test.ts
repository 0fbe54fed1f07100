import { expect, test } from 'vitest'
import { sourceOf } from '../../../src/editor/source/source.js'

/** The calls of a text, and not what only looks like one. */

const callsIn = (code: string): readonly string[] => sourceOf(`import { input } from 'stridewise'\n${code}`).calls.map(({ name }) => name)

test.each([
  [
    'methods of a class',
    'class A {\n  a = one()\n  more() { return two() }\n  static async next(x = three()): N { four() }\n  last(): N\n}',
    'one two three four',
  ],
  ['methods behind a value', 'class A {\n  a = b\n  more() {}\n  c = 1\n  next() {}\n  d = [one()]\n  last<A>(x: A) {}\n}', 'one'],
  [
    'methods of an object',
    'const a = { b: one(), more() { two() }, async next(): N {}, *last() { three() }, get x() { return four() } }',
    'one two three four',
  ],
  ['methods of a type', 'interface A { more(): N; next(x: N): N }\ndeclare const b: { last(): N }', ''],
  ['a branch of a choice', 'const a = b ? one() : two()\nconst c = d ? e * three() : f', 'one two three'],
  ['a case', 'switch (one()) { case two(): three() }', 'one two three'],
  ['a mixin', 'class A extends one(B) {}\nclass C extends sw.two() { a() {} }', 'one two'],
  ['a method that is called', 'const a = b.one() ? b.two() : b.three()', 'one two three'],
])('%s', (_, code, expected) => expect(callsIn(code).join(' ')).toBe(expected))
