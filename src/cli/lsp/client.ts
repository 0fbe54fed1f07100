import type { OpenText } from './text.js'

/*
 * What the server sends to its client.
 */

/** Codes of the protocol's errors. */
export const codes = {
  parse: -32700,
  request: -32600,
  method: -32601,
  params: -32602,
  internal: -32603,
  early: -32002,
  cancelled: -32800,
  modified: -32801,
} as const

/** The client of a server. */
export class Client {
  readonly #send: (message: object) => void
  readonly #said = new Set<string>()
  #asked = 0

  constructor(send: (message: object) => void) {
    this.#send = send
  }

  answer(id: unknown, result: unknown): void {
    this.#send({ jsonrpc: '2.0', id, result: result ?? null })
  }

  fail(id: unknown, code: number, message: string): void {
    this.#send({ jsonrpc: '2.0', id, error: { code, message } })
  }

  ask(method: string, params: unknown): void {
    this.#asked += 1
    this.#send({ jsonrpc: '2.0', id: `stridewise-${this.#asked}`, method, ...(params === undefined ? {} : { params }) })
  }

  publish({ uri, version }: OpenText, diagnostics: readonly object[]): void {
    this.#send({ jsonrpc: '2.0', method: 'textDocument/publishDiagnostics', params: { uri, version, diagnostics } })
  }

  /** A sentence for the user, once. */
  tell(sentence: string): void {
    if (this.#said.has(sentence) || this.#said.size > 50) return
    this.#said.add(sentence)
    this.#send({ jsonrpc: '2.0', method: 'window/showMessage', params: { type: 2, message: `stridewise: ${sentence}` } })
  }
}

/** The first line of an error, as a sentence. */
export const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : `${error}`).split('\n')[0] ?? ''
