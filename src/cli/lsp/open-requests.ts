import { setMaxListeners } from 'node:events'
import { codes } from './client.js'
import { fields, type Id } from './params.js'

/** A request that is not answered yet. */
interface OpenRequest {
  readonly controller: AbortController
  /** The document that it is about, if the answer says nothing of another text of it. */
  readonly uri: unknown
}

/** A cancelled request, and the error code that its client gets. */
export class EndedError extends Error {
  override readonly name = 'EndedError'
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message)
  }
}

/** Requests that a change of the document ends: the client asks again. */
const endedByChanges: ReadonlySet<string> = new Set(['textDocument/inlayHint', 'textDocument/hover', 'textDocument/codeLens'])

/** Requests that are not answered yet, by their ids. */
export class OpenRequests {
  readonly #open = new Map<Id, OpenRequest>()

  /** Answers a request, or ends it when it is cancelled or its document changes, whatever it waits for. */
  async answer(id: Id, method: string, params: unknown, handle: (signal: AbortSignal) => unknown): Promise<unknown> {
    const controller = new AbortController()
    const { signal } = controller
    // Each question to the compiler listens.
    setMaxListeners(0, signal)
    const request = { controller, uri: endedByChanges.has(method) ? fields(fields(params)['textDocument'])['uri'] : undefined }
    this.#open.set(id, request)
    try {
      const ended = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      return await Promise.race([handle(signal), ended])
    } finally {
      // Another request may have the same id by now.
      if (this.#open.get(id) === request) this.#open.delete(id)
    }
  }

  cancel(id: Id): void {
    this.#open.get(id)?.controller.abort(new EndedError(codes.cancelled, 'The request was cancelled.'))
  }

  /** Ends what is asked about a text that is no more. */
  endAbout(uri: string): void {
    const reason = new EndedError(codes.modified, 'The document has changed.')
    for (const request of this.#open.values()) if (request.uri === uri) request.controller.abort(reason)
  }
}
