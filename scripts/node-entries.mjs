// Writes the files that Node loads for `import`: ES modules that re-export the CommonJS build. So both halves of an installation have
// the same classes in Node, and their networks are deeply equal. Bundlers and browsers load the ES module build (the conditions
// `module` and `default` in package.json), of which they keep only what is used.
//
// Between them is a small CommonJS file that lists the names: Node reads the whole file that an `import` of CommonJS names to find its
// exports, which takes as long for the zoo as half a start of Node.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const inRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const require = createRequire(import.meta.url)
const { exports } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))

const handedOn = (names, file) => `export { ${names.filter((name) => name !== 'defineLayer').join(', ')} } from '${file}'`

/** Node finds the names in the line that never runs, as in what esbuild writes. */
const listing = (names, file) => `'use strict'
const library = require('${file}')
module.exports = library
0 && (module.exports = { ${names.join(', ')} })
`

/** A library that is loaded by both `import` and `require` defines its kinds of layers twice, which is not an error. */
const ownDefineLayer = (file) => `import { defineLayer as define } from '${file}'
export const defineLayer = (kind, apply) => define(kind, apply, 'import')`

for (const ways of Object.values(exports)) {
  if (typeof ways === 'string' || !ways.import) continue
  const built = inRoot(ways.require.default)
  const names = Object.keys(require(built))
  const file = `./${basename(built)}`
  const listed = file.replace(/\.cjs$/, '.node.cjs')
  writeFileSync(inRoot(`${dirname(ways.require.default)}/${listed}`), listing(names, file))
  writeFileSync(
    inRoot(ways.import.node),
    [handedOn(names, listed), ...(names.includes('defineLayer') ? [ownDefineLayer(listed)] : []), ''].join('\n'),
  )
}

// The plugin for ESLint is one object. Its parts have names for an `import` too.
const plugin = inRoot(exports['./eslint-plugin'].default)
appendFileSync(plugin, `\n0 && (module.exports = { ${Object.keys(require(plugin)).join(', ')} })\n`)
