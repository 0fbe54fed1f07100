import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'vitest'

/** The text of a file in `test/golden`. */
export const goldenText = (name: string): string => readFileSync(new URL(`../golden/${name}`, import.meta.url), 'utf8')

/** Compares a text with a file in `test/golden`; with UPDATE_GOLDEN=1 it writes the file instead. */
export const expectGolden = (name: string, found: string): void => {
  const path = new URL(`../golden/${name}`, import.meta.url)
  if (process.env['UPDATE_GOLDEN']) {
    mkdirSync(new URL('.', path), { recursive: true })
    writeFileSync(path, found)
    return
  }
  expect(found).toBe(goldenText(name))
}
