import type { Diagnostic, Editor } from './editor.js'

/** Files with one expression per line, each in parentheses after a semicolon, preceded by the lines that they need. */

/** The text of such a file. */
export const fileOf = (preamble: string, lines: readonly string[]): string => `${preamble}${lines.map((line) => `;(${line})`).join('\n')}\n`

/** A diagnostic, and where it begins in its line. */
export interface Found extends Diagnostic {
  readonly column: number
}

/** The diagnostics of each of the lines. */
export const diagnosticsByLine = async (
  editor: Editor,
  file: string,
  text: string,
  count: number,
): Promise<readonly (readonly Found[])[]> => {
  const found: Found[][] = Array.from({ length: count }, () => [])
  const before = text.split('\n').length - 1 - count
  for (const each of await editor.diagnostics(file)) {
    const above = text.slice(0, each.start).split('\n')
    const own = found[above.length - 1 - before]
    if (!own) throw new Error(`A mistake in the lines before: ${each.text}`)
    own.push({ ...each, column: (above.at(-1) as string).length - 2 })
  }
  return found
}
