import { requireInput } from '../layers/apply.js'
import type { Link } from '../layers/layer.js'
import { copied } from '../layers/value.js'
import type { Shape } from '../shape/shape.js'
import type { Graph, GraphNode } from './graph.js'
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
    const missing = link.inputs.filter((before) => !found.has(before))
    if (missing.length === 0) {
      found.add(link)
      waiting.pop()
    } else {
      waiting.push(...missing.reverse())
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
  const names = nameLinks(layers, headsOf(exits))
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
  for (const exit of exits) outputs.set(untaken(exit.applied.settings['name'] as string, outputs), nameOf(exit.inputs[1] as Link))
  const input = (nodes[0] as GraphNode).name
  return Object.freeze({ nodes: Object.freeze(nodes), input, output: nameOf(last), outputs: Object.freeze(Object.fromEntries(outputs)) })
}

/** The link whose output this is: a place where a head branches out passes its first input on. */
const passed = (link: Link): Link => (link.kind === 'branchOut' ? passed(link.inputs[0] as Link) : link)

/** The links of heads, each with the name of its output; of heads in heads it is the innermost. */
const headsOf = (exits: readonly Link[]): Map<Link, string> => {
  const heads = new Map<Link, string>()
  for (const { inputs, applied } of exits) {
    const [before, head] = inputs as [Link, Link]
    const main = new Set(linksUpTo(before))
    for (const link of linksUpTo(head)) if (!main.has(link) && !heads.has(link)) heads.set(link, applied.settings['name'] as string)
  }
  return heads
}

/** The name, or with the first number that makes it another than those that are there. */
const untaken = (name: string, taken: ReadonlyMap<string, string>): string => {
  let count = 1
  let free = name
  while (taken.has(free)) free = `${name}_${++count}`
  return free
}

/**
 * A unique name for each link: its own, or its kind with a number, after its head's name; one that is taken gets a number too.
 *
 * The input is always `'input'`: a layer of that name is the second.
 */
const nameLinks = (links: readonly Link[], heads: ReadonlyMap<Link, string>): Map<Link, string> => {
  const names = new Map<Link, string>([[links[0] as Link, 'input']])
  const taken = new Set<string>(links.map(({ applied }) => applied.settings['name']).filter((name) => typeof name === 'string'))
  const counts = new Map<string, number>()
  const given = new Set<string>(['input'])
  for (const link of links.slice(1)) {
    const wish = link.applied.settings['name']
    if (typeof wish === 'string' && !given.has(wish)) {
      given.add(wish)
      names.set(link, wish)
      continue
    }
    const head = heads.get(link)
    const kind = head === undefined ? link.kind : `${head}_${link.kind}`
    const stem = typeof wish === 'string' ? wish : kind
    let name = stem
    do {
      const count = (counts.get(stem) ?? (typeof wish === 'string' ? 1 : 0)) + 1
      counts.set(stem, count)
      name = `${stem}_${count}`
    } while (taken.has(name))
    taken.add(name)
    names.set(link, name)
  }
  return names
}
