import type { AnyNetwork } from '../../src/index.js'
import { outputsOf } from '../../src/network/graph.js'

/**
 * What a network computes, whatever its layers are called and in which order they stand: each node by what it is and what it takes, which have
 * their weights together, and what is given out and kept under which name.
 */
export const graphSaid = ({ graph, input, output, params }: AnyNetwork) => {
  const said = new Map<string, string>()
  for (const { name, kind, settings, inputs, output } of graph.nodes) {
    const text = JSON.stringify([kind === 'input' ? name : kind, settings, inputs.map((each) => said.get(each)), output])
    // Long texts by their hash, so that graphs whose values go to many places stay small.
    said.set(name, text.length > 200 ? hash(text) : text)
  }
  const groups = new Map<string, string[]>()
  for (const { name, shared, sharedWith } of graph.nodes) {
    if (shared === undefined) continue
    const owner = sharedWith ?? name
    groups.set(owner, [...(groups.get(owner) ?? []), said.get(name) as string])
  }
  const named = (entries: readonly (readonly [string, string])[]) =>
    Object.fromEntries(entries.map(([name, node]) => [` ${name}`, said.get(node)]))
  return {
    nodes: [...said.values()].sort(),
    shared: [...groups.values()].map((group) => group.sort().join()).sort(),
    outputs: named(outputsOf(graph).map(({ name, node }) => [name, node])),
    isNamed: graph.output === undefined,
    kept: named(Object.entries(graph.kept)),
    input,
    output,
    params,
  }
}

const hash = (text: string): string => {
  let [one, other] = [2166136261, 5381]
  for (let at = 0; at < text.length; at += 1) {
    one = Math.imul(one ^ text.charCodeAt(at), 16777619)
    other = (Math.imul(other, 33) + text.charCodeAt(at)) | 0
  }
  return `#${one >>> 0}.${other >>> 0}.${text.length}`
}
