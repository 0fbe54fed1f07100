import { type ChildProcess, spawn } from 'node:child_process'
import { atEnd } from '../output/ending.js'
import { Frames } from './frames.js'

/*
 * A process that answers in frames. It is ended with the command, however that ends: a native compiler outlives what started it.
 */

/** A process, and what it sends. */
export class Child {
  readonly #process: ChildProcess
  #isAlive = true

  /**
   * @param receive takes each message
   * @param ended is told why it ended, in a sentence
   */
  constructor(
    program: string,
    args: readonly string[],
    folder: string,
    receive: (message: Readonly<Record<string, unknown>>) => void,
    ended: (why: string) => void,
  ) {
    this.#process = spawn(program, args, { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] })
    const release = atEnd(() => this.#process.kill('SIGKILL'))
    const end = (why: string): void => {
      if (!this.#isAlive) return
      this.#isAlive = false
      release()
      ended(why)
    }
    const frames = new Frames((text) => receive(JSON.parse(text)))
    this.#process.stdout?.on('data', (chunk: Buffer) => {
      try {
        frames.push(chunk)
      } catch (error) {
        this.#process.kill('SIGKILL')
        end(`it sent what cannot be read: ${(error as Error).message}`)
      }
    })
    // A process that has ended takes nothing more.
    this.#process.stdin?.on('error', () => {})
    this.#process.on('exit', (code, signal) => end(signal ? `it was ended by ${signal}` : `it ended with code ${code}`))
    this.#process.on('error', (error) => end(error.message))
  }

  get isAlive(): boolean {
    return this.#isAlive
  }

  send(bytes: Buffer | string): void {
    if (this.#isAlive) this.#process.stdin?.write(bytes)
  }

  kill(): void {
    this.#process.kill('SIGKILL')
  }
}
