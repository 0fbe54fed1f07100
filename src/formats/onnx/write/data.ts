import { valuesIn } from '../../../layers/kind/layer.js'
import { FormatError } from '../../../network/format-error.js'
import type { NetworkLike } from '../../../network/network-like.js'
import { checkWeights } from '../../../weights/check.js'
import { filler } from '../../../weights/initialize.js'
import { type ReachedSpec, reachedGraph, reachedSpecs } from '../../../weights/reached-graph.js'
import type { WeightSpec, Weights } from '../../../weights/weights.js'
import { requireNetwork, requireOptions } from '../../checked-input.js'
import { elementTypes, type OnnxTensor } from '../model.js'

/** How far a writing has come, in bytes. */
export interface Progress {
  readonly written: number
  readonly total: number
}

/** Options of {@link onnxData}. */
export interface OnnxDataOptions {
  /** The weights; by default random initial weights of He et al. 2015. */
  readonly weights?: Weights
  /** Seed of the random initial weights, default 0. */
  readonly seed?: number
  /** Called after every piece. */
  readonly onProgress?: (progress: Progress) => void
}

/** Values in a piece: 4 MiB of floats, so that memory does not grow with the model. */
const pieceValues = 2 ** 20

/** Where the weights came from: given, or drawn from a seed. */
interface Source {
  readonly weights?: Weights | 'inputs'
  readonly seed?: number
}

/** The bytes of a tensor in pieces; a piece is good until the next one is asked for. */
function* piecesOf({ from: spec }: ReachedSpec, { weights, seed = 0 }: Source): Generator<Uint8Array> {
  const count = valuesIn(spec.shape)
  const ownWeight = weights instanceof Map ? weights.get(spec.name)?.data : undefined
  const fill = filler(spec, { seed })
  for (let start = 0; start < count; start += pieceValues) {
    const piece = ownWeight?.subarray(start, start + pieceValues) ?? new Float32Array(Math.min(pieceValues, count - start))
    if (!ownWeight) fill(piece)
    yield new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength)
  }
}

/**
 * The file of weights that a model written with `externalData` refers to, in pieces of 4 MiB at most: a model of any size passes through
 * little memory.
 *
 * @throws {FormatError} with the name of a tensor that is not the network's
 * @example
 * writeFileSync('vgg16.onnx', toOnnx(vgg16(), { externalData: 'vgg16.data' }))
 * const file = openSync('vgg16.data', 'w')
 * for (const piece of onnxData(vgg16())) writeSync(file, piece)
 */
export function* onnxData(network: NetworkLike, options: OnnxDataOptions = {}): Generator<Uint8Array, void> {
  const { graph } = requireNetwork('onnx', network)
  requireOptions('onnx', options, ['weights', 'seed', 'onProgress'])
  const specs = reachedSpecs(reachedGraph(graph))
  if (options.weights) checkWeights(network, options.weights)
  const total = 4 * specs.reduce((sum, { spec }) => sum + valuesIn(spec.shape), 0)
  let written = 0
  for (const spec of specs) {
    for (const piece of piecesOf(spec, options)) {
      yield piece
      written += piece.length
      options.onProgress?.({ written, total })
    }
  }
}

/** The tensors with their values inside the model. */
export const inlineTensors = (specs: readonly ReachedSpec[], source: Source): OnnxTensor[] =>
  specs.map((each) => {
    const { spec } = each
    const raw = new Uint8Array(4 * valuesIn(spec.shape))
    let at = 0
    for (const piece of piecesOf(each, source)) {
      raw.set(piece, at)
      at += piece.length
    }
    return { name: spec.name, dims: spec.shape, type: elementTypes.float, raw }
  })

/** The tensors with their places in a file of their own. */
export const externalTensors = (specs: readonly WeightSpec[], location: string): OnnxTensor[] => {
  if (typeof location !== 'string' || location === '' || /^[/\\]|\.\.|:/.test(location)) {
    throw new FormatError('externalData must be the name of a file beside the model.', 'onnx', '')
  }
  let offset = 0
  return specs.map(({ name, shape }) => {
    const length = 4 * valuesIn(shape)
    const external = { location, offset: `${offset}`, length: `${length}` }
    offset += length
    return { name, dims: shape, type: elementTypes.float, external }
  })
}
