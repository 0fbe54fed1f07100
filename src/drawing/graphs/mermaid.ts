import { outputsOf } from '../../network/graph.js'
import type { NetworkLike } from '../../network/network-like.js'
import { requireNetwork } from '../../report/checked-input.js'
import { oneLine } from '../../report/names.js'
import { titleOf } from '../captions/caption.js'
import { type Category, categoryOf } from '../volumes/category.js'
import { labelsOf } from '../volumes/labels.js'
import { isNumbered } from '../volumes/numbered.js'
import { edgesOf } from './edges.js'

/** Fills that are to be read on light and on dark pages. */
const fills: Partial<Record<Category, string>> = {
  convolution: '#8ec5ff',
  pooling: '#ffb27a',
  dense: '#8fdca4',
  recurrent: '#7fd8d8',
  attention: '#d3b2ff',
  embedding: '#d3d98a',
  join: '#ff9d9d',
}

/**
 * A network as a Mermaid flowchart, which GitHub and others draw in Markdown: a box for each layer, and on each line the shape
 * that goes along it. Each output is a box of its own, with its name.
 *
 * @param network any network, or its data
 * @throws {TypeError} when it is given no network
 * @example
 * writeFileSync('lenet.mmd', mermaid(lenet5()))
 */
export const mermaid = (network: NetworkLike): string => {
  const { graph } = requireNetwork('mermaid', network)
  const shapes = new Map(graph.nodes.map(({ name, output }) => [name, output.join('x')]))
  const ids = new Map(graph.nodes.map(({ name }, index) => [name, `n${index}`]))
  const labels = labelsOf(graph)
  const outputs = outputsOf(graph)
  const categories = new Set(graph.nodes.map(({ kind }) => categoryOf(kind)).filter((category) => fills[category]))
  return [
    'flowchart TD',
    ...graph.nodes.map((node) => {
      const category = categoryOf(node.kind)
      const name = isNumbered(node) ? [] : [oneLine(node.name)]
      const text = [...name, titleOf(node), ...(labels.get(node.name)?.layer ?? []).map(oneLine)].map(quoted).join('<br>')
      return `  ${ids.get(node.name)}["${text}"]${fills[category] ? `:::${category}` : ''}`
    }),
    ...edgesOf(graph).map(({ from, to, shape }) => `  ${ids.get(from)} -->|${shape}| ${ids.get(to)}`),
    ...outputs.map(({ name }, index) => `  o${index}(["${quoted(oneLine(name))}"])`),
    ...outputs.map(({ node }, index) => `  ${ids.get(node)} -->|${shapes.get(node)}| o${index}`),
    ...[...categories].map((category) => `  classDef ${category} fill:${fills[category]},stroke:#445,color:#111`),
    '',
  ].join('\n')
}

/**
 * Text in quotes, with Mermaid's own codes for what would end them, and for what it reads as HTML, as Markdown, as a formula or, in
 * whatever text, as settings: `%%{init: ...}%%`.
 */
const quoted = (text: string): string => text.replace(/[#"<>&`%{}$]/g, (sign) => `#${sign.charCodeAt(0)};`)
