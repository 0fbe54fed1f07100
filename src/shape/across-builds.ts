/*
 * The ES module and the CommonJS build of the package can both be loaded in one program. Each has classes of its own, so what has to
 * be known in both is known by registered symbols.
 */

/**
 * Makes `instanceof` true for errors of the package's other build too. A class that extends the error keeps its own `instanceof`.
 *
 * @param errorClass the class
 * @param name its name, the same in both builds
 */
export const knownAcrossBuilds = (errorClass: abstract new (...args: never[]) => Error, name: string): void => {
  const brand = Symbol.for(`stridewise.${name}`)
  // As people know it: a bundler may have given the class another name, which Node prints.
  Object.defineProperty(errorClass, 'name', { value: name })
  Object.defineProperty(errorClass.prototype, brand, { value: true })
  Object.defineProperty(errorClass, Symbol.hasInstance, {
    value(this: unknown, value: unknown): boolean {
      if (this !== errorClass) return Function.prototype[Symbol.hasInstance].call(this as () => void, value)
      return typeof value === 'object' && value !== null && brand in value
    },
  })
}

/** What both builds share under a name; made by whichever asks for it first. */
export const sharedAcrossBuilds = <Value>(name: string, make: () => Value): Value => {
  const registry = globalThis as unknown as Record<symbol, Value | undefined>
  const key = Symbol.for(`stridewise.${name}`)
  const found = registry[key]
  if (found !== undefined) return found
  const value = make()
  Object.defineProperty(globalThis, key, { value })
  return value
}
