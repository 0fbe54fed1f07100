import { headLink } from '../layers/joins/branch-out.js'
import type { Link, Weight } from '../layers/kind/layer.js'
import { keeping, passing } from '../layers/kind/scope.js'
import { sameWeights, withShared } from '../layers/kind/sharing.js'
import { copied } from '../layers/kind/value.js'
import type { Shape } from '../shape/shape.js'
import { besideOf } from './arguments.js'
import { atNode, FormatError } from './format-error.js'
import { input } from './input.js'
import { inputs as checkedInputs } from './inputs.js'
import { inputLink, inputsLink } from './link.js'
import { type Network, networkUpTo } from './network.js'
import { linkFor, type PlannedLayer } from './planned.js'
import { valuesLink } from './values.js'

/** A node of a plan: what of a graph's node cannot be computed. */
export interface PlannedNode extends PlannedLayer {
  /** The names of the nodes whose outputs it takes, all of which stand before it. */
  readonly inputs: readonly string[]
  /** Shape of one example, channels last: only an input has to say it. */
  readonly output?: Shape
  /** The name of the shared layer that made it. */
  readonly shared?: string
  /** The name of the node whose weights it has. */
  readonly sharedWith?: string
}

/** A network as data. Every {@link Graph} is one. */
export interface Plan {
  readonly nodes: readonly PlannedNode[]
  /** The name of the first node of the kind `'input'`, where there are others; else of the only one. */
  readonly input: string
  /** The names of all inputs, where there are several. */
  readonly inputs?: readonly string[]
  /** The node whose output is the network's; left out where the outputs are named. */
  readonly output?: string
  /** Named outputs; beside `output`, those of heads that branch out: for each one's name, its node. */
  readonly outputs?: Readonly<Record<string, string>>
  /** Values that have a name: for each, its node. */
  readonly kept?: Readonly<Record<string, string>>
  /** Heads that branch out inside a branch: their names are not known behind it. */
  readonly unkept?: readonly string[]
}

/**
 * The network of a plan. Every node passes the rules of its layer, so shapes, weights and mistakes are those of a network that is written.
 *
 * @param format whose name a mistake bears
 * @param deadEnds what becomes of layers that reach no output: they are refused, or kept
 * @throws {FormatError} when a layer does not fit where it stands, is of no known kind, comes before what it takes, or leads nowhere
 */
export const rebuild = (plan: Plan, format = 'graph', deadEnds: 'refused' | 'kept' = 'refused'): Network<Shape, Shape, number> => {
  const begin = beginOf(plan, format)
  const links = new Map<string, Link>(begin.values ?? [[plan.input, begin]])
  const linkOf = (name: string, place: string): Link => {
    const link = links.get(name)
    if (!link) throw new FormatError(`takes '${name}', which is no node before it.`, format, place)
    return link
  }
  const sharing = new Map<string, SharedSoFar>()
  const inputs = new Set(inputsOf(plan))
  // Where all layers are kept, each comes after the one before it: so they stay in their order.
  let last = begin
  for (const node of plan.nodes) {
    if (inputs.has(node.name) && node.kind === 'input') continue
    if (links.has(node.name)) throw new FormatError('there are two nodes of this name.', format, node.name)
    const before = node.inputs.map((name) => linkOf(name, node.name))
    if (before.length === 0) throw new FormatError('has no input.', format, node.name)
    const { scope: _, after: __, ...link } = atNode(format, node.name, () => linkFor(node, before, format))
    const settings = { ...link.applied.settings, name: node.name }
    const named = { ...link, applied: copied({ ...link.applied, settings }), ...(deadEnds === 'kept' ? { after: [last] } : {}) }
    last = node.shared === undefined ? named : { ...named, ...placeOf(node, node.shared, named, sharing, format) }
    links.set(node.name, last)
  }

  let scope = begin.scope
  for (const [name, { weights, input }] of sharing) scope = withShared(scope, name, { input, weights })
  for (const [name, node] of Object.entries(plan.kept ?? {})) {
    if (name.trim() === '') throw new FormatError('a kept value needs a name that is not empty.', format, 'kept')
    const isSecond = name === 'input' && !begin.values
    if (isSecond || (plan.output !== undefined && Object.hasOwn(plan.outputs ?? {}, name)))
      throw new FormatError(`there are two values called '${name}'.`, format, 'kept')
    scope = keeping(scope, name, linkOf(node, name))
  }
  // All of them, so that the graph has the plan's order.
  const layers = plan.nodes.filter(({ name }) => !inputs.has(name)).map(({ name }) => linkOf(name, name))
  if (deadEnds === 'refused') refuseDeadEnds(plan, format)
  const named = Object.entries(plan.outputs ?? {}).map(([name, node]): [string, Link] => [name, linkOf(node, name)])
  if (plan.output === undefined) {
    if (named.length === 0) throw new FormatError('has no output.', format, 'outputs')
    const end = valuesLink(new Map(named))
    return networkUpTo(begin, { ...end, after: [begin, ...layers], ...(scope ? { scope } : {}) })
  }
  let end = passing(linkOf(plan.output, 'output'), scope, [begin, ...layers])
  for (const [name, link] of named) {
    if (name === 'input' && !begin.values) throw new FormatError("there are two values called 'input'.", format, 'outputs')
    const { scope: before } = end
    end = headLink(end, name, link)
    if (plan.unkept?.includes(name)) end = passing(end, before)
  }
  return networkUpTo(begin, end)
}

