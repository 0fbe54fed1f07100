import { untakenIn } from '../../network/names.js'
import type { NetworkLike } from '../../network/network-like.js'
import { requireNetwork } from '../../report/checked-input.js'
import { oneLine } from '../../report/names.js'
import { isNumbered, titleOf } from '../captions/caption.js'
import { categoryOf } from '../volumes/category.js'
import { edgesOf } from './edges.js'

/** Graphviz's names of colours that black text can be read on. */
const fills: Readonly<Record<string, string>> = {
  convolution: 'lightskyblue',
  pooling: 'sandybrown',
  dense: 'palegreen',
  recurrent: 'paleturquoise',
  attention: 'plum',
  embedding: 'khaki',
  join: 'lightcoral',
}

/**
 * A network in the language of Graphviz (https://graphviz.org/doc/info/lang.html): a box for each layer, and on each line the
 * shape that goes along it.
 *
 * @param network any network, or its data
 * @throws {TypeError} when it is given no network
 * @example
 * writeFileSync('lenet.dot', dot(lenet5())) // dot -Tpdf lenet.dot -o lenet.pdf
 */
export const dot = (network: NetworkLike): string => {
  const { graph } = requireNetwork('dot', network)
  const ids = idsOf(graph.nodes.map(({ name }) => name))
  return [
    'digraph network {',
    '  node [shape=box, style="rounded,filled", fillcolor=white, fontname="Helvetica"]',
    '  edge [fontname="Helvetica", fontsize=10]',
    ...graph.nodes.map((node) => {
      const fill = fills[categoryOf(node.kind)]
      const text = isNumbered(node) ? quoted(titleOf(node)) : `${quoted(oneLine(node.name))}\\n${quoted(titleOf(node))}`
      return `  "${ids.get(node.name)}" [label="${text}"${fill ? `, fillcolor=${fill}` : ''}]`
    }),
    ...edgesOf(graph).map(({ from, to, shape }) => `  "${ids.get(from)}" -> "${ids.get(to)}" [label="${shape}"]`),
    '}',
    '',
  ].join('\n')
}

/** The names of layers as Graphviz's names of nodes: in one line, and no two the same, also where long ones begin alike. */
const idsOf = (names: readonly string[]): ReadonlyMap<string, string> => {
  const untaken = untakenIn(new Set())
  return new Map(names.map((name) => [name, untaken(quoted(oneLine(name)))]))
}

/** Text inside quotes. */
const quoted = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
