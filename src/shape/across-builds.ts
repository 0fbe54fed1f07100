import { isObject } from './objects.js'

/*
 * A program can load both the ES module and the CommonJS build of this package, and each build has its own classes. Registered symbols
 * identify what both builds must recognize.
 */

/**
 * Makes `instanceof` recognize errors of the package's other build. A class that extends the error keeps its own `instanceof`.
 *
 * @param errorClass the class
 * @param name its name, the same in both builds
 */
export const knownAcrossBuilds = (errorClass: abstract new (...args: never[]) => Error, name: string): void => {
  const brand = Symbol.for(`stridewise.${name}`)
  // Node prints the class's name, and a bundler may have changed it.
  Object.defineProperty(errorClass, 'name', { value: name })
  Object.defineProperty(errorClass.prototype, brand, { value: true })
  Object.defineProperty(errorClass, Symbol.hasInstance, {
    value(this: unknown, value: unknown): boolean {
      if (this !== errorClass) return Function.prototype[Symbol.hasInstance].call(this as () => void, value)
      return isObject(value) && brand in value
    },
  })
}

/** Returns the value that both builds share under a name. Whichever build asks first creates it. */
export const sharedAcrossBuilds = <Value>(name: string, make: () => Value): Value => {
  const registry = globalThis as unknown as Record<symbol, Value | undefined>
  const key = Symbol.for(`stridewise.${name}`)
  const found = registry[key]
  if (found !== undefined) return found
  const value = make()
  Object.defineProperty(globalThis, key, { value })
  return value
}
