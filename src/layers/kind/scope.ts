import { fill, ShapeError, shown } from '../../shape/message.js'
import type { Shape } from '../../shape/shape.js'
import { keptTypeText, shapeTypeText } from '../../shape/type-text.js'
import type { Kept, Link, Scope } from './layer.js'

/* Names of values at run time: kept values, and what to do if there is no current value. */

/** The value with this name at a link. */
export const keptAt = (link: Link, name: string): Link | undefined => {
  for (let kept = link.scope?.kept; kept; kept = kept.before) if (kept.name === name) return kept.link
  return undefined
}

/** All named values at a link, in the order of naming. */
export const allKeptAt = (end: Link): Map<string, Link> => new Map(keptSince(end).map(({ name, link }) => [name, link]))

/** The values kept between two links, in the order of naming. */
export const keptSince = (end: Link, start?: Link): Kept[] => {
  const found: Kept[] = []
  for (let kept = end.scope?.kept; kept && kept !== start?.scope?.kept; kept = kept.before) found.push(kept)
  return found.reverse()
}

/** A scope with one more named value. */
export const withName = (scope: Scope | undefined, name: string, link: Link): Scope => ({
  ...scope,
  kept: { name, link, before: scope?.kept },
})

/** A scope with one more kept value, which also appears in the network's type. */
export const withKeptValue = (scope: Scope | undefined, name: string, link: Link): Scope =>
  withTypeText(withName(scope, name, link), () => keptTypeText(name, link.applied.output))

/** A scope with one more part of the network's type. */
export const withTypeText = (scope: Scope, text: () => string): Scope => ({
  ...scope,
  typeTexts: { text, before: scope.typeTexts },
})

/** A network's first type parameter: the shape of its input or inputs, and what it keeps and shares. */
export const inputTextOf = (start: Link, last: Link): string => {
  const texts: string[] = []
  for (let entry = last.scope?.typeTexts; entry; entry = entry.before) texts.push(entry.text())
  return [typeTextOf(start), ...texts.reverse()].join(' & ')
}

/** A link that is not a layer: it passes a value on, in another scope. */
export const passThrough = (value: Link, scope: Scope | undefined, after: readonly Link[] = []): Link => ({
  kind: 'pass',
  inputs: [value],
  passes: true,
  applied: { output: value.applied.output, settings: {}, weights: [], macs: 0, memory: 'view' },
  values: value.values,
  scope,
  after,
})

const unknownName = "{where}nothing is kept as '{name}' here"
const checkName = ". Check the name, or write .keep('{name}') after the layer whose output it is, outside of branches."
const inTower = ", but '{full}' is."
const emptyName = '{where}needs a name that is not empty.'
const notAString = "{where}a name is needed, such as 'c3', not {given}."

/**
 * The value with a name, for `from`, `branch` and joins.
 *
 * @param where the start of the message, such as `'from: '`
 * @throws {ShapeError} when no value has that name, or several have: those of a tower
 */
export const valueNamed = (where: string, before: Link, name: unknown, argument = 'name'): Link => {
  const found = keptAt(before, name as string)
  if (found && !found.values) return found
  throw new ShapeError(unknownNameText(where, before, name), where.split(':')[0] || 'from', argument)
}

const unknownNameText = (where: string, before: Link, name: unknown): string => {
  if (typeof name !== 'string') return fill(notAString, { where, given: shown(name) })
  // The name may be that of a tower, or of a value inside one.
  const isPart = (known: string): boolean => known.startsWith(`${name}.`) || known.endsWith(`.${name}`)
  const full = [...allKeptAt(before).keys()].filter(isPart).sort()[0] as string
  return fill(name.trim() ? unknownName + (full ? inTower : checkName) : emptyName, { where, name, full })
}

export type UnknownName = `${typeof unknownName}{advice}`
export type CheckName = typeof checkName
export type InTower = typeof inTower
export type EmptyName = typeof emptyName

const noName = '{operation}: a value needs a name that is not empty.'
const takenName = "{operation}: there is a value called '{name}' already. Give this one another name."

export type NoName = typeof noName
export type TakenName = typeof takenName

/**
 * Requires a name that is not empty and that no other value has.
 *
 * @throws {ShapeError} for the name, otherwise
 */
export const requireNewName = (operation: string, before: Link, name: unknown): string => {
  if (typeof name !== 'string') throw new ShapeError(fill(notAString, { where: `${operation}: `, given: shown(name) }), operation, 'name')
  if (name.trim() === '') throw new ShapeError(fill(noName, { operation }), operation, 'name')
  if (keptAt(before, name)) throw new ShapeError(fill(takenName, { operation, name }), operation, 'name')
  return name
}

const noValue =
  "{operation}: there are several values here, and no current one. Go on from one with .from(name), or join them by their names: .concat('a', 'b')."

export type NoValue = typeof noValue

/**
 * Requires a current value. There is none after `inputs`, `parallel` and `outputs`.
 *
 * @throws {ShapeError} with how to continue, if there is none
 */
export const requireValue = (operation: string, before: Link): void => {
  if (!before.values) return
  throw new ShapeError(fill(noValue, { operation }), operation, '')
}

/** The current shape, or several by name. */
export const shapeOrShapes = (link: Link): Shape | Readonly<Record<string, Shape>> =>
  link.values ? shapesOf(link.values) : [...link.applied.output]

/** The shapes of values, by name. */
export const shapesOf = (values: ReadonlyMap<string, Link>): Readonly<Record<string, Shape>> =>
  Object.fromEntries([...values].map(([name, value]) => [name, [...value.applied.output]]))

/** The current shape or shapes, as in the network's type. */
export const typeTextOf = (link: Link): string => shapeTypeText(shapeOrShapes(link))
