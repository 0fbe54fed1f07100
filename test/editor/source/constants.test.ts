import { expect, test } from 'vitest'
import { receiverOf } from '../../../src/editor/source/constants.js'
import { sourceOf } from '../../../src/editor/source/source.js'

/** What the last call of a text is called on, through the names of constants. */

const receiver = (code: string): string | undefined => {
  const source = sourceOf(`import { input } from 'stridewise'\n${code}`)
  const call = source.calls.at(-1)
  const found = call && receiverOf(source, call)
  return found && source.text.slice(found.start, found.end)
}

test.each([
  ['a constant', 'const stem = input(7).relu()\nstem.flatten()', 'input(7).relu()'],
  ['the second of a statement', 'const a = 1, stem = input(7), b = 2\nstem.flatten()', 'input(7)'],
  ['an exported constant', 'export const stem = input(7);\nstem\n  .flatten()', 'input(7)'],
  ['a constant that is another', 'const stem = input(7), a = stem\nconst b = a\nb.flatten()', 'input(7)'],
  ['a constant in parentheses', 'const stem = (input(7))\n;((stem)).flatten()', 'input(7)'],
  ['a call in parentheses', '(input(7).relu()).flatten()', 'input(7).relu()'],
  ['a constant that is not undefined', 'const stem = input(7)!\nstem!.flatten()', 'input(7)'],
  ['no choice in parentheses', 'const a = input(7), b = input(8)\n;(c ? a : b).flatten()', undefined],
  ['no constant that is itself', 'const a = b\nconst b = a\nb.flatten()', undefined],
  ['the call before', 'const stem = input(7)\nstem.relu().flatten()', 'stem.relu()'],
  ['no variable that can change', 'let stem = input(7)\nstem.flatten()', undefined],
  ['no name that is declared twice', 'const stem = input(7)\n{ const stem = input(8); stem.flatten() }', undefined],
  ['no name that is a parameter, too', 'const x = input(7)\nx.residual((x) => x.relu())', undefined],
  ['no name that is a parameter without parentheses, too', 'const x = input(7)\nx.residual(x => x.relu())', undefined],
  ['no parameter of a function', 'const x = input(7)\nfunction f(x: N) { x.relu() }', undefined],
  ['no parameter of a method', 'const x = input(7)\nclass A { f(x): void { x.relu() } }', undefined],
  ['no member of a name', 'const a = input(7)\nb.a.relu()', undefined],
  ['no part of a value', 'const a = input(7).output.length\na.relu()', undefined],
  ['no value with another type', 'const a = f(1) + 2\na.relu()', undefined],
  ['an argument is no parameter', 'const stem = input(7)\nf(stem)\nstem.flatten()', 'input(7)'],
])('%s', (_, code, expected) => expect(receiver(code)).toBe(expected))
