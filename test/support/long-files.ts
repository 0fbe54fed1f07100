import { existsSync, readdirSync, readFileSync } from 'node:fs'
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
  // Texts in quotes may import what is not there.
  const found = imported.some((each) => each.startsWith(folder) && existsSync(each) && asksForEffort(each))
  asks.set(file, found)
  return found
}

/** Every test file, as paths in the package's folder. */
export const allFiles = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `test/${name}`)

export const longFiles = (): string[] => allFiles().filter((path) => asksForEffort(join(folder, '..', path)))
