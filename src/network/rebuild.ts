import type { Link } from '../layers/kind/layer.js'
import { copied } from '../layers/kind/value.js'
import type { Shape } from '../shape/shape.js'
import { atNode, FormatError } from './format-error.js'
import { input } from './input.js'
import { exitLink, inputLink } from './link.js'
import { type Network, networkUpTo } from './network.js'
import { linkFor, type PlannedLayer } from './planned.js'

/** A node of a plan: what of a graph's node cannot be computed. */
export interface PlannedNode extends PlannedLayer {
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
  atNode(format, first.name, () => (input as (...sizes: readonly number[]) => unknown)(...shape))

  const begin = inputLink(shape)
  const links = new Map<string, Link>([[first.name, begin]])
  const heads = Object.entries(plan.outputs ?? {})
  const linkOf = (name: string, place: string): Link => {
    const link = links.get(name)
    if (!link) throw new FormatError(`takes '${name}', which is no node before it.`, format, place)
    return link
  }

  // Where a head branches out, the network goes on unchanged: so that may be said at the input of whichever node follows. The heads
  // keep their order: one waits for those before it.
  let passedHeads = 0
  const passExits = (before: Link): Link => {
    let link = before
    for (let head = heads[passedHeads]; head && links.has(head[1]); head = heads[passedHeads]) {
      link = exitLink(link, head[0], linkOf(head[1], head[0]))
      passedHeads += 1
    }
    return link
  }

  for (const node of rest) {
    if (links.has(node.name)) throw new FormatError('there are two nodes of this name.', format, node.name)
    const inputs = node.inputs.map((name) => linkOf(name, node.name))
    const last = inputs.pop()
    if (!last) throw new FormatError('has no input.', format, node.name)
    const link = atNode(format, node.name, () => linkFor(node, [...inputs, passExits(last)], format))
    const settings = { ...link.applied.settings, name: node.name }
    links.set(node.name, { ...link, applied: copied({ ...link.applied, settings }) })
  }

  const end = linkOf(plan.output, 'output')
  for (const [name, node] of heads) linkOf(node, name)
  refuseDeadEnds(plan, format)
  return networkUpTo(begin, passExits(end))
}

/** Refuses nodes that no output needs: they would be lost without a word. */
const refuseDeadEnds = ({ nodes, output, outputs = {} }: Plan, format: string): void => {
  const needed = new Set<string>([output, ...Object.values(outputs)])
  for (const node of [...nodes].reverse()) {
    if (needed.has(node.name)) for (const name of node.inputs) needed.add(name)
    else if (node.kind !== 'input') throw new FormatError('leads to no output.', format, node.name)
  }
}
