import { availableParallelism } from 'node:os'

/*
 * Several files at a time, as many as the machine has cores, with results and output in the order of the files.
 */

/** Where the output of a file goes. */
export type Print = (text: Uint8Array) => void

/** Prints at once what the first file has that is not done, and keeps back what the others print. */
const inTurn = (count: number): { readonly printOf: (index: number) => Print; readonly isDone: (index: number) => void } => {
  const waiting = Array.from({ length: count }, (): Uint8Array[] => [])
  const done = new Set<number>()
  let first = 0
  const flush = (): void => {
    for (const text of waiting[first]?.splice(0) ?? []) process.stderr.write(text)
  }
  return {
    printOf: (index) => (text) => {
      if (index === first) process.stderr.write(text)
      else waiting[index]?.push(text)
    },
    isDone: (index) => {
      done.add(index)
      while (done.has(first)) {
        first += 1
        flush()
      }
    },
  }
}

/** Does a piece of work for each item, several at a time. */
export const inParallel = async <Item, Result>(
  items: readonly Item[],
  work: (item: Item, print: Print) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = new Array(items.length)
  const { printOf, isDone } = inTurn(items.length)
  const rest = items.entries()
  const runner = async (): Promise<void> => {
    for (const [index, item] of rest) {
      results[index] = await work(item, printOf(index))
      isDone(index)
    }
  }
  await Promise.all(Array.from({ length: Math.min(items.length, Math.max(2, availableParallelism())) }, runner))
  return results
}
