import type { Source } from '../source/source.js'
import type { Answer } from './answer.js'

/*
 * Where else a type is shown that a hover shortens: 7.0 and 7.1 cut off the result of a method that takes a long layer value, and show
 * the name of a type of the user's that happens to be the same.
 */

/** Whether the result in an answer is cut off, or only a name. */
export const isShortened = ({ type }: Answer): boolean => type === undefined || type.includes('...') || /^[A-Z]\w*$/.test(type)

/** Another place whose hover has the type of a call. */
export interface OtherPlace {
  readonly position: number
  /** A method has it as what it is called on, a variable as its own type. */
  readonly kind: 'call' | 'name'
}

/** Another place that has the type of the call with its name at a position: the next method of the chain, or the variable. */
export const otherPlaceOf = ({ tokens, calls }: Source, position: number): OtherPlace | undefined => {
  const call = calls.find(({ nameStart }) => nameStart === position)
  if (!call) return undefined
  const next = calls.find(({ receiver }) => receiver === call)
  if (next) return { position: next.nameStart, kind: 'call' }
  const at = tokens.findIndex(({ start }) => start === call.start)
  const [declared, name, equals] = at < 3 ? [] : tokens.slice(at - 3, at)
  const behind = tokens.find(({ start }) => start >= call.end)
  // Nothing more belongs to the variable's value: a property, an operator.
  const isWhole = behind === undefined || behind.kind === 'name' || behind.text === ';' || behind.text === ','
  const isVariable = equals?.text === '=' && name?.kind === 'name' && ['const', 'let', 'var', ','].includes(declared?.text ?? '')
  return isVariable && isWhole ? { position: name.start, kind: 'name' } : undefined
}
