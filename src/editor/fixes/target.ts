import type { Call, Part } from '../source/calls.js'
import { callOfPart, isMethod, isOfKind, partAt, type Source, type Span } from '../source/source.js'
import type { Located, Step } from './sentence.js'

/*
 * The call that a sentence is about.
 */

/** The call that refused; undefined where it is not written in this text. */
export const targetOf = (source: Source, underlined: Span, { path, operation }: Located): Call | undefined => {
  const part = partAt(source, underlined)
  if (path.length > 0) {
    const at = part ? followed(source, part, path) : undefined
    return at && callNamed(source, at, operation)
  }
  const around = source.calls
    .filter((call) => isOfKind(source, call, operation) && call.nameStart <= underlined.start && underlined.end <= call.end)
    .at(-1)
  return around ?? (part && callNamed(source, part, operation))
}

/** The call of that name that a part is: written there, or behind the name of a constant or of a shared layer. */
const callNamed = (source: Source, part: Part, name: string): Call | undefined => {
  const call = callAt(source, part)
  if (!call) return undefined
  if (isOfKind(source, call, name)) return call
  const [, inside] = call.name === 'shared' ? call.args : []
  return inside && callNamed(source, inside, name)
}

/** Where the steps lead from what is underlined. */
const followed = (source: Source, part: Part, path: readonly Step[]): Part | undefined => {
  const [step, ...rest] = path
  if (!step) return part
  const call = callAt(source, part)
  const inside = call?.name === 'shared' ? call.args[1] : undefined
  if (inside) return followed(source, inside, path)
  const of = call && isOfKind(source, call, step.of) && !isMethod(source, call) ? call : undefined
  // A method's own argument is underlined itself: the first step is taken already.
  if (!of) return step.of === 'block' ? undefined : isArgumentOf(source, part, step) ? followed(source, part, rest) : undefined
  const isSpread = of.args.slice(0, step.at + 1).some(({ first }) => source.tokens[first]?.text === '...')
  const next = step.at < 0 ? of.args.at(-1) : of.args[step.at]
  return next && !isSpread ? followed(source, next, rest) : undefined
}

const isArgumentOf = (source: Source, { start, end }: Part, { of }: Step): boolean =>
  source.calls.some((call) => isOfKind(source, call, of) && call.args.some((each) => each.start === start && each.end === end))

/** The call that a part is, or that the constant is whose name it is. */
const callAt = (source: Source, part: Part): Call | undefined => {
  const value = part.first === part.last ? valueOfConstant(source, source.tokens[part.first]?.text ?? '') : part
  return value && callOfPart(source, value)
}

/** `block(...)` of `const stem = block(...)`; undefined where there is none, or more than one of that name. */
const valueOfConstant = ({ tokens, calls }: Source, name: string): Span | undefined => {
  const found = tokens.flatMap((token, at) => {
    const isDeclared = token.text === name && tokens[at - 1]?.text === 'const' && tokens[at + 1]?.text === '='
    const begin = isDeclared ? tokens[at + 2]?.start : undefined
    return begin === undefined ? [] : calls.filter(({ start, dot }) => start === begin && dot === undefined)
  })
  return found.length === 1 ? found[0] : undefined
}
