import type { KerasLayer } from '../../src/formats/keras/layer.js'
import { inputLayer, written as layersOf } from '../../src/formats/keras/write/write.js'
import { channelsFirst, channelsLast } from '../../src/formats/pytorch/axes.js'
import { written } from '../../src/formats/pytorch/entries.js'
import type { AnyNetwork } from '../../src/index.js'
import { FormatError } from '../../src/network/format-error.js'
import type { GraphNode } from '../../src/network/graph.js'

/** The columns of the table of formats for PyTorch and Keras: how the code represents each kind of layer. */

interface Example {
  readonly network: AnyNetwork
  readonly node: GraphNode
}

const code = (names: ReadonlySet<string>): string => [...names].map((name) => `\`${name}\``).join(', ')

/** What is found on all examples, and for which there is nothing the reason. */
const cellOf = (examples: readonly Example[], find: (example: Example) => readonly string[]): string => {
  const names = new Set<string>()
  const reasons = new Set<string>()
  for (const example of examples) {
    try {
      for (const name of find(example)) names.add(name)
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      reasons.add(reasonIn(error, example.node))
    }
  }
  const refused = [...reasons].sort().join('; ')
  if (names.size === 0) return `refused: ${refused}`
  return refused === '' ? code(names) : `${code(names)}; refused where ${refused}`
}

/** The reason without the names of the format and the layer, and without what to do. */
const reasonIn = (error: FormatError, node: GraphNode): string =>
  (error.message.split(`${node.name}: ${node.kind}: `)[1] as string).replace(/\. .*$/, '').replace(/\.$/, '')

/** The modules of PyTorch. */
export const pytorchCell = (kind: string, examples: readonly Example[]): string => {
  if (kind === 'add') return '`+`'
  if (kind === 'subtract') return '`-`'
  if (kind === 'average') return '`+`, `/`'
  if (kind === 'maximum' || kind === 'minimum') return `\`torch.${kind}\``
  if (kind === 'multiply') return '`*`'
  if (kind === 'matmul') return '`torch.matmul`'
  if (kind === 'concat') return '`torch.cat`'
  if (kind === 'permute') return 'the order of the axes'
  return cellOf(examples, ({ node }) => {
    const shape = node.inputShapes[0] as GraphNode['output']
    const axes = shape.length === 2 && /oken|dense|attention|lstm|gru|layerNorm/i.test(kind) ? channelsLast(shape) : channelsFirst(shape)
    const { parts } = written(node, { shape, axes }, new Set())
    return parts.filter(({ role }) => role !== 'permute').map(({ call }) => call.callee)
  })
}

/** The layers of Keras, which TensorFlow.js has too. */
export const kerasCell = (_: string, examples: readonly Example[]): string =>
  cellOf(examples, ({ node }) => {
    const inputs = node.inputShapes.map((output, index) => inputLayer({ name: `input ${index}`, output }))
    const layers: KerasLayer[] = []
    const gather = (layer: KerasLayer): void => {
      if (inputs.includes(layer) || layers.includes(layer)) return
      layer.inputs.forEach(gather)
      layers.push(layer)
    }
    gather(layersOf(node, inputs))
    return layers.map(({ className }) => className)
  })
