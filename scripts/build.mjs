// Builds the package into dist/. The output of the tools goes to build.log, which is printed if one of them fails. With `--if-changed`
// nothing is built when dist/ already is what the sources would build.
import { spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { roomForCompilers } from './compilers.mjs'
import { isBuilt, rememberBuild } from './fingerprint.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

const steps = [
  ['node_modules/tsup/dist/cli-default.js'],
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
  ['scripts/declarations.mjs'],
  ['scripts/node-entries.mjs'],
  ['scripts/command.mjs'],
]

const build = () => {
  const begin = performance.now()
  rmSync(`${root}dist`, { recursive: true, force: true })
  const log = openSync(`${root}build.log`, 'w')
  const run = (step) => {
    writeSync(log, `$ node ${step.join(' ')}\n`)
    return spawnSync(process.execPath, [...roomForCompilers, ...step], { cwd: root, stdio: ['ignore', log, log] }).status === 0
  }
  const failed = steps.find((step) => !run(step))
  closeSync(log)
  if (failed) {
    process.stderr.write(`${readFileSync(`${root}build.log`, 'utf8')}\nThe build failed: node ${failed.join(' ')}\n`)
    process.exitCode = 1
    return
  }
  rememberBuild()
  console.log(`built dist/ in ${((performance.now() - begin) / 1000).toFixed(0)} s; what the build said is in build.log`)
}

if (process.argv.includes('--if-changed') && isBuilt()) console.log('dist/ is built from these sources')
else build()
