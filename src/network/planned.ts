import { withExactOutput } from '../layers/kind/exact-output.js'
import type { AcrossKind, Applied, LayerKind, Link, LinkKind } from '../layers/kind/layer.js'
import { type AnyLayer, isPlain } from '../layers/kind/value.js'
import { argumentNames, argumentsOf, joiningKinds, joinsOfTwo } from './arguments.js'
import { FormatError } from './format-error.js'
import type { GraphNode } from './graph.js'
import { kindOf } from './kinds.js'
import { inputLink } from './link.js'
import { requireCount } from './refusals.js'

/*
 * Layers made again from the settings that a graph's node has.
 */

/** A layer as its settings say it. */
export interface PlannedLayer {
  /** Unique in its network. */
  readonly name: string
  readonly kind: string
  /** The hyperparameters by their names, as they stand in a graph; those that are left out have their defaults. */
  readonly settings: Readonly<Record<string, unknown>>
}

/**
 * The link of a planned layer behind others.
 *
 * @throws {FormatError} when there is no such kind, or it cannot be made from its settings
 * @throws {ShapeError} when it does not fit where it stands
 */
export const linkFor = ({ name, kind, settings }: PlannedLayer, inputs: readonly Link[], format: string): Link => {
  const before = inputs[0] as Link
  const found = kindOf(kind) as LayerKind<unknown[]> | AcrossKind<unknown[]> | LinkKind<unknown[]> | undefined
  if (!found) throw new FormatError(`there is no layer of the kind '${kind}'.`, format, name)
  if ('extend' in found) {
    if (!(joiningKinds as readonly string[]).includes(kind)) throw new FormatError(`'${kind}' is no node of a graph.`, format, name)
    const [option] = Object.keys(settings)
    if (option !== undefined) throw new FormatError(`${kind}: there is no option '${option}'. It has none.`, format, name)
    const isOfTwo = (joinsOfTwo as readonly string[]).includes(kind)
    if (isOfTwo && inputs.length !== 2) throw new FormatError(`takes two inputs, not ${inputs.length}.`, format, name)
    if (inputs.length === 1) throw new FormatError('needs at least two inputs.', format, name)
    // The branches are there already: to follow one is to look it up.
    return withExactOutput(found.extend(before, (_, branch) => branch as AnyLayer & Link, ...inputs))
  }
  const across = 'across' in found && inputs.length === 2 ? found : undefined
  if (inputs.length !== 1 && !across)
    throw new FormatError(`takes ${'across' in found ? 'one input or two' : 'one input'}, not ${inputs.length}.`, format, name)
  const { output } = before.applied
  const applyTo = (args: readonly unknown[]): Applied => {
    requireCount(kind, found.takes, args)
    const applied = across ? across.applyAcross(output, (inputs[1] as Link).applied.output, ...args) : found.apply(output, ...args)
    // A kind that was defined by hand may call its settings what it likes; one of this package may have been given what it does not take.
    if (Object.entries(settings).some(([key, value]) => !sameValue(applied.settings[key], value)))
      throw new FormatError(`a layer of the kind '${kind}' cannot be made from its settings.`, format, name)
    return applied
  }
  const call = argumentsOf(kind, settings)
  const applied = call
    ? applyTo(Object.keys(call.options).length === 0 ? call.args : [...call.args, call.options])
    : firstThatFits(ownArguments(settings), applyTo)
  return withExactOutput({ kind, inputs, applied })
}

/**
 * What a kind that was defined by hand may have been given: its settings in their order, one object of them, or, as JSON may have been
 * written with other orders of keys, its settings in any other order. Of more than five only the first two are tried.
 */
const ownArguments = (settings: Readonly<Record<string, unknown>>): (readonly unknown[])[] => {
  const values = Object.values(settings)
  return values.length === 0 ? [[]] : [values, [settings], ...(values.length > 5 ? [] : orders(values).slice(1))]
}

const orders = (values: readonly unknown[]): (readonly unknown[])[] =>
  values.length < 2
    ? [values]
    : values.flatMap((value, index) => orders(values.filter((_, other) => other !== index)).map((rest) => [value, ...rest]))

/** The first result that is no error; where there is none, the first error. */
const firstThatFits = <Value, Result>(candidates: readonly Value[], make: (candidate: Value) => Result): Result => {
  const errors: unknown[] = []
  for (const candidate of candidates) {
    try {
      return make(candidate)
    } catch (error) {
      errors.push(error)
    }
  }
  throw errors[0]
}

/** Whether two values have the same JSON, whatever the order of their keys. */
const sameValue = (one: unknown, other: unknown): boolean => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))

/** A value whose keys are in the order of their names. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isPlain(value)) return value
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]))
}

/** The settings of a node without those that it would have anyway. */
export const settingsBesideDefaults = (node: GraphNode): Readonly<Record<string, unknown>> => {
  let settings = node.settings
  for (const key of Object.keys(settings).reverse()) {
    const { [key]: _, ...fewer } = settings
    if (makesNode(node, fewer)) settings = fewer
  }
  if (Object.hasOwn(argumentNames, node.kind)) return settings
  // Layers that are equal have equal data: those that were defined by hand may have got their settings in any order.
  const inOrder = sorted(settings) as Readonly<Record<string, unknown>>
  return makesNode(node, inOrder) ? inOrder : settings
}

/** Whether a layer of those settings is the node's. */
export const makesNode = (node: GraphNode, settings: Readonly<Record<string, unknown>>): boolean => {
  try {
    // A join is made of its inputs alone, however many there are.
    const shapes = (joiningKinds as readonly string[]).includes(node.kind) ? node.inputShapes.slice(0, 1) : node.inputShapes
    const inputs = shapes.map((shape) => inputLink(shape))
    const { applied } = linkFor({ name: node.name, kind: node.kind, settings }, inputs, 'typescript')
    const { name: _, ...own } = applied.settings
    // A node that has the weights of another lists none, as a rule.
    const weights = node.sharedWith !== undefined && node.weights.length === 0 ? [] : applied.weights
    return sameValue([own, applied.output, weights], [node.settings, node.output, node.weights])
  } catch {
    return false
  }
}
