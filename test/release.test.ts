import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { obstacles } from '../scripts/before-publish.mjs'
import { lockedAt, withSectionInPlace } from '../scripts/version.mjs'
import { root } from './support/compiler.js'

/** A version: where its number stands, how the next one comes about, and what keeps one from being published. */

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const { version } = JSON.parse(read('package.json')) as { version: string }

describe('the number of the version', () => {
  test('is the same in the lock file, which nothing else would change', () => {
    expect(lockedAt(read('package-lock.json'), version)).toBe(read('package-lock.json'))
  })

  test('is that of the newest section of the changelog', () => {
    expect(/^## (\d\S*) - /m.exec(read('CHANGELOG.md'))?.[1]).toBe(version)
  })

  test('is copied nowhere else', () => {
    const files = globSync(['*.{md,ts,yml}', '{docs,examples,scripts,src,bench}/**/*.{md,ts,mjs,vue}'], {
      cwd: root,
      dot: true,
      ignore: ['CHANGELOG.md', 'docs/.vitepress/{dist,cache}/**', 'docs/changelog.md', 'docs/reference/**'],
    })
    const copies = files.filter((path) => /stridewise(?:@| |\/|-)v?\d+\.\d+\.\d+/i.test(read(path)))
    expect(files).toContain('README.md')
    expect(copies).toEqual([])
  })
})

describe('npm run release:version', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stridewise-release-'))
  const released = (path: string) => readFileSync(join(folder, path), 'utf8')

  beforeAll(() => {
    for (const file of ['package.json', 'package-lock.json', 'CHANGELOG.md', '.changeset']) {
      cpSync(join(root, file), join(folder, file), { recursive: true })
    }
    mkdirSync(join(folder, 'scripts'))
    cpSync(join(root, 'scripts/version.mjs'), join(folder, 'scripts/version.mjs'))
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    writeFileSync(join(folder, '.gitignore'), 'node_modules\n')
    writeFileSync(join(folder, '.changeset/small.md'), "---\n'stridewise': patch\n---\n\nA message says `$&` and **more**.\n")
    writeFileSync(join(folder, '.changeset/large.md'), '---\n"stridewise": minor\n---\n\nA layer, `border2d`.\n\nIts zeros are free.\n')
    const git = (...args: string[]) => {
      execFileSync('git', ['-c', 'user.name=user', '-c', 'user.email=user@example.org', ...args], { cwd: folder })
    }
    git('init', '--quiet', '--initial-branch=main')
    git('add', '--all')
    git('commit', '--quiet', '--message', 'before')
    execFileSync('npm', ['run', '--silent', 'release:version'], { cwd: folder, stdio: 'pipe' })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const [major = 0, minor = 0] = version.split('.').map(Number)
  const next = `${major}.${minor + 1}.0`

  test('raises the version by the highest level, in the lock file too', () => {
    expect(JSON.parse(released('package.json')).version).toBe(next)
    expect(released('package.json').replace(next, version)).toBe(read('package.json'))
    const { version: locked, packages } = JSON.parse(released('package-lock.json'))
    expect([locked, packages[''].version]).toEqual([next, next])
  })

  test('puts the texts of the changesets above the last version of the changelog, and leaves the rest of it as it was', () => {
    const section = [
      /** Today's date may become tomorrow's while this runs. */
      `## ${next} - date`,
      '### Minor Changes\n\n- A layer, `border2d`.\n\n  Its zeros are free.',
      '### Patch Changes\n\n- A message says `$&` and **more**.',
    ]
    const changelog = released('CHANGELOG.md').replace(/^(## \S+ - )\d{4}-\d{2}-\d{2}$/m, '$1date')
    for (const part of section) expect(changelog).toContain(`\n${part}\n`)
    const before = read('CHANGELOG.md')
    const start = before.indexOf('## [Unreleased]\n') + '## [Unreleased]\n'.length
    expect(changelog.startsWith(`${before.slice(0, start)}\n## ${next}`)).toBe(true)
    expect(changelog.endsWith(before.slice(start))).toBe(true)
  })

  test('takes the changesets away', () => {
    expect(['small.md', 'large.md', 'README.md', 'config.json'].map((name) => existsSync(join(folder, '.changeset', name)))).toEqual([
      false,
      false,
      true,
      true,
    ])
  })
})

test('without a new section there is nothing to put in its place', () => {
  expect(() => withSectionInPlace(read('CHANGELOG.md'), '2026-01-01')).toThrow('CHANGELOG.md has no new section under its title.')
})

describe('before a version is published', () => {
  const ready = {
    version: '1.2.3',
    tag: 'v1.2.3',
    changelog: '# Changelog\n\n## 1.2.3 - 2026-01-01\n',
    changesets: ['README.md', 'config.json'],
    repository: 'octocat/stridewise',
  }

  test('all agrees', () => {
    expect(obstacles(ready)).toEqual([])
    expect(obstacles({ ...ready, tag: undefined })).toEqual([])
  })

  test.each([
    [{ repository: '' }, 'scripts/repository.mjs has no repository, which the provenance statement of npm needs.'],
    [{ tag: 'v1.2.4' }, 'The tag is v1.2.4, and package.json has version 1.2.3.'],
    [{ changelog: '## 1.2.3 - unreleased\n## 1x2.3 - 2026-01-01\n' }, 'CHANGELOG.md has no heading "## 1.2.3 - date".'],
    [{ changesets: ['README.md', 'brave-cats.md'] }, 'Changesets are waiting, brave-cats.md: npm run release:version'],
  ])('%j', (difference, sentence) => {
    expect(obstacles({ ...ready, ...difference })).toEqual([sentence])
  })

  test('npm asks it, and then builds', () => {
    expect(JSON.parse(read('package.json')).scripts.prepublishOnly).toBe('node scripts/before-publish.mjs && npm run build')
  })
})
