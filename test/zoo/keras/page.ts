import { markdownTable } from 'markdown-table'
import { report } from '../../../src/report/report.js'
import { grouped } from '../../../src/report/units.js'
import { differenceOf, differences, functionOf, made, published } from './cases.js'

/** The part of docs/zoo.md on Keras's models: each beside what Keras builds. */

const sizes = (shape: readonly unknown[]): string => shape.map((size) => size ?? '-').join('x')

const headings = ['model', 'input', 'map', 'trainable', 'Keras', 'not trainable', 'Keras', 'layers', 'Keras']

const rows = (): string[][] =>
  published.map(({ model, trainable, nonTrainable, weightedLayers }) => {
    const network = made(model)
    const map = made(model, { top: false }).output as readonly number[]
    const { totals } = report(network)
    const layers = network.graph.nodes.filter(({ weights }) => weights.length > 0).length
    return [
      `\`${functionOf(model)}()\``,
      sizes(network.input as readonly number[]),
      sizes(map),
      ...[totals.params, trainable, totals.nonTrainable, nonTrainable, layers, weightedLayers].map(grouped),
    ]
  })

/** Each reason once, with the columns and models that it is about. */
const reasons = (): string =>
  differences
    .map(({ models, nonTrainable, weightedLayers, reason }) => {
      const names = published.filter(({ model }) => models.test(model)).map(({ model }) => `\`${functionOf(model)}\``)
      const column = nonTrainable === undefined ? `layers: ${-(weightedLayers ?? 0)} more` : `not trainable: ${nonTrainable} less`
      return `- ${column} in ${names[0]} to ${names.at(-1)}: ${reason}.`
    })
    .join('\n')

export const kerasPart = (): string => {
  const differ = published.filter(({ model }) => differenceOf(model) !== undefined).length
  const table = markdownTable([headings, ...rows()], { align: ['l', 'l', 'l', 'r', 'r', 'r', 'r', 'r', 'r'], alignDelimiters: false })
  return `## Keras Applications

\`stridewise/zoo/keras\` has all ${published.length} models of [Keras Applications](https://keras.io/api/applications/), as Keras builds them: with its paddings,
biases and epsilons, its first layers on pixels, and its names of layers. A name that \`stridewise/zoo\` has too is spelled as there.

\`\`\`ts
import { mobilenetV2, resnet50 } from 'stridewise/zoo/keras'

resnet50() // Network<[224, 224, 3], [1000], 25583592>
resnet50({ top: false, input: 256 }) // Network<[256, 256, 3], [8, 8, 2048], 23534592>
mobilenetV2({ alpha: 0.5, classes: 10 }) // Network<[224, 224, 3], [10], 700490>
\`\`\`

\`classes\` and \`input\` are those of the other models. \`top: false\` is Keras's \`include_top=False\`: the output is the feature map. The
MobileNets take the \`alpha\` for which Keras has weights.

The figures of Keras are what Keras 3 counts for a model with \`weights=None\`. "Map" is the output without the top, "not trainable" counts
moving means and variances, and "layers" those with weights. All ${published.length} lines agree in trainable parameters and maps; ${published.length - differ} agree in everything.

${table}

The others differ for a reason:

${reasons()}

What Keras names and this package does not: activations, sums, the scales of ConvNeXt and the statistics of EfficientNet, since these layers
take no name here. Scores are a dense layer and a softmax, where Keras has one dense layer with an activation. ConvNeXt's dense layers
on a map are 1x1 convolutions, and its depthwise convolutions are such layers, where Keras has grouped ones: the weights are the same in
other shapes. Stochastic depth, which does nothing at inference, is left out. With its weights for ImageNet, Keras also scales what
EfficientNet has normalized; a model without them, as here, does not.
`
}
