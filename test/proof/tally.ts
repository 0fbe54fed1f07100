/** What judges said of what was drawn, counted. */

/** What they said of one layer or network. */
export interface Finding {
  /** The row of the table that it counts for. */
  readonly row: string
  /** As source. */
  readonly source: string
  readonly verdict: 'agreed' | 'impossible' | 'refused' | 'different'
  /** Of a refusal: one of a closed list. */
  readonly reason?: string
  /** Of a difference: who says what, `'report: 12 parameters, oracle: 10'`. */
  readonly says?: readonly string[]
  /** The kinds of layers in a network, of which each counts by itself. */
  readonly kinds?: readonly string[]
  /** Of a network on which judges agree: whether its values differ by more than usual, as far as rounding explains. */
  readonly magnified?: boolean
  /** Of a damaged file: milliseconds, and bytes of memory. */
  readonly took?: { readonly time: number; readonly memory: number }
}

export interface Row {
  /** All judges take it, and say the same of it. */
  agreed: number
  /** All judges say that there can be none, for the same reason. */
  impossible: number
  different: number
  /** How often the package refuses what could be, by reason. */
  readonly refused: Record<string, number>
  /** How many networks have a kind of layer. */
  readonly kinds: Record<string, number>
  /** How many of the agreed networks magnify the rounding of 32 bits beyond the usual bound. */
  magnified: number
  /** The most that a damaged file took, in milliseconds and in bytes. */
  most: { time: number; memory: number }
}

/** A difference, and the smallest found that is like it. */
export interface Difference {
  readonly row: string
  readonly source: string
  readonly says: readonly string[]
}

export interface Tally {
  readonly rows: Record<string, Row>
  readonly differences: Difference[]
  /** The row of the difference that was made smaller, which comes first. */
  readonly minimized?: string
}

const nothing = { time: 0, memory: 0 }

const larger = (one: Row['most'], other: Row['most']): Row['most'] => ({
  time: Math.max(one.time, other.time),
  memory: Math.max(one.memory, other.memory),
})

export const rowOf = (tally: Tally, name: string): Row => {
  tally.rows[name] ??= { agreed: 0, impossible: 0, different: 0, magnified: 0, refused: {}, kinds: {}, most: { time: 0, memory: 0 } }
  return tally.rows[name]
}

export const count = (findings: readonly Finding[]): Tally => {
  const tally: Tally = { rows: {}, differences: [] }
  for (const { row: name, source, verdict, reason = '', says = [], kinds = [], magnified = false, took = nothing } of findings) {
    const row = rowOf(tally, name)
    row.most = larger(row.most, took)
    for (const kind of kinds) row.kinds[kind] = (row.kinds[kind] ?? 0) + 1
    if (verdict === 'refused') row.refused[reason] = (row.refused[reason] ?? 0) + 1
    else row[verdict] += 1
    if (magnified) row.magnified += 1
    if (verdict === 'different') tally.differences.push({ row: name, source, says })
  }
  return tally
}
