import type { Applied } from '../../layers/kind/layer.js'
import { printable } from '../../shape/printable.js'
import { argumentsOfCall, kindOfCall, tried } from '../layers/rule.js'
import type { Call } from '../source/calls.js'
import { receiverOf } from '../source/constants.js'
import { isMethod, isOfKind, type Source } from '../source/source.js'
import type { Answers, Question } from '../types/answer.js'
import { isShapes, networkIn, shownNumber, shownShape, wholeShape } from '../types/network-type.js'
import { type Line, macsLine, parameterLine, sizeLines } from './formula.js'
import { type Field, fieldText, ownField, widened } from './receptive-field.js'

/*
 * What the package adds to the hover of a layer: its formula with the numbers in it, its parameters, and the receptive field so far.
 */

/** Longer chains have no receptive field in hovers. */
const longestChain = 600

/** The method at a position, on whose name the mouse rests; undefined elsewhere. */
export const hoveredCall = (source: Source, position: number): Call | undefined => {
  const call = source.calls.find(({ nameStart, nameEnd }) => nameStart <= position && position <= nameEnd)
  return call && (isMethod(source, call) || isOfKind(source, call, 'input')) ? call : undefined
}

/** The calls of a chain up to one, from its beginning, which may be in the constants that it goes on from. */
const chainOf = (source: Source, call: Call): readonly Call[] => {
  const chain = new Set<Call>()
  // A constant that is made of itself is a mistake, and no reason to go round.
  for (let each: Call | undefined = call; each && !chain.has(each) && chain.size <= longestChain; each = receiverOf(source, each)) {
    chain.add(each)
  }
  return [...chain].reverse()
}

/** What has to be asked for the hover of a call: itself and the calls before it. */
export const hoverQuestions = (source: Source, call: Call): readonly Question[] =>
  chainOf(source, call).map(({ nameStart, end }): Question => ({ kind: 'call', position: nameStart, end }))

/** The lines of a hover; none where the compiler knows no shapes. */
export const hoverLines = (source: Source, call: Call, answers: Answers): readonly Line[] => {
  const own = answers.get(call.nameStart)
  const after = networkIn(own?.type)
  const before = networkIn(own?.receiver)
  const input = wholeShape(before?.output)
  const applied = input && appliedBy(source, call, answers, input)
  const shape =
    after?.output === undefined
      ? []
      : [
          {
            term: 'shape',
            text: before?.output === undefined ? shownShape(after.output) : `${shownShape(before.output)} → ${shownShape(after.output)}`,
          },
        ]
  const known =
    applied && isSameShape(applied.output, after?.output)
      ? [...sizeLines(kindOfCall(source, call), input, applied), ...parameterLine(applied), ...macsLine(applied)]
      : []
  const field = fieldText(fieldOf(source, call, answers))
  const total = after?.params === undefined || after.params === 0 ? [] : [{ term: 'parameters so far', text: shownNumber(after.params) }]
  const lines = [...shape, ...known, ...total, ...(field === undefined ? [] : [{ term: 'receptive field so far', text: field }])]
  return after ? lines : []
}

const isSameShape = (output: readonly number[], typed: unknown): boolean => Array.isArray(typed) && `${output}` === `${typed}`

const appliedBy = (source: Source, call: Call, answers: Answers, input: readonly number[]): Applied | undefined =>
  tried(kindOfCall(source, call), input, argumentsOfCall(source, call, answers.get(call.nameStart)))

/** The methods that leave the value as it is. */
const passing = new Set(['keep', 'chunk', 'split', 'expect'])

const fieldOf = (source: Source, call: Call, answers: Answers): Field => {
  const [root, ...layers] = chainOf(source, call)
  if (!root || !isOfKind(source, root, 'input')) return undefined
  const begin = networkIn(answers.get(root.nameStart)?.type)?.output
  const shape = wholeShape(begin)
  if (!shape || begin === undefined || isShapes(begin)) return undefined
  let field = ownField(shape)
  for (const layer of layers) {
    if (passing.has(layer.name)) continue
    const input = wholeShape(networkIn(answers.get(layer.nameStart)?.receiver)?.output)
    const applied = input && appliedBy(source, layer, answers, input)
    if (!applied) return undefined
    field = widened(field, kindOfCall(source, layer), input, applied)
  }
  return field
}

/** The lines as Markdown, for a server; every editor shows it. */
export const asMarkdown = (lines: readonly Line[]): string => lines.map(({ term, text }) => `${term}: ${codeSpan(text)}`).join('  \n')

/** Text as code in Markdown, whatever it holds: names of inputs and kept values may have backticks, behind which a link would be one. */
const codeSpan = (text: string): string => {
  const line = printable(text)
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  // A blank at both ends is no part of the code.
  const pad = longest > 0 ? ' ' : ''
  return `${fence}${pad}${line}${pad}${fence}`
}
