// Packs the VS Code extension: `npm run extension` writes editors/vscode/dist/stridewise-VERSION.vsix, and the folder `extension` with the
// same files, which VS Code can load as it is. `npm run extension -- FOLDER` writes them elsewhere. Nothing is published.
//
// A .vsix is a zip with two files of its own. fflate writes it, which the repository has anyway: @vscode/vsce brings more than a hundred
// packages for publishing and for looking for secrets.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { build } from 'esbuild'
import { zipSync } from 'fflate'
import { notices } from './notices.mjs'
import { repository, siteOf } from './repository.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const source = `${root}editors/vscode/`

/** The bundle: one script for the window and for the web, with nothing of Node in it. */
const bundle = (/** @type {string} */ target) =>
  build({
    absWorkingDir: root,
    entryPoints: ['editors/vscode/src/extension.ts'],
    outfile: join(target, 'extension.js'),
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'browser',
    target: 'es2022',
    external: ['vscode'],
    define: { playgroundAddress: JSON.stringify(repository && `${siteOf(repository)}playground.html`) },
    metafile: true,
    logLevel: 'warning',
    logOverride: { 'ignored-bare-import': 'silent' },
    plugins: [/** @type {import('esbuild').Plugin} */ (notices(join(target, 'NOTICES.txt'), 'The extension contains these packages:'))],
  })

/**
 * The manifest as it is packed: with the version of the package, and with its address if it has one.
 *
 * @param {Record<string, any>} manifest
 * @param {string} version
 * @param {string} of owner and name of the repository; empty if there is none
 * @returns {Record<string, any>}
 */
export const packedManifest = (manifest, version, of) => {
  // The sources are ES modules; VS Code requires what is packed.
  const { name, displayName, description, type: _, private: __, ...rest } = manifest
  const address = of && { repository: { type: 'git', url: `https://github.com/${of}.git` }, homepage: `https://github.com/${of}#readme` }
  const packed = { name, displayName, description, version, ...rest, ...address }
  if (of) return packed
  // Without an address there is no playground to open.
  const isShown = (/** @type {{ command: string }} */ { command }) => command !== 'stridewise.openInPlayground'
  const { commands, menus } = manifest['contributes']
  const shownMenus = Object.fromEntries(Object.entries(menus).map(([place, items]) => [place, items.filter(isShown)]))
  return { ...packed, contributes: { ...manifest['contributes'], commands: commands.filter(isShown), menus: shownMenus } }
}

const escaped = (/** @type {string} */ text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/**
 * The manifest that galleries read.
 *
 * @param {Record<string, any>} manifest
 */
const galleryManifest = ({
  name,
  version,
  publisher,
  displayName,
  description,
  keywords,
  categories,
  engines,
}) => `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011" xmlns:d="http://schemas.microsoft.com/developer/vsx-schema-design/2011">
  <Metadata>
    <Identity Language="en-US" Id="${escaped(name)}" Version="${escaped(version)}" Publisher="${escaped(publisher)}" />
    <DisplayName>${escaped(displayName)}</DisplayName>
    <Description xml:space="preserve">${escaped(description)}</Description>
    <Tags>${escaped(keywords.join(','))}</Tags>
    <Categories>${escaped(categories.join(','))}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value="${escaped(engines.vscode)}" />
      <Property Id="Microsoft.VisualStudio.Code.ExtensionKind" Value="ui,workspace,web" />
    </Properties>
    <License>extension/LICENSE.txt</License>
    <Icon>extension/icon.png</Icon>
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code" />
  </Installation>
  <Dependencies />
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true" />
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true" />
    <Asset Type="Microsoft.VisualStudio.Services.Content.License" Path="extension/LICENSE.txt" Addressable="true" />
    <Asset Type="Microsoft.VisualStudio.Services.Icons.Default" Path="extension/icon.png" Addressable="true" />
  </Assets>
</PackageManifest>
`

const contentTypes = `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension=".json" ContentType="application/json" /><Default Extension=".vsixmanifest" ContentType="text/xml" /><Default Extension=".js" ContentType="application/javascript" /><Default Extension=".md" ContentType="text/markdown" /><Default Extension=".txt" ContentType="text/plain" /><Default Extension=".png" ContentType="image/png" /></Types>
`

/** The site's icon, 128 pixels wide. */
const icon = async () => {
  await initWasm(readFileSync(`${root}node_modules/@resvg/resvg-wasm/index_bg.wasm`))
  const renderer = new Resvg(readFileSync(`${root}docs/public/favicon.svg`, 'utf8'), { fitTo: { mode: 'width', value: 128 } })
  return renderer.render().asPng()
}

/**
 * Builds the extension into a folder.
 *
 * @param {string} target
 * @returns the path of the .vsix
 */
const packExtension = async (target) => {
  const folder = join(target, 'extension')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await bundle(folder)
  const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
  const manifest = packedManifest(JSON.parse(readFileSync(`${source}package.json`, 'utf8')), version, repository)
  /** @type {Record<string, Uint8Array | string>} */
  const written = {
    'package.json': `${JSON.stringify(manifest, null, 2)}\n`,
    'README.md': readFileSync(`${source}README.md`),
    'panel.png': readFileSync(`${source}panel.png`),
    'LICENSE.txt': readFileSync(`${root}LICENSE`),
    'icon.png': await icon(),
  }
  for (const [name, content] of Object.entries(written)) writeFileSync(join(folder, name), content)
  const inFolder = [...Object.keys(written), 'extension.js', 'NOTICES.txt'].sort()
  const files = {
    'extension.vsixmanifest': new TextEncoder().encode(galleryManifest(manifest)),
    '[Content_Types].xml': new TextEncoder().encode(contentTypes),
    ...Object.fromEntries(inFolder.map((name) => [`extension/${name}`, new Uint8Array(readFileSync(join(folder, name)))])),
  }
  const path = join(target, `stridewise-${version}.vsix`)
  // The same files make the same bytes.
  writeFileSync(path, zipSync(files, { level: 9, mtime: '1980-01-01T12:00:00' }))
  return path
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await packExtension(process.argv[2] ?? join(source, 'dist')))
