import { expect, test } from 'vitest'
import { input } from '../../src/index.js'
import { kinds } from '../../src/network/kinds.js'

/** The table of contents of the layers. */

test('every kind goes by the name of its method', () => {
  for (const [name, { kind }] of Object.entries(kinds)) {
    expect(kind).toBe(name)
    expect(typeof (input(7, 7, 3) as never as Record<string, unknown>)[name]).toBe('function')
  }
})
