import { expect, test } from 'vitest'
import * as core from '../src/index.js'
import { checkLines, thrownBy } from './support/check.js'

/* Empty options are options of no mistake: both halves refuse with them what they refuse without. */

const layers = [
  ...['conv1d(4, 9', 'conv2d(4, 9', 'conv2d(4, 0', 'conv3d(4, 9', 'depthwiseConv1d(9', 'depthwiseConv2d(9', 'depthwiseConv3d(9'],
  ...['separableConv1d(4, 9', 'separableConv2d(4, 9', 'convTranspose1d(0, 3', 'convTranspose2d(4, 0', 'convTranspose3d(4, 0'],
  ...['maxPool1d(9', 'maxPool2d(9', 'maxPool3d(9', 'avgPool1d(9', 'avgPool2d(9', 'avgPool3d(9', 'dense(0', 'lstm(0', 'gru(0'],
  ...['upsample(0', 'pad(-1', 'zeroPad(-1', 'groupNorm(3', 'localResponseNorm(0', 'multiHeadAttention(3', 'windowAttention(3, 3'],
  ...['batchNorm(', 'layerNorm(', 'rmsNorm(', 'instanceNorm(', 'prelu(', 'patchMerging('],
].map((call) => (call.endsWith('(') ? `${call}{})` : `${call}, {})`))

const inputs = ['input(7)', 'input(5, 4)', 'input(5, 5, 4)', 'input(5, 5, 5, 4)']

const lines = inputs.flatMap((input) => layers.flatMap((layer) => [`${input}.${layer}`, `${input}.apply(${layer})`]))

test('methods and layer values', () => {
  const names = [...new Set(layers.map((layer) => layer.slice(0, layer.indexOf('('))))]
  const checked = checkLines(lines, `import { ${names.join(', ')} } from 'stridewise'`)
  const refused = lines.map((line) => [line, thrownBy(line, { ...core }) !== undefined])
  expect(lines.map((line) => [line, checked.get(line)?.sentences.length !== 0])).toEqual(refused)
  expect(refused.filter(([, isRefused]) => isRefused).length).toBeGreaterThan(100)
})
