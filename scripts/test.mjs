// Runs the parts of `npm test` or, with the argument `long`, of `npm run test:long`, and prints what each took. CONTRIBUTING.md lists
// the parts.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { casesDrawn } from './cases.mjs'
import { mainCompiler } from './compilers.mjs'
import { measured } from './measured.mjs'
import { tableOf } from './table.mjs'

const logs = fileURLToPath(new URL('../logs/', import.meta.url))
const effort = process.argv[2] === 'long' ? 'long' : 'short'
const title = effort === 'long' ? 'npm run test:long' : 'npm test'
const env = { EFFORT: effort, CASES_LIST: `${logs}cases-${effort}.txt` }

const vitest = 'npx --no-install vitest run'
/** Those that need the built site: they wait for Chromium and for clocks, so another lane runs on beside them. */
const siteTests = 'test/site'
const otherTests = `${vitest} --exclude '${siteTests}/**'`

/** The lanes of a round run beside each other, each with one part after the other; a round begins when the one before it has ended. */
const rounds = {
  short: [
    [{ lint: 'npm run --silent lint' }, { build: 'npm run --silent build' }],
    [
      { typecheck: 'npm run --silent typecheck -- --built --native' },
      {
        'cost of the types': `npm run --silent test:cost -- --sample --compiler ${mainCompiler}`,
        package: 'npm run --silent test:package',
        'type tests': 'npm run --silent test:types',
      },
    ],
    [{ tests: vitest }],
  ],
  long: [
    [{ build: 'npm run --silent build -- --if-changed' }],
    [
      { tests: otherTests },
      { site: 'npm run --silent docs:build', "the site's tests": `${vitest} --maxWorkers 1 ${siteTests}` },
      { typecheck: 'npm run --silent typecheck -- --built', 'cost of the types': 'npm run --silent test:cost' },
    ],
  ],
}[effort]

/** Runs the parts of a round; begins none after one has failed. */
const runRound = async (lanes) => {
  const results = []
  const runLane = async (lane) => {
    for (const [name, command] of Object.entries(lane)) {
      if (results.some(({ code }) => code !== 0)) return
      // Of the tests one sees how far they are; of the others, what they said.
      const shown = command === vitest || command === otherTests
      const { output, ...result } = await measured(command, { shown, env })
      if (!shown) process.stdout.write(`\n--- ${name}\n${output}`)
      results.push({ name, ...result })
    }
  }
  await Promise.all(lanes.map(runLane))
  return results
}

mkdirSync(logs, { recursive: true })
rmSync(env.CASES_LIST, { force: true })
const begin = performance.now()
const parts = []
for (const round of rounds) {
  if (parts.some(({ code }) => code !== 0)) break
  parts.push(...(await runRound(round)))
}
const faults = parts.filter(({ code }) => code !== 0).map(({ name }) => name)
const all = { name: 'all', wall: (performance.now() - begin) / 1000, cpu: parts.reduce((sum, { cpu }) => sum + cpu, 0) }

if (faults.length === 0) {
  const drawn = casesDrawn(effort, readFileSync(env.CASES_LIST, 'utf8'))
  console.log(`\n${drawn.table}`)
  faults.push(...drawn.faults)
}
const rows = [...parts, all].map(({ name, wall, cpu }) => [name, wall.toFixed(0), cpu.toFixed(0)])
console.log(`\n${tableOf([title, 'seconds', 'of the processor'], rows)}`)
writeFileSync(`${logs}${effort}.json`, `${JSON.stringify({ title, parts, all }, null, 2)}\n`)
for (const fault of faults) console.error(`FAILED ${fault}`)
process.exitCode = faults.length === 0 ? 0 : 1
