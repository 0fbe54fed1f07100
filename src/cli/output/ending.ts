/*
 * What must be put away however the command ends: processes that it started, files that are half written.
 */

/** Signals that end the command, with the exit codes that shells have for them. */
const signals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const

const duties = new Set<() => void>()

const end = (signal: NodeJS.Signals): never => process.exit(signals[signal as keyof typeof signals])

const putAway = (): void => {
  for (const duty of duties) duty()
}

/**
 * Has something done when the command is interrupted or exits.
 *
 * @param duty what to do, which cannot wait for anything
 * @returns what takes the duty back, once there is nothing to put away any more
 */
export const atEnd = (duty: () => void): (() => void) => {
  if (duties.size === 0) {
    process.on('exit', putAway)
    for (const signal of Object.keys(signals)) process.on(signal, end)
  }
  duties.add(duty)
  return () => {
    if (!duties.delete(duty) || duties.size > 0) return
    process.off('exit', putAway)
    for (const signal of Object.keys(signals)) process.off(signal, end)
  }
}
