import { withExactOutput } from '../layers/kind/exact-output.js'
import type { LayerKind, Link, LinkKind } from '../layers/kind/layer.js'
import type { AnyLayer } from '../layers/kind/value.js'
import type { Shape } from '../shape/shape.js'
import { argumentsOf, joiningKinds } from './arguments.js'
import { isObject } from './described.js'
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
  const found = kindOf(kind) as LayerKind<unknown[]> | LinkKind<unknown[]> | undefined
  if (!found) throw new FormatError(`there is no layer of the kind '${kind}'.`, format, name)
  if ('extend' in found) {
    if (!(joiningKinds as readonly string[]).includes(kind)) throw new FormatError(`'${kind}' is no node of a graph.`, format, name)
    const [option] = Object.keys(settings)
    if (option !== undefined) throw new FormatError(`${kind}: there is no option '${option}'. It has none.`, format, name)
    const isOfTwo = kind === 'multiply' || kind === 'subtract'
    if (isOfTwo && inputs.length !== 2) throw new FormatError(`takes two inputs, not ${inputs.length}.`, format, name)
    if (inputs.length === 1) throw new FormatError('needs at least two inputs.', format, name)
    // The branches are there already: to follow one is to look it up.
    return withExactOutput(found.extend(before, (_, branch) => branch as AnyLayer & Link, ...inputs))
  }
  if (inputs.length !== 1) throw new FormatError(`takes one input, not ${inputs.length}.`, format, name)
  const call = argumentsOf(kind, settings) ?? { args: Object.values(settings), options: {} }
  const args = Object.keys(call.options).length === 0 ? call.args : [...call.args, call.options]
  requireCount(kind, found.takes, args)
  const applied = found.apply(before.applied.output, ...args)
  for (const [key, value] of Object.entries(settings)) {
    // A kind that was defined by hand may call its settings what it likes; one of this package may have been given what it does not take.
    if (!sameValue(applied.settings[key], value))
      throw new FormatError(`a layer of the kind '${kind}' cannot be made from its settings.`, format, name)
  }
  return withExactOutput({ kind, inputs, applied })
}

/** Whether two values have the same JSON, whatever the order of their keys. */
const sameValue = (one: unknown, other: unknown): boolean => JSON.stringify(one, byName) === JSON.stringify(other, byName)

const byName = (_: string, value: unknown): unknown =>
  isObject(value) && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value

/** The settings of a node without those that it would have anyway. */
export const settingsBesideDefaults = (node: GraphNode): Readonly<Record<string, unknown>> => {
  let settings = node.settings
  for (const key of Object.keys(settings).reverse()) {
    const { [key]: _, ...fewer } = settings
    if (makesNode(node, fewer)) settings = fewer
  }
  return settings
}

/** Whether a layer of those settings is the node's. */
export const makesNode = (node: GraphNode, settings: Readonly<Record<string, unknown>>): boolean => {
  try {
    const { applied } = linkFor({ name: node.name, kind: node.kind, settings }, [inputLink(node.inputShapes[0] as Shape)], 'typescript')
    const { name: _, ...own } = applied.settings
    return sameValue([own, applied.output, applied.weights], [node.settings, node.output, node.weights])
  } catch {
    return false
  }
}
