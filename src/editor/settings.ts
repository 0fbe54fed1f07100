import { eitherOf, listOf } from '../shape/message.js'
import { printable } from '../shape/printable.js'
import { type HintSettings, standardHints } from './hints/hints.js'

/*
 * The settings of the plugin and of the language server, as users write them into tsconfig.json or into their editor.
 */

/** What is shown in the editor. */
export interface Settings {
  readonly hints: HintSettings
}

/** The values of each setting of hints. */
const accepted: { readonly [Name in keyof HintSettings]: readonly HintSettings[Name][] } = {
  calls: ['every', 'changes', 'none'],
  names: [true, false],
  parameters: ['none', 'layer', 'total', 'both'],
}

const hintNames = Object.keys(accepted) as (keyof HintSettings)[]

/** Settings as they came; what is no setting keeps its default. */
export const settingsFrom = (given: unknown): Settings => {
  const hints = member(given, 'hints')
  if (hints === false) return { hints: { calls: 'none', names: false, parameters: 'none' } }
  const chosen = <Name extends keyof HintSettings>(name: Name): HintSettings[Name] =>
    accepted[name].find((each) => each === member(hints, name)) ?? standardHints[name]
  return { hints: { calls: chosen('calls'), names: chosen('names'), parameters: chosen('parameters') } }
}

/**
 * What is wrong in settings, a sentence for each: names that are no settings, and values that a setting does not accept.
 *
 * @param others the names of settings beside `hints`, with the values that each accepts; any value where there is no list
 */
export const settingMistakes = (given: unknown, others: Readonly<Record<string, readonly unknown[] | undefined>>): readonly string[] => {
  if (isMissing(given)) return []
  if (!isRecord(given)) return [`The settings must be an object, not ${shownValue(given)}.`]
  const known: Readonly<Record<string, readonly unknown[] | undefined>> = { hints: undefined, ...others }
  const hints = given['hints']
  return [
    ...mistakesIn(given, known, ''),
    ...(isRecord(hints) ? mistakesIn(hints, accepted, 'hints.') : []),
    ...(isMissing(hints) || isRecord(hints) || typeof hints === 'boolean'
      ? []
      : [`The setting hints must be an object with ${listOf(hintNames)}, or false, not ${shownValue(hints)}.`]),
  ]
}

const mistakesIn = (
  given: Readonly<Record<string, unknown>>,
  known: Readonly<Record<string, readonly unknown[] | undefined>>,
  prefix: string,
): readonly string[] =>
  Object.entries(given).flatMap(([name, value]) => {
    const own = `${prefix}${name}`
    if (!Object.hasOwn(known, name)) {
      return [`There is no setting ${shown(own)}. The settings are ${listOf(Object.keys(known).map((each) => `${prefix}${each}`))}.`]
    }
    const values = known[name]
    if (values === undefined || isMissing(value) || values.includes(value)) return []
    return [`The setting ${own} must be ${eitherOf(values.map(shownValue))}, not ${shownValue(value)}.`]
  })

/** Longer names and values are cut off. */
const longestShown = 60

const shown = (text: string): string => {
  const line = printable(text)
  return line.length <= longestShown ? line : `${line.slice(0, longestShown)}...`
}

const shownValue = (value: unknown): string => {
  // What is inside may be too deep to be shown.
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object'
  return typeof value === 'string' ? shown(JSON.stringify(value)) : `${value}`
}

/** Editors send `null` for what is not set. */
const isMissing = (value: unknown): boolean => value === undefined || value === null

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const member = (value: unknown, name: string): unknown => (isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined)
