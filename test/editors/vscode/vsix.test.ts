import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packedManifest } from '../../../scripts/extension.mjs'
import { packExtension } from './packed.js'

/* The packed extension, as VS Code unpacks it. */

const root = new URL('../../../', import.meta.url)
const python = '/usr/bin/python3'

describe('the .vsix', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stridewise-vsix-'))
  let path: string
  let files: Readonly<Record<string, Uint8Array>>
  const textOf = (name: string): string => new TextDecoder().decode(files[name])

  beforeAll(() => {
    path = packExtension(folder)
    files = unzipSync(readFileSync(path))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('holds these files and no others', () => {
    expect(Object.keys(files).sort()).toEqual([
      '[Content_Types].xml',
      'extension.vsixmanifest',
      'extension/LICENSE.txt',
      'extension/NOTICES.txt',
      'extension/README.md',
      'extension/extension.js',
      'extension/icon.png',
      'extension/package.json',
      'extension/panel.png',
    ])
    expect(Object.entries(files).filter(([, { length }]) => length === 0)).toEqual([])
    expect(readFileSync(path).length).toBeLessThan(1_000_000)
  })

  test.skipIf(!existsSync(python))('is sound for another reader of zips', () => {
    const script = 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); sys.exit(0 if z.testzip() is None else 1)'
    expect(spawnSync(python, ['-c', script, path]).status).toBe(0)
  })

  test('has the version of the package, and files for all that its manifest names', () => {
    const manifest = JSON.parse(textOf('extension/package.json'))
    const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
    expect(manifest.version).toBe(version)
    expect(path.endsWith(`stridewise-${version}.vsix`)).toBe(true)
    for (const file of [manifest.main, manifest.browser, manifest.icon])
      expect(files).toHaveProperty([`extension/${file.replace('./', '')}`])
    expect(manifest).not.toHaveProperty('scripts')
    expect(manifest).not.toHaveProperty('dependencies')
  })

  test('the gallery reads the same name and version', () => {
    const xml = textOf('extension.vsixmanifest')
    const { name, version, publisher } = JSON.parse(textOf('extension/package.json'))
    expect(xml).toContain(`<Identity Language="en-US" Id="${name}" Version="${version}" Publisher="${publisher}" />`)
    for (const [, file = ''] of xml.matchAll(/Path="([^"]+)"/g)) expect(files).toHaveProperty([file])
    for (const name of Object.keys(files).filter((each) => each !== '[Content_Types].xml'))
      expect(textOf('[Content_Types].xml')).toContain(`Extension="${name.slice(name.lastIndexOf('.'))}"`)
  })

  test('needs nothing of Node, and no module but that of VS Code', () => {
    const code = textOf('extension/extension.js')
    expect([...new Set([...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name))]).toEqual(['vscode'])
    expect(code).not.toMatch(/import\(|sourceMappingURL/)
  })

  test('each command that it offers is registered, and each setting is read', () => {
    const { contributes } = JSON.parse(textOf('extension/package.json'))
    const code = textOf('extension/extension.js')
    for (const { command } of contributes.commands) expect(code).toContain(`"${command}"`)
    const offered = new Set(contributes.commands.map(({ command }: { command: string }) => command))
    for (const items of Object.values(contributes.menus) as { command: string }[][])
      for (const { command } of items) expect(offered).toContain(command)
    const readme = textOf('extension/README.md')
    for (const [name, { markdownDescription }] of Object.entries(contributes.configuration.properties) as [
      string,
      { markdownDescription: string },
    ][]) {
      expect(markdownDescription).toMatch(/\.$/)
      expect(readme).toContain(`\`${name}\``)
    }
  })

  test('has the licences of all that is bundled', () => {
    expect(textOf('extension/LICENSE.txt')).toContain('MIT')
    for (const name of ['fflate', '@dagrejs/dagre', 'pbf']) expect(textOf('extension/NOTICES.txt')).toMatch(new RegExp(`^${name} \\d`, 'm'))
  })

  test('the README shows a picture that is there', () => {
    for (const [, file = ''] of textOf('extension/README.md').matchAll(/!\[[^\]]*\]\(([^)]+)\)/g))
      expect(files).toHaveProperty([`extension/${file}`])
    const [width, height] = [16, 20].map((at) => new DataView((files['extension/panel.png'] as Uint8Array).buffer).getUint32(at))
    expect([width, height].every((pixels) => (pixels as number) > 400)).toBe(true)
  })
})

test('the playground is offered only once the package has an address', () => {
  const manifest = JSON.parse(readFileSync(new URL('editors/vscode/package.json', root), 'utf8'))
  const commandsIn = (of: string): string[] =>
    packedManifest(manifest, '1.2.3', of)['contributes'].commands.map(({ command }: { command: string }) => command)
  expect(commandsIn('')).not.toContain('stridewise.openInPlayground')
  expect(commandsIn('octocat/stridewise')).toContain('stridewise.openInPlayground')
  expect(packedManifest(manifest, '1.2.3', 'octocat/stridewise')['repository'].url).toBe('https://github.com/octocat/stridewise.git')
  expect(JSON.stringify(packedManifest(manifest, '1.2.3', ''))).not.toContain('github.com')
})
