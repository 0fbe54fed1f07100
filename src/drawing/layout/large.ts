import { isInput, type Volume } from '../volumes/volumes.js'

/** Dagre takes a second where lines pass as many columns together as this, and minutes for ten times as many. */
const mostPassed = 1000

/** Dagre takes time in proportion to more than the product of inputs and volumes: a second for this. */
const mostFromInputs = 150_000

/** Whether dagre would take long for volumes. */
export const isLarge = (volumes: readonly Volume[], most: number): boolean =>
  volumes.length > most || volumes.filter(isInput).length * volumes.length > mostFromInputs || columnsPassed(volumes) > mostPassed

/** How many columns the lines of volumes lead past, each volume in the column behind the last of its inputs. */
const columnsPassed = (volumes: readonly Volume[]): number => {
  const columns = new Map<string, number>()
  let passed = 0
  for (const { name, inputs } of volumes) {
    const before = inputs.map((input) => columns.get(input) ?? 0)
    const column = before.reduce((most, each) => Math.max(most, each), 0) + 1
    columns.set(name, column)
    for (const each of before) passed += column - each - 1
  }
  return passed
}

/** The places that volumes take values from, each before the place that takes it: 0 for what is none of them, and 1 for the first. */
export const linesBetween = (volumes: readonly Volume[]): { readonly from: number; readonly to: number }[] => {
  const places = new Map(volumes.map(({ name }, index) => [name, index + 1]))
  return volumes.flatMap(({ inputs }, index) =>
    [...new Set(inputs.map((name) => places.get(name) ?? 0))].map((from) => ({ from, to: index + 1 })),
  )
}
