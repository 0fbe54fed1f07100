import { headLink } from '../layers/joins/branch-out.js'
import { inputNamed, requireInput } from '../layers/kind/apply.js'
import type { Link, Scope, SharedLayer, Weight } from '../layers/kind/layer.js'
import { counted } from '../layers/kind/limits.js'
import {
  allKeptAt,
  keptAt,
  passThrough,
  requireNewName,
  requireValue,
  withKeptValue,
  withName,
  withTypeText,
} from '../layers/kind/scope.js'
import { layerLink, layerText, withShared, withSharedTexts } from '../layers/kind/sharing.js'
import { copied } from '../layers/kind/value.js'
import { isOneShape, type Shape } from '../shape/shape.js'
import { shapeTypeText } from '../shape/type-text.js'
import type { Graph, GraphNode } from './graph.js'
import { headsOf } from './heads.js'
import { Names, prefixIn, untakenIn } from './names.js'
import type { AnyNetwork } from './network.js'
import { valuesLink } from './values.js'

/** The link of an input, in a scope where its name is known. */
export const inputLink = (shape: Shape, name = 'input'): Link => {
  const link = {
    kind: 'input',
    inputs: [],
    applied: copied({ output: shape, settings: { name }, weights: [], macs: 0, memory: 'own' as const }),
  }
  return Object.assign(link, { scope: withName(undefined, name, link) })
}

/** The first link of a network with several inputs. It holds all of them; none is the current value. */
export const inputsLink = (shapes: Readonly<Record<string, Shape>>): Link => {
  const values = new Map(Object.entries(shapes).map(([name, shape]) => [name, inputLink(shape, name)]))
  const link = valuesLink(values)
  return { ...link, scope: scopeOf(values) }
}

/** A scope that contains values by name. */
const scopeOf = (values: ReadonlyMap<string, Link>): Scope | undefined => {
  let scope: Scope | undefined
  for (const [name, value] of values) scope = withName(scope, name, value)
  return scope
}

/**
 * Appends a copy of a network's layers to a link. The copies have their own weights, except those of shared layers.
 *
 * Layers with explicit names keep them; the others are renumbered. Values that the network keeps are known after it.
 *
 * @param own the last link of the network, whose names and shared layers are those of its type
 * @throws {ShapeError} when the network takes another shape, or one of its inputs has no value here
 */
export const appendCopy = (network: AnyNetwork, before: Link, own?: Link): Link => {
  const { input, graph } = network
  const links = new Map<string, Link>()
  if (isOneShape(input)) {
    requireValue('apply', before)
    requireInput(input, before.applied.output)
    links.set(graph.input, before)
  } else for (const name of Object.keys(input).sort()) links.set(name, inputNamed(before, name, input[name] as Shape))
  // The names of its inputs keep their meaning here, unless an output has one.
  const { outputs } = graph
  const inBranches = new Set(graph.inBranches)
  for (const name of Object.keys({ ...graph.kept, ...(graph.output && outputs) }).sort())
    if (!inBranches.has(name) && (!links.has(name) || Object.hasOwn(outputs, name))) requireNewName('apply', before, name)
  const end = copyLayers(graph, links, before, '', own)
  return { ...end, scope: withCopiedTexts(before, end.scope, own) }
}

/** A scope after a copy of a network: what the copy keeps is one part of the network's type, and what it shares another. */
const withCopiedTexts = (before: Link, after: Scope | undefined, own: Link | undefined): Scope => {
  let scope: Scope = { ...after, typeTexts: before.scope?.typeTexts }
  const order = new Map([...(own ? allKeptAt(own).keys() : [])].map((name, place) => [name, place]))
  const values = [...allKeptAt({ ...before, scope })].filter(([name]) => !keptAt(before, name))
  const inOrder = values.sort(([one], [other]) => (order.get(one) ?? -1) - (order.get(other) ?? -1))
  if (values.length > 0) scope = withTypeText(scope, () => keptTextOf(inOrder))
  return withSharedTexts(scope, before.scope)
}

