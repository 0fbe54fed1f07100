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
  output_padding: 'outputPadding',
  mode: 'method',
  interpolation: 'method',
}

/** The name among some that is nearest to a misspelt one; undefined where none is near. */
export const nearestName = (wrong: string, names: readonly string[]): string | undefined => {
  const known = Object.hasOwn(elsewhere, wrong) ? elsewhere[wrong] : undefined
  return known !== undefined && names.includes(known) ? known : nearestNames(wrong, names)[0]
}

/** The names among some that are nearest to a misspelt one, all of them as near; none where none is near. */
export const nearestNames = (wrong: string, names: readonly string[]): readonly string[] => {
  if (wrong.length > 40) return []
  const near = names
    .map((name) => ({ name, distance: distanceOf(wrong.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.floor(Math.max(name.length, 3) / 3))
    .sort((a, b) => a.distance - b.distance)
  return near.filter(({ distance }) => distance === near[0]?.distance).map(({ name }) => name)
}

/** How many letters have to be put in, taken out or changed. */
const distanceOf = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let at = 1; at <= from.length; at += 1) {
    const next = [at]
    for (let other = 1; other <= to.length; other += 1) {
      const change = (row[other - 1] as number) + (from[at - 1] === to[other - 1] ? 0 : 1)
      next.push(Math.min(change, (row[other] as number) + 1, (next[other - 1] as number) + 1))
    }
    row = next
  }
  return row.at(-1) as number
}
