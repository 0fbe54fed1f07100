// Runs the parts of `npm test` or, with the argument `long`, of `npm run test:long`, and prints what each took: seconds as they
// passed, and seconds of the processor with all that the part started. CONTRIBUTING.md lists what the parts are.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { casesDrawn } from './cases.mjs'
import { mainCompiler } from './compilers.mjs'
import { tableOf } from './table.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const effort = process.argv[2] === 'long' ? 'long' : 'short'
const casesList = `${root}logs/cases-${effort}.txt`

/** The parts of a round run two at a time; a round begins when the one before it has ended. */
const rounds = {
  short: [
    [
      { name: 'lint', command: 'npm run --silent lint' },
      { name: 'build', command: 'npm run --silent build' },
    ],
    [
      { name: 'typecheck', command: 'npm run --silent typecheck' },
      { name: 'cost of the types', command: `npm run --silent test:cost -- --compiler ${mainCompiler}` },
      { name: 'package', command: 'npm run --silent test:package' },
      { name: 'type tests', command: 'npm run --silent test:types' },
    ],
    [{ name: 'tests', command: 'npx --no-install vitest run' }],
  ],
  long: [
    [{ name: 'build', command: 'npm run --silent build' }],
    [
      { name: 'site', command: 'npm run --silent docs:build' },
      { name: 'cost of the types', command: 'npm run --silent test:cost' },
    ],
    [{ name: 'tests', command: 'npx --no-install vitest run' }],
  ],
}[effort]

/** Seconds of `times` in a shell: minutes and seconds of user and system. */
const secondsOf = (text) =>
  [...text.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, minutes, seconds]) => sum + 60 * minutes + Number(seconds), 0)

/**
 * Runs a part. Its output is shown at once where nothing runs beside it, and else when it has ended.
 *
 * The shell's `times` says what its children took of the processor; it goes to a file of its own.
 */
const run = ({ name, command }, alone) =>
  new Promise((done) => {
    const begin = performance.now()
    const env = { ...process.env, EFFORT: effort, CASES_LIST: casesList }
    const child = spawn('sh', ['-c', `${command}\ncode=$?\ntimes >&3\nexit $code`], {
      cwd: root,
      env,
      stdio: ['ignore', alone ? 'inherit' : 'pipe', alone ? 'inherit' : 'pipe', 'pipe'],
    })
    let output = ''
    let times = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (output += text))
    child.stdio[3].on('data', (text) => (times += text))
    child.on('close', (code) => {
      const wall = (performance.now() - begin) / 1000
      // The first line is of the shell itself.
      const cpu = secondsOf(times.split('\n')[1] ?? '')
      if (!alone) process.stdout.write(`\n--- ${name}\n${output}`)
      done({ name, code, wall, cpu })
    })
  })

/** Runs parts, two at a time, and begins none after one has failed. */
const runRound = async (parts) => {
  const waiting = [...parts]
  const results = []
  const worker = async () => {
    for (let part = waiting.shift(); part; part = waiting.shift()) {
      const result = await run(part, parts.length === 1)
      results.push(result)
      if (result.code !== 0) waiting.length = 0
    }
  }
  await Promise.all([worker(), worker()])
  return results
}

mkdirSync(`${root}logs`, { recursive: true })
rmSync(casesList, { force: true })
const begin = performance.now()
const results = []
for (const round of rounds) {
  if (results.some(({ code }) => code !== 0)) break
  results.push(...(await runRound(round)))
}
const failed = results.filter(({ code }) => code !== 0).map(({ name }) => name)
const all = {
  name: 'all',
  wall: (performance.now() - begin) / 1000,
  cpu: results.reduce((sum, { cpu }) => sum + cpu, 0),
}
const drawn = failed.length === 0 ? casesDrawn(effort, readFileSync(casesList, 'utf8')) : undefined
if (drawn) console.log(`\n${drawn.table}`)
console.log('')
console.log(
  tableOf(
    [effort === 'long' ? 'npm run test:long' : 'npm test', 'seconds', 'of the processor'],
    [...results, all].map(({ name, wall, cpu }) => [name, wall.toFixed(0), cpu.toFixed(0)]),
  ),
)
writeFileSync(`${root}logs/${effort}.json`, `${JSON.stringify({ parts: results, all, cases: drawn?.counts }, null, 2)}\n`)
for (const fault of drawn?.faults ?? []) console.error(`FAILED ${fault}`)
for (const name of failed) console.error(`FAILED ${name}`)
process.exitCode = failed.length > 0 || (drawn?.faults.length ?? 0) > 0 ? 1 : 0
