import { headLink } from '../layers/joins/branch-out.js'
import { inputNamed, requireInput } from '../layers/kind/apply.js'
import type { Link, Scope, Weight } from '../layers/kind/layer.js'
import { allKeptAt, keeping, passing, requireNewName, requireValue, withName } from '../layers/kind/scope.js'
import { layerLink, withShared } from '../layers/kind/sharing.js'
import { copied } from '../layers/kind/value.js'
import type { Shape } from '../shape/shape.js'
import type { Graph, GraphNode } from './graph.js'
import { headsOf } from './heads.js'
import { isNumbered, Names, untakenIn } from './names.js'
import type { AnyNetwork } from './network.js'
import { valuesLink } from './values.js'

/** A link of an input. Names know it by its own. */
export const inputLink = (shape: Shape, name = 'input'): Link => {
  const link = {
    kind: 'input',
    inputs: [],
    applied: copied({ output: shape, settings: { name }, weights: [], macs: 0, memory: 'own' as const }),
  }
  return Object.assign(link, { scope: withName(undefined, name, link) })
}

/** The first link of a network with several inputs: all of them, and none that is the current one. */
export const inputsLink = (shapes: Readonly<Record<string, Shape>>): Link => {
  const values = new Map(Object.entries(shapes).map(([name, shape]) => [name, inputLink(shape, name)]))
  const link = valuesLink(values)
  return withScope(link, scopeOf(values))
}

/** A link where names mean something else. */
const withScope = (link: Link, scope: Scope | undefined): Link => ({ ...link, ...(scope ? { scope } : {}) })

/** A scope in which each of some values has its name. */
const scopeOf = (values: ReadonlyMap<string, Link>): Scope | undefined => {
  let scope: Scope | undefined
  for (const [name, value] of values) scope = withName(scope, name, value)
  return scope
}

/**
 * The layers of a network again, behind another link, with weights of their own; those of a shared layer excepted.
 *
 * Layers that were given a name keep it; the others are numbered anew. What the network keeps is known behind it.
 *
 * @throws {ShapeError} when the network takes another shape, or an input of it has no value here
 */
export const again = (network: AnyNetwork, before: Link): Link => {
  const { input, graph } = network
  const links = new Map<string, Link>()
  for (const name of graph.inputs) {
    const { output } = graph.nodes.find((node) => node.name === name) as GraphNode
    if (Array.isArray(input)) {
      requireValue('apply', before)
      requireInput(output, before.applied.output)
    }
    links.set(name, Array.isArray(input) ? before : inputNamed(before, name, output))
  }
  const { end } = copyLayers(graph, links, before)
  return end
}

/**
 * The layers of a graph behind links for its inputs.
 *
 * @param prefix what stands before the names that the graph keeps: a tower's name, where networks stand side by side
 * @returns the end of them in the scope before, with what the graph keeps
 */
export const copyLayers = (graph: Graph, links: Map<string, Link>, before: Link, prefix = ''): { end: Link; links: Map<string, Link> } => {
  const linkOf = (name: string): Link => links.get(name) as Link
  const shared = new Map<string, { weights: (readonly Weight[])[]; places: Map<string, number>; input: Shape }>()
  const used = new Set<string>()
  for (const node of graph.nodes) {
    if (links.has(node.name)) continue
    const { name, kind, inputs, inputShapes: _, settings, shared: sharedName, sharedWith, ...applied } = node
    for (const each of inputs) used.add(each)
    const own = { ...applied, settings: isNumbered(name, kind) ? settings : { ...settings, name } }
    if (sharedName === undefined) {
      links.set(name, layerLink(kind, inputs.map(linkOf), own, before.scope))
      continue
    }
    const first = shared.get(sharedName) ?? { weights: [], places: new Map<string, number>(), input: node.inputShapes[0] as Shape }
    shared.set(sharedName, first)
    const owner = sharedWith ?? name
    if (sharedWith === undefined) first.places.set(name, first.weights.push(node.weights) - 1)
    const place = first.places.get(owner) as number
    const weights = first.weights[place] as readonly Weight[]
    links.set(name, {
      kind,
      inputs: inputs.map(linkOf),
      applied: { ...own, weights },
      shared: { name: sharedName, place },
      ...(before.scope ? { scope: before.scope } : {}),
    })
  }
  let scope = before.scope
  for (const [name, { weights, input }] of shared) scope = withShared(scope, name, { input, weights }, prefix !== '')
  const ends = graph.nodes.filter(({ name }) => !used.has(name)).map(({ name }) => linkOf(name))
  let end: Link =
    graph.output === undefined
      ? valuesLink(new Map(Object.entries(graph.outputs).map(([name, node]) => [prefix + name, linkOf(node)])), withScope(before, scope))
      : passing(linkOf(graph.output), scope, [before, ...ends])
  if (graph.output === undefined) end = { ...end, after: [before, ...ends] }
  if (graph.output !== undefined)
    for (const [name, node] of Object.entries(graph.outputs)) end = headLink(end, requireNewName('apply', end, prefix + name), linkOf(node))
  const inputs = new Set(graph.inputs)
  for (const [name, node] of Object.entries(graph.kept)) {
    // Of networks side by side in one of them, the names stand for the outputs and no longer for the inputs.
    const isTower = prefix !== '' && inputs.has(name)
    end = passing(end, keeping(end.scope, isTower ? prefix + name : requireNewName('apply', end, prefix + name), linkOf(node)))
  }
  return { end, links }
}

