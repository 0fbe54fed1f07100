import { type Source, sourceOf } from '../../editor/source/source.js'

/*
 * An open file: its text, and places in it. The protocol counts lines and UTF-16 units from 0.
 */

export interface Position {
  readonly line: number
  readonly character: number
}

export interface Range {
  readonly start: Position
  readonly end: Position
}

/** A file that is open in the editor. */
export class OpenText {
  readonly source: Source
  #starts: readonly number[] | undefined

  constructor(
    readonly uri: string,
    /** Absolute path. */
    readonly path: string,
    readonly language: string,
    readonly version: number,
    readonly text: string,
  ) {
    this.source = sourceOf(text)
  }

  get #lines(): readonly number[] {
    this.#starts ??= [0, ...[...this.text.matchAll(/\r\n|\n|\r/g)].map(({ index, 0: mark }) => index + mark.length)]
    return this.#starts
  }

  /** The index of a place; a place behind a line's end is its end. */
  indexOf({ line, character }: Position): number {
    const start = this.#lines[line]
    if (start === undefined) return this.text.length
    const next = this.#lines[line + 1] ?? this.text.length + 1
    return Math.min(start + character, Math.max(start, next - 1), this.text.length)
  }

  /** The place of an index. */
  placeOf(index: number): Position {
    let [low, high] = [0, this.#lines.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.#lines[middle] as number) <= index) low = middle
      else high = middle - 1
    }
    return { line: low, character: index - (this.#lines[low] as number) }
  }

  /** The range between two indexes. */
  rangeOf(span: { readonly start: number; readonly end: number }): Range {
    return { start: this.placeOf(span.start), end: this.placeOf(span.end) }
  }
}
