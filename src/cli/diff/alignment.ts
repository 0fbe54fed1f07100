import { diffArrays } from 'diff'

/** What an alignment compares of a layer. */
export interface Comparable {
  /** The kind, the settings and the explicit name: only layers with equal ones can be the same. */
  readonly key: string
  /** The names under which its value is kept. */
  readonly kept: string
  /** The names under which the values that it reads are kept. */
  readonly reads: string
}

/** A layer before and the same layer after, by their places. */
type Match = readonly [before: number, after: number]

/**
 * The layers that are the same before and after, as many as possible in order. Where a network names values, layers with the same names are
 * preferred: of three equal layers of which the first was removed, the other two keep their names.
 */
export const alignedIn = (before: readonly Comparable[], after: readonly Comparable[]): readonly Match[] => {
  const most = Math.min(before.length, after.length)
  let end = 0
  while (end < most && isEqual(before.at(-1 - end), after.at(-1 - end))) end += 1
  const [old, current] = [before.slice(0, before.length - end), after.slice(0, after.length - end)]
  const isNamed = [...old, ...current].some(({ kept, reads }) => kept !== '' || reads !== '')
  const inside = isNamed && old.length * current.length <= maxCells ? alignedByNames(old, current) : alignedByKeys(old, current)
  return [...inside, ...Array.from({ length: end }, (_, at): Match => [old.length + at, current.length + at])]
}

const isEqual = (one: Comparable | undefined, other: Comparable | undefined): boolean =>
  one?.key === other?.key && one?.kept === other?.kept && one?.reads === other?.reads

/** Larger tables are not computed. */
const maxCells = 4_000_000

/** The longest common subsequence of the keys. */
const alignedByKeys = (before: readonly Comparable[], after: readonly Comparable[]): readonly Match[] => {
  const found: Match[] = []
  let [at, other] = [0, 0]
  const keys = [before, after].map((layers) => layers.map(({ key }) => key)) as [string[], string[]]
  for (const { added, removed, count } of diffArrays(...keys)) {
    if (!added && !removed) for (let step = 0; step < count; step += 1) found.push([at + step, other + step])
    if (!added) at += count
    if (!removed) other += count
  }
  return found
}

/** More than all names of a network can add. */
const ofKeys = 1e6

/** What two layers with one key have in common. */
const scoreOf = (one: Comparable, other: Comparable): number =>
  ofKeys + (one.kept !== '' && one.kept === other.kept ? 2 : 0) + (one.reads !== '' && one.reads === other.reads ? 1 : 0)

/** Of the longest common subsequences of the keys, one with the most names in common, by the table of all beginnings. */
const alignedByNames = (before: readonly Comparable[], after: readonly Comparable[]): readonly Match[] => {
  const width = after.length + 1
  const best = new Float64Array((before.length + 1) * width)
  const at = (one: number, other: number): number => best[one * width + other] as number
  const matched = (one: number, other: number): number => {
    const [old, current] = [before[one - 1] as Comparable, after[other - 1] as Comparable]
    return old.key === current.key ? at(one - 1, other - 1) + scoreOf(old, current) : 0
  }
  for (let one = 1; one <= before.length; one += 1)
    for (let other = 1; other <= after.length; other += 1)
      best[one * width + other] = Math.max(at(one - 1, other), at(one, other - 1), matched(one, other))
  const found: Match[] = []
  for (let [one, other] = [before.length, after.length]; one > 0 && other > 0; ) {
    // Where there is a choice, the later layers are the same, so that a removed layer and the one before it are removed together.
    if (at(one, other) === matched(one, other)) found.push([--one, --other])
    else if (at(one, other) === at(one, other - 1)) other -= 1
    else one -= 1
  }
  return found.reverse()
}
