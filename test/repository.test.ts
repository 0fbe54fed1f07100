import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { repository, siteOf, socialLinks, withRepository } from '../scripts/repository.mjs'
import { root } from './support/compiler.js'

/** One constant holds the repository; nothing links to one that does not exist. */

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const madeUp = 'octocat/shapes'
const files = Object.entries(withRepository)

describe.each(files)('%s', (path, put) => {
  test('is as scripts/repository.mjs writes it', () => {
    expect(put(read(path), repository)).toBe(read(path))
  })

  test('gets a repository, and loses it again', () => {
    const linked = put(read(path), madeUp)
    expect(linked).toContain(`https://github.com/${madeUp}`)
    expect(put(linked, madeUp)).toBe(linked)
    const bare = put(linked, '')
    expect(bare).not.toContain(madeUp)
    expect(put(bare, repository)).toBe(read(path))
  })
})

test('package.json says where the source, the start page and the bugs are', () => {
  expect(JSON.parse(withRepository['package.json']?.(read('package.json'), madeUp) ?? '')).toMatchObject({
    name: 'stridewise',
    repository: { type: 'git', url: 'git+https://github.com/octocat/shapes.git' },
    homepage: 'https://github.com/octocat/shapes#readme',
    bugs: { url: 'https://github.com/octocat/shapes/issues' },
  })
})

test('who opens an issue is shown where vulnerabilities are reported', () => {
  const chooser = parse(withRepository['.github/ISSUE_TEMPLATE/config.yml']?.('', madeUp) ?? '')
  expect(chooser.contact_links).toEqual([
    { name: 'Vulnerability', url: 'https://github.com/octocat/shapes/security/advisories/new', about: expect.any(String) },
  ])
})

describe('README.md', () => {
  const readme = (of: string) => withRepository['README.md']?.(read('README.md'), of) ?? ''
  const addresses = (text: string) => [...text.matchAll(/(?:\]\(|src="|srcset=")([^)"]+)/g)].map(([, to = '']) => to)

  test('without a repository it has the picture in its folder, and links to no site', () => {
    expect(addresses(readme(''))).toEqual(
      expect.arrayContaining(['docs/public/alexnet.svg', 'docs/public/alexnet-dark.svg', 'docs/README.md']),
    )
    expect(addresses(readme('')).filter((to) => /github|playground/i.test(to) && !to.startsWith('https://cs231n.github.io/'))).toEqual([])
  })

  test('with one it has the address of the picture, and links to the site and the playground', () => {
    expect(addresses(readme(madeUp))).toEqual(
      expect.arrayContaining([
        'https://raw.githubusercontent.com/octocat/shapes/HEAD/docs/public/alexnet.svg',
        'https://raw.githubusercontent.com/octocat/shapes/HEAD/docs/public/alexnet-dark.svg',
        'https://octocat.github.io/shapes/',
        'https://octocat.github.io/shapes/playground.html',
        'https://github.com/octocat/shapes',
      ]),
    )
    expect(addresses(readme(madeUp)).filter((to) => to.includes('docs/public') && !to.startsWith('https:'))).toEqual([])
  })

  test('the site of a repository is where GitHub Pages serves it', () => {
    expect(siteOf('Octocat/Shapes')).toBe('https://octocat.github.io/Shapes/')
    expect(siteOf('octocat/octocat.github.io')).toBe('https://octocat.github.io/')
  })
})

test('the bar of the site', () => {
  expect(socialLinks(madeUp)).toEqual([{ icon: 'github', link: 'https://github.com/octocat/shapes' }])
  expect(socialLinks('')).toEqual([])
  expect(read('docs/.vitepress/config.ts')).toContain('socialLinks: socialLinks(repository)')
})

/** Addresses of this package: of its repository, of its page on npm and on what shows packages of npm, of a site. */
const own = /https?:\/\/[^\s"'`<>)\]]*stridewise|(?:uses|github): *[\w.-]+\/stridewise|git@[\w.-]+:[\w.-]+\/stridewise/gi

/** What people read of the repository and of the site; the tests, this one among them, are no links. */
const pages = globSync(['*.{md,json,yml}', '.changeset/**', '.github/**', '{docs,examples,scripts,src,bench}/**/*.{md,ts,mjs,vue,json}'], {
  cwd: root,
  dot: true,
  ignore: ['package-lock.json', 'docs/.vitepress/{dist,cache}/**', 'docs/changelog.md', 'docs/reference/**', 'scripts/repository.mjs'],
})

test.runIf(repository === '')('no page links to a place of this package', () => {
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'action.yml', 'docs/command-line.md', '.github/workflows/ci.yml']))
  const links = pages.flatMap((path) => [...read(path).matchAll(own)].map(([link]) => `${path}: ${link}`))
  expect(links).toEqual([])
})

/** Its repository, the files in it, its site, and its page on npm. */
const knownPlaces = (of: string) => [
  `//github.com/${of}`,
  `//raw.githubusercontent.com/${of}`,
  siteOf(of).replace(/^https:|\/$/g, ''),
  '//www.npmjs.com/package/stridewise',
]
const isKnown = (link: string, of: string) =>
  knownPlaces(of).some(
    (place) => link.replace(/^https?:/, '').startsWith(place) && !/[\w.-]/.test(link.replace(/^https?:/, '').charAt(place.length)),
  )

test.runIf(repository !== '')('every link to a place of this package is to its repository, its site, or its page on npm', () => {
  const links = pages.flatMap((path) => [...read(path).matchAll(own)].map(([link]) => ({ path, link })))
  expect(links.filter(({ link }) => !isKnown(link, repository))).toEqual([])
})

test('the README with a repository links to no other place of this package', () => {
  const of = 'octocat/stridewise'
  const links = [...(withRepository['README.md']?.(read('README.md'), of) ?? '').matchAll(own)].map(([link]) => link)
  expect(links.length).toBeGreaterThan(3)
  expect(links.filter((link) => !isKnown(link, of))).toEqual([])
  for (const link of [
    'https://github.com/octocat/stridewise-2',
    'https://hexacat.github.io/stridewise',
    'https://github.com/hexacat/stridewise',
  ]) {
    expect(isKnown(link, of)).toBe(false)
  }
})

test('a pattern that finds nothing would be no test', () => {
  const seen = [
    'https://github.com/octocat/stridewise/issues',
    'https://www.npmjs.com/package/stridewise',
    'https://octocat.github.io/stridewise/',
    'uses: octocat/stridewise@v0',
    'npm install github:octocat/stridewise',
    'git@github.com:octocat/stridewise.git',
  ]
  for (const text of seen) expect(text).toMatch(new RegExp(own.source, 'i'))
  for (const text of ['uses: ./node_modules/stridewise', 'npx stridewise', "from 'stridewise/report'"]) {
    expect(text).not.toMatch(new RegExp(own.source, 'i'))
  }
})
