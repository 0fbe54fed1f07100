import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

/*
 * Temporary files and folders, and those of runs that were killed and could not take theirs away: the next run in the same place does.
 */

/** The machine, as process numbers mean nothing on another one that has the same folder. */
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8)

let count = 0

/** A name for something temporary of this run, another each time. */
export const temporaryName = (): string => {
  count += 1
  return `.stridewise-${machine}-${process.pid}-${count}.tmp`
}

/** The names that {@link temporaryName} gives, on this machine, also with what `mkdtemp` adds. */
const ours = new RegExp(`^\\.stridewise-${machine}-(\\d+)-\\d+\\.tmp(?:\\w{6})?$`)

const swept = new Set<string>()

/** Removes what killed runs of the same user have left in a folder. What cannot be removed stays. */
export const sweep = (folder: string): void => {
  if (swept.has(folder)) return
  swept.add(folder)
  for (const name of namesIn(folder)) {
    const pid = Number(ours.exec(name)?.[1])
    if (!Number.isSafeInteger(pid) || pid === process.pid || runs(pid)) continue
    const path = join(folder, name)
    try {
      // A link itself is removed, and not what it leads to.
      if (lstatSync(path).uid === (process.getuid?.() ?? 0)) rmSync(path, { recursive: true, force: true })
    } catch {
      // It is gone, or somebody else's.
    }
  }
}

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Whether a process runs, as far as that can be known. */
const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