/** The part of a network's type for several kept values at once. A tower with several outputs has no value of its own. */
export const keptTextOf = (values: Iterable<readonly [string, Link]>): string =>
  `{ kept: ${shapeTypeText(Object.fromEntries([...values].map(([name, { values, applied }]) => [name, values ? [] : applied.output]))).replaceAll(': []', ': never')} }`

/**
 * Copies the layers of a graph onto links for its inputs.
 *
 * @param prefix prefixes the names that the graph keeps: the name of a tower in `parallel`
 * @param own the last link of the network that the graph is of
 * @returns the last link, in a scope that extends that of `before` by the kept values
 */
export const copyLayers = (graph: Graph, links: Map<string, Link>, before: Link, prefix = '', own?: Link): Link => {
  counted(() => {}, graph.nodes.length)
  const linkOf = (name: string): Link => links.get(name) as Link
  const shared = new Map<string, { weights: (readonly Weight[])[]; layers: string[]; places: Map<string, number>; input: Shape }>()
  const used = new Set<string>()
  // Layers of heads have the head's name before theirs.
  const prefixes = new Set<string | undefined>(['', ...Object.keys({ ...graph.outputs, ...graph.kept })])
  for (const node of graph.nodes) {
    if (links.has(node.name)) continue
    const { name, kind, inputs, inputShapes: _, settings, shared: sharedName, sharedWith, ...applied } = node
    for (const input of inputs) used.add(input)
    const stem = prefixIn(name, kind)
    const isGenerated = prefixes.has(stem) || stem === (sharedName ?? '')
    const copied = { ...applied, settings: isGenerated ? settings : { ...settings, name } }
    if (sharedName === undefined) {
      links.set(name, layerLink(kind, inputs.map(linkOf), copied, before.scope))
      continue
    }
    const input = node.inputShapes[0] as Shape
    const sharedLayer = shared.get(sharedName) ?? { weights: [], layers: [], places: new Map<string, number>(), input }
    shared.set(sharedName, sharedLayer)
    const owner = sharedWith ?? name
    if (sharedWith === undefined) sharedLayer.places.set(name, sharedLayer.weights.push(node.weights) - 1)
    const place = sharedLayer.places.get(owner) as number
    const weights = sharedLayer.weights[place] as readonly Weight[]
    const link: Link = {
      kind,
      inputs: inputs.map(linkOf),
      applied: { ...copied, weights },
      shared: { name: sharedName, place },
      scope: before.scope,
    }
    if (sharedWith === undefined) sharedLayer.layers.push(layerText(link))
    links.set(name, link)
  }
  let scope = before.scope
  // Its scope has each shared layer as a whole, also those without weights.
  const sharedLayers = [...(own?.scope?.shared ?? (shared as ReadonlyMap<string, SharedLayer>))]
  // Of several that are others already, the message is about the first by name.
  for (const [name, layer] of [...sharedLayers].sort()) withShared(scope, name, layer, true)
  for (const [name, layer] of sharedLayers) scope = withShared(scope, name, layer, true)
  const ends = graph.nodes.filter(({ name }) => !used.has(name)).map(({ name }) => linkOf(name))
  const after = [before, ...ends]
  const values = () => new Map(Object.entries(graph.outputs).map(([name, node]) => [prefix + name, linkOf(node)]))
  let end: Link =
    graph.output === undefined ? { ...valuesLink(values(), { ...before, scope }), after } : passThrough(linkOf(graph.output), scope, after)
  const inBranches = new Set(graph.inBranches)
  if (graph.output !== undefined)
    for (const [name, node] of Object.entries(graph.outputs)) {
      const behind = headLink(end, prefix + name, linkOf(node))
      end = inBranches.has(name) ? passThrough(behind, end.scope) : behind
    }
  const inputs = new Set(graph.inputs)
  for (const [name, node] of Object.entries(graph.kept)) {
    // What a tower gives has the name of its input. In `parallel`, the name stands for it instead of the input; where the network is
    // applied, it stands for the value that is the input.
    if (prefix || !inputs.has(name) || Object.hasOwn(graph.outputs, name))
      end = passThrough(end, withKeptValue(end.scope, prefix + name, linkOf(node)))
  }
  return end
}

