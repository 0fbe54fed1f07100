// Prints how much each family of layers, and each other folder, adds to the core: bytes of a minified bundle of all its names, before
// gzip.

import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { buildSync } from 'esbuild'
import { roomOf } from './lint-folders.mjs'
import { tableOf } from './table.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { metafile, outputFiles } = buildSync({
  absWorkingDir: root,
  entryPoints: ['src/index.ts'],
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  metafile: true,
  write: false,
})

const sizes = new Map()
const [output] = Object.values(metafile.outputs)
for (const [file, { bytesInOutput }] of Object.entries(output.inputs)) {
  const room = roomOf(file.replace(/^src\//, ''))
  sizes.set(room, (sizes.get(room) ?? 0) + bytesInOutput)
}
const rows = [...sizes].filter(([, bytes]) => bytes > 0).toSorted(([, one], [, other]) => other - one)
const total = rows.reduce((sum, [, bytes]) => sum + bytes, 0)
const percent = (bytes) => `${((100 * bytes) / total).toFixed(1)} %`
console.log(
  tableOf(
    ['part of the core', 'bytes', 'share'],
    [...rows.map(([room, bytes]) => [room, `${bytes}`, percent(bytes)]), ['all, minified', `${total}`, percent(total)]],
  ),
)
console.log(`${gzipSync(outputFiles[0].contents).length} bytes gzipped`)
