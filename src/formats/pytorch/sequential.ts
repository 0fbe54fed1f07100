import { pythonText } from '../../shape/quoted.js'
import { callText, literalText, maxLineLength } from './call.js'
import type { Classes } from './classes.js'
import { type Entry, isJoinEntry } from './entries.js'
import { attributeName, distinct, isNamed } from './names.js'

/** The source of entries, and their positions in the module. */

/** Returns the text for the next argument of the calls. */
export type Values = () => string

/** The call that creates an entry. */
export const entryText = (entry: Entry, classes: Classes, indent: string, values?: Values): string => {
  const { callee, args } = isJoinEntry(entry) ? classes.callOf(entry) : entry.call
  const texts = args.map(({ name, value, keyword }) => {
    const text = values ? values() : literalText(value)
    return keyword ? `${name}=${text}` : text
  })
  return callText(callee, texts, indent)
}

/** The names of entries in an `nn.Sequential`: those of their layers if one has an explicit name, otherwise their numbers. */
export const entryNames = (entries: readonly Entry[], mayBeNamed: boolean): readonly string[] => {
  if (!mayBeNamed || !entries.some(({ node }) => isNamed(node))) return entries.map((_, index) => `${index}`)
  return distinct(
    entries.map((entry) => {
      const role = isJoinEntry(entry) ? '' : entry.role
      return attributeName(role === '' ? entry.node.name : `${entry.node.name}_${role}`)
    }),
  )
}

/** The arguments of an `nn.Sequential`, one per line. */
export const sequentialLines = (
  entries: readonly Entry[],
  names: readonly string[],
  classes: Classes,
  indent: string,
  values?: Values,
): string[] => {
  const texts = entries.map((entry) => entryText(entry, classes, indent, values))
  const numbered = names.every((name, index) => name === `${index}`)
  if (!numbered) {
    const inner = `${indent}    `
    return [
      `${indent}OrderedDict(`,
      `${inner}[`,
      ...names.map((name, index) => `${inner}    (${pythonText(name)}, ${(texts[index] as string).replaceAll('\n', '\n        ')}),`),
      `${inner}]`,
      `${indent})`,
    ]
  }
  return repeated(texts, indent).map((text) => `${indent}${text},`)
}

/** Writes repeated lines once. */
const repeated = (lines: readonly string[], indent: string): string[] => {
  const oneLiners: string[] = []
  for (let at = 0; at < lines.length; ) {
    const { period, times } = longestRepeat(lines, at)
    const once = lines.slice(at, at + period)
    if (times < 3 || once.some((line) => line.includes('\n'))) {
      oneLiners.push(lines[at] as string)
      at += 1
      continue
    }
    oneLiners.push(repetition(once, times, indent))
    at += period * times
  }
  return oneLiners
}

/** Repeated layers: `*(Block(64) for _ in range(3))`. */
const repetition = (once: readonly string[], times: number, indent: string): string => {
  if (once.length === 1) return `*(${once[0]} for _ in range(${times}))`
  const line = `*(layer for _ in range(${times}) for layer in (${once.join(', ')}))`
  if (indent.length + line.length < maxLineLength) return line
  const inner = `${indent}    `
  const layers = once.map((each) => `${inner}    ${each},\n`).join('')
  return `*(\n${inner}layer\n${inner}for _ in range(${times})\n${inner}for layer in (\n${layers}${inner})\n${indent})`
}

const periods = [1, 2, 3, 4]

/** The repetition from a line on that saves the most lines. */
const longestRepeat = (lines: readonly string[], at: number): { period: number; times: number } => {
  const found = periods.map((period) => {
    let times = 1
    // An entry of several lines is written each time.
    if (lines.slice(at, at + period).some((line) => line.includes('\n'))) return { period, times }
    while (lines.slice(at, at + period).every((line, index) => lines[at + times * period + index] === line)) times += 1
    return { period, times }
  })
  return found.reduce((best, each) => ((each.times - 1) * each.period > (best.times - 1) * best.period ? each : best))
}
