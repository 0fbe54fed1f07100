import { type HintSettings, standardHints } from './hints/hints.js'

/*
 * The settings of the plugin and of the language server, as users write them into tsconfig.json or into their editor.
 */

/** What is shown in the editor. */
export interface Settings {
  readonly hints: HintSettings
}

const choices = {
  calls: ['every', 'changes', 'none'],
  parameters: ['none', 'layer', 'total', 'both'],
} as const

/** Settings as they came; what is no setting keeps its default. */
export const settingsFrom = (given: unknown): Settings => {
  const hints = member(given, 'hints')
  if (hints === false) return { hints: { calls: 'none', names: false, parameters: 'none' } }
  const names = member(hints, 'names')
  return {
    hints: {
      calls: choice(choices.calls, member(hints, 'calls'), standardHints.calls),
      names: typeof names === 'boolean' ? names : standardHints.names,
      parameters: choice(choices.parameters, member(hints, 'parameters'), standardHints.parameters),
    },
  }
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined

const choice = <Value extends string>(all: readonly Value[], given: unknown, standard: Value): Value =>
  all.find((each) => each === given) ?? standard
