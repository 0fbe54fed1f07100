import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The test files that a long run adds something to: those that ask how long it is, themselves or by what they import of `test`. */

const folder = fileURLToPath(new URL('..', import.meta.url))
const effort = join(folder, 'support/effort.ts')

const asks = new Map<string, boolean>([[effort, true]])

const asksForEffort = (file: string): boolean => {
  const known = asks.get(file)
  if (known !== undefined) return known
  // A circle of imports is answered by its other members.
  asks.set(file, false)
  const text = readFileSync(file, 'utf8')
  const imported = [...text.matchAll(/ from '(\.[^']*)\.js'/g)].map(([, path = '']) => resolve(dirname(file), `${path}.ts`))
  const found = imported.some((each) => each.startsWith(folder) && asksForEffort(each))
  asks.set(file, found)
  return found
}

/** Paths in the package's folder. */
export const longFiles = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && asksForEffort(join(folder, name)))
    .map((name) => `test/${name}`)
