/* Tracks beside a line of volumes, for the lines that lead past others. */

/** A line from a place to a later one that is not the next. */
export interface Passing {
  readonly from: number
  readonly to: number
}

/** A line on its track. The lines of one place share a track, and those to one place the last stretch of their way. */
export interface OnTrack extends Passing {
  /** 0 for the nearest track. */
  readonly track: number
  /** Whether it is the longest on its track, which leads there from its place; the others leave that one. */
  readonly begins: boolean
  /** Whether it comes from the farthest track, and leads to its place; the others join that one. */
  readonly ends: boolean
}

/**
 * The lines on tracks, and how many tracks there are. Places whose lines overlap have different tracks, and the first of them the farthest,
 * so that what begins later and ends earlier lies inside. It takes time in proportion to the lines.
 */
export const tracksOf = (lines: readonly Passing[]): { readonly onTracks: readonly OnTrack[]; readonly count: number } => {
  const lasts = new Map<number, number>()
  for (const { from, to } of lines) lasts.set(from, Math.max(lasts.get(from) ?? 0, to))
  const tracks = new Map<number, number>()
  const groups = groupsOf([...lasts].sort(([one], [other]) => one - other))
  for (const group of groups) {
    const found = coloured(group)
    const most = found.reduce((farthest, each) => Math.max(farthest, each), 0)
    for (const [index, { from }] of group.entries()) tracks.set(from, most - (found[index] as number))
  }
  const trackOf = (from: number): number => tracks.get(from) as number
  const farthest = new Map<number, number>()
  for (const { from, to } of lines) farthest.set(to, Math.max(farthest.get(to) ?? 0, trackOf(from)))
  const onTracks = lines.map(({ from, to }): OnTrack => {
    const track = trackOf(from)
    return { from, to, track, begins: lasts.get(from) === to, ends: farthest.get(to) === track }
  })
  return { onTracks, count: lines.reduce((most, { from }) => Math.max(most, trackOf(from) + 1), 0) }
}

/** Ways from place to place, from the first to the last: those that overlap are in one group, also where others lie between them. */
const groupsOf = (ways: readonly (readonly [from: number, to: number])[]): Passing[][] => {
  const groups: Passing[][] = []
  let end = 0
  for (const [from, to] of ways) {
    if (from >= end) groups.push([])
    groups.at(-1)?.push({ from, to })
    end = Math.max(end, to)
  }
  return groups
}

/** A number for each way, which no other has that overlaps it. */
const coloured = (ways: readonly Passing[]): number[] => {
  /** The numbers that become free at each place. */
  const leaving = new Map<number, number[]>()
  const free: number[] = []
  let count = 0
  let place = 0
  return ways.map(({ from, to }) => {
    for (; place <= from; place += 1) for (const each of leaving.get(place) ?? []) free.push(each)
    const number = free.pop() ?? count++
    const others = leaving.get(to)
    if (others) others.push(number)
    else leaving.set(to, [number])
    return number
  })
}
