import { pathToFileURL } from 'node:url'
import type { AnyNetwork, GraphNode } from 'stridewise'
import { report } from 'stridewise/report'
import { vgg16 } from './vgg.js'

/*
 * The table of CS231n, lecture 7, "VGGNet in detail", line by line: what each layer puts in memory, and its weights without
 * biases. The lecture's last line is not the sum of its own lines; this one is.
 */

/** The lecture's table of a network, from its report and its graph. */
export const lectureTable = (network: AnyNetwork): string => {
  const { layers, totals } = report(network, { biases: false })
  const withBiases = report(network).totals.params
  const nodes = new Map(network.graph.nodes.map((node) => [node.name, node]))
  const lines = layers
    .filter(({ activations }) => activations > 0)
    .map(({ name, activations, params }) => {
      const node = nodes.get(name) as GraphNode
      const volume = volumeOf(node)
      const memory = volume[0] === 1 ? `${activations}` : `${volume.join('*')}=${roughly(activations)}`
      const product = weightsOf(node, nodes)
      return `${titleOf(node)}: [${volume.join('x')}] memory: ${memory} params: ${product ? `${product} = ` : ''}${exactly(params)}`
    })
  const { activations: bytes } = totals.bytes
  return [
    ...lines,
    '',
    `TOTAL memory: ${exactly(totals.activations)} values * 4 bytes = ${million(bytes, 1e6)} MB (${million(bytes, 2 ** 20)} MiB) / image`,
    `TOTAL params: ${exactly(totals.params)} without biases, ${exactly(withBiases)} with biases`,
    '',
  ].join('\n')
}

/** What the lecture prints, and why this table ends otherwise. */
export const note = `\
The lecture's last line is "TOTAL memory: 24M * 4 bytes ~= 93MB / image". That is not the sum of its lines above,
which are the same as here.
`

/** `CONV3-64`, `POOL2`, `FC`. */
const titleOf = ({ kind, settings }: GraphNode): string => {
  if (kind === 'conv2d') return `CONV${settings['kernel']}-${settings['filters']}`
  if (kind === 'maxPool2d') return `POOL${settings['kernel']}`
  return kind === 'dense' ? 'FC' : kind.toUpperCase()
}

/** The output as the lecture has it: a vector is a volume of 1x1. */
const volumeOf = ({ output }: GraphNode): readonly number[] => (output.length === 1 ? [1, 1, ...output] : output)

/** How many weights, as a product: `(3*3*3)*64`, `7*7*512*4096`; nothing for a layer without weights. */
const weightsOf = ({ kind, weights, inputs }: GraphNode, nodes: ReadonlyMap<string, GraphNode>): string => {
  const shape = weights.find(({ name }) => name === 'kernel')?.shape
  if (!shape) return ''
  const units = shape.at(-1)
  if (kind === 'conv2d') return `(${shape.slice(0, -1).join('*')})*${units}`
  const before = nodes.get(inputs[0] ?? '')
  const features = before?.kind === 'flatten' ? before.inputShapes[0] : before?.output
  return [...(features ?? []), units].join('*')
}

/** Two digits, as the lecture rounds: `150K`, `3.2M`. */
const roughly = (values: number): string => {
  const rounded = Number(values.toPrecision(2))
  return rounded >= 1e6 ? `${rounded / 1e6}M` : `${rounded / 1e3}K`
}

const exactly = (count: number): string => count.toLocaleString('en-US')

const million = (bytes: number, unit: number): string => (bytes / unit).toFixed(2)

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(`${lectureTable(vgg16)}\n${note}`)
