import { describe, expect, test } from 'vitest'
import { ShapeError } from '../src/index.js'
import { sentenceOf } from './support/call.js'
import { type CheckedLine, checkLines, thrownBy } from './support/check.js'
import { expectGolden } from './support/golden.js'
import { refusedByType, rejections } from './support/rejections.js'

/** Every mistake: one diagnostic, at the argument that is wrong, with the sentence of the run-time error. */

const all = [...Object.values(rejections).flat(), ...refusedByType]

const found = checkLines(all)

const described = (source: string): string => {
  const texts = (found.get(source) as CheckedLine).diagnostics.map(
    (each) => `  TS${each.code} at ${each.underlined}\n${sentenceOf(each).replace(/^/gm, '    ')}\n`,
  )
  return `${source}\n${texts.join('')}`
}

describe.each(Object.entries(rejections))('%s', (_, sources) => {
  test.each(sources)('%s', (source) => {
    const [diagnostic, ...more] = (found.get(source) as CheckedLine).diagnostics
    const error = thrownBy(source)
    expect(more).toEqual([])
    expect(error).toBeInstanceOf(ShapeError)
    expect(diagnostic && sentenceOf(diagnostic)).toBe((error as ShapeError).message)
    expect([2322, 2345, 2349, 2353]).toContain(diagnostic?.code)
  })
})

test.each(refusedByType)("TypeScript's own words: %s", (source) => expect(found.get(source)?.diagnostics).toHaveLength(1))

test('the sentences and where they stand', () => {
  const sections = Object.entries(rejections).map(([title, sources]) => `# ${title}\n\n${sources.map(described).join('\n')}`)
  const own = `# refused by the parameter's own type\n\n${refusedByType.map(described).join('\n')}`
  expectGolden('rejections.txt', [...sections, own].join('\n'))
})
