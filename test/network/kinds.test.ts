import { expect, test } from 'vitest'
import { input } from '../../src/index.js'
import { kinds } from '../../src/network/kinds.js'

/** The table of contents of the layers. */

test('every kind goes by the name of its method', () => {
  expect(kinds.size).toBeGreaterThan(60)
  for (const [name, { kind }] of kinds) {
    expect(kind).toBe(name)
    expect(typeof (input(7, 7, 3) as never as Record<string, unknown>)[name]).toBe('function')
  }
})
