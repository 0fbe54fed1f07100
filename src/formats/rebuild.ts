import type { LayerKind, Link, LinkKind } from '../layers/layer.js'
import { type AnyLayer, copied } from '../layers/value.js'
import { requireCount } from '../network/given.js'
import { input } from '../network/input.js'
import { kinds } from '../network/kinds.js'
import { inputLink } from '../network/link.js'
import { type Network, networkUpTo } from '../network/network.js'
import type { Shape } from '../shape/shape.js'
import { argumentsOf, joiningKinds } from './arguments.js'
import { FormatError, placed } from './error.js'

/** A node of a plan: what of a graph's node cannot be computed. */
export interface PlannedNode {
  /** Unique in its plan. */
  readonly name: string
  readonly kind: string
  /** The hyperparameters by their names, as they stand in a graph; those that are left out have their defaults. */
  readonly settings: Readonly<Record<string, unknown>>
  /** The names of the nodes whose outputs it takes, all of which stand before it. */
  readonly inputs: readonly string[]
  /** Shape of one example, channels last: only the input has to say it. */
  readonly output?: Shape
}

/** A network as data. Every {@link Graph} is one. */
export interface Plan {
  readonly nodes: readonly PlannedNode[]
  /** The name of the node of the kind `'input'`, which stands first. */
  readonly input: string
  readonly output: string
  /** Outputs of heads that branch out: for each one's name, its node. */
  readonly outputs?: Readonly<Record<string, string>>
}

/**
 * The network of a plan. Every node passes the rules of its layer, so shapes, weights and mistakes are those of a network that is written.
 *
 * @param format whose name a mistake bears
 * @throws {FormatError} when a layer does not fit where it stands, is of no known kind, comes before what it takes, or leads nowhere
 */
export const rebuild = (plan: Plan, format = 'graph'): Network<Shape, Shape, number> => {
  const [first, ...rest] = plan.nodes
  if (first?.kind !== 'input' || first.name !== plan.input || !first.output)
    throw new FormatError('must begin with its input.', format, plan.input)
  const shape = first.output
  placed(format, first.name, () => (input as (...sizes: readonly number[]) => unknown)(...shape))

  const links = new Map<string, Link>([[first.name, inputLink(shape)]])
  const heads = Object.entries(plan.outputs ?? {})
  const headsAt = new Map<string, (readonly [string, string])[]>()
  for (const head of heads) {
    const there = headsAt.get(head[1])
    if (there) there.push(head)
    else headsAt.set(head[1], [head])
  }
  const linkOf = (name: string, place: string): Link => {
    const link = links.get(name)
    if (!link) throw new FormatError(`takes '${name}', which is no node before it.`, format, place)
    return link
  }

  // Where a head branches out, the network goes on unchanged: so that may be said at the input of whichever node follows.
  let exits: readonly (readonly [string, string])[] = headsAt.get(first.name) ?? []
  const passExits = (before: Link): Link => {
    const link = exits.reduce((so, [name, node]) => exitLink(so, name, linkOf(node, name)), before)
    exits = []
    return link
  }

  for (const node of rest) {
    if (links.has(node.name)) throw new FormatError('there are two nodes of this name.', format, node.name)
    const inputs = node.inputs.map((name) => linkOf(name, node.name))
    const last = inputs.pop()
    if (!last) throw new FormatError('has no input.', format, node.name)
    const link = placed(format, node.name, () => linkFor(node, [...inputs, passExits(last)], format))
    const settings = { ...link.applied.settings, name: node.name }
    links.set(node.name, { ...link, applied: copied({ ...link.applied, settings }) })
    exits = headsAt.get(node.name) ?? []
  }

  refuseDeadEnds(plan, format)
  for (const [name, node] of heads) linkOf(node, name)
  return networkUpTo(shape, passExits(linkOf(plan.output, 'output')))
}

/** The place where a head branches out, as `branchOut` leaves it. */
const exitLink = (before: Link, name: string, head: Link): Link => ({
  kind: 'branchOut',
  inputs: [before, head],
  applied: copied({ output: before.applied.output, settings: { name }, weights: [], macs: 0, memory: 'view' }),
})

/**
 * The link of a planned node behind others.
 *
 * @throws {FormatError} when there is no such kind, or it cannot be made from its settings
 * @throws {ShapeError} when it does not fit where it stands
 */
export const linkFor = ({ name, kind, settings }: PlannedNode, inputs: readonly Link[], format: string): Link => {
  const before = inputs[0] as Link
  const found = kinds.get(kind) as LayerKind<unknown[]> | LinkKind<unknown[]> | undefined
  if (!found) throw new FormatError(`there is no layer of the kind '${kind}'.`, format, name)
  if ('extend' in found) {
    if (!(joiningKinds as readonly string[]).includes(kind)) throw new FormatError(`'${kind}' is no node of a graph.`, format, name)
    if (kind === 'multiply' && inputs.length !== 2) throw new FormatError(`takes two inputs, not ${inputs.length}.`, format, name)
    const branches = kind === 'multiply' ? inputs.slice(1) : inputs
    // The branches are there already: to follow one is to look it up.
    return found.extend(before, (_, branch) => branch as AnyLayer & Link, ...branches)
  }
  if (inputs.length !== 1) throw new FormatError(`takes one input, not ${inputs.length}.`, format, name)
  const given = argumentsOf(kind, settings) ?? { args: Object.values(settings), options: {} }
  const args = Object.keys(given.options).length === 0 ? given.args : [...given.args, given.options]
  requireCount(kind, found.takes, args)
  const applied = found.apply(before.applied.output, ...args)
  for (const [key, value] of Object.entries(settings)) {
    // A kind that was defined by hand may call its settings what it likes; one of this package may have been given what it does not take.
    if (!sameValue(applied.settings[key], value))
      throw new FormatError(`a layer of the kind '${kind}' cannot be made from its settings.`, format, name)
  }
  return { kind, inputs, applied }
}

const sameValue = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Refuses nodes that no output needs: they would be lost without a word. */
const refuseDeadEnds = ({ nodes, output, outputs = {} }: Plan, format: string): void => {
  const needed = new Set<string>([output, ...Object.values(outputs)])
  for (const node of [...nodes].reverse()) {
    if (needed.has(node.name)) for (const name of node.inputs) needed.add(name)
    else if (node.kind !== 'input') throw new FormatError('leads to no output.', format, node.name)
  }
}
