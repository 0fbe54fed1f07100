// Draws layers, networks and damaged files, has them judged by the oracle and by frameworks, and prints how many agree. See --help.
import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { answerOf, startWorker } from './proof-process.mjs'
import { proofReport } from './proof-report.mjs'
import { help, settingsOf } from './proof-settings.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = `${root}logs/proof/`

/** A hash of all sources that affect a proof, so that a run does not resume the results of other sources. */
const hashOfSources = () => {
  const hash = createHash('sha256')
  for (const part of ['src', 'test/proof', 'test/support']) {
    for (const name of readdirSync(`${root}${part}`, { recursive: true, encoding: 'utf8' }).sort()) {
      if (/\.(ts|py|json)$/.test(name)) hash.update(`${part}/${name}\n`).update(readFileSync(`${root}${part}/${name}`))
    }
  }
  return hash.digest('hex')
}

/** The number of cases per task in each part. */
const pieces = { layers: 500, nested: 250, networks: 250, graphs: 100, damaged: 2500 }

/** A worker with more memory than this is replaced. */
const mostMemory = 1.5e9

/** The maximum number of rows whose difference is minimized, since each takes several rounds of compiling. */
const mostMinimized = 6

const main = async () => {
  const settings = settingsOf(process.argv.slice(2))
  if (settings.help) return console.log(help)
  mkdirSync(folder, { recursive: true })
  const file = `${folder}${settings.seed}.jsonl`
  if (!settings.resume) rmSync(file, { force: true })
  const sources = hashOfSources()
  /** The tallies by task: `layers 500 3` is the fourth task of 500 cases. */
  const done = new Map()
  for (const line of existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []) {
    try {
      const { piece, tally, ...of } = JSON.parse(line)
      if (of.sources === sources) done.set(piece, tally)
    } catch {
      // An incomplete last line of a run that was stopped while writing.
    }
  }
  writeFileSync(file, [...done].map(([piece, tally]) => `${JSON.stringify({ piece, sources, tally })}\n`).join(''))

  const wanted = {
    layers: settings.layers,
    nested: settings.networks,
    networks: settings.networks,
    graphs: settings.graphs,
    damaged: settings.damaged,
  }
  /** The number of judged cases in a part: for networks only the small ones that can be judged, otherwise all. */
  const judgedIn = (part, tally, count) => {
    if (part !== 'networks') return count
    const { agreed = 0, different = 0, refused = {} } = tally.rows['ONNX Runtime'] ?? {}
    return agreed + different + Object.values(refused).reduce((sum, each) => sum + each, 0)
  }
  const judged = { layers: 0, nested: 0, networks: 0, graphs: 0, damaged: 0 }
  const tallies = { layers: [], nested: [], networks: [], graphs: [], damaged: [] }
  const running = { layers: 0, nested: 0, networks: 0, graphs: 0, damaged: 0 }
  const next = { layers: 0, nested: 0, networks: 0, graphs: 0, damaged: 0 }
  const minimized = []
  const faults = []

  const take = (part, tally, count) => {
    judged[part] += judgedIn(part, tally, count)
    tallies[part].push(tally)
  }

  /** The next task that is neither done nor running; `undefined` if there is none. */
  const nextTask = () => {
    for (const part of Object.keys(pieces)) {
      for (;;) {
        const left = wanted[part] - judged[part] - running[part]
        if (left <= 0) break
        const index = next[part]++
        const count = part === 'networks' ? pieces[part] : Math.min(pieces[part], left)
        const piece = `${part} ${count} ${index}`
        const before = done.get(piece)
        if (before) {
          take(part, before, count)
          continue
        }
        // About half of the networks can be judged.
        running[part] += part === 'networks' ? Math.ceil(count / 2) : count
        return { piece, part, index, count, seed: settings.seed, minimized: minimized.length < mostMinimized ? minimized : undefined }
      }
    }
    return undefined
  }

  const begin = performance.now()
  let told = begin
  const tell = () => {
    if (performance.now() - told < 10_000) return
    told = performance.now()
    const parts = Object.keys(pieces).map((part) => `${part} ${Math.min(judged[part], wanted[part])}/${wanted[part]}`)
    const different = Object.values(tallies)
      .flat()
      .flatMap(({ rows }) => Object.values(rows))
      .reduce((sum, row) => sum + row.different, 0)
    console.log(`${((told - begin) / 60_000).toFixed(1)} min  ${parts.join('  ')}  different ${different}`)
  }

  /** The loop of a worker: runs tasks until there are none left. */
  const place = async (number) => {
    let worker
    for (let task = nextTask(); task; task = nextTask()) {
      const { piece, part, count, ...rest } = task
      worker ??= await startWorker()
      const answer = await answerOf(worker, { part, count, ...rest, folder: `${folder}${number}/` })
      running[part] -= part === 'networks' ? Math.ceil(count / 2) : count
      if (answer.error) {
        faults.push(`${piece} of seed ${settings.seed}: ${answer.error}`)
        judged[part] += count
        worker.kill()
        worker = undefined
        continue
      }
      if (answer.tally.minimized) minimized.push(answer.tally.minimized)
      take(part, answer.tally, count)
      appendFileSync(file, `${JSON.stringify({ piece, sources, tally: answer.tally })}\n`)
      tell()
      if (answer.memory > mostMemory) {
        worker.kill()
        worker = undefined
      }
    }
    worker?.kill()
  }
  await Promise.all(Array.from({ length: settings.jobs }, (_, number) => place(number)))

  const { text, isGood } = proofReport(tallies, settings)
  console.log(`\n${text}\n${((performance.now() - begin) / 60_000).toFixed(1)} minutes`)
  for (const fault of faults) console.error(`FAILED ${fault}`)
  process.exitCode = isGood && faults.length === 0 ? 0 : 1
}

try {
  await main()
} catch (error) {
  console.error(error.message)
  process.exitCode = 2
}
