import type { AnyNetwork } from '../../network/network.js'

/*
 * What goes between the command and the process that runs a user's file: plain data.
 */

/** What the process is asked for. */
export interface LoadRequest {
  /** Absolute path. */
  readonly file: string
  /** Names of exports; none for every exported network. */
  readonly exports: readonly string[]
  /** Seconds after which running the file times out. */
  readonly timeout: number
  /** Id of the process of the command. */
  readonly parent: number
  /** Bytes of memory that it may take. */
  readonly memory: number
}

/** An exported network, as data. */
export interface LoadedNetwork {
  /** Name of the export. */
  readonly name: string
  readonly network: AnyNetwork
}

/** An export that is no network. */
export interface Other {
  readonly name: string
  /** `a function`, `a layer value`, `3`. */
  readonly what: string
}

/** What a file threw, as data. */
export interface Thrown {
  /** `'ShapeError'`, `'SyntaxError'`, ... */
  readonly name: string
  readonly message: string
  readonly stack: string
  readonly code?: string
  /** Whether the file was transformed before it ran: its lines stay where they are, its columns do not. */
  readonly isTransformed: boolean
}

/** What the process answers. */
export type LoadAnswer = { readonly networks: readonly LoadedNetwork[]; readonly others: readonly Other[] } | { readonly thrown: Thrown }
