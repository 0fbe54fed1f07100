/** Exit codes, the same for every command. */
export const exitCodes = {
  /** Everything is fine. */
  fine: 0,
  /** A check failed, or a file has a mistake in it. */
  failed: 1,
  /** The command was given something that it cannot use. */
  usage: 2,
} as const

/** What the user of the command line has to put right: an option, a path. Its sentences are all that is shown, each as an error. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly sentences: readonly string[]

  constructor(sentences: string | readonly string[]) {
    const all = typeof sentences === 'string' ? [sentences] : sentences
    super(all.join('\n'))
    this.sentences = all
  }
}
