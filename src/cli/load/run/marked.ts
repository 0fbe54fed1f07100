import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

/*
 * Processes that users' files start and detach: they leave the process group, and outlive the process that started them. Linux shows the
 * environment with which each process was started, so a variable in it marks them. Elsewhere they stay.
 */

/** The variable that marks the processes of this command. Its name is unique, since these processes may run the command too. */
const mark = `STRIDEWISE_RUN_${randomUUID().replaceAll('-', '')}`

/** The environment for a process that runs users' files. */
export const markedEnvironment = (): NodeJS.ProcessEnv => ({ ...process.env, [mark]: '1' })

/** Kills all processes with the mark. What they start meanwhile is found by another look. */
export const killMarked = (): void => {
  for (let looks = 0; looks < 10; looks += 1) {
    const found = marked()
    if (found.length === 0) return
    for (const id of found) kill(id)
  }
}

const marked = (): number[] => {
  if (process.platform !== 'linux') return []
  try {
    return readdirSync('/proc').map(Number).filter(hasMark)
  } catch {
    // The system hides its processes.
    return []
  }
}

const hasMark = (id: number): boolean => {
  try {
    return id > 0 && readFileSync(`/proc/${id}/environ`).includes(mark)
  } catch {
    // It has ended, or is another user's.
    return false
  }
}

const kill = (id: number): void => {
  try {
    process.kill(id, 'SIGKILL')
  } catch {
    // It has ended.
  }
}
