import { availableParallelism } from 'node:os'

/* Processes several files in parallel, one per core. Results and output are in the order of the files. */

/** Receives the output of a file, line by line. */
export type Print = (text: string) => void

/** Prints the output of the first unfinished file at once, and buffers the output of the others. */
const printInOrder = (count: number): { readonly printOf: (index: number) => Print; readonly isDone: (index: number) => void } => {
  const buffered = Array.from({ length: count }, (): string[] => [])
  const done = new Set<number>()
  let first = 0
  const flush = (): void => {
    for (const text of buffered[first]?.splice(0) ?? []) process.stderr.write(text)
  }
  return {
    printOf: (index) => (text) => {
      if (index === first) process.stderr.write(text)
      else buffered[index]?.push(text)
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

/** Processes all items, several in parallel. */
export const inParallel = async <Item, Result>(
  items: readonly Item[],
  work: (item: Item, print: Print) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = new Array(items.length)
  const { printOf, isDone } = printInOrder(items.length)
  const queue = items.entries()
  const runner = async (): Promise<void> => {
    for (const [index, item] of queue) {
      results[index] = await work(item, printOf(index))
      isDone(index)
    }
  }
  await Promise.all(Array.from({ length: Math.min(items.length, Math.max(2, availableParallelism())) }, runner))
  return results
}
