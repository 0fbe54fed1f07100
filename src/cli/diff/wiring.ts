import type { Layer } from '../../report/report.js'

/** A layer before and after. */
export interface LayerPair {
  readonly before: Layer
  readonly after: Layer
}

/**
 * Compares the connections of layers that both networks have: where their inputs come from, the names of their values and outputs, and
 * whose weights they reuse. Returns texts such as `from: c3 -> c4` for each layer, by its current name.
 *
 * If a neighbouring layer was added or removed, the new input of a layer is not reported as a change.
 */
export const wiringBetween = (pairs: readonly LayerPair[]): Map<string, readonly string[]> => {
  const currentNames = new Map(pairs.map(({ before, after }) => [before.name, after.name]))
  const survivors = new Set(currentNames.values())
  /** The current names of layers; undefined if one was removed. */
  const toCurrentNames = (names: readonly string[]): string[] | undefined => {
    const found = names.flatMap((name) => currentNames.get(name) ?? [])
    return found.length === names.length ? found : undefined
  }
  return new Map(
    pairs.map(({ before, after }) => {
      const changes: string[] = []
      const compare = (what: string, old: readonly string[] | undefined, current: readonly string[]): void => {
        if (old && JSON.stringify(old) !== JSON.stringify(current)) changes.push(`${what}: ${listText(old)} -> ${listText(current)}`)
      }
      if (after.from.every((name) => survivors.has(name))) compare('from', toCurrentNames(before.from), after.from)
      compare('kept as', before.kept ?? [], after.kept ?? [])
      compare('output', named(before.outputs), named(after.outputs))
      compare('weights of', weightsOf(before, currentNames), weightsOf(after))
      return [after.name, changes]
    }),
  )
}

/** Where an added layer stands: what it reads, unless that is the layer before it, and the names of its value. */
export const connectionsOf = ({ from, kept = [], outputs = [] }: Layer, before: string | undefined): readonly string[] => {
  const texts: string[] = []
  const add = (what: string, names: readonly string[]): void => {
    if (names.length > 0) texts.push(`${what}: ${listText(names)}`)
  }
  if (from.length !== 1 || from[0] !== before) add('from', from)
  add('kept as', kept)
  add('output', named(outputs))
  return texts
}

const named = (outputs: readonly string[] = []): readonly string[] => outputs.filter((name) => name !== 'output')

const listText = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '))

/** The layer whose weights a layer reuses, if any. */
const weightsOf = ({ sharedWith }: Layer, names?: ReadonlyMap<string, string>): string[] =>
  sharedWith === undefined ? [] : [names?.get(sharedWith) ?? sharedWith]
