// What the command line needs beside its own files: a copy of jiti, which runs TypeScript files, and the licences of the
// packages that are in the build.
//
// jiti loads its transformer from a file of its own when it is first needed, so it is copied as it is rather than bundled.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const modules = fileURLToPath(new URL('../node_modules/', import.meta.url))
const target = fileURLToPath(new URL('../dist/cli/', import.meta.url))

mkdirSync(`${target}jiti/lib`, { recursive: true })
mkdirSync(`${target}jiti/dist`, { recursive: true })
for (const file of ['LICENSE', 'lib/jiti.mjs', 'dist/jiti.cjs', 'dist/babel.cjs']) {
  cpSync(`${modules}jiti/${file}`, `${target}jiti/${file}`)
}

const bundled = [
  '@dagrejs/dagre',
  '@dagrejs/graphlib',
  'commander',
  'diff',
  'fdir',
  'jiti',
  'markdown-table',
  'pbf',
  'picocolors',
  'picomatch',
  'tinyglobby',
]
const notices = bundled.map((name) => {
  const { version, license } = JSON.parse(readFileSync(`${modules}${name}/package.json`, 'utf8'))
  const file = ['LICENSE', 'license'].find((each) => {
    try {
      return readFileSync(`${modules}${name}/${each}`, 'utf8')
    } catch {
      return false
    }
  })
  if (!file) throw new Error(`${name} has no file with its licence.`)
  return `${name} ${version} (${license})\n\n${readFileSync(`${modules}${name}/${file}`, 'utf8').trim()}\n`
})
writeFileSync(`${target}NOTICES.txt`, `The command line contains these packages:\n\n${notices.join(`\n${'-'.repeat(80)}\n\n`)}`)
