// Collects the licences of the code in jiti's two files that the command ships. They are built from other packages, mainly Babel, whose
// licences jiti does not include. licences-in-jiti.txt has them as published with those packages. After an update of jiti the build
// reports that the list is outdated; node scripts/licences-in-jiti.mjs rewrites it.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { licenceIn, line } from './notices.mjs'

const inRoot = (/** @type {string} */ path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const collected = inRoot('scripts/licences-in-jiti.txt')

/** The files of jiti that are shipped. */
export const jitiFiles = ['LICENSE', 'dist/jiti.cjs', 'dist/babel.cjs']

const built = () =>
  jitiFiles
    .filter((file) => file.startsWith('dist/'))
    .map((file) => readFileSync(inRoot(`node_modules/jiti/${file}`), 'utf8'))
    .join('\n')

/**
 * Packages that jiti's build does not name, with a string that the build contains. The first six are ES modules, which its bundler
 * merges into one; `import-meta-resolve` is part of mlly; the last three are copied into jiti's own sources, which name them.
 *
 * @type {readonly (readonly [name: string, version: string, mark: string])[]}
 */
const unnamed = [
  ['acorn', '8.16.0', 'version:"8.16.0",defaultOptions'],
  ['escape-string-regexp', '5.0.0', 'function escapeStringRegexp('],
  ['pathe', '2.0.3', 'Symbol.for("pathe:normalizedAlias")'],
  ['std-env', '4.1.0', '"AZURE_PIPELINES","SYSTEM_TEAMFOUNDATIONCOLLECTIONURI"'],
  ['ufo', '1.6.4', 'Symbol.for("ufo:protocolRelative")'],
  ['import-meta-resolve', '4.2.0', 'function emitLegacyIndexDeprecation('],
  ['@import-meta-env/babel', '0.4.5', 'name:"@import-meta-env/babel"'],
  ['babel-plugin-transform-import-meta', '2.1.1', 'function importMetaPathsPlugin('],
  ['babel-plugin-transform-typescript-metadata', '0.4.0', 'function createMetadataDesignDecorator('],
]

/** The packages in jiti, as `name version`: those in the module paths of its build, and the others. */
export const packagesInJiti = () => {
  const text = built()
  const missing = unnamed.filter(([, , mark]) => !text.includes(mark)).map(([name]) => name)
  if (missing.length > 0) throw new Error(`jiti seems no longer to contain ${missing.join(', ')}: look at what it is built from.`)
  const paths = text.matchAll(/node_modules\/\.pnpm\/[^/"]+?@(\d[^_/"]*)[^/"]*\/node_modules\/((?:@[^/"]+\/)?[^/" ]+)/g)
  const named = [...paths].map(([, version, name]) => `${name} ${version}`)
  return [...new Set([...named, ...unnamed.map(([name, version]) => `${name} ${version}`)])].sort()
}

/** The notices of jiti and the packages in it. */
export const noticesOfJiti = () => {
  const { version, license } = JSON.parse(readFileSync(inRoot('node_modules/jiti/package.json'), 'utf8'))
  const inside = readFileSync(collected, 'utf8').trim()
  const listed = [...inside.matchAll(/^((?:@[\w-]+\/)?[\w.-]+ \d\S*) \(.*\)$/gm)].map(([, name]) => name).sort()
  if (JSON.stringify(listed) !== JSON.stringify(packagesInJiti())) {
    throw new Error('scripts/licences-in-jiti.txt lists other packages than jiti contains: node scripts/licences-in-jiti.mjs')
  }
  return [`jiti ${version} (${license})\n\n${licenceIn(inRoot('node_modules/jiti'))}\n\njiti contains the packages below.`, inside]
}

/** @param {string} folder */
const stated = (folder) => {
  const { license, author, repository } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return `The package has no file with its licence. Its package.json says: ${license}, author ${author}, ${repository.url}`
}

/** Installs the packages in a separate folder and writes their licences, each text once. */
const collect = () => {
  const folder = mkdtempSync(join(tmpdir(), 'licences-'))
  try {
    const packages = packagesInJiti()
    writeFileSync(join(folder, 'package.json'), '{ "private": true }')
    const names = packages.map((each) => each.replace(' ', '@'))
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...names], { cwd: folder, stdio: 'inherit' })
    /** @type {Map<string, string[]>} */
    const texts = new Map()
    for (const each of packages) {
      const at = join(folder, 'node_modules', each.split(' ')[0] ?? '')
      const { license } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8'))
      const text = licenceIn(at) ?? stated(at)
      texts.set(text, [...(texts.get(text) ?? []), `${each} (${license})`])
    }
    writeFileSync(collected, `${[...texts].map(([text, of]) => `${of.join('\n')}\n\n${text}`).join(line)}\n`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) collect()
