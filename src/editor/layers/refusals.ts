import type { LayerKind } from '../../layers/kind/layer.js'
import { argumentNames } from '../../network/arguments.js'
import { kindOf } from '../../network/kinds.js'
import { optionsAt } from '../source/edits.js'
import { least } from './standing.js'

/*
 * What a kind of layer says of options that it does not know, and of words that it does not accept.
 */

/** Inputs with few and with many axes, on one of which any layer stands. */
const someInputs = [[8], [8, 8], [8, 8, 8], [8, 8, 8, 8]]

/** What a layer says with an option, on each of some inputs; undefined where it fits. */
const answersWith = (kind: string, options: Readonly<Record<string, unknown>>): readonly (string | undefined)[] => {
  const found = kindOf(kind) as LayerKind<unknown[]> | undefined
  if (!found || !('apply' in found) || optionsAt(kind) === undefined) return []
  const args = argumentNames[kind as keyof typeof argumentNames].map((name) => least[name])
  return someInputs.map((shape) => {
    try {
      found.apply(shape, ...args, options)
      return undefined
    } catch (error) {
      return error instanceof Error ? error.message : `${error}`
    }
  })
}

/** The options that a kind of layer has; none where it takes no options. */
export const knownOptions = (kind: string): readonly string[] => {
  const found = answersWith(kind, { '': 0 }).map((message) => /: there is no option ''\. The options are (.*)\.$/.exec(message ?? '')?.[1])
  return found.find((names) => names !== undefined)?.split(/, | and /) ?? []
}

/** The words that an option accepts; none where it is not of words. */
export const wordsOf = (kind: string, option: string): readonly string[] => {
  const refusal = answersWith(kind, { [option]: '' }).find((message) => message?.includes(`: ${option} must be `))
  return [...(refusal?.replace(/, not [^,]*$/, '').matchAll(/'(\w+)'/g) ?? [])].map(([, word = '']) => word)
}

/** What a layer does without the option, which may not fit. */
const standard: ReadonlySet<string> = new Set(['exact', 'valid'])

/** The words that an option accepts on every input on which its layer stands, and that make nothing misfit. */
export const wordsOnAnyInput = (kind: string, option: string): readonly string[] => {
  const stands = answersWith(kind, {}).map((message) => message === undefined)
  const isAccepted = (word: string): boolean =>
    answersWith(kind, { [option]: word }).every((message, index) => !stands[index] || message === undefined)
  return wordsOf(kind, option).filter((word) => !standard.has(word) && isAccepted(word))
}
