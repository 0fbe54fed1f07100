// Reports how long the parts of `npm test` and `npm run test:long` took, relative to a fixed run of the compiler in the same job, so
// that different machines can be compared. Fails if `npm test` takes more CPU time than a multiple of that run.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { tableOf } from './table.mjs'

/**
 * The limit of `npm test`, as a multiple of the fixed run. It took about 80 times as long; the rest is headroom for a busy machine, on
 * which both slow down, but not equally.
 */
const mostTimes = 120

const logs = fileURLToPath(new URL('../logs/', import.meta.url))
const read = (name) => (existsSync(`${logs}${name}.json`) ? JSON.parse(readFileSync(`${logs}${name}.json`, 'utf8')) : undefined)

const middle = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]
const runs = read('yardstick')
const fixed = { wall: middle(runs.map(({ wall }) => wall)), cpu: middle(runs.map(({ cpu }) => cpu)) }

const rowOf = ({ name, wall, cpu }, title) => [`${title}: ${name}`, wall.toFixed(0), cpu.toFixed(0), (cpu / fixed.cpu).toFixed(1)]
const results = [read('short'), read('long')].filter((each) => each !== undefined)
const rows = results.flatMap(({ title, parts, all }) => [...parts, all].map((part) => rowOf(part, title)))
console.log(
  tableOf(
    ['part', 'seconds', 'of the processor', 'fixed runs'],
    [[`the fixed run of tsc, the middle of ${runs.length}`, fixed.wall.toFixed(1), fixed.cpu.toFixed(1), '1.0'], ...rows],
  ),
)

const times = read('short').all.cpu / fixed.cpu
console.log(`\nnpm test took ${times.toFixed(0)} times the processor of the fixed run; the limit is ${mostTimes}.`)
if (!(times <= mostTimes)) {
  console.error('FAILED npm test takes too long: move to npm run test:long what need not run each time.')
  process.exitCode = 1
}
