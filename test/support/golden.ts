import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'vitest'

/** Compares a text with a file in `test/golden`; with UPDATE_GOLDEN=1 it writes the file instead. */
export const expectGolden = (name: string, found: string): void => {
  const path = new URL(`../golden/${name}`, import.meta.url)
  if (process.env['UPDATE_GOLDEN']) {
    mkdirSync(new URL('.', path), { recursive: true })
    writeFileSync(path, found)
    return
  }
  expect(found).toBe(readFileSync(path, 'utf8'))
}
