import { most } from './limits.js'
import { UnreadError } from './syntax.js'

/*
 * What operators do with values of a text.
 */

export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

export const isPlain = (value: unknown): value is Record<string, unknown> => {
  if (!isObject(value) || Array.isArray(value)) return false
  return Object.getPrototypeOf(value) === Object.prototype
}

export const element = (of: unknown, at: unknown): unknown => {
  if (Array.isArray(of) && Number.isInteger(at)) return of[at as number]
  if (isPlain(of) && typeof at === 'string' && Object.hasOwn(of, at)) return of[at]
  throw new UnreadError('an index is not read without running the file')
}

export const number = (value: unknown): number => {
  if (typeof value !== 'number') throw new UnreadError('what is counted with is no number')
  return value
}

export const arithmetic = (sign: string, left: unknown, right: unknown): unknown => {
  if (sign === '+' && (typeof left === 'string' || typeof right === 'string')) {
    const parts = [left, right].map((part) => (typeof part === 'string' ? part : `${number(part)}`))
    if (parts.join('').length > most.letters) throw new UnreadError('a text is too long')
    return parts.join('')
  }
  const [a, b] = [number(left), number(right)]
  if (sign === '+') return a + b
  if (sign === '-') return a - b
  if (sign === '*') return a * b
  return sign === '/' ? a / b : a % b
}
