import { outputsOf } from '../../network/graph.js'
import { untakenIn } from '../../network/names.js'
import type { NetworkLike } from '../../network/network-like.js'
import { requireNetwork } from '../../report/checked-input.js'
import { oneLine } from '../../report/names.js'
import { titleOf } from '../captions/caption.js'
import { categoryOf } from '../volumes/category.js'
import { labelsOf } from '../volumes/labels.js'
import { isNumbered } from '../volumes/numbered.js'
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
 * shape that goes along it. Each output is a box of its own, with its name.
 *
 * @param network any network, or its data
 * @throws {TypeError} when it is given no network
 * @example
 * writeFileSync('lenet.dot', dot(lenet5())) // dot -Tpdf lenet.dot -o lenet.pdf
 */
export const dot = (network: NetworkLike): string => {
  const { graph } = requireNetwork('dot', network)
  const labels = labelsOf(graph)
  const outputs = outputsOf(graph)
  const shapes = new Map(graph.nodes.map(({ name, output }) => [name, output.join('x')]))
  // The names of layers in one line, and no two the same, also where long ones begin alike.
  const untaken = untakenIn(new Set())
  const idOf = (name: string): string => untaken(quoted(oneLine(name)))
  const ids = new Map(graph.nodes.map(({ name }) => [name, idOf(name)]))
  const outputIds = outputs.map(({ name }) => idOf(`output ${name}`))
  return [
    'digraph network {',
    '  node [shape=box, style="rounded,filled", fillcolor=white, fontname="Helvetica"]',
    '  edge [fontname="Helvetica", fontsize=10]',
    ...graph.nodes.map((node) => {
      const fill = fills[categoryOf(node.kind)]
      const name = isNumbered(node) ? [] : [oneLine(node.name)]
      const text = [...name, titleOf(node), ...(labels.get(node.name)?.layer ?? []).map(oneLine)].map(quoted).join('\\n')
      return `  "${ids.get(node.name)}" [label="${text}"${fill ? `, fillcolor=${fill}` : ''}]`
    }),
    ...edgesOf(graph).map(({ from, to, shape }) => `  "${ids.get(from)}" -> "${ids.get(to)}" [label="${shape}"]`),
    ...outputs.map(({ name }, index) => `  "${outputIds[index]}" [label="${quoted(oneLine(name))}", shape=ellipse]`),
    ...outputs.map(({ node }, index) => `  "${ids.get(node)}" -> "${outputIds[index]}" [label="${shapes.get(node)}"]`),
    '}',
    '',
  ].join('\n')
}

/** Text inside quotes. */
const quoted = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
