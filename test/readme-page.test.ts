import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { svg } from '../src/drawing/svg/svg.js'
import { alexnetLecture } from '../src/zoo/index.js'
import { check, root } from './support/compiler.js'
import { blocksOf } from './support/markdown.js'
import { discrepancies } from './support/stated.js'

/* The README as the page of a registry shows it, some 720 pixels wide. Its code is tested in readme.test.ts. */

const read = (path: string): string => readFileSync(root + path, 'utf8')
const readme = read('README.md')
const blocks = blocksOf(readme)
const headingsOf = (page: string): string[] =>
  [...page.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading)

test('it has at most 200 lines', () => {
  expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(200)
})

test('no line of its code is longer than 76 characters, so that no block scrolls sideways', () => {
  expect(blocks.length).toBe((readme.match(/^```/gm) ?? []).length / 2)
  expect(blocks.flatMap(({ text }) => text.split('\n')).filter((line) => line.length > 76)).toEqual([])
})

test('it begins with a sentence, a picture, at most eight lines of code and the error, then how to install', () => {
  const [sentence = '', begin] = readme.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  expect(sentence).toMatch(/^[A-Z][^.]*\.$/)
  expect(begin).toBe('<!-- Written by scripts/repository.mjs -->')
  expect(readme.indexOf('<picture>')).toBeLessThan(readme.indexOf('```'))
  const [code, error, install] = blocks
  const lines = code?.text.split('\n').filter((line) => line !== '' && !/^import |^\/\//.test(line))
  expect(lines?.length).toBeLessThanOrEqual(8)
  expect(error?.text).toMatch(/^\/\/ error TS2322: /m)
  expect(install).toMatchObject({ language: 'sh', text: expect.stringMatching(/^npm install stridewise\n/) })
})

test('it ends with limits, versions, security and how to contribute', () => {
  expect(headingsOf(readme).slice(-4)).toEqual(['Limits', 'Versions', 'Security', 'Contributing'])
  for (const page of ['docs/versions.md', 'SECURITY.md', 'CONTRIBUTING.md']) expect(readme).toContain(`(${page})`)
})

test.each(['light', 'dark'] as const)('its %s picture is what the package draws', (theme) => {
  const path = `${root}docs/public/alexnet${theme === 'dark' ? '-dark' : ''}.svg`
  const drawn = svg(alexnetLecture(), { theme, title: 'AlexNet' })
  if (process.env['UPDATE_GOLDEN']) writeFileSync(path, drawn)
  expect(readFileSync(path, 'utf8')).toBe(drawn)
})

test('the text in the picture can be read at 720 pixels', () => {
  const picture = read('docs/public/alexnet.svg')
  const [, width = ''] = /<svg[^>]* width="(\d+)"/.exec(picture) ?? []
  const [, fontSize = ''] = /<g [^>]*font-size="(\d+)"/.exec(picture) ?? []
  expect((Number(fontSize) * 720) / Number(width)).toBeGreaterThan(8.5)
})

test('pages show one minimal tsconfig.json', () => {
  const shown = ['README.md', 'docs/guide/getting-started.md'].map((path) => {
    const page = read(path)
    const [, config = ''] = /^A minimal `tsconfig\.json`:\n\n```json\n([\s\S]*?)^```/m.exec(page) ?? []
    return JSON.parse(config)
  })
  const compilerOptions = {
    target: 'es2022',
    module: 'nodenext',
    strict: true,
    verbatimModuleSyntax: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
  }
  expect(shown).toEqual([{ compilerOptions }, { compilerOptions }])
})

/** Where the documentation has what the README once told at length: its old headings, and the page with the heading it has now. */
const moved: Readonly<Record<string, readonly [page: string, heading: string]>> = {
  Windows: ['guide/layers.md', 'Windows'],
  Rounding: ['guide/layers.md', 'Rounding'],
  Groups: ['guide/layers.md', 'Groups'],
  Layers: ['guide/layers.md', 'All layers'],
  'Layers as values': ['guide/blocks-and-branches.md', 'Layers as values'],
  Branches: ['guide/blocks-and-branches.md', 'Blocks and branches'],
  Loops: ['guide/blocks-and-branches.md', 'Loops'],
  Checkpoints: ['guide/layers.md', 'Checkpoints'],
  'Sizes that are not known yet': ['guide/dynamic-sizes.md', 'Dynamic sizes'],
  'Plain JavaScript': ['guide/dynamic-sizes.md', 'Plain JavaScript'],
  Reports: ['guide/reports.md', 'Reports'],
  'Ready architectures': ['guide/blocks-and-branches.md', 'Ready architectures'],
  Formats: ['formats.md', 'Formats'],
  PyTorch: ['guide/running.md', 'PyTorch'],
  'Keras and TensorFlow.js': ['formats.md', 'Keras and TensorFlow.js'],
  'The command line': ['command-line.md', 'The command line'],
  'Three networks called AlexNet': ['guide/lecture-tables.md', 'Three networks called AlexNet'],
  "The lecture's table of VGG-16": ['guide/lecture-tables.md', 'VGG-16'],
  'Versions and limits': ['guide/limits.md', 'Versions and limits'],
  'Compared with frameworks': ['guide/rounding.md', 'Rounding, and why it is strict'],
  'Compared with other tools': ['guide/reports.md', 'Compared with other tools'],
}

test.each(Object.entries(moved))('%s is in the documentation', (_, [page, heading]) => {
  expect(headingsOf(read(`docs/${page}`))).toContain(heading)
})

describe('a shape in a comment is compared', () => {
  const said = (line: string) =>
    [...check(new Map([['shapes.ts', `import { input } from 'stridewise'\n${line}\nexport {}\n`]])).values()].flatMap(discrepancies)

  test('with the output of the network that ends there', () => {
    expect(said('input(7, 7, 1).conv2d(8, 3) // 5x5x8')).toEqual([])
    expect(said('input(7, 7, 1).conv2d(8, 3) // 7x7x8')).toEqual([{ line: 2, stated: '7x7x8', found: '5x5x8' }])
  })

  test('and is wrong where no network ends', () => {
    expect(said('export const size = 3 // 5x5x8')).toEqual([{ line: 2, stated: '5x5x8', found: 'no network ends here' }])
  })
})
