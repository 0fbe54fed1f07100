import type { Layer } from '../../report/report.js'

/** A layer before and after. */
export interface LayerPair {
  readonly before: Layer
  readonly after: Layer
}

/**
 * What changed around layers that both networks have: where their inputs come from, the names of their values and of the outputs that they give,
 * and whose weights they have. For each layer, by its name now, texts such as `from: c3 -> c4`.
 *
 * A layer beside one that was added or removed takes something else because of that, which is no news.
 */
export const wiringBetween = (pairs: readonly LayerPair[]): Map<string, readonly string[]> => {
  const now = new Map(pairs.map(({ before, after }) => [before.name, after.name]))
  const there = new Set(now.values())
  /** Names of layers as they are now; nothing where one was removed. */
  const asNow = (names: readonly string[]): string[] | undefined => {
    const found = names.flatMap((name) => now.get(name) ?? [])
    return found.length === names.length ? found : undefined
  }
  const named = (outputs: readonly string[] = []): readonly string[] => outputs.filter((name) => name !== 'output')
  return new Map(
    pairs.map(({ before, after }) => {
      const changes: string[] = []
      const compare = (what: string, old: readonly string[] | undefined, current: readonly string[]): void => {
        if (old && JSON.stringify(old) !== JSON.stringify(current)) changes.push(`${what}: ${listed(old)} -> ${listed(current)}`)
      }
      if (after.from.every((name) => there.has(name))) compare('from', asNow(before.from), after.from)
      compare('kept as', before.kept ?? [], after.kept ?? [])
      compare('output', named(before.outputs), named(after.outputs))
      compare('weights of', weightsOf(before, now), weightsOf(after))
      return [after.name, changes]
    }),
  )
}

const listed = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '))

/** Whose weights a layer has, if it has those of another. */
const weightsOf = ({ sharedWith }: Layer, names?: ReadonlyMap<string, string>): string[] =>
  sharedWith === undefined ? [] : [names?.get(sharedWith) ?? sharedWith]
