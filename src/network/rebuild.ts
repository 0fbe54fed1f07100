import { headLink } from '../layers/joins/branch-out.js'
import type { Link, Weight } from '../layers/kind/layer.js'
import { passThrough, withKeptValue } from '../layers/kind/scope.js'
import { layerText, sameWeights, withShared } from '../layers/kind/sharing.js'
import { copied } from '../layers/kind/value.js'
import type { Shape } from '../shape/shape.js'
import { atNode, FormatError } from './format-error.js'
import { input } from './input.js'
import { inputs as checkedInputs } from './inputs.js'
import { inputLink, inputsLink } from './link.js'
import { networkUpTo } from './linked-network.js'
import type { Network } from './network.js'
import { linkFor, type PlannedLayer } from './planned.js'
import { valuesLink } from './values.js'

/** A node of a plan: the parts of a graph's node that cannot be computed. */
export interface PlannedNode extends PlannedLayer {
  /** The names of the nodes whose outputs it reads. All of them come before it. */
  readonly inputs: readonly string[]
  /** The shape of one sample, channels last. Only inputs must have it. */
  readonly output?: Shape | undefined
  /** The name of the shared layer that it belongs to. */
  readonly shared?: string | undefined
  /** The name of the node whose weights it reuses. */
  readonly sharedWith?: string | undefined
}

/** A network described as data. Every {@link Graph} is a plan. */
export interface Plan {
  readonly nodes: readonly PlannedNode[]
  /** The name of the only input, or of the first of several. */
  readonly input: string
  /** The names of all inputs, if there are several. */
  readonly inputs?: readonly string[] | undefined
  /** The name of the node whose output is the network's output; omitted if the outputs are named. */
  readonly output?: string | undefined
  /** The named outputs, each with its node. If there is an `output` too, these are the outputs of heads. */
  readonly outputs?: Readonly<Record<string, string>>
  /** The kept values by name, each with its node. */
  readonly kept?: Readonly<Record<string, string>>
  /** Heads inside a branch, whose names are not known after it. */
  readonly inBranches?: readonly string[]
}

/**
 * Builds the network of a plan. Every node passes the rules of its layer, so shapes, weights and errors are the same as in code.
 *
 * @param format the name of the format in error messages
 * @param deadEnds whether layers that reach no output are refused or kept
 * @throws {FormatError} when a layer does not accept its inputs, has an unknown kind, comes before one of its inputs, or reaches no
 *   output
 */
export const rebuild = (plan: Plan, format = 'graph', deadEnds: 'refused' | 'kept' = 'refused'): Network<Shape, Shape, number> => {
  const start = startOf(plan, format)
  const links = new Map<string, Link>(start.values ?? [[plan.input, start]])
  const linkOf = (name: string, place: string): Link => {
    const link = links.get(name)
    if (!link) throw new FormatError(`takes '${name}', which is no node before it.`, format, place)
    return link
  }
  const sharedLayers = new Map<string, SharedLayer>()
  const inputs = new Set(inputsOf(plan))
  // If all layers are kept, each link follows the one before, so that they stay in order.
  let last = start
  for (const node of plan.nodes) {
    if (inputs.has(node.name) && node.kind === 'input') continue
    if (links.has(node.name)) throw new FormatError('there are two nodes of this name.', format, node.name)
    const inputLinks = node.inputs.map((name) => linkOf(name, node.name))
    if (inputLinks.length === 0) throw new FormatError('has no input.', format, node.name)
    const { scope: _, after: __, ...link } = atNode(format, node.name, () => linkFor(node, inputLinks, format))
    const settings = { ...link.applied.settings, name: node.name }
    const namedLink = { ...link, applied: copied({ ...link.applied, settings }), ...(deadEnds === 'kept' ? { after: [last] } : {}) }
    last = node.shared === undefined ? namedLink : { ...namedLink, ...weightsOf(node, node.shared, namedLink, sharedLayers, format) }
    links.set(node.name, last)
  }

  let scope = start.scope
  for (const [name, { weights, layers, input }] of sharedLayers) scope = withShared(scope, name, { input, weights, layers })
  for (const [name, node] of Object.entries(plan.kept ?? {})) {
    if (name.trim() === '') throw new FormatError('a kept value needs a name that is not empty.', format, 'kept')
    const isInputName = name === 'input' && !start.values
    if (isInputName || (plan.output !== undefined && Object.hasOwn(plan.outputs ?? {}, name)))
      throw new FormatError(`there are two values called '${name}'.`, format, 'kept')
    scope = withKeptValue(scope, name, linkOf(node, name))
  }
  // All layers, so that the graph has the plan's order.
  const layers = links.values()
  if (deadEnds === 'refused') refuseDeadEnds(plan, format)
  const namedOutputs = Object.entries(plan.outputs ?? {}).map(([name, node]): [string, Link] => [name, linkOf(node, name)])
  if (plan.output === undefined) {
    if (namedOutputs.length === 0) throw new FormatError('has no output.', format, 'outputs')
    const end = valuesLink(new Map(namedOutputs))
    return networkUpTo(start, { ...end, after: [start, ...layers], scope })
  }
  let end = passThrough(linkOf(plan.output, 'output'), scope, [start, ...layers])
  const inBranches = new Set(plan.inBranches)
  for (const [name, link] of namedOutputs) {
    if (name === 'input' && !start.values) throw new FormatError("there are two values called 'input'.", format, 'outputs')
    const behind = headLink(end, name, link)
    end = inBranches.has(name) ? passThrough(behind, end.scope) : behind
  }
  return networkUpTo(start, end)
}

