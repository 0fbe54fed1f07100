/** Whether a value can have properties. */
export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Whether a value is an object, and no list. */
export const isRecord = (value: unknown): value is Record<string, unknown> => isObject(value) && !Array.isArray(value)

/** Whether something holds for an object; it does not where properties of the object throw. */
export const holds = (value: unknown, test: (value: Record<string, unknown>) => boolean): boolean => {
  try {
    return isObject(value) && test(value)
  } catch {
    return false
  }
}
