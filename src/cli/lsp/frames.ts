/*
 * Messages as language servers exchange them: JSON behind a header with its length.
 */

/** Longer messages are refused, in bytes. */
const longestMessage = 64_000_000

/** A header has less than these bytes. */
const longestHeader = 4_096

/** What came is no message, and nothing after it can be read. */
export class FrameError extends Error {
  override readonly name = 'FrameError'
}

/** Puts bytes together to messages. */
export class Frames {
  #chunks: Buffer[] = []
  #size = 0
  #wanted = 0
  readonly #receive: (text: string) => void

  constructor(receive: (text: string) => void) {
    this.#receive = receive
  }

  /** @throws {FrameError} when the bytes are no message */
  push(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#size += chunk.length
    // A long message comes in many pieces: they are put together once there are enough.
    while (this.#size >= this.#wanted && this.#size > 0) {
      const bytes = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks, this.#size)
      const frame = frameIn(bytes)
      this.#chunks = [bytes.subarray(frame.behind)]
      this.#size -= frame.behind
      this.#wanted = frame.text === undefined ? frame.wanted : 0
      if (frame.text === undefined) return
      this.#receive(frame.text)
    }
  }
}

/** The first message in some bytes, or how many bytes are needed for it. */
const frameIn = (bytes: Buffer): { text?: string; behind: number; wanted: number } => {
  const end = bytes.subarray(0, longestHeader).indexOf('\r\n\r\n')
  if (end < 0) {
    if (bytes.length >= longestHeader) throw new FrameError('A message has no header with its length.')
    return { behind: 0, wanted: bytes.length + 1 }
  }
  const [, digits] = /^Content-Length: *(\d{1,10}) *$/im.exec(bytes.toString('latin1', 0, end)) ?? []
  if (digits === undefined) throw new FrameError('A message has no header with its length.')
  const length = Number(digits)
  if (length > longestMessage) throw new FrameError(`A message has ${length} bytes; at most ${longestMessage} are read.`)
  const behind = end + 4 + length
  if (bytes.length < behind) return { behind: 0, wanted: behind }
  return { text: bytes.toString('utf8', end + 4, behind), behind, wanted: behind }
}

/** A message with its header. */
export const framed = (message: object): Buffer => {
  const body = Buffer.from(JSON.stringify(message))
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body])
}
