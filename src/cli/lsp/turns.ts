/*
 * Who may ask a compiler next. Each checker of the native compiler checks a file on its own, so several questions at once check it
 * several times; and what a user waits for goes before hints.
 */

/** How a request is worked on. */
export interface Work {
  /** Whether the user waits for it: a hover, a completion. */
  readonly isUrgent: boolean
  /** Ends it. */
  readonly signal?: AbortSignal
}

/** Milliseconds that an urgent question waits for the one before it. That one may check the file, which helps both; but not for long. */
const longestWait = 50

interface Waiting {
  readonly work: Work
  readonly start: () => void
}

/** Lets one question of a process be open at a time, those first that are urgent. */
export class Turns {
  #open = 0
  #urgent: Waiting[] = []
  #patient: Waiting[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  /**
   * Asks when it is this question's turn.
   *
   * @throws the reason of `work.signal` as soon as that is aborted; what was not asked by then is not asked
   */
  async take<Result>(work: Work, ask: () => Promise<Result>): Promise<Result> {
    const { signal } = work
    signal?.throwIfAborted()
    return new Promise((resolve, reject) => {
      const start = (): void => {
        this.#open += 1
        ask()
          .then(resolve, reject)
          .finally(() => {
            signal?.removeEventListener('abort', stop)
            this.#open -= 1
            this.#next()
          })
      }
      const waiting: Waiting = { work, start }
      const stop = (): void => {
        this.#urgent = this.#urgent.filter((each) => each !== waiting)
        this.#patient = this.#patient.filter((each) => each !== waiting)
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', stop, { once: true })
      if (work.isUrgent) this.#urgent.push(waiting)
      else this.#patient.push(waiting)
      this.#next()
    })
  }

  #next(): void {
    if (this.#open === 0) {
      clearTimeout(this.#timer)
      this.#timer = undefined
      const next = this.#urgent.shift() ?? this.#patient.shift()
      next?.start()
    } else if (this.#urgent.length > 0) {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined
        for (const { start } of this.#urgent.splice(0)) start()
      }, longestWait)
    }
  }
}
