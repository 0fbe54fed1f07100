import type { Link } from '../layers/layer.js'
import type { Shape } from '../shape/shape.js'
import type { Graph, GraphNode } from './graph.js'

/** The first link of a network: its input. */
export const inputLink = (shape: Shape): Link => ({
  kind: 'input',
  inputs: [],
  applied: { output: shape, settings: {}, weights: [], macs: 0, memory: 'own' },
})

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

/** The graph that ends in a link. */
export const graphOf = (last: Link): Graph => {
  const names = nameLinks(linksUpTo(last))
  const nodes = [...names].map(([{ kind, inputs, applied }, name]): GraphNode => {
    const { settings, ...rest } = applied
    const { name: _, ...hyperparameters } = settings
    return {
      name,
      kind,
      settings: hyperparameters,
      inputs: inputs.map((before) => names.get(before) as string),
      inputShapes: inputs.map((before) => before.applied.output),
      ...rest,
    }
  })
  return { nodes, input: (nodes[0] as GraphNode).name, output: names.get(last) as string }
}

/** A unique name for each link: its own, or its kind with a number; a name that is taken gets a number too. */
const nameLinks = (links: readonly Link[]): Map<Link, string> => {
  const names = new Map<Link, string>()
  const taken = new Set<string>(links.map(({ applied }) => applied.settings['name']).filter((name) => typeof name === 'string'))
  const counts = new Map<string, number>()
  const given = new Set<string>()
  for (const link of links) {
    const wish = link.applied.settings['name']
    if (typeof wish === 'string' && !given.has(wish)) {
      given.add(wish)
      names.set(link, wish)
      continue
    }
    const stem = typeof wish === 'string' ? wish : link.kind
    let name = stem
    do {
      const count = (counts.get(stem) ?? (typeof wish === 'string' ? 1 : 0)) + 1
      counts.set(stem, count)
      name = link.kind === 'input' && count === 1 ? 'input' : `${stem}_${count}`
    } while (taken.has(name))
    taken.add(name)
    names.set(link, name)
  }
  return names
}
