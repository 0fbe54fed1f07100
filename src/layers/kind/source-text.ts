/** What Node's console asks an object for its text by. */
export const inspected: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never

/** A value as source code: `[3, 3]`, `{ padding: "same" }`, and a layer value as the call that makes it. */
export const sourceOf = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(sourceOf).join(', ')}]`
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'function') return value.name || '...'
  if (Object.prototype.toString !== (value as object | undefined)?.toString) return String(value)
  const members = Object.entries(value as object).map(([name, each]) => `${name}: ${sourceOf(each)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}
