import type { RunTotals } from '../../editor/lens/lens.js'
import type { OpenText } from './text.js'
import { totalsOf } from './totals.js'

/** What runs are started with. */
interface RunsOptions {
  /** The open file at an address; `undefined` once it is closed, or the server is shut down. */
  readonly fileAt: (uri: string) => OpenText | undefined
  readonly tell: (sentence: string) => void
  /** Totals of a file are new. */
  readonly changed: () => void
}

/** Runs of saved files, for their totals: one after the other, however many are opened and saved. */
export class Runs {
  readonly #options: RunsOptions
  readonly #totals = new Map<string, ReadonlyMap<string, RunTotals>>()
  /** Files that are to run. */
  readonly #waiting = new Set<string>()
  /** Files whose last run has failed, which the user knows. */
  readonly #failed = new Set<string>()
  #isRunning = false

  constructor(options: RunsOptions) {
    this.#options = options
  }

  /** The totals of a file's networks, by their names. */
  totals(file: OpenText): ReadonlyMap<string, RunTotals> {
    return this.#totals.get(file.path) ?? new Map()
  }

  add(file: OpenText): void {
    this.#waiting.add(file.uri)
    if (!this.#isRunning) void this.#runWaiting()
  }

  forget(file: OpenText): void {
    this.#totals.delete(file.path)
    this.#failed.delete(file.uri)
  }

  async #runWaiting(): Promise<void> {
    const { fileAt, tell, changed } = this.#options
    this.#isRunning = true
    // Those that are saved meanwhile stand behind.
    for (const uri of this.#waiting) {
      this.#waiting.delete(uri)
      const file = fileAt(uri)
      if (!file) continue
      const { totals, failure } = await totalsOf(file.path)
      if (!fileAt(uri)) continue
      // A file that the user mends may fail in other ways until it runs.
      if (failure === undefined) this.#failed.delete(uri)
      else if (!this.#failed.has(uri)) tell(failure)
      if (failure !== undefined) this.#failed.add(uri)
      this.#totals.set(file.path, totals)
      changed()
    }
    this.#isRunning = false
  }
}
