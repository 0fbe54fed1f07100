/** The symbol of the method through which Node's console formats an object. */
export const inspectSymbol: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never

/** A value as source code: `[3, 3]`, `{ padding: "same" }`, and a layer value as the call that creates it. */
export const sourceOf = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(sourceOf).join(', ')}]`
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'function') return value.name || '...'
  if (Object.prototype.toString !== (value as object | undefined)?.toString) return String(value)
  const members = Object.entries(value as object).map(([name, member]) => `${name}: ${sourceOf(member)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}
