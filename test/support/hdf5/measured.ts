import { readFileSync, writeFileSync } from 'node:fs'

/** What a step takes, with all threads of the process. */
export interface Measured<Result> {
  readonly result: Result
  /** Milliseconds of the processor, so that a busy machine makes no difference. */
  readonly time: number
  /** Bytes that the process grew by at its largest; 0 where the system does not say. */
  readonly memory: number
}

const onLinux = process.platform === 'linux'

const peak = (): number => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024

export const measured = async <Result>(step: () => Promise<Result>): Promise<Measured<Result>> => {
  // The largest is forgotten.
  if (onLinux) writeFileSync('/proc/self/clear_refs', '5')
  const before = process.memoryUsage.rss()
  const begin = process.cpuUsage()
  const result = await step()
  const { user, system } = process.cpuUsage(begin)
  return { result, time: (user + system) / 1000, memory: onLinux ? Math.max(0, peak() - before) : 0 }
}
