import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from './support/compiler.js'

/**
 * Turns of phrase that readers stumble over, on every page and in every help text. A list catches little: pages are also to be read aloud.
 */
const forbidden: readonly (readonly [turn: RegExp, instead: string])[] = [
  [/\bwrong use\b/i, 'usage error: the term of every command line'],
  [/\bwhat it can say\b/i, 'errors'],
  [/\bso far as\b/i, 'if, where, or the limit itself'],
  [/\bbut for\b/i, 'except, without or unless: "but for" is read as "but, for"'],
  [/\b(is|are|was|were) given up\b/i, 'times out, fails or stops'],
  [/\bhas against\b/i, 'the error that it reports'],
  [/\bthat is enough\b/i, 'minimal'],
  [/\bwhat was aimed at\b/i, 'targets'],
  [/\bfirst weights\b/i, 'initial weights'],
  [/\bexamples at a time\b/i, 'batch size'],
  [/\bchannels last outside\b/i, 'NHWC, with a Transpose at the input'],
  [/\bwho (changes|gives|wants|writes)\b/i, 'name the reader: you, or callers'],
  [/\bthe like of\b|\bthe likes of\b/i, 'such as'],
  [/\bof which there (is|are)\b/i, 'a sentence of its own'],
  [/\bis none of\b/i, 'is not one of'],
  [/\bmakes (itself )?no (\w+ )?of\b/i, 'does not'],
  [/\bupon which\b|\bwhereupon\b|\bthereof\b|\bhereby\b|\bwherein\b/i, 'the language of contracts: say when, of it, by this, in which'],
]

const pages = ['README.md', ...['docs', 'docs/guide', 'docs/course'].flatMap((folder) => markdownIn(folder))]
const helps = readdirSync(join(root, 'test/golden/cli')).filter((name) => name.startsWith('help'))

function markdownIn(folder: string): string[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`)
}

const found = (text: string): string[] =>
  text.split('\n').flatMap((line, index) =>
    forbidden.flatMap(([turn, instead]) => {
      const [words] = turn.exec(line) ?? []
      return words === undefined ? [] : [`line ${index + 1}: "${words}". Write: ${instead}`]
    }),
  )

describe('pages', () => {
  test.each(pages)('%s has no turn of the list', (page) => {
    const lines = readFileSync(join(root, page), 'utf8')
    // Code keeps its lines, so that the numbers are those of the file.
    const blank = lines.replace(/```[\s\S]*?```/g, (code) => code.replace(/[^\n]/g, ''))
    expect(found(blank.replace(/`[^`\n]*`/g, ''))).toEqual([])
  })
})

describe('help texts', () => {
  test.each(helps)('%s has no turn of the list, and no line of more than 80 columns', (name) => {
    const text = readFileSync(join(root, 'test/golden/cli', name), 'utf8')
    expect(found(text)).toEqual([])
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
  })
})

test('a turn of the list is found, with its line and what to write', () => {
  expect(found('A file.\nIt is given up after 30 s.')).toEqual(['line 2: "is given up". Write: times out, fails or stops'])
})