const inputsOf = ({ input, inputs }: Plan): readonly string[] => inputs ?? [input]

/** The first link of a plan: its input, or all of its inputs. */
const startOf = (plan: Plan, format: string): Link => {
  const names = inputsOf(plan)
  const nodes = new Map([...plan.nodes].reverse().map((node) => [node.name, node]))
  const shapes = names.map((name): [string, Shape] => {
    const node = nodes.get(name)
    if (node?.kind !== 'input' || !node.output) throw new FormatError('must begin with its input.', format, name)
    const { output } = node
    atNode(format, name, () => (input as (...sizes: readonly number[]) => unknown)(...output))
    return [name, output]
  })
  const [first] = shapes
  if (!first || new Set(names).size !== names.length) throw new FormatError('there are two inputs of one name.', format, plan.input)
  // An input alone is called 'input'; where another value has that name, it is the tower that was given to `parallel`.
  const isAlone = plan.inputs === undefined || (first[0] === 'input' && !Object.hasOwn(plan.kept ?? {}, 'input'))
  if (shapes.length === 1 && isAlone) return inputLink(first[1])
  const shapesByName = Object.fromEntries(shapes)
  atNode(format, 'input', () => (checkedInputs as (shapes: unknown) => unknown)(shapesByName))
  return inputsLink(shapesByName)
}

/** A shared layer so far: the weights of its layers that have any, these layers as text, and the index of each node's weights. */
interface SharedLayer {
  readonly weights: (readonly Weight[])[]
  readonly layers: string[]
  readonly places: Map<string, number>
  readonly input: Shape
}

/** The index of a node's weights in its shared layer. If it reuses another node's weights, checks that both layers are the same. */
const weightsOf = (node: PlannedNode, name: string, link: Link, sharedLayers: Map<string, SharedLayer>, format: string): Partial<Link> => {
  const { applied, inputs } = link
  if (applied.weights.length === 0) return {}
  const input = (inputs[0] as Link).applied.output
  const sharedLayer = sharedLayers.get(name) ?? { weights: [], layers: [], places: new Map<string, number>(), input }
  sharedLayers.set(name, sharedLayer)
  if (node.sharedWith === undefined) {
    const place = sharedLayer.weights.push(applied.weights) - 1
    sharedLayer.places.set(node.name, place)
    sharedLayer.layers.push(layerText(link))
    return { shared: { name, place } }
  }
  const place = sharedLayer.places.get(node.sharedWith)
  if (place === undefined)
    throw new FormatError(`shares weights with '${node.sharedWith}', which is no layer of '${name}' before it.`, format, node.name)
  const weights = sharedLayer.weights[place] as readonly Weight[]
  if (sharedLayer.layers[place] !== layerText(link))
    throw new FormatError(`is another layer than '${node.sharedWith}', whose weights it has.`, format, node.name)
  if (!sameWeights(weights, applied.weights)) throw new FormatError(`needs other weights than '${node.sharedWith}' has.`, format, node.name)
  return { shared: { name, place } }
}

/** Refuses nodes that no output needs, since they would silently be lost. */
const refuseDeadEnds = (plan: Plan, format: string): void => {
  const needed = new Set<string>([...(plan.output === undefined ? [] : [plan.output]), ...Object.values(plan.outputs ?? {})])
  const inputs = new Set(inputsOf(plan))
  for (const node of [...plan.nodes].reverse()) {
    if (needed.has(node.name)) for (const name of node.inputs) needed.add(name)
    else if (!inputs.has(node.name)) throw new FormatError('leads to no output.', format, node.name)
  }
}
