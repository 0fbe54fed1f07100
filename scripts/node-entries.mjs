// Writes the files that Node loads for `import`: ES modules that re-export the CommonJS build. So both halves of an installation have
// the same classes in Node, and their networks are deeply equal. Bundlers and browsers load the ES module build (the conditions
// `module` and `default` in package.json), of which they keep only what is used.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

const inRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const require = createRequire(import.meta.url)
const { exports } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))

const handedOn = (names, file) => `export { ${names.filter((name) => name !== 'defineLayer').join(', ')} } from '${file}'`

/** A library that is loaded by both `import` and `require` defines its kinds of layers twice, which is not an error. */
const ownDefineLayer = (file) => `import { defineLayer as define } from '${file}'
export const defineLayer = (kind, apply) => define(kind, apply, 'import')`

for (const ways of Object.values(exports)) {
  if (typeof ways === 'string' || !ways.import) continue
  const built = inRoot(ways.require.default)
  const names = Object.keys(require(built))
  const file = `./${basename(built)}`
  writeFileSync(
    inRoot(ways.import.node),
    [handedOn(names, file), ...(names.includes('defineLayer') ? [ownDefineLayer(file)] : []), ''].join('\n'),
  )
}
