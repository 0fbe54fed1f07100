import type { OnnxGraph, OnnxModel, OnnxNode } from '../../model.js'
import type { Reader } from '../reader/reader.js'
import { activationIdioms } from './activations.js'
import { layerNormIdioms } from './layer-norm.js'
import { Links } from './links.js'
import { localResponseIdioms } from './local-response.js'
import { rmsNormIdioms } from './rms-norm.js'
import { rollIdioms } from './roll.js'

/*
 * Idioms of exporters: several operators that are one layer. A rule looks back from the last of them, over a fixed number of operators.
 */

/** What a rule found. */
export interface Found {
  /** The operators that the layer stands for: those that nothing else needs are left out. */
  readonly covers: readonly OnnxNode[]
  /** What the layer takes: its input, its weights, and what it has to look at. */
  readonly inputs: readonly string[]
  /** Reads the layer, from an operator with those inputs and the outputs of the last. */
  readonly read: (read: Reader, node: OnnxNode) => void
}

/** Rules by the operator that an idiom ends with. The first that fits is taken. */
export type Idioms = Readonly<Record<string, readonly ((links: Links, node: OnnxNode) => Found | undefined)[]>>

/** Idioms of a subject. */
export interface Subject {
  /** What they are read as. */
  readonly layers: readonly string[]
  /** What they look like. */
  readonly formula: string
  readonly rules: Idioms
}

/** The idioms of all subjects, longer ones before those that they contain. */
export const idioms: readonly Subject[] = [
  {
    layers: ['layerNorm', 'instanceNorm', 'groupNorm'],
    formula: 'a value minus its mean over the root of its variance and a number, with a scale and a shift or without',
    rules: layerNormIdioms,
  },
  {
    layers: ['rmsNorm'],
    formula: 'a value over the root of the mean of its squares and a number, with a scale or without',
    rules: rmsNormIdioms,
  },
  {
    layers: ['localResponseNorm'],
    formula: 'a value over a power of the mean of squares of neighbouring channels, as `nn.LocalResponseNorm` is exported',
    rules: localResponseIdioms,
  },
  {
    layers: ['hardSwish', 'hardSigmoid', 'relu6', 'relu', 'leakyRelu', 'softplus'],
    formula: '`relu6(x + 3) / 6` and `x` times that, `min(max(x, 0), 6)`, `max(x, 0)`, `max(x, a x)`, `log(exp(x) + 1)`',
    rules: activationIdioms,
  },
  {
    layers: ['windowAttention', 'crop', 'concat'],
    formula: '`torch.roll`: what stands from a place on, then what stands before it; around attention in windows it is their shift',
    rules: rollIdioms,
  },
]

/** An operator, and what reads it where it is an idiom. */
export interface Rewritten {
  readonly node: OnnxNode
  readonly read?: Found['read']
}

/** The operators of a graph, with one for each idiom in the place of its last. */
export const rewritten = (model: OnnxModel, graph: OnnxGraph): Rewritten[] => {
  const links = new Links(model, graph)
  const found = new Map<OnnxNode, Found>()
  for (const node of graph.nodes) {
    const match = node.domain === '' ? matchOf(links, node) : undefined
    if (match) found.set(node, match)
  }
  if (found.size === 0) return graph.nodes.map((node) => ({ node }))
  return withoutCovered(graph, found)
}

const matchOf = (links: Links, node: OnnxNode): Found | undefined => {
  for (const { rules } of idioms) {
    if (!Object.hasOwn(rules, node.operator)) continue
    for (const rule of rules[node.operator] ?? []) {
      const match = rule(links, node)
      if (match) return match
    }
  }
  return undefined
}

/** The operators without those that only idioms needed, from the last to the first. */
const withoutCovered = (graph: OnnxGraph, found: ReadonlyMap<OnnxNode, Found>): Rewritten[] => {
  const covered = new Set([...found.values()].flatMap(({ covers }) => covers))
  const needed = new Set(graph.outputs.map(({ name }) => name))
  // What was not needed by anything from the start is read, and refused, as it stands.
  const used = new Set(graph.nodes.flatMap(({ inputs }) => inputs))
  const kept: Rewritten[] = []
  for (const node of [...graph.nodes].reverse()) {
    const isNeeded = node.outputs.some((name) => needed.has(name))
    const wasUsed = node.outputs.some((name) => used.has(name))
    if (!isNeeded && (covered.has(node) || wasUsed)) continue
    const match = found.get(node)
    const inputs = match?.inputs ?? node.inputs
    for (const name of inputs) needed.add(name)
    for (const name of inBranches(node)) needed.add(name)
    kept.push(match ? { node: { ...node, inputs }, read: match.read } : { node })
  }
  return kept.reverse()
}

/** The names that the branches of an operator take: of the graph around them, or of their own. */
const inBranches = (node: OnnxNode): string[] =>
  Object.values(node.attributes).flatMap((attribute) =>
    'graph' in attribute
      ? [
          ...attribute.graph.nodes.flatMap((inner) => [...inner.inputs, ...inBranches(inner)]),
          ...attribute.graph.outputs.map(({ name }) => name),
        ]
      : [],
  )
