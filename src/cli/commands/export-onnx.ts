import { basename } from 'node:path'
import { onnxData, toOnnx } from '../../formats/onnx/index.js'
import { valuesIn } from '../../layers/kind/layer.js'
import type { AnyNetwork } from '../../network/network.js'
import { weightSpecs } from '../../weights/names.js'
import { UsageError } from '../output/exit.js'
import { progress } from '../output/progress.js'
import type { TargetOptions, Written } from './export-targets.js'

/** Weights of more bytes than this go beside the model, unless that is said: inside they would take their size in memory several times. */
const largestInside = 2 ** 27

/** A network as an ONNX model; large weights are a file of their own, `vgg.onnx.data`, which passes through little memory. */
export const exportOnnx = (network: AnyNetwork, options: TargetOptions): Written => {
  const { weights = 'seed', seed, opset, batch, output } = options
  const model = { ...(opset === undefined ? {} : { opset }), ...(batch === undefined ? {} : { batch }) }
  if (weights === 'inputs') return { content: toOnnx(network, { ...model, weights }) }
  const numbers = { ...(seed === undefined ? {} : { seed }), ...(weights === 'seed' ? {} : { weights }) }
  const bytes = 4 * weightSpecs(network.graph).reduce((sum, { shape }) => sum + valuesIn(shape), 0)
  const isBeside = options.externalData ?? bytes > largestInside
  if (!isBeside) return { content: toOnnx(network, { ...model, ...numbers }) }
  if (output === undefined) {
    throw new UsageError(
      `${bytes.toLocaleString('en-US')} bytes of weights go into a file beside the model. Give a file: --output network.onnx.`,
    )
  }
  const path = `${output}.data`
  const show = progress(basename(path), bytes)
  return {
    content: toOnnx(network, { ...model, externalData: basename(path) }),
    beside: { path, bytes, pieces: onnxData(network, { ...numbers, onProgress: ({ written }) => show(written) }) },
  }
}
