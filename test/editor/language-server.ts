import { type ChildProcess, spawn } from 'node:child_process'

/** A language server over standard input and output: JSON-RPC messages, each after a `Content-Length` header. */
export class LanguageServer {
  readonly #process: ChildProcess
  readonly #answers = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>()
  readonly #heard: { method: string; params: unknown }[] = []
  #listeners: (() => void)[] = []
  #received: Buffer = Buffer.alloc(0)
  #last = 0

  constructor(command: string, args: readonly string[], folder: string) {
    this.#process = spawn(command, args, { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] })
    this.#process.stdout?.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk])
      this.#read()
    })
    this.#process.on('exit', (code) => this.#end(new Error(`The language server ended with code ${code}.`)))
    this.#process.on('error', (error) => this.#end(error))
  }

  /** Sends a request, and waits for the response. */
  ask<Result>(method: string, params?: unknown): Promise<Result> {
    this.#last += 1
    const id = this.#last
    return new Promise<Result>((resolve, reject) => {
      this.#answers.set(id, { resolve, reject })
      this.#send({ id, method, params })
    })
  }

  /** Sends a notification, which has no response. */
  tell(method: string, params?: unknown): void {
    this.#send({ method, params })
  }

  /** The id of the last request. */
  get last(): number {
    return this.#last
  }

  /** Sends several messages in one piece, so that the server has them all before it answers the first. */
  together<Result>(send: () => Result): Result {
    this.#process.stdin?.cork()
    const result = send()
    this.#process.stdin?.uncork()
    return result
  }

  /** Waits for a notification of the server, and returns the latest that matches. */
  async told(method: string, isMeant: (params: unknown) => boolean = () => true): Promise<unknown> {
    for (;;) {
      const found = this.#heard.filter((each) => each.method === method && isMeant(each.params)).at(-1)
      if (found) return found.params
      await new Promise<void>((resolve) => this.#listeners.push(resolve))
    }
  }

  /** How many notifications of a kind the server has sent. */
  times(method: string): number {
    return this.#heard.filter((each) => each.method === method).length
  }

  /** The process, for a test of its life. */
  get process(): ChildProcess {
    return this.#process
  }

  /** Ends the process, whatever its exit code. */
  async close(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.#process.on('exit', () => resolve()))
    await this.ask('shutdown')
    this.tell('exit')
    this.#process.stdin?.end()
    await ended
  }

  #send(message: object): void {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }))
    this.#process.stdin?.write(`Content-Length: ${body.length}\r\n\r\n`)
    this.#process.stdin?.write(body)
  }

  #read(): void {
    for (;;) {
      const end = this.#received.indexOf('\r\n\r\n')
      if (end < 0) return
      const length = Number(/Content-Length: (\d+)/i.exec(this.#received.toString('utf8', 0, end))?.[1])
      if (this.#received.length < end + 4 + length) return
      const message = JSON.parse(this.#received.toString('utf8', end + 4, end + 4 + length))
      this.#received = this.#received.subarray(end + 4 + length)
      this.#take(message)
    }
  }

  #take({
    id,
    method,
    params,
    result,
    error,
  }: {
    id?: number
    method?: string
    params?: unknown
    result?: unknown
    error?: { message: string }
  }): void {
    if (method !== undefined) {
      this.#heard.push({ method, params })
      for (const listener of this.#listeners.splice(0)) listener()
      // A question of the server's own: it goes on after any answer.
      if (id !== undefined) this.#send({ id, result: null })
      return
    }
    const waiting = this.#answers.get(id as number)
    this.#answers.delete(id as number)
    if (error) waiting?.reject(new Error(error.message))
    else waiting?.resolve(result as never)
  }

  #end(error: Error): void {
    for (const { reject } of this.#answers.values()) reject(error)
    this.#answers.clear()
  }
}
