import { expect, test } from 'vitest'
import { hintPlaces } from '../../../src/editor/hints/hints.js'
import { sourceOf } from '../../../src/editor/source/source.js'

/** The places of a text that may get a hint: the code up to each, from the beginning of its name. */

const placesIn = (code: string): readonly string[] => {
  const source = sourceOf(`import { input } from 'stridewise'\n${code}`)
  const places = hintPlaces(source, { start: 0, end: source.text.length }).map(({ position, at }) => source.text.slice(position, at))
  // Of a call that holds functions, the beginning.
  return places.map((place) => (place.includes('=>') && !place.includes('let') ? place.slice(0, place.search(/[(]/) + 1) : place))
}

test.each([
  ['each name of a statement', 'const a = input(7), b = input(8),\n  c = 1', ['a', 'input(7)', 'b', 'input(8)', 'c']],
  ['not names with a type', 'const a: N = input(7), b: N = input(8)', ['input(7)', 'input(8)']],
  [
    'names out of objects and lists',
    'const { a, b = 1, c: d, e: { f }, ...g } = nets, [h, , i = 1, [j]] = list',
    ['a', 'b', 'd', 'f', 'g', 'h', 'i', 'j'],
  ],
  ['those of a loop', 'for (const a of nets) a.relu()\nfor (const [b, { c }] of all) {}\nfor (const d in e) {}', ['a', 'relu()', 'b', 'c']],
  ['names behind a value that is constant', 'const a = [1] as const, b = input(7)', ['a', 'b', 'input(7)']],
  ['the line behind one that is being written', 'input(7).\nconst b = input(7)', ['input(7)', 'b', 'input(7)']],
  [
    'fields of classes',
    'class A<B> extends C<D> {\n  a = 3 as const\n  #b = input(7); static readonly c = { d: 1 }\n  e: N = input(8)\n  f\n  [g] = 1\n  h() { i = 2 } j = () => { k = 3 }\n}',
    ['a', '#b', 'input(7)', 'c', 'input(8)', 'j'],
  ],
  ['not what is called class', 'a.class = b\nconst c = { class: { d: 1 } }', ['c']],
  [
    'parameters of every function',
    'f(x => 1, (a, b = net) => 2, async (c) => 3, function (d) {}, function* g(e) {}, function <T>(h, i: N) {}, (j): N<1, 2> => 4)',
    ['x', 'a', 'b', 'c', 'd', 'e', 'h', 'j', 'f('],
  ],
  [
    'parameters that are taken out of objects and lists',
    'all.map(([a, { b }], { c, d: e = 1 } = nets, ...f) => g)',
    ['a', 'b', 'c', 'e', 'map('],
  ],
  ['parameters of methods', 'class A { constructor(private a = 1, b: N) {}\n  c(d, e?: N) {}\n  get f() { return 1 } }', ['a', 'd']],
  ['not conditions and choices', 'if (a) { b }\nwhile (c) {}\nconst d = e ? (f) : (g)\nswitch (h) {}', ['d']],
  ['the names of a statement in a function', 'f(() => { let a = 1, b = 2 })', ['f(() => { let a = 1, b = 2 })', 'a', 'b']],
])('%s', (_, code, expected) => expect([...placesIn(code)].sort()).toEqual([...expected].sort()))
