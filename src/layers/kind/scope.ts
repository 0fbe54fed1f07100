import { fill, ShapeError, shown } from '../../shape/message.js'
import type { Shape } from '../../shape/shape.js'
import { keptTypeText, shapeTypeText } from '../../shape/type-text.js'
import type { Kept, Link, Scope } from './layer.js'

/*
 * Names of values at run time: what is kept, and what stands where there is no current value.
 */

/** The value of that name at a link. */
export const keptAt = (link: Link, name: string): Link | undefined => {
  for (let kept = link.scope?.kept; kept; kept = kept.before) if (kept.name === name) return kept.link
  return undefined
}

/** All names at a link, each with its value, the first first. */
export const allKeptAt = (link: Link): Map<string, Link> => {
  const found: [string, Link][] = []
  for (let kept = link.scope?.kept; kept; kept = kept.before) found.push([kept.name, kept.link])
  return new Map(found.reverse())
}

/** What was kept from one link to another behind it, the first first. */
export const keptSince = (end: Link, begin: Link): Kept[] => {
  const found: Kept[] = []
  for (let kept = end.scope?.kept; kept && kept !== begin.scope?.kept; kept = kept.before) found.push(kept)
  return found.reverse()
}

/** A scope in which one more value has a name. */
export const withName = (scope: Scope | undefined, name: string, link: Link): Scope => ({
  ...scope,
  kept: { name, link, before: scope?.kept },
})

/** A scope in which a value was kept, which the network's type says. */
export const keeping = (scope: Scope | undefined, name: string, link: Link): Scope =>
  saying(withName(scope, name, link), () => keptTypeText(name, link.applied.output))

/** A scope of which the network's type says one thing more. */
export const saying = (scope: Scope, text: () => string): Scope => ({
  ...scope,
  said: { text, before: scope.said },
})

/** A network's first type parameter: the shape of its input or of several, and what it keeps and shares. */
export const inputTextOf = (begin: Link, last: Link): string => {
  const texts: string[] = []
  for (let said = last.scope?.said; said; said = said.before) texts.push(said.text())
  return [typeTextOf(begin), ...texts.reverse()].join(' & ')
}

/** A link that is no layer: it passes a value on, in a scope of its own. */
export const passing = (value: Link, scope: Scope | undefined, after: readonly Link[] = []): Link => ({
  kind: 'pass',
  inputs: [value],
  passes: true,
  applied: { output: value.applied.output, settings: {}, weights: [], macs: 0, memory: 'view' },
  ...(value.values ? { values: value.values } : {}),
  ...(scope ? { scope } : {}),
  ...(after.length > 0 ? { after } : {}),
})

const unknownName =
  "{where}nothing is kept as '{name}' here. Check the name, or write .keep('{name}') after the layer whose output it is, outside of branches."
const noString = "{where}a name is needed, such as 'c3', not {given}."

/**
 * The value of a name, as `from`, `branch` and joins take it.
 *
 * @param where how the sentence begins, `'from: '`
 * @throws {ShapeError} when there is none
 */
export const valueNamed = (where: string, before: Link, name: unknown, argument = 'name'): Link => {
  const found = typeof name === 'string' ? keptAt(before, name) : undefined
  if (found) return found
  const sentence = typeof name === 'string' ? fill(unknownName, { where, name }) : fill(noString, { where, given: shown(name) })
  throw new ShapeError(sentence, where.split(':')[0] || 'from', argument)
}

export type UnknownName = typeof unknownName

const noName = '{operation}: a value needs a name that is not empty.'
const takenName = "{operation}: there is a value called '{name}' already. Give this one another name."

export type NoName = typeof noName
export type TakenName = typeof takenName

/**
 * Refuses a name that is empty, or that another value has.
 *
 * @throws {ShapeError} blaming the name
 */
export const requireNewName = (operation: string, before: Link, name: unknown): string => {
  if (typeof name !== 'string' || name.trim() === '') throw new ShapeError(fill(noName, { operation }), operation, 'name')
  if (keptAt(before, name)) throw new ShapeError(fill(takenName, { operation, name }), operation, 'name')
  return name
}

const noValue =
  "{operation}: there are several values here, and no current one. Go on from one with .from(name), or join them by their names: .concat('a', 'b')."

export type NoValue = typeof noValue

/**
 * Refuses a layer where there is no current value: behind `inputs`, `parallel` and `outputs`.
 *
 * @throws {ShapeError} that shows how to go on
 */
export const requireValue = (operation: string, before: Link): void => {
  if (!before.values) return
  throw new ShapeError(fill(noValue, { operation }), operation, '')
}

/** A shape or several, as their network has them. */
export const shapeOrShapes = (link: Link): Shape | Readonly<Record<string, Shape>> => {
  if (!link.values) return [...link.applied.output]
  return Object.fromEntries([...link.values].map(([name, value]) => [name, [...value.applied.output]]))
}

/** What a network's type says of a place in it: a shape, or several by their names. */
export const typeTextOf = (link: Link): string => shapeTypeText(shapeOrShapes(link))