/** All links up to this one, each after its inputs. */
export const linksUpTo = (last: Link): Link[] => {
  const found = new Set<Link>()
  const waiting = [last]
  while (waiting.length > 0) {
    const link = waiting.at(-1) as Link
    // Each is looked at twice: before its inputs, and behind them.
    const missing = found.has(link) ? [] : [...(link.after ?? []), ...link.inputs].filter((before) => !found.has(before))
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
 * Where a head branches out or a value gets a name there is no node: only the output's name, or the kept value's.
 */
export const graphOf = (last: Link): Graph => {
  const links = linksUpTo(last)
  const exits = links.filter(({ kind }) => kind === 'branchOut')
  const layers = links.filter(({ passes }) => !passes)
  const inputs = layers.filter(({ kind, inputs }) => kind === 'input' && inputs.length === 0)
  // Only layers without names of their own are named after their heads.
  const isNamed = layers.every((link) => link.kind === 'input' || wishOf(link) !== undefined)
  const names = nameLinks(layers, inputs, isNamed ? new Map() : headsOf(links, exits))
  const nameOf = (link: Link): string => names.get(passed(link)) as string
  const owners = new Map<string, string>()
  const nodes = layers.map((link): GraphNode => {
    const { settings, ...rest } = link.applied
    const { name: _, ...hyperparameters } = settings
    const node = {
      name: nameOf(link),
      kind: link.kind,
      settings: Object.freeze(hyperparameters),
      inputs: Object.freeze(link.inputs.map(nameOf)),
      inputShapes: Object.freeze(link.inputs.map((before) => before.applied.output)),
      ...rest,
    }
    if (!link.shared) return Object.freeze(node)
    const { name: shared, place } = link.shared
    const owner = owners.get(`${place} ${shared}`)
    if (owner !== undefined) return Object.freeze({ ...node, weights: Object.freeze([]), shared, sharedWith: owner })
    owners.set(`${place} ${shared}`, node.name)
    return Object.freeze({ ...node, shared })
  })
  const known = allKeptAt(last)
  const outputs = last.values ?? headsByName(exits, known, inputs)
  const isHead = (name: string, link: Link) => !last.values && outputs.get(name) === link
  const isInput = (name: string, link: Link) => link.kind === 'input' && wishOf(link) === name
  const kept = [...known].filter(([name, link]) => !isInput(name, link) && !isHead(name, link))
  const nodesOf = (values: Iterable<readonly [string, Link]>) =>
    Object.freeze(Object.fromEntries([...values].map(([name, link]) => [name, nameOf(link)])))
  return Object.freeze({
    nodes: Object.freeze(nodes),
    input: nameOf(inputs[0] as Link),
    inputs: Object.freeze(inputs.map(nameOf)),
    ...(last.values ? {} : { output: nameOf(last) }),
    outputs: nodesOf(outputs),
    kept: nodesOf(kept),
  })
}

/** The ends of heads by the names of their outputs. Of heads in branches, which may have a name that is known outside, that gets a number. */
const headsByName = (exits: readonly Link[], known: ReadonlyMap<string, Link>, inputs: readonly Link[]): Map<string, Link> => {
  const taken = untakenIn(new Set([...known.keys(), ...inputs.map((link) => wishOf(link) as string)]))
  return new Map(
    exits.map((exit): [string, Link] => {
      const name = exit.applied.settings['name'] as string
      const head = exit.inputs[1] as Link
      return [known.get(name) === head ? name : taken(name), head]
    }),
  )
}

/** The link whose output this is: what is no layer passes its first input on. */
const passed = (link: Link): Link => {
  let at = link
  while (at.passes) at = at.inputs[0] as Link
  return at
}

/** The name that a layer was given. */
const wishOf = ({ applied }: Link): string | undefined => {
  const wish = applied.settings['name']
  return typeof wish === 'string' ? wish : undefined
}

/** A unique name for each link: an input has its own, and a layer of that name is the second. */
const nameLinks = (links: readonly Link[], inputs: readonly Link[], heads: ReadonlyMap<Link, string>): Map<Link, string> => {
  const isInput = new Set(inputs)
  const names = new Names(
    links.map((link) => (isInput.has(link) ? undefined : wishOf(link))),
    inputs.map((link) => wishOf(link) as string),
  )
  return new Map(
    links.map((link) => {
      if (isInput.has(link)) return [link, wishOf(link) as string]
      return [link, names.give(link.kind, wishOf(link), link.shared?.name ?? heads.get(link))]
    }),
  )
}
