/** Maps the names for one, two and three axes to the same value: `conv1d`, `conv2d`, `conv3d`. */
export const byRank = <Stem extends string, Value, Ranks extends 1 | 2 | 3 = 1 | 2 | 3>(
  stem: Stem,
  value: Value,
  ranks: readonly Ranks[] = [1, 2, 3] as unknown as readonly Ranks[],
): Record<`${Stem}${Ranks}d`, Value> =>
  Object.fromEntries(ranks.map((rank) => [`${stem}${rank}d`, value])) as Record<`${Stem}${Ranks}d`, Value>
