/*
 * The name that a misspelt one is likely to mean.
 */

/** Names of other libraries, and what they are here. */
const elsewhere: Readonly<Record<string, string>> = {
  strides: 'stride',
  pad: 'padding',
  pads: 'padding',
  dilations: 'dilation',
  dilationRate: 'dilation',
  group: 'groups',
  useBias: 'bias',
  eps: 'epsilon',
  elementwiseAffine: 'affine',
  depthMultiplier: 'multiplier',
  mode: 'method',
  interpolation: 'method',
}

/** Words of other libraries, and what they are here. */
const wordsElsewhere: Readonly<Record<string, string>> = {
  ...{ linear: 'bilinear', trilinear: 'bilinear', cubic: 'bicubic', nearestExact: 'nearest' },
  ...{ edge: 'replicate', wrap: 'circular', zeros: 'constant', zero: 'constant', reflection: 'reflect', replication: 'replicate' },
  ...{ concatenate: 'concat', add: 'sum', half: 'same', up: 'ceil', down: 'floor', round: 'floor' },
}

/** A name as it is written here: `use_bias`, `nearest-exact` and `UseBias` have no other letters. */
const camelCase = (name: string): string =>
  name.replace(/[_-]+(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())

const nearest = (wrong: string, names: readonly string[], known: Readonly<Record<string, string>>): string | undefined => {
  const plain = camelCase(wrong)
  const meant = Object.hasOwn(known, plain) ? known[plain] : Object.hasOwn(known, wrong) ? known[wrong] : undefined
  return meant !== undefined && names.includes(meant) ? meant : nearestNames(plain, names)[0]
}

/** The name among some that is nearest to a misspelt one; undefined where none is near. */
export const nearestName = (wrong: string, names: readonly string[]): string | undefined => nearest(wrong, names, elsewhere)

/** The word among some that is nearest to a misspelt one; undefined where none is near. */
export const nearestWord = (wrong: string, words: readonly string[]): string | undefined => nearest(wrong, words, wordsElsewhere)

/** The names among some that are nearest to a misspelt one, all of them as near; none where none is near. */
export const nearestNames = (wrong: string, names: readonly string[]): readonly string[] => {
  if (wrong.length > 40) return []
  const near = names
    .map((name) => ({ name, distance: distanceOf(wrong.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.floor(Math.max(name.length, 3) / 3))
    .sort((a, b) => a.distance - b.distance)
  return near.filter(({ distance }) => distance === near[0]?.distance).map(({ name }) => name)
}

/** How many letters have to be put in, taken out or changed, or neighbours swapped. */
const distanceOf = (from: string, to: string): number => {
  const rows = [Array.from({ length: to.length + 1 }, (_, index) => index)]
  for (let at = 1; at <= from.length; at += 1) {
    const [before, twoBefore] = [rows[at - 1] as number[], rows[at - 2]]
    const row = [at]
    for (let other = 1; other <= to.length; other += 1) {
      const change = (before[other - 1] as number) + (from[at - 1] === to[other - 1] ? 0 : 1)
      const isSwap = from[at - 1] === to[other - 2] && from[at - 2] === to[other - 1]
      const swap = isSwap && twoBefore ? (twoBefore[other - 2] as number) + 1 : Number.POSITIVE_INFINITY
      row.push(Math.min(change, (before[other] as number) + 1, (row[other - 1] as number) + 1, swap))
    }
    rows.push(row)
  }
  return rows.at(-1)?.at(-1) as number
}
