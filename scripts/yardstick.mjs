// Measures a fixed run of the compiler, to estimate the current speed of this machine. It checks TypeScript's own declarations, which
// do not depend on this package, and appends the result to logs/yardstick.json; `--first` starts a new file.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { measured } from './measured.mjs'

const logs = fileURLToPath(new URL('../logs/', import.meta.url))
const file = `${logs}yardstick.json`
const command =
  'node node_modules/typescript/bin/tsc --ignoreConfig --noEmit --target es2022 --module nodenext --lib es2022,dom --types node node_modules/typescript/lib/typescript.d.ts'

mkdirSync(logs, { recursive: true })
const before = process.argv.includes('--first') || !existsSync(file) ? [] : JSON.parse(readFileSync(file, 'utf8'))
// Three runs, since a single short run is easily disturbed.
const runs = [await measured(command), await measured(command), await measured(command)]
for (const { code, output } of runs) if (code !== 0) throw new Error(output)
const fixed = runs.map(({ wall, cpu }) => ({ wall, cpu }))
writeFileSync(file, `${JSON.stringify([...before, ...fixed], null, 2)}\n`)
console.log(
  `the fixed run of tsc: ${fixed.map(({ wall, cpu }) => `${wall.toFixed(1)} s, ${cpu.toFixed(1)} s of the processor`).join('; ')}`,
)
