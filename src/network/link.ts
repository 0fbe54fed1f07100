import { requireInput } from '../layers/blocks/apply.js'
import type { Link } from '../layers/kind/layer.js'
import { copied } from '../layers/kind/value.js'
import type { Shape } from '../shape/shape.js'
import type { Graph, GraphNode } from './graph.js'
import { headsOf } from './heads.js'
import { Names, untakenIn } from './names.js'
import type { AnyNetwork } from './network.js'

/** The first link of a network: its input. */
export const inputLink = (shape: Shape): Link => ({
  kind: 'input',
  inputs: [],
  applied: copied({ output: shape, settings: {}, weights: [], macs: 0, memory: 'own' }),
})

/** The place where a head branches out, as `branchOut` leaves it. */
export const exitLink = (before: Link, name: string, head: Link): Link => ({
  kind: 'branchOut',
  inputs: [before, head],
  applied: copied({ output: before.applied.output, settings: { name }, weights: [], macs: 0, memory: 'view' }),
})

/**
 * The layers of a network again, behind another link, with weights of their own.
 *
 * Layers that were given a name keep it; the others are numbered anew.
 *
 * @throws {ShapeError} when the network takes another shape
 */
export const again = ({ input, graph }: AnyNetwork, before: Link): Link => {
  requireInput(input, before.applied.output)
  const links = new Map<string, Link>([[graph.input, before]])
  const linkOf = (name: string): Link => links.get(name) as Link
  for (const { name, kind, inputs, inputShapes: _, settings, ...applied } of graph.nodes.slice(1)) {
    const isNumbered = new RegExp(`^(.*_)?${kind}_\\d+$`).test(name)
    links.set(name, { kind, inputs: inputs.map(linkOf), applied: { ...applied, settings: isNumbered ? settings : { ...settings, name } } })
  }
  return Object.entries(graph.outputs).reduce((link, [name, node]) => exitLink(link, name, linkOf(node)), linkOf(graph.output))
}

/** All links up to this one, each after its inputs. */
export const linksUpTo = (last: Link): Link[] => {
  const found = new Set<Link>()
  const waiting = [last]
  while (waiting.length > 0) {
    const link = waiting.at(-1) as Link
    // Each is looked at twice: before its inputs, and behind them.
    const missing = found.has(link) ? [] : link.inputs.filter((before) => !found.has(before))
    if (missing.length === 0) {
      found.add(link)
      waiting.pop()
    } else {
      for (const before of missing.reverse()) waiting.push(before)
    }
  }
  return [...found]
}

/**
 * The graph that ends in a link. Networks share their beginnings, so nothing can change it.
 *
 * Where a head branches out there is no node: only the head's layers, and its output's name.
 */
export const graphOf = (last: Link): Graph => {
  const links = linksUpTo(last)
  const exits = links.filter(({ kind }) => kind === 'branchOut')
  const layers = links.filter(({ kind }) => kind !== 'branchOut')
  // Only layers without names of their own are named after their heads.
  const isNamed = layers.slice(1).every((link) => wishOf(link) !== undefined)
  const names = nameLinks(layers, isNamed ? new Map() : headsOf(links, exits))
  const nameOf = (link: Link): string => names.get(passed(link)) as string
  const nodes = layers.map((link): GraphNode => {
    const { settings, ...rest } = link.applied
    const { name: _, ...hyperparameters } = settings
    return Object.freeze({
      name: nameOf(link),
      kind: link.kind,
      settings: Object.freeze(hyperparameters),
      inputs: Object.freeze(link.inputs.map(nameOf)),
      inputShapes: Object.freeze(link.inputs.map((before) => before.applied.output)),
      ...rest,
    })
  })
  const outputs = new Map<string, string>()
  const untaken = untakenIn(new Set())
  for (const exit of exits) outputs.set(untaken(exit.applied.settings['name'] as string), nameOf(exit.inputs[1] as Link))
  const input = (nodes[0] as GraphNode).name
  return Object.freeze({ nodes: Object.freeze(nodes), input, output: nameOf(last), outputs: Object.freeze(Object.fromEntries(outputs)) })
}

/** The link whose output this is: a place where a head branches out passes its first input on. */
const passed = (link: Link): Link => {
  let at = link
  while (at.kind === 'branchOut') at = at.inputs[0] as Link
  return at
}

/** The name that a layer was given. */
const wishOf = ({ applied }: Link): string | undefined => {
  const wish = applied.settings['name']
  return typeof wish === 'string' ? wish : undefined
}

/** A unique name for each link; the input is always `'input'`, and a layer of that name is the second. */
const nameLinks = (links: readonly Link[], heads: ReadonlyMap<Link, string>): Map<Link, string> => {
  const names = new Names(links.map(wishOf))
  return new Map(links.map((link, index) => [link, index === 0 ? 'input' : names.give(link.kind, wishOf(link), heads.get(link))]))
}
