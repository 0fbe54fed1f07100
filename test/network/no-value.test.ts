import { expect, test } from 'vitest'
import { ShapeError } from '../../src/index.js'
import { text } from '../support/call.js'
import { canonical } from '../support/canonical.js'
import { valuesOnly } from '../support/draw.js'
import { checkAll, runLine } from '../support/lines.js'
import { Value } from '../support/value.js'

/* Every layer where there are several values and no current one: both halves say the same, once. */

/** Layers without a method. */
const values = [...valuesOnly, 'branch', 'shared']
const callOf = (kind: string, call: string): string => (values.includes(kind) ? `apply(${call})` : call)
const lines = [
  ...new Set(canonical.map(([kind, , args]) => `inputs({ a: [8, 8, 4], b: [4] }).${callOf(kind, text(new Value(kind, args)))}`)),
]
const checked = checkAll(lines)

test.each(lines)('%s', (line) => {
  const built = runLine(line)
  const { sentences, diagnostics } = checked.get(line) ?? {}
  if (!(built instanceof Error)) return expect(diagnostics).toEqual([])
  expect(built).toBeInstanceOf(ShapeError)
  expect(sentences).toEqual([built.message])
})

test('most layers need a current value', () => {
  expect(lines.filter((line) => runLine(line) instanceof Error).length).toBeGreaterThan(70)
})
