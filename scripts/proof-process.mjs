// The process that runs the tasks of a proof, for scripts/proof.mjs.
import { fork } from 'node:child_process'

/** The time limit of a task in milliseconds. */
const mostTime = 1_200_000

/** A worker's answer to a task, or the fact that it exited. */
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

/** Starts a new process, ready for its first task. */
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
