// The process that does pieces of a proof, as scripts/proof.mjs sees it.
import { fork } from 'node:child_process'

/** A piece that takes this many milliseconds does not end. */
const mostTime = 1_200_000

/** What a worker answers to a task; that it has ended is an answer too. */
export const answerOf = (worker, task) =>
  new Promise((resolve) => {
    const onMessage = (message) => finish(message)
    const onExit = (code, signal) => finish({ error: `the process ended: ${signal ?? code}\n${worker.said}`, memory: 0 })
    const timer = setTimeout(() => {
      worker.kill('SIGKILL')
      finish({ error: `no answer in ${mostTime / 60_000} minutes\n${worker.said}`, memory: 0 })
    }, mostTime)
    const finish = (answer) => {
      clearTimeout(timer)
      worker.off('message', onMessage)
      worker.off('exit', onExit)
      resolve(answer)
    }
    worker.on('message', onMessage)
    worker.on('exit', onExit)
    if (task) worker.send(task)
  })

/** A fresh process, ready for its first task. */
export const startWorker = async () => {
  const worker = fork(new URL('./proof-worker.mjs', import.meta.url), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  worker.said = ''
  worker.stderr.on('data', (text) => {
    worker.said = `${worker.said}${text}`.slice(-4000)
  })
  const { error } = await answerOf(worker)
  if (error) throw new Error(error)
  return worker
}
