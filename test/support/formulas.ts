import { createHash } from 'node:crypto'
import type { Graph } from '../../src/network/graph.js'
import { outputsOf } from '../../src/network/graph.js'

/**
 * What each output of a graph computes, as a hash of its formula: layers with their settings on the formulas of their inputs. It is the
 * same in whatever order the layers stand, and whatever they are called; weights that are shared are not those of another layer.
 */
export const formulasOf = (graph: Graph): Readonly<Record<string, string>> => {
  const formulas = new Map<string, string>()
  for (const { name, kind, settings, inputs, sharedWith } of graph.nodes) {
    const { name: _, ...own } = settings
    const text = JSON.stringify([kind, kind === 'input' ? name : own, inputs.map((each) => formulas.get(each)), sharedWith !== undefined])
    formulas.set(name, createHash('sha256').update(text).digest('hex'))
  }
  return Object.fromEntries(outputsOf(graph).map(({ name, node }) => [name, formulas.get(node) as string]))
}
