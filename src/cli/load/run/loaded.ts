import type { AnyNetwork } from '../../../network/network.js'

/* Plain data that the command exchanges with the process that runs a user's file. */

/** The request to the process. */
export interface LoadRequest {
  /** Absolute path. */
  readonly file: string
  /** The names of exports; empty for every exported network. */
  readonly exports: readonly string[]
  /** The time limit for running the file, in seconds. */
  readonly timeout: number
  /** The process id of the command. */
  readonly parent: number
  /** The memory limit in bytes. */
  readonly memory: number
}

/** An exported network, as data. */
export interface LoadedNetwork {
  /** The name of the export. */
  readonly name: string
  readonly network: AnyNetwork
}

/** An export that is not a network. */
export interface Other {
  readonly name: string
  /** Its description: `a function`, `a layer value`, `3`. */
  readonly what: string
}

/** The names of the functions among exports. */
export const functionsIn = (others: readonly Other[]): string[] =>
  others.filter(({ what }) => /^a function( of |$)/.test(what)).map(({ name }) => name)

/** What a file threw, as data. */
export interface Thrown {
  /** `'ShapeError'`, `'SyntaxError'`, ... */
  readonly name: string
  readonly message: string
  /** Its frames have the columns of the sources, or 0 where the column is unknown. */
  readonly stack: string
  readonly code?: string
}

/** The answer of the process. */
export type LoadAnswer = { readonly networks: readonly LoadedNetwork[]; readonly others: readonly Other[] } | { readonly thrown: Thrown }