/** All links up to this one, each after its inputs. */
export const linksUpTo = (last: Link): Link[] => {
  const found = new Set<Link>()
  const stack = [last]
  while (stack.length > 0) {
    const link = stack.at(-1) as Link
    // Each link is visited twice: before and after its inputs.
    const missing = found.has(link) ? [] : [...(link.after ?? []), ...link.inputs].filter((before) => !found.has(before))
    if (missing.length === 0) {
      found.add(link)
      stack.pop()
    } else {
      for (const before of missing.reverse()) stack.push(before)
    }
  }
  return [...found]
}

/**
 * Builds the graph that ends in a link. It is frozen, since networks share their beginnings.
 *
 * A head that branches out, or a kept value, adds no node, only the name of an output or a value.
 */
export const graphOf = (last: Link): Graph => {
  const links = linksUpTo(last)
  const branchOuts = links.filter(({ kind }) => kind === 'branchOut')
  const layers = links.filter(({ passes }) => !passes)
  const inputs = layers.filter(({ kind, inputs }) => kind === 'input' && inputs.length === 0)
  // Only layers without explicit names are named after their heads.
  const isNamed = layers.every((link) => link.kind === 'input' || explicitNameOf(link) !== undefined)
  const names = nameLinks(layers, inputs, isNamed ? new Map() : headsOf(links))
  // Links that are not layers pass on their first input.
  for (const link of links) if (link.passes) names.set(link, names.get(link.inputs[0] as Link) as string)
  const nameOf = (link: Link): string => names.get(link) as string
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
  const outputs = last.values ?? headsByName(branchOuts, known, inputs)
  const inBranches = last.values ? [] : [...outputs].filter(([name, head]) => known.get(name) !== head).map(([name]) => name)
  const isHead = (name: string, link: Link) => !last.values && outputs.get(name) === link
  const inputNames = new Set(inputs.map(nameOf))
  const isInput = (name: string, link: Link) => nameOf(link) === name && inputNames.has(name)
  const kept = [...known].filter(([name, link]) => !link.values && !isInput(name, link) && !isHead(name, link))
  const nodesOf = (values: Iterable<readonly [string, Link]>) =>
    Object.freeze(Object.fromEntries([...values].map(([name, link]) => [name, nameOf(link)])))
  return Object.freeze({
    nodes: Object.freeze(nodes),
    input: nameOf(inputs[0] as Link),
    inputs: Object.freeze([...inputNames]),
    ...(last.values ? {} : { output: nameOf(last) }),
    outputs: nodesOf(outputs),
    ...(inBranches.length > 0 ? { inBranches: Object.freeze(inBranches) } : {}),
    kept: nodesOf(kept),
  })
}

/** The ends of heads by output name. A head inside a branch gets a number if its name is already taken outside. */
const headsByName = (branchOuts: readonly Link[], known: ReadonlyMap<string, Link>, inputs: readonly Link[]): Map<string, Link> => {
  const taken = untakenIn(new Set([...known.keys(), ...inputs.map((link) => explicitNameOf(link) as string)]))
  return new Map(
    branchOuts.map((branchOut): [string, Link] => {
      const name = branchOut.applied.settings['name'] as string
      const head = branchOut.inputs[1] as Link
      return [known.get(name) === head ? name : taken(name), head]
    }),
  )
}

/** The name that the `name` option sets. */
const explicitNameOf = ({ applied }: Link): string | undefined => {
  const name = applied.settings['name']
  return typeof name === 'string' ? name : undefined
}

/** A unique name for each link. An input keeps its name; a layer of the same name gets a number. */
const nameLinks = (links: readonly Link[], inputs: readonly Link[], heads: ReadonlyMap<Link, string>): Map<Link, string> => {
  const isInput = new Set(inputs)
  const names = new Names(
    links.map((link) => (isInput.has(link) ? undefined : explicitNameOf(link))),
    inputs.map((link) => explicitNameOf(link) as string),
  )
  return new Map(
    links.map((link) => {
      if (isInput.has(link)) return [link, explicitNameOf(link) as string]
      return [link, names.next(link.kind, explicitNameOf(link), link.shared?.name ?? heads.get(link))]
    }),
  )
}
