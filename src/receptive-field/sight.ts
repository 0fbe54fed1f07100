/**
 * What the values of a map see of the network's input along one axis, as if the input had no edges.
 *
 * The value at a place p sees the cells from `low` to `high`. Both repeat with a period: p + `low.length` sees what p sees, `advance`
 * cells further on. After layers that do not enlarge their map the period is 1. Where branches of different steps are joined, a value
 * sees what each of them sees: there are several parts.
 */
export interface Part {
  readonly low: readonly number[]
  readonly high: readonly number[]
  readonly advance: number
}

export type Sight = readonly Part[]

/** Longer periods, and more parts, are replaced by what covers them. */
const longest = 256
const mostParts = 16

/** Every value sees the cell at its own place. */
export const ownCell: Sight = [{ low: [0], high: [0], advance: 1 }]

/** Every value sees the same cells. */
export const sameCells = (low: number, high: number): Sight => [{ low: [low], high: [high], advance: 0 }]

const gcd = (one: number, other: number): number => (other === 0 ? one : gcd(other, one % other))

/** Where in a period a place lies, and how many cells the periods before it are worth. */
const at = (values: readonly number[], advance: number, place: number): number => {
  const period = values.length
  const turns = Math.floor(place / period)
  return (values[place - turns * period] as number) + turns * advance
}

/** One part with period 1 that covers another: the least of what is seen before, and the most behind. */
const covering = ({ low, high, advance }: Part): Part => {
  const step = advance / low.length
  const least = low.reduce((bound, value, place) => Math.min(bound, value - place * step), Number.POSITIVE_INFINITY)
  const most = high.reduce((bound, value, place) => Math.max(bound, value - place * step), Number.NEGATIVE_INFINITY)
  return { low: [least], high: [most], advance: step }
}

/** How the places of a layer's map see those of the map before. */
export interface Step {
  /** Places of the layer's map after which its view repeats, if it does so after a whole number. */
  readonly period: number
  /** How many places of the map before that is. */
  readonly advance: number
  /** The places that it sees, `dilation` apart; `count` may be 0. */
  readonly windowAt: (place: number) => Window
  /** Bounds of what place p sees, from p * advance / period on: for a period that is too long to go through. */
  readonly within: readonly [least: number, most: number]
}

export interface Window {
  readonly first: number
  readonly count: number
  readonly dilation: number
}

/** What is seen through a layer. */
export const through = (sight: Sight, step: Step): Sight => sight.map((part) => partThrough(part, step))

const partThrough = (before: Part, { period, advance, windowAt, within }: Step): Part => {
  if (period > longest || !Number.isInteger(advance) || !Number.isInteger(period)) {
    const { low, high, advance: rate } = covering(before)
    const [least, most] = within
    return { low: [(low[0] as number) + rate * least], high: [(high[0] as number) + rate * most], advance: (rate * advance) / period }
  }
  /** How often the step repeats until the view before it repeats too. */
  const repeats = ({ low }: Part): number => low.length / gcd(low.length, advance)
  const part = repeats(before) * period > longest ? covering(before) : before
  const places = repeats(part) * period
  const low: number[] = []
  const high: number[] = []
  for (let place = 0; place < places; place += 1) {
    const { first, count, dilation } = windowAt(place)
    // Along the window every residue of the period comes first where it is lowest, and last where it is highest.
    const looked = Math.min(count, part.low.length)
    let least = Number.POSITIVE_INFINITY
    let most = Number.NEGATIVE_INFINITY
    for (let index = 0; index < looked; index += 1) {
      least = Math.min(least, at(part.low, part.advance, first + index * dilation))
      most = Math.max(most, at(part.high, part.advance, first + (count - 1 - index) * dilation))
    }
    low.push(least)
    high.push(most)
  }
  return { low, high, advance: ((advance * repeats(part)) / part.low.length) * part.advance }
}

/** What a value sees that takes in those at its place of several maps. */
export const joined = (sights: readonly Sight[], size: number): Sight => {
  const parts: Part[] = []
  for (const part of sights.flat()) {
    const same = parts.findIndex((other) => other.advance * part.low.length === part.advance * other.low.length)
    if (same < 0) parts.push(part)
    else parts[same] = merged(parts[same] as Part, part)
    if (parts.length > mostParts) parts.splice(0, parts.length, ...sameCells(...everything(parts, size)))
  }
  return parts
}

/** Two parts of one step as one. */
const merged = (one: Part, other: Part): Part => {
  const period = (one.low.length / gcd(one.low.length, other.low.length)) * other.low.length
  if (period > longest) return merged(covering(one), covering(other))
  const places = Array.from({ length: period }, (_, place) => place)
  return {
    low: places.map((place) => Math.min(at(one.low, one.advance, place), at(other.low, other.advance, place))),
    high: places.map((place) => Math.max(at(one.high, one.advance, place), at(other.high, other.advance, place))),
    advance: (period / one.low.length) * one.advance,
  }
}

/** The first and the last cell that any value of a map of that size sees. */
export const everything = (sight: Sight, size: number): [low: number, high: number] => {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (const { low, high, advance } of sight) {
    for (const place of placesAtEnds(size, low.length)) {
      least = Math.min(least, at(low, advance, place))
      most = Math.max(most, at(high, advance, place))
    }
  }
  return [least, most]
}

/** How many cells a value sees from the first to the last: the most of all values of a map of that size. */
export const fieldOf = (sight: Sight, size: number): number => {
  let most = 0
  for (const one of sight) {
    for (const other of sight) {
      // What one sees last is so much beyond what the other sees first: with a period of both, more at one end of the map.
      const together = (one.high.length / gcd(one.high.length, other.low.length)) * other.low.length
      const [high, low] = together > longest ? [covering(one), covering(other)] : [one, other]
      for (const place of placesAtEnds(size, Math.min(together, longest)))
        most = Math.max(most, at(high.high, high.advance, place) - at(low.low, low.advance, place) + 1)
    }
  }
  // Whole cells; fractions of a step can leave a small difference.
  return Math.floor(most + 1e-6)
}

/** The places of a map, or those of a period at both of its ends. */
const placesAtEnds = (size: number, period: number): number[] => {
  const places = Array.from({ length: Math.min(size, 2 * period) }, (_, place) => place)
  return size <= 2 * period ? places : places.map((place) => (place < period ? place : size - 2 * period + place))
}