const inputsOf = ({ input, inputs }: Plan): readonly string[] => inputs ?? [input]

/** The first link of a plan: its input, or all of them. */
const beginOf = (plan: Plan, format: string): Link => {
  const names = inputsOf(plan)
  const shapes = names.map((name): [string, Shape] => {
    const node = plan.nodes.find((each) => each.name === name)
    if (node?.kind !== 'input' || !node.output) throw new FormatError('must begin with its input.', format, name)
    const { output } = node
    atNode(format, name, () => (input as (...sizes: readonly number[]) => unknown)(...output))
    return [name, output]
  })
  const [first] = shapes
  if (!first || new Set(names).size !== names.length) throw new FormatError('there are two inputs of one name.', format, plan.input)
  if (shapes.length === 1 && (plan.inputs === undefined || first[0] === 'input')) return inputLink(first[1])
  const named = Object.fromEntries(shapes)
  atNode(format, 'input', () => (checkedInputs as (shapes: unknown) => unknown)(named))
  return inputsLink(named)
}

/** What is known of a shared layer: the weights of each of its layers that has some, what these are, and which node has which. */
interface SharedSoFar {
  readonly weights: (readonly Weight[])[]
  readonly layers: string[]
  readonly places: Map<string, number>
  readonly input: Shape
}

/** A layer but for its name. Attention to another value is another layer than attention to itself. */
const layerText = ({ kind, inputs }: PlannedNode, { name: _, ...settings }: Readonly<Record<string, unknown>>): string =>
  JSON.stringify([kind, settings, besideOf({ kind, inputs }).length])

/** The place of a node's weights in the shared layer that made it. Of one that has those of another, it checks that they are the same. */
const placeOf = (node: PlannedNode, name: string, { applied }: Link, sharing: Map<string, SharedSoFar>, format: string): Partial<Link> => {
  if (applied.weights.length === 0) return {}
  const known = sharing.get(name) ?? { weights: [], layers: [], places: new Map<string, number>(), input: applied.output }
  sharing.set(name, known)
  if (node.sharedWith === undefined) {
    const place = known.weights.push(applied.weights) - 1
    known.places.set(node.name, place)
    known.layers.push(layerText(node, applied.settings))
    return { shared: { name, place } }
  }
  const place = known.places.get(node.sharedWith)
  if (place === undefined)
    throw new FormatError(`shares weights with '${node.sharedWith}', which is no layer of '${name}' before it.`, format, node.name)
  const weights = known.weights[place] as readonly Weight[]
  if (known.layers[place] !== layerText(node, applied.settings))
    throw new FormatError(`is another layer than '${node.sharedWith}', whose weights it has.`, format, node.name)
  if (!sameWeights(weights, applied.weights)) throw new FormatError(`needs other weights than '${node.sharedWith}' has.`, format, node.name)
  return { shared: { name, place } }
}

/** Refuses nodes that no output needs: they would be lost without a word. */
const refuseDeadEnds = (plan: Plan, format: string): void => {
  const needed = new Set<string>([...(plan.output === undefined ? [] : [plan.output]), ...Object.values(plan.outputs ?? {})])
  const inputs = new Set(inputsOf(plan))
  for (const node of [...plan.nodes].reverse()) {
    if (needed.has(node.name)) for (const name of node.inputs) needed.add(name)
    else if (!inputs.has(node.name)) throw new FormatError('leads to no output.', format, node.name)
  }
}
