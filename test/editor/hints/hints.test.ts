import { expect, test } from 'vitest'
import { hintPlaces } from '../../../src/editor/hints/hints.js'
import { sourceOf } from '../../../src/editor/source/source.js'

/** The places of a text that may get a hint: the code up to each, from the beginning of its name. */

const placesIn = (code: string): readonly string[] => {
  const source = sourceOf(`import { input } from 'stridewise'\n${code}`)
  return hintPlaces(source, { start: 0, end: source.text.length }).map(({ position, at }) => source.text.slice(position, at))
}

test.each([
  ['each name of a statement', 'const a = input(7), b = input(8),\n  c = 1', ['a', 'input(7)', 'b', 'input(8)', 'c']],
  ['not names with a type, and not those out of an object', 'const a: N = input(7), { b = 1, c: d } = nets', ['input(7)']],
  ['names behind a value that is constant', 'const a = [1] as const, b = input(7)', ['a', 'b', 'input(7)']],
  ['the line behind one that is being written', 'input(7).\nconst b = input(7)', ['input(7)', 'b', 'input(7)']],
  ['not the fields of a class', 'class A {\n  a = 3 as const\n  b = input(7)\n}', ['input(7)']],
  ['the names of a statement in a function', 'f(() => { let a = 1, b = 2 })', ['f(() => { let a = 1, b = 2 })', 'a', 'b'].sort()],
])('%s', (_, code, expected) => expect([...placesIn(code)].sort()).toEqual([...expected].sort()))
