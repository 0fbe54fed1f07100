/*
 * How many layers a layer value adds, before they are added.
 */

const sizes = new WeakMap<object, number>()

/**
 * An upper bound of the layers that a value adds: a layer of layers has those of its arguments, and `repeat` that number several times.
 * A network has as many as it has nodes.
 */
export const sizeOf = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0
  const known = sizes.get(value)
  if (known !== undefined) return known
  const size = sizeIn(value)
  sizes.set(value, size)
  return size
}

const sizeIn = (value: object): number => {
  if (Array.isArray(value)) {
    const inside = value.reduce((sum: number, each) => sum + sizeOf(each), 0)
    // The method or the function, and its arguments: `['repeat', [3, block(...)]]`.
    const [name, args] = value
    return name === 'repeat' && Array.isArray(args) ? inside * timesIn(args) : inside
  }
  if ('kind' in value && 'given' in value) {
    const { kind, given } = value as { kind: unknown; given: unknown }
    const inside = 1 + sizeOf(given)
    return kind === 'repeat' && Array.isArray(given) ? inside * timesIn(given) : inside
  }
  if ('graph' in value) return (value as { graph: { nodes: readonly unknown[] } }).graph.nodes.length
  return Object.values(value).reduce((sum: number, each) => sum + sizeOf(each), 0)
}

/** A function that is repeated may hold a layer that is not seen from here. */
const timesIn = ([count]: readonly unknown[]): number => (typeof count === 'number' && count > 1 ? count : 1)
