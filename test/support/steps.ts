/**
 * Counts what code does, by what it asks of lists, maps and texts: so growth is seen whatever the machine does at the same time.
 *
 * A list that is copied, searched or gone through counts as many steps as it has members, a look-up one, a text as many as it has letters.
 */
export const steps = (run: () => void): number => {
  let count = 0
  const restored: (() => void)[] = []
  const counted = (
    of: object,
    names: readonly PropertyKey[],
    size: (self: never, args: readonly unknown[], result: never) => number,
  ): void => {
    for (const name of names) {
      const descriptor = Object.getOwnPropertyDescriptor(of, name) as PropertyDescriptor
      const own = descriptor.value as (...args: unknown[]) => unknown
      Object.defineProperty(of, name, {
        ...descriptor,
        value: function (this: never, ...args: unknown[]) {
          const result = own.apply(this, args)
          count += size(this, args, result as never)
          return result
        },
      })
      restored.push(() => Object.defineProperty(of, name, descriptor))
    }
  }
  const length = (self: ArrayLike<unknown>): number => self.length
  const lists = ['every', 'filter', 'find', 'findIndex', 'flat', 'flatMap', 'forEach', 'includes', 'indexOf', 'join', 'map', 'reduce']
  const others = ['reverse', 'shift', 'some', 'sort', 'splice', 'unshift', 'entries', 'values', Symbol.iterator]
  counted(Array.prototype, [...lists, ...others], length)
  counted(Array.prototype, ['push'], (_, args) => args.length)
  counted(Array.prototype, ['slice'], (_, __, result) => length(result))
  counted(Map.prototype, ['get', 'has', 'set'], () => 1)
  counted(Set.prototype, ['add', 'has'], () => 1)
  counted(String.prototype, ['replace', 'replaceAll'], length)
  const numbers = Object.getPrototypeOf(Float32Array.prototype)
  counted(numbers, ['every'], length)
  counted(numbers, ['set'], (_, [from]) => length(from as ArrayLike<unknown>))
  counted(numbers, ['slice'], (_, __, result) => length(result))
  counted(Object, ['entries', 'keys', 'values'], (_, [of]) => Object.getOwnPropertyNames(of).length)
  const stringify = JSON.stringify
  JSON.stringify = ((...args: Parameters<typeof JSON.stringify>) => {
    const text = stringify(...args)
    count += text?.length ?? 0
    return text
  }) as typeof JSON.stringify
  restored.push(() => {
    JSON.stringify = stringify
  })
  try {
    run()
  } finally {
    for (const restore of restored.reverse()) restore()
  }
  return count
}
