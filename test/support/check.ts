import { input, ShapeError } from '../../src/index.js'
import { preamble, sentenceOf } from './call.js'
import { type Diagnostic, evaluateTypes, type Target } from './evaluate-types.js'

/** Lines of source, type-checked together and looked at one by one. */

/** What the compiler says of one line. */
export interface CheckedLine {
  readonly type: string
  readonly diagnostics: readonly Diagnostic[]
  /** The sentence of the first diagnostic. */
  readonly sentence: string | undefined
  /** The sentences of all. */
  readonly sentences: readonly string[]
}

/** Type-checks expressions, each the value of a constant; `declarations` stand before them. */
export const checkLines = (lines: readonly string[], declarations = '', target: Target = 'src'): Map<string, CheckedLine> => {
  const before = `${preamble}${declarations.trim()}\n`
  const offset = before.split('\n').length
  const { types, diagnostics } = evaluateTypes(`${before}${lines.map((line, index) => `const n${index} = ${line}`).join('\n')}`, target)
  return new Map(
    lines.map((line, index) => {
      const own = diagnostics.filter((each) => each.line === index + offset)
      const sentences = own.map(sentenceOf)
      return [line, { type: types[`n${index}`] as string, diagnostics: own, sentence: sentences[0], sentences }]
    }),
  )
}

/** What a line of source throws when it runs; `known` are the functions that it may call besides `input`. */
export const thrownBy = (source: string, known: Readonly<Record<string, unknown>> = {}): unknown => {
  try {
    new Function('input', ...Object.keys(known), `return ${source}`)(input, ...Object.values(known))
  } catch (error) {
    return error
  }
  return undefined
}

/** The {@link ShapeError} of a call that has to fail, as plain data. */
export const refusal = (build: () => unknown): { message: string; operation: string; argument: string } => {
  try {
    build()
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error
    return { message: error.message, operation: error.operation, argument: error.argument }
  }
  throw new Error('It was not refused.')
}
