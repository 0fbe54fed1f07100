/* Tracks beside a line of volumes, for the lines that lead past others. */

/** A line from a place to a later one that is not the next. */
export interface Passing {
  readonly from: number
  readonly to: number
}

/**
 * The track of each place that lines lead from, the nearest first. All lines from one place share its track, and places whose lines
 * overlap have different ones. It takes time in proportion to the lines.
 *
 * @param count the number of places
 */
export const tracksOf = (
  lines: readonly Passing[],
  count: number,
): { readonly tracks: ReadonlyMap<number, number>; readonly count: number } => {
  const ends = new Map<number, number>()
  for (const { from, to } of lines) ends.set(from, Math.max(ends.get(from) ?? 0, to))
  /** The tracks that become free at each place. */
  const leaving = new Map<number, number[]>()
  const free: number[] = []
  const tracks = new Map<number, number>()
  let used = 0
  for (let place = 0; place < count; place += 1) {
    for (const track of leaving.get(place) ?? []) free.push(track)
    const end = ends.get(place)
    if (end === undefined) continue
    const track = free.pop() ?? used++
    tracks.set(place, track)
    const others = leaving.get(end)
    if (others) others.push(track)
    else leaving.set(end, [track])
  }
  return { tracks, count: used }
}
