import { readSync, writeSync } from 'node:fs'
import { serialize } from 'node:v8'
import type { LoadAnswer, LoadRequest } from './loaded.js'

/*
 * The side of the process that runs a user's file in its exchange with the command: a line of JSON comes in, and an answer goes out. A
 * pipe of its own is enough for that; the channel that Node has between processes takes a tenth of a start of Node to set up.
 */

/** The file descriptor of the pipe. */
export const channel = 3

/** Bytes before an answer, which say how many it has. */
export const headBytes = 4

/** Waits for the request. Undefined if the command has no use for this process, or is gone. */
export const receive = (): LoadRequest | undefined => {
  const parts: Buffer[] = []
  for (;;) {
    const part = Buffer.alloc(2 ** 16)
    const length = readSync(channel, part)
    if (length === 0) return undefined
    parts.push(part.subarray(0, length))
    if (part[length - 1] === lineEnd) return JSON.parse(Buffer.concat(parts).toString()) as LoadRequest
  }
}

const lineEnd = 10

/** Sends the answer, if the command still waits for one. */
export const send = (answer: LoadAnswer): void => {
  const body = serialize(answer)
  const head = Buffer.alloc(headBytes)
  head.writeUInt32LE(body.length)
  const bytes = Buffer.concat([head, body])
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(channel, bytes, done)
  } catch {
    // The command has closed the pipe, and says why itself.
  }
}
