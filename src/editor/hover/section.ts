import type { Applied } from '../../layers/kind/layer.js'
import { printable } from '../../shape/printable.js'
import { builtFrom, chainOf } from '../layers/built.js'
import { argumentsOfCall, kindOfCall, tried } from '../layers/rule.js'
import { unwrittenLayers } from '../layers/unwritten.js'
import type { Call } from '../source/calls.js'
import { isMethod, isOfKind, type Source } from '../source/source.js'
import type { Answers, Question } from '../types/answer.js'
import { areWritten } from '../types/fewer.js'
import { networkIn, shownNumber, shownShape, wholeShape } from '../types/network-type.js'
import { type Line, macsLine, parameterLine, sizeLines } from './formula.js'
import { fieldText } from './receptive-field.js'
import { workedOutAt } from './worked-out.js'

/*
 * What the package adds to the hover of a layer: its formula with the numbers in it, its parameters, and the receptive field so far.
 */

/** The method at a position, on whose name the mouse rests; undefined elsewhere. */
export const hoveredCall = (source: Source, position: number): Call | undefined => {
  const call = source.calls.find(({ nameStart, nameEnd }) => nameStart <= position && position <= nameEnd)
  return call && (isMethod(source, call) || isOfKind(source, call, 'input')) ? call : undefined
}

/** What has to be asked for the hover of a call: itself, the beginning of its chain, and what is not written out before it. */
export const hoverQuestions = (source: Source, call: Call): readonly Question[] => {
  const chain = chainOf(source, call)
  const asked = chain.filter((each, index) => index === 0 || each === call || !areWritten(source, each))
  return [...asked, ...unwrittenLayers(source, chain)].map(({ nameStart, end }): Question => ({ kind: 'call', position: nameStart, end }))
}

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
  const field = fieldOf(source, call, answers)
  const total = after?.params === undefined || after.params === 0 ? [] : [{ term: 'parameters so far', text: shownNumber(after.params) }]
  const lines = [...shape, ...known, ...total, ...(field === undefined ? [] : [{ term: 'receptive field so far', text: field }])]
  return after ? lines : []
}

const isSameShape = (output: unknown, typed: unknown): boolean => Array.isArray(typed) && `${output}` === `${typed}`

const appliedBy = (source: Source, call: Call, answers: Answers, input: readonly number[]): Applied | undefined =>
  tried(kindOfCall(source, call), input, argumentsOfCall(source, call, answers.get(call.nameStart)))

/** The receptive field so far; undefined where the network that the text gives is not the one that the compiler knows. */
const fieldOf = (source: Source, call: Call, answers: Answers): string | undefined => {
  const typed = networkIn(answers.get(call.nameStart)?.type)
  if (!wholeShape(typed?.output)) return undefined
  const chain = chainOf(source, call)
  const network = builtFrom(source, chain, answers) ?? workedOutAt(source, call)
  if (!network || !isSameShape(network.output, typed?.output)) return undefined
  const params = typed?.params ?? network.params
  if (chain[0] === undefined || !isMethod(source, chain[0])) return params === network.params ? fieldText(network) : undefined
  // In the function of a branch the compiler counts from its beginning. Other functions may be called with other networks, too.
  return params <= network.params && isInNetwork(source, call) ? fieldText(network) : undefined
}

/** Whether a call stands in the arguments of a chain that begins with an input. */
const isInNetwork = (source: Source, call: Call): boolean => {
  let outer = call
  while (outer.parent) outer = outer.parent
  const [root] = chainOf(source, outer)
  return root !== undefined && ['input', 'inputs'].some((kind) => isOfKind(source, root, kind))
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
