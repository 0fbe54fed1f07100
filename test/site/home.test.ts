import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/* The numbers on the home page are those of the pages and tests that they come from. */

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
const home = read('docs/index.md')
const zoo = read('docs/zoo.md')

/** The numbers in a part of a page. */
const numbersIn = (page: string, part: RegExp): string[] => {
  const found = part.exec(page)
  if (!found) throw new Error(`The page has no ${part}.`)
  return found.slice(1)
}

test('of the zoo', () => {
  const [architectures = ''] = numbersIn(zoo, /^(\d+) ready architectures/m)
  const [params = ''] = numbersIn(zoo, /Parameters: all (\d+) lines agree/)
  const [published = '', agree = ''] = numbersIn(zoo, /MACs: of (\d+) lines with a published figure, (\d+) agree/)
  expect(home).toContain(`<dt>${params} of ${params}</dt>`)
  expect(home).toContain(`<dt>${agree} of ${published}</dt>`)
  expect(numbersIn(home, /agree with the types, for (\d+) architectures/)).toEqual([architectures])
  expect(numbersIn(home, /zoo\.md\): (\d+) architectures/)).toEqual([architectures])
})

test('of compilers', () => {
  const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> }
  const versions = [devDependencies['typescript'] ?? '', ...compilersOf(devDependencies)].map((version) =>
    version.split('.').slice(0, 2).join('.'),
  )
  const [count = '', listed = ''] = numbersIn(home, /<dt>(\d) compilers<\/dt><dd>.*?cost\.html">([^<]*)</)
  expect(listed.split(/, | and /)).toEqual([...new Set(versions)].sort())
  expect(Number(count)).toBe(versions.length)
})

/** The compilers that can check the package; older ones are there for their messages. */
const compilersOf = (dependencies: Record<string, string>): string[] =>
  Object.entries(dependencies)
    .filter(([name]) => /^typescript-(5\.4|5\.9|7)/.test(name))
    .map(([, version]) => version.replace('npm:typescript@', ''))

test('of the proof', () => {
  const [layers = ''] = numbersIn(read('scripts/proof-settings.mjs'), /layers to draw \((\d+)\)/)
  expect(home).toContain(`<dt>${Number(layers).toLocaleString('en')} layers</dt>`)
})
