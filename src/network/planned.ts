import { withExactOutput } from '../layers/kind/exact-output.js'
import type { AcrossKind, Applied, LayerKind, Link, LinkKind } from '../layers/kind/layer.js'
import { type AnyLayer, isPlain } from '../layers/kind/value.js'
import { argumentNames, argumentsOf, joiningKinds, joinsOfTwo } from './arguments.js'
import { FormatError } from './format-error.js'
import type { GraphNode } from './graph.js'
import { kindOf } from './kinds.js'
import { inputLink } from './link.js'
import { requireCount } from './refusals.js'

/* Creates layers from the settings in a graph's nodes. */

/** A layer described by its settings. */
export interface PlannedLayer {
  /** Unique in its network. */
  readonly name: string
  readonly kind: string
  /** The hyperparameters by name, as in a graph. Omitted ones have their defaults. */
  readonly settings: Readonly<Record<string, unknown>>
}

/**
 * Creates a layer from its plan, after the given inputs.
 *
 * @throws {FormatError} when the kind does not exist, or its settings do not make a layer
 * @throws {ShapeError} when the layer does not accept its inputs
 */
export const linkFor = ({ name, kind, settings }: PlannedLayer, inputs: readonly Link[], format: string): Link => {
  const before = inputs[0] as Link
  const layerKind = kindOf(kind) as LayerKind<unknown[]> | AcrossKind<unknown[]> | LinkKind<unknown[]> | undefined
  if (!layerKind) throw new FormatError(`there is no layer of the kind '${kind}'.`, format, name)
  if ('extend' in layerKind) {
    if (!(joiningKinds as readonly string[]).includes(kind)) throw new FormatError(`'${kind}' is no node of a graph.`, format, name)
    const [option] = Object.keys(settings)
    if (option !== undefined) throw new FormatError(`${kind}: there is no option '${option}'. It has none.`, format, name)
    const isOfTwo = (joinsOfTwo as readonly string[]).includes(kind)
    if (isOfTwo && inputs.length !== 2) throw new FormatError(`takes two inputs, not ${inputs.length}.`, format, name)
    if (inputs.length === 1) throw new FormatError('needs at least two inputs.', format, name)
    // The branches exist already, so following one means returning it.
    return withExactOutput(layerKind.extend(before, (_, branchLink) => branchLink as AnyLayer & Link, ...inputs))
  }
  const across = 'across' in layerKind && inputs.length === 2 ? layerKind : undefined
  if (inputs.length !== 1 && !across)
    throw new FormatError(`takes ${'across' in layerKind ? 'one input or two' : 'one input'}, not ${inputs.length}.`, format, name)
  const { output } = before.applied
  const applyTo = (args: readonly unknown[]): Applied => {
    requireCount(kind, layerKind.takes, args)
    const applied = across ? across.applyAcross(output, (inputs[1] as Link).applied.output, ...args) : layerKind.apply(output, ...args)
    // A custom kind may use any names for its settings. A built-in kind may have received settings that it does not take.
    if (Object.entries(settings).some(([key, value]) => !sameValue(applied.settings[key], value)))
      throw new FormatError(`a layer of the kind '${kind}' cannot be made from its settings.`, format, name)
    return applied
  }
  const call = argumentsOf(kind, settings)
  const applied = call
    ? applyTo(Object.keys(call.options).length === 0 ? call.args : [...call.args, call.options])
    : firstThatFits(possibleArguments(settings), applyTo)
  return withExactOutput({ kind, inputs, applied })
}

/**
 * The arguments that a custom kind may have been called with: its settings in order, one object of them, or its settings in any other
 * order, since JSON may have reordered the keys. With more than five settings only the first two are tried.
 */
const possibleArguments = (settings: Readonly<Record<string, unknown>>): (readonly unknown[])[] => {
  const values = Object.values(settings)
  return [values, [settings], ...(values.length > 5 ? [] : permutations(values).slice(1))]
}

const permutations = (values: readonly unknown[]): (readonly unknown[])[] =>
  values.length < 2
    ? [values]
    : values.flatMap((value, index) => permutations(values.filter((_, other) => other !== index)).map((rest) => [value, ...rest]))

/** The first result without an error; if there is none, throws the first error. */
const firstThatFits = <Value, Result>(candidates: readonly Value[], make: (candidate: Value) => Result): Result => {
  let first: unknown
  for (const candidate of candidates) {
    try {
      return make(candidate)
    } catch (error) {
      first ??= error
    }
  }
  throw first
}

/** Whether two values have the same JSON, whatever the order of their keys. */
const sameValue = (one: unknown, other: unknown): boolean => JSON.stringify(sortKeys(one)) === JSON.stringify(sortKeys(other))

/** A copy of a value with sorted keys. */
const sortKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (!isPlain(value)) return value
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([key, member]) => [key, sortKeys(member)]))
}

/** The settings of a node that differ from the defaults. */
export const settingsBesideDefaults = (node: GraphNode): Readonly<Record<string, unknown>> => {
  let settings = node.settings
  for (const key of Object.keys(settings).reverse()) {
    const { [key]: _, ...remaining } = settings
    if (makesNode(node, remaining)) settings = remaining
  }
  if (Object.hasOwn(argumentNames, node.kind)) return settings
  // Equal layers must have equal data, but custom layers may list their settings in any order.
  const sortedSettings = sortKeys(settings) as Readonly<Record<string, unknown>>
  return makesNode(node, sortedSettings) ? sortedSettings : settings
}

/** Whether a layer with these settings is the same as the node. */
export const makesNode = (node: GraphNode, settings: Readonly<Record<string, unknown>>): boolean => {
  try {
    // A join has no arguments but its inputs, however many there are.
    const shapes = (joiningKinds as readonly string[]).includes(node.kind) ? node.inputShapes.slice(0, 1) : node.inputShapes
    const inputs = shapes.map((shape) => inputLink(shape))
    const { applied } = linkFor({ name: node.name, kind: node.kind, settings }, inputs, 'typescript')
    const { name: _, ...hyperparameters } = applied.settings
    // A node that reuses the weights of another usually lists none.
    const weights = node.sharedWith !== undefined && node.weights.length === 0 ? [] : applied.weights
    return sameValue([hyperparameters, applied.output, weights], [node.settings, node.output, node.weights])
  } catch {
    return false
  }
}
