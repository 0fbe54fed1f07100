import type { Call, Part } from '../source/calls.js'
import { type Edit, optionsAt, withImports, withOption } from '../source/edits.js'
import { arrowIn } from '../source/functions.js'
import { callOfPart, isOfKind, type Source, textOf } from '../source/source.js'

/*
 * Changes to the branches of a join.
 */

const windows = /^(?:conv[123]|separableConv[12]|depthwiseConv[123]|maxPool[123]|avgPool[123])d$/

/** Padding `'same'` in every window of a branch; nothing where it has none. */
export const withPadding = (source: Source, branch: Part | undefined): readonly Edit[] | undefined => {
  if (!branch) return undefined
  const inside = source.calls.filter(({ nameStart, end }) => branch.start <= nameStart && end <= branch.end)
  const edits = inside.flatMap((call) => {
    const kind = [...source.imports.names.keys()].find((name) => isOfKind(source, call, name)) ?? call.name
    return windows.test(kind) ? (withOption(source, call, 'padding', "'same'", optionsAt(kind))?.edits ?? []) : []
  })
  return edits.length === 0 ? undefined : edits
}

/** Layers behind the end of a branch, in the way in which the branch is written. */
export const withLayersBehind = (source: Source, branch: Part | undefined, layer: string): readonly Edit[] | undefined => {
  if (!branch) return undefined
  const { tokens } = source
  const arrow = arrowIn(source, branch)
  if (arrow !== undefined) {
    // A body in braces has statements.
    if (tokens[arrow + 1]?.text === '{') return undefined
    if (!layer.startsWith('block(')) return [{ start: branch.end, end: branch.end, text: `.${layer}` }]
    const { code, edits } = withImports(source, layer)
    return [...edits, { start: branch.end, end: branch.end, text: `.apply(${code})` }]
  }
  const written = textOf(source, branch)
  if (tokens[branch.first]?.kind === 'string' && branch.first === branch.last)
    return replaced(source, branch, `branch(${written}, ${layer})`)
  const call = callOfPart(source, branch)
  if (call && isOfKind(source, call, 'identity')) return replaced(source, branch, layer)
  if (call && ['block', 'branch'].some((kind) => isOfKind(source, call, kind))) {
    const { code, edits } = withImports(source, layer)
    const behind = call.args.at(-1)?.end ?? call.open
    return [...edits, { start: behind, end: behind, text: call.args.length > 0 ? `, ${code}` : code }]
  }
  if (!call && branch.first !== branch.last) return undefined
  return wrapped(source, branch, [], [layer])
}

/** A layer value in a block with others: `dense(10)` -> `block(flatten(), dense(10))`. */
export const wrapped = (
  source: Source,
  part: Pick<Part, 'start' | 'end'>,
  before: readonly string[],
  after: readonly string[],
): readonly Edit[] => {
  const head = `block(${before.map((each) => `${each}, `).join('')}`
  const tail = `${after.map((each) => `, ${each}`).join('')})`
  // Both ends are read together, so that each name is imported once.
  const { code, edits } = withImports(source, `${head}\u0000${tail}`)
  const [begin = '', end = ''] = code.split('\u0000')
  return [...edits, { start: part.start, end: part.start, text: begin }, { start: part.end, end: part.end, text: end }]
}

const replaced = (source: Source, part: Part, code: string): readonly Edit[] => {
  const made = withImports(source, code)
  return [...made.edits, { start: part.start, end: part.end, text: made.code }]
}

/** Another shortcut of a residual connection. */
export const withShortcut = (source: Source, call: Call, layer: string): readonly Edit[] | undefined => {
  const [body, given] = call.args
  if (!body) return undefined
  const arrow = arrowIn(source, body)
  const parameter = arrow === undefined ? undefined : source.text.slice(body.start, source.tokens[arrow]?.start).trim()
  const isSimple = parameter !== undefined && /^\w+\($/.test(layer.slice(0, layer.indexOf('(') + 1)) && /^\(?\w+\)?$/.test(parameter)
  const asFunction =
    isSimple && !/^(?:identity|block)\(/.test(layer) ? `${parameter} => ${parameter?.replace(/[()]/g, '')}.${layer}` : undefined
  const { code, edits } = asFunction === undefined ? withImports(source, layer) : { code: asFunction, edits: [] }
  if (given) return [...edits, { start: given.start, end: given.end, text: code }]
  return [...edits, { start: body.end, end: body.end, text: `, ${code}` }]
}
