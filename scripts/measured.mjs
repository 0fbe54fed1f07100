// Runs a command and measures its wall time and its CPU time, including that of its child processes.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Parses the user and system times that a shell's `times` prints: `0m1.25s 0m0.03s`. */
const secondsIn = (text) =>
  [...text.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, minutes, seconds]) => sum + 60 * minutes + Number(seconds), 0)

/**
 * Runs a shell command in the package's folder.
 *
 * @param {string} command
 * @param {object} how
 * @param {boolean} [how.shown] whether to print the output immediately instead of returning it
 * @param {Record<string, string>} [how.env] additional environment variables
 * @returns {Promise<{ code: number | null, wall: number, cpu: number, output: string }>}
 */
export const measured = (command, { shown = false, env = {} } = {}) =>
  new Promise((done) => {
    const begin = performance.now()
    const output = shown ? 'inherit' : 'pipe'
    // The shell's `times` prints the CPU time of its children, to a separate stream.
    const child = spawn('sh', ['-c', `${command}\ncode=$?\ntimes >&3\nexit $code`], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', output, output, 'pipe'],
    })
    const texts = { output: '', times: '' }
    const collect = (stream, name) =>
      stream?.on('data', (text) => {
        texts[name] += text
      })
    collect(child.stdout, 'output')
    collect(child.stderr, 'output')
    collect(child.stdio[3], 'times')
    child.on('close', (code) => {
      // The first line is the shell's own time.
      const cpu = secondsIn(texts.times.split('\n')[1] ?? '')
      done({ code, wall: (performance.now() - begin) / 1000, cpu, output: texts.output })
    })
  })
