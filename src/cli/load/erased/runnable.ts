/* A TypeScript file as it runs without Babel. */

/** What a file imports from a path. */
export interface Imported {
  /** As it is written. */
  readonly path: string
  /** The names of exports, without the default. */
  readonly names: readonly string[]
  readonly hasDefault: boolean
}

/** A file without its types, as the body of the function that jiti puts it into. */
export interface Erased {
  readonly code: string
  readonly imports: readonly Imported[]
  /** The offset in the source of an offset in the code. */
  readonly offsetOf: (offset: number) => number
}
