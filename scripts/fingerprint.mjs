// Says whether dist/ is what the sources would build: its files are those that the last build left, and so is all that was read.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const stamp = `${root}logs/build.txt`

/** What a build reads, besides Node. */
const read = [
  'src',
  'scripts',
  'package.json',
  'package-lock.json',
  'tsup.config.ts',
  'tsconfig.json',
  'tsconfig.build.json',
  'tsconfig.cli.json',
]

const filesIn = (path) =>
  statSync(root + path).isDirectory() ? readdirSync(root + path).flatMap((name) => filesIn(`${path}/${name}`)) : [path]

/** One line for what is read and what is written now. */
const fingerprint = () => {
  const hash = createHash('sha256').update(process.version)
  for (const path of read.flatMap(filesIn).sort()) hash.update(`\0${path}\0`).update(readFileSync(root + path))
  for (const path of filesIn('dist').sort()) {
    const { size, mtimeMs } = statSync(root + path)
    hash.update(`\0${path} ${size} ${mtimeMs}`)
  }
  return hash.digest('hex')
}

/** Whether the last build would give what dist/ holds. */
export const isBuilt = () => {
  try {
    return readFileSync(stamp, 'utf8') === fingerprint()
  } catch {
    return false
  }
}

export const rememberBuild = () => {
  mkdirSync(`${root}logs`, { recursive: true })
  writeFileSync(stamp, fingerprint())
}
