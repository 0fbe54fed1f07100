import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Project, projectOf } from '../support/command.js'

/* What users' files print, throw late and leave running. Each runs in a process of its own, whose streams and errors these are. */

const good = "import { input } from 'stridewise'\nexport const network = input(4).dense(2)\n"
const apart = `${good}void process.pid\n`

const starts = (code: string, options: string) =>
  `import { spawn } from 'node:child_process'\nconst child = spawn(process.execPath, ['-e', ${JSON.stringify(code)}], ${options})\n`

const files = {
  'prints.mjs': `${apart}console.log('\\x1b[31m::error::bad\\n::error::x\\r\\n\\t::stop-commands::y\\ttab ##[group]')\nconsole.error('caf\\u00e9')\nprocess.stdout.write('no end')\n`,
  'long-line.mjs': `${apart}console.log('a'.repeat(5000))\n`,
  'long.mjs': `${apart}for (let count = 0; count < 50; count += 1) console.log('x'.repeat(1e5))\nconsole.log('end')\n`,
  'flood.mjs': `${apart}const line = 'y'.repeat(999) + '\\n'\nfor (let count = 0; count < 3000; count += 1) process.stdout.write(line)\n`,
  'rejects.mjs': `${apart}Promise.reject(new Error('late'))\n`,
  'timer.mjs': `${apart}setTimeout(() => { throw new Error('late') }, 0)\n`,
  'timer-while.mjs': `${apart}setTimeout(() => { throw new Error('late') }, 0)\nawait new Promise(() => setInterval(() => {}, 1e6))\n`,
  'microtask.ts': `${apart}queueMicrotask(() => { throw { a: 1 } })\n`,
  'handles.mjs': `${apart}process.on('uncaughtException', () => {})\nsetTimeout(() => { throw new Error('late') }, 0)\n`,
  'detaches.mjs': `${starts("require('fs').writeFileSync('started', String(process.pid)); setInterval(() => {}, 1e6)", "{ detached: true, stdio: 'ignore' }")}import { existsSync } from 'node:fs'\nwhile (!existsSync('started')) {}\nchild.unref()\n${good}`,
  'child-memory.mjs': `${starts('globalThis.all = []; while (all.length < 24) all.push(Buffer.alloc(2 ** 26, 1)); setInterval(() => {}, 1e6)', "{ stdio: 'ignore' }")}await new Promise((done) => child.on('exit', done))\n${good}`,
}

let project: Project
beforeAll(() => {
  project = projectOf(files)
})
afterAll(() => project.remove())

const report = (file: string) => project.runAlone(['report', file, '--format', 'csv'])

describe('what a file prints', () => {
  test('is in lines, without what a terminal or a log would obey', async () => {
    const { code, stderr } = await report('prints.mjs')
    expect([code, stderr.split('\n').sort()]).toEqual([
      0,
      ['', '\\u{1b}[31m::error::bad', '\\u{3a}:error::x', '\t\\u{3a}:stop-commands::y\ttab \\u{23}#[group]', 'café', 'no end'].sort(),
    ])
  })

  test('a long line is cut, and says so', async () => {
    expect((await report('long-line.mjs')).stderr).toBe(`${'a'.repeat(2000)} … (3,000 more characters)\n`)
  })

  test('all lines of a long output are printed', async () => {
    const lines = (await report('long.mjs')).stderr.trimEnd().split('\n')
    expect([lines.length, lines.at(-1)]).toEqual([51, 'end'])
  })

  test('a flood is cut, and says so', async () => {
    const { code, stderr } = await report('flood.mjs')
    const lines = stderr.trimEnd().split('\n')
    expect([code, lines.length, lines.at(-1)]).toEqual([0, 1001, '... 2,000,000 more characters that flood.mjs printed are left out.'])
  })
})

describe('an error that nobody catches', () => {
  test.each([
    ['rejects.mjs', 'rejects.mjs:4:16: it threw Error: late'],
    ['timer.mjs', 'timer.mjs:4:26: it threw Error: late'],
    ['timer-while.mjs', 'timer-while.mjs:4:26: it threw Error: late'],
    ['microtask.ts', 'microtask.ts: it threw {"a":1}'],
  ])('%s', async (file, sentence) => {
    const { code, stderr } = await report(file)
    expect([code, stderr]).toEqual([1, `error ${sentence}\n`])
  })

  test('unless the file has a listener for it', async () => {
    const { code, stderr } = await report('handles.mjs')
    expect([code, stderr]).toEqual([0, ''])
  })
})

test('errors that cannot be printed leave the exit code', () => {
  const command = `node node_modules/stridewise/dist/cli/stridewise.js report missing.mjs`
  const run = (rest: string) => spawnSync('bash', ['-o', 'pipefail', '-c', `${command} ${rest}`], { cwd: project.folder }).status
  expect(run('2>&1 | true')).toBe(2)
  if (existsSync('/dev/full')) expect(run('2> /dev/full')).toBe(2)
})

describe.runIf(existsSync('/proc/self/environ'))('on Linux', () => {
  const runs = (pid: number): boolean => /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' }).stdout.trim())

  test('a process that a file detaches ends with the command', async () => {
    expect((await report('detaches.mjs')).code).toBe(0)
    const pid = Number(readFileSync(join(project.folder, 'started'), 'utf8'))
    while (runs(pid)) await pause(50)
  })

  test('the memory of processes that a file starts counts', async () => {
    const { code, stderr } = await report('child-memory.mjs')
    expect([code, stderr]).toEqual([1, 'error child-memory.mjs: it needs more than 512 MB of memory.\n'])
  })
})
