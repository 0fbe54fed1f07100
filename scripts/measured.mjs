// Runs a command and measures it: seconds as they passed, and seconds of the processor with all that the command started.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Seconds in what a shell's `times` prints of user and system: `0m1.25s 0m0.03s`. */
const secondsIn = (text) =>
  [...text.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, minutes, seconds]) => sum + 60 * minutes + Number(seconds), 0)

/**
 * Runs a command of the shell in the package's folder.
 *
 * @param {string} command
 * @param {object} how
 * @param {boolean} [how.shown] whether what it says is shown at once, rather than given back
 * @param {Record<string, string>} [how.env] variables of its environment besides those of this process
 * @returns {Promise<{ code: number | null, wall: number, cpu: number, output: string }>}
 */
export const measured = (command, { shown = false, env = {} } = {}) =>
  new Promise((done) => {
    const begin = performance.now()
    const output = shown ? 'inherit' : 'pipe'
    // The shell's `times` says what its children took; it goes to a stream of its own.
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
      // The first line is of the shell itself.
      const cpu = secondsIn(texts.times.split('\n')[1] ?? '')
      done({ code, wall: (performance.now() - begin) / 1000, cpu, output: texts.output })
    })
  })
