import { fileURLToPath } from 'node:url'
import type { Position, Range } from './text.js'

/*
 * What a client sends, looked at before it is used.
 */

/** What a client sent is not what the protocol says. Its sentence goes back to the client. */
export class ParamsError extends Error {
  override readonly name = 'ParamsError'
}

export type Fields = Readonly<Record<string, unknown>>

/** An object's members; an empty object for anything else. */
export const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}

/** The members of a list; none of anything else. */
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const largest = 2 ** 31

const whole = (value: unknown, what: string): number => {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > largest)
    throw new ParamsError(`${what} must be a whole number from 0.`)
  return value
}

/** A place in a file. */
export const positionIn = (value: unknown): Position => {
  const { line, character } = fields(value)
  return { line: whole(line, 'line'), character: whole(character, 'character') }
}

/** A range of a file. */
export const rangeIn = (value: unknown): Range => {
  const { start, end } = fields(value)
  return { start: positionIn(start), end: positionIn(end) }
}

const longestAddress = 10_000

/** What tells a request from others. */
export type Id = number | string

export const isId = (value: unknown): value is Id =>
  (typeof value === 'number' && Number.isFinite(value)) || (typeof value === 'string' && value.length <= 1_000)

/** Files outside of the editor that have changed, with nothing that the protocol does not say. */
export const changesIn = (params: unknown): readonly { readonly uri: string; readonly type: number }[] =>
  list(fields(params)['changes']).flatMap((change) => {
    const { uri, type } = fields(change)
    const isKnown = typeof uri === 'string' && uri.length <= longestAddress && (type === 1 || type === 2 || type === 3)
    return isKnown ? [{ uri, type }] : []
  })

/** A text that the protocol asks for. */
export const textIn = (value: unknown, what: string): string => {
  if (typeof value !== 'string') throw new ParamsError(`${what} must be a text.`)
  return value
}

/** The address of a document. */
export const addressIn = (params: unknown): string => {
  const { uri } = fields(fields(params)['textDocument'])
  if (typeof uri !== 'string' || uri.length > longestAddress) throw new ParamsError('textDocument.uri must be an address.')
  return uri
}

/** The path of an address; undefined where it is of no file, such as one that was never saved. */
export const pathOf = (address: unknown): string | undefined => {
  if (typeof address !== 'string' || address.length > longestAddress || !address.startsWith('file:')) return undefined
  try {
    const path = fileURLToPath(address)
    return path.includes('\0') ? undefined : path
  } catch {
    return undefined
  }
}
