import type { NetworkLike } from '../network/network-like.js'
import { requireNetwork } from '../report/given.js'
import { oneLine } from '../report/names.js'
import { isNumbered, titleOf } from './caption.js'
import { categoryOf } from './category.js'
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
  return [
    'digraph network {',
    '  node [shape=box, style="rounded,filled", fillcolor=white, fontname="Helvetica"]',
    '  edge [fontname="Helvetica", fontsize=10]',
    ...graph.nodes.map((node) => {
      const fill = fills[categoryOf(node.kind)]
      const text = isNumbered(node) ? quoted(titleOf(node)) : `${quoted(oneLine(node.name))}\\n${quoted(titleOf(node))}`
      return `  "${quoted(node.name)}" [label="${text}"${fill ? `, fillcolor=${fill}` : ''}]`
    }),
    ...edgesOf(graph).map(({ from, to, shape }) => `  "${quoted(from)}" -> "${quoted(to)}" [label="${shape}"]`),
    '}',
    '',
  ].join('\n')
}

/** Text inside quotes. */
const quoted = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
