/** Limits of one text. A list that holds one list many times has the items of each. */
export const most = {
  steps: 200_000,
  /** Expressions inside each other, which are as many calls of functions here. */
  nested: 1_000,
  depth: 60,
  layers: 10_000,
  allLayers: 200_000,
  letters: 1_000,
  items: 1_000,
  itemsInside: 10_000,
} as const
