import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Project, projectOf } from '../support/command.js'

/** The command leaves nothing behind when it is killed. */

let project: Project
beforeAll(() => {
  project = projectOf({
    'hangs.ts': "import { writeFileSync } from 'node:fs'\nwriteFileSync('started', String(process.pid))\nwhile (true) {}\n",
  })
})
afterAll(() => project.remove())

/** Whether a process is running, not counting zombies. */
const runs = (pid: number): boolean => /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' }).stdout.trim())

const hasPs = spawnSync('ps', ['-p', `${process.pid}`]).status === 0

test.skipIf(!hasPs).each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
  ['SIGHUP', 129],
  ['SIGKILL', null],
] as const)('%s ends the file that runs too, even one that never ends by itself', async (signal, code) => {
  const started = join(project.folder, 'started')
  rmSync(started, { force: true })
  const child = spawn(process.execPath, ['node_modules/stridewise/dist/cli/stridewise.js', 'report', 'hangs.ts', '--timeout', '3600'], {
    cwd: project.folder,
    stdio: 'ignore',
  })
  const ended = new Promise((done) => child.on('exit', done))
  while (!existsSync(started) || readFileSync(started, 'utf8') === '') await pause(20)
  const pid = Number(readFileSync(started, 'utf8'))
  expect(runs(pid)).toBe(true)
  child.kill(signal)
  expect(await ended).toBe(code)
  while (runs(pid)) await pause(50)
})
