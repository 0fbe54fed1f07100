// Creates a single tree of declarations from the compiler's output: `.d.cts` files for both halves of the package, and for each ES
// module entry one line that re-exports them. Two trees would be two sets of types: the compiler would compare their networks method by
// method, and never finish.
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleDeclarations } from './bundle-declarations.mjs'
import { keepReached } from './reached-declarations.mjs'
import { leaveUnchecked } from './unchecked.mjs'

const inRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const dist = inRoot('dist')
const { exports, version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))

bundleDeclarations(dist)

for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.name.endsWith('.d.ts')) continue
  const file = join(entry.parentPath, entry.name)
  const text = readFileSync(file, 'utf8').replace(/(from |import |import\(|module )(['"])(\.[^'"]*)\.js\2/g, '$1$2$3.cjs$2')
  writeFileSync(file.replace(/\.d\.ts$/, '.d.cts'), text)
  rmSync(file)
}
for (const { import: way, require: other } of Object.values(exports)) {
  if (!way) continue
  // A file that imports only, say, the ready architectures: without the main entry beside it, the compiler has no name for `Network` where
  // it writes the user's declarations (TS2742, TS2883).
  const toMain = relative(dirname(inRoot(way.types)), dist)
  const main = (extension) => (toMain ? `import type {} from '${toMain}/index.${extension}'\n` : '')
  writeFileSync(inRoot(way.types), `export * from './index.cjs'\n${main('js')}`)
  appendFileSync(inRoot(other.types), main('cjs'))
}

// The key that identifies the types of one copy of the package contains the version, so that compiler messages show it.
const copy = join(dist, 'network/copy.d.cts')
const versioned = readFileSync(copy, 'utf8').replaceAll(/one_copy_of_stridewise\b/g, `$&_${version.replace(/\W/g, '_')}`)
if (!versioned.includes(`stridewise_${version[0]}`)) throw new Error('network/copy.d.cts has no key to put the version in.')
writeFileSync(copy, versioned)

// TypeScript and ESLint load the plugins. Users only name them, so their declarations need none of TypeScript's or ESLint's types.
const plugins = {
  'ts-plugin': `/** The language-service plugin for TypeScript 5.4 to 6.0: { "plugins": [{ "name": "stridewise/ts-plugin" }] } in tsconfig.json. */
declare const init: (modules: { readonly typescript: unknown }) => { create(info: unknown): unknown; onConfigurationChanged(config: unknown): void }
export = init
`,
  'eslint-plugin': `/** The plugin for ESLint: write \`stridewise.configs.recommended\` into eslint.config.js, with the parser of typescript-eslint. */
declare const plugin: {
  readonly meta: { readonly name: 'stridewise' }
  /** The rule \`stridewise/shapes\`: shapes that do not fit, with what makes them fit as suggestions. */
  readonly rules: { readonly shapes: any }
  /** The rule for all files of TypeScript, as an error. */
  readonly configs: {
    readonly recommended: { name: string; files: string[]; plugins: { stridewise: any }; rules: { 'stridewise/shapes': 'error' } }
  }
}
export = plugin
`,
}
for (const [name, text] of Object.entries(plugins)) {
  mkdirSync(join(dist, name), { recursive: true })
  writeFileSync(join(dist, name, 'index.d.cts'), text)
}

const ways = Object.values(exports).flatMap((way) => [way.import?.types, way.require?.types, way.types])
keepReached(dist, [...ways.filter(Boolean).map(inRoot), ...Object.keys(plugins).map((name) => join(dist, name, 'index.d.cts'))])

// What TypeScript below 5.4 finds instead of the declarations, through `types@<5.4` and `typesVersions` in package.json: a file that is
// not a module. The compiler reports only that, for each import, and the file's name is the message.
const older = `// stridewise needs TypeScript 5.4 or newer: npm install --save-dev typescript@latest
`
for (const extension of ['ts', 'cts']) writeFileSync(join(dist, `stridewise-needs-typescript-5.4-or-newer.d.${extension}`), older)

leaveUnchecked(dist)
