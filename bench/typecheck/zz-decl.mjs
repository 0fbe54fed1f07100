import { copyToCheck } from '../../scripts/unchecked.mjs'
import { compile, count, pathsTo } from './compile.mjs'
import { rmSync, mkdirSync } from 'node:fs'
const d = '/tmp/wt/twofold-lab/checked'
if (!process.argv.includes('keep')) { rmSync(d, { recursive: true, force: true }); copyToCheck('/tmp/wt/twofold/dist', d) }
const how = { libraries: true, paths: pathsTo(d) }
const [a, b] = ['no-import', 'one-input'].map(f => count ? compile('typescript', `/tmp/wt/twofold/bench/typecheck/fixtures/${f}.ts`, `/tmp/wt/twofold-lab/out-${f}`, how) : 0)
console.log(a, b, b.instantiations - a.instantiations)
