// Writes what Node gets for `import`: a file of ES modules that hands on the names of the CommonJS build. In Node both halves of one
// install are then the same classes, and a network that was made by one is deeply equal to the other's. Bundlers and browsers get the
// ES module build (the conditions `module` and `default` of package.json), of which they keep only what is used.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

const inRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const require = createRequire(import.meta.url)
const { exports } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))

const handedOn = (names, file) => `export { ${names.filter((name) => name !== 'defineLayer').join(', ')} } from '${file}'`

/** A library that is loaded by `import` and by `require` defines its kinds of layers twice: that is no mistake of its. */
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
