import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type * as tf from '@tensorflow/tfjs'

/** Files of Keras, which Python writes with h5py in the forms of Keras's sources: write.py. */

const python = '/usr/bin/python3'
const script = fileURLToPath(new URL('./write.py', import.meta.url))

/** Why no files can be written; `undefined` where they can. */
export const absent: string | undefined =
  spawnSync(python, ['-c', 'import h5py, numpy']).status === 0
    ? undefined
    : `${python} has no h5py (apt-get install python3-h5py): what it would write is left out.`

if (absent !== undefined) console.log(absent)

/** A weight, in the order of the layer. */
export interface WeightFile {
  readonly name: string
  readonly shape: readonly number[]
  readonly data: string
}

/** A layer as Keras would hold it. */
export interface LayerFile {
  readonly name: string
  readonly class: string
  readonly weights?: readonly WeightFile[]
  readonly layers?: readonly LayerFile[]
  readonly inner?: LayerFile
  readonly forward?: LayerFile
  readonly backward?: LayerFile
}

/** The forms of write.py that hold a model. */
export type Form = 'keras-2' | 'keras-3' | 'zip' | 'zip-2.12'

export interface ModelRequest {
  readonly path: string
  readonly form: Form
  readonly version: string
  readonly config: unknown
  readonly layers: readonly LayerFile[]
  readonly options?: Readonly<Record<string, unknown>>
  readonly packed?: boolean
}

/** A tensor with the options of h5py. */
export interface TensorFile extends WeightFile {
  readonly dtype?: string
  readonly options?: Readonly<Record<string, unknown>>
  /** What few programs write. */
  readonly special?: 'unwritten' | 'external' | 'committed' | 'opaque' | 'compact'
  /** Attributes that it has. */
  readonly attributes?: number
}

/** Tensors alone. */
export interface TensorsRequest {
  readonly path: string
  readonly form: 'tensors'
  readonly attributes?: Readonly<Record<string, string>>
  readonly tensors: readonly TensorFile[]
  readonly options?: Readonly<Record<string, unknown>>
}

export const writeFiles = (...requests: readonly (ModelRequest | TensorsRequest)[]): void => {
  const { status, stderr } = spawnSync(python, [script], { input: JSON.stringify(requests), encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (status !== 0) throw new Error(stderr)
}

/** Numbers as write.py takes them. */
export const packed = (values: Float32Array): string => Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64')

/** The layers of a model of TensorFlow.js as Keras would hold them. */
export const layersOf = (model: tf.LayersModel): LayerFile[] => model.layers.map(layerOf)

/** Layers inside a layer. */
interface Holder {
  readonly layers?: tf.layers.Layer[]
  readonly layer?: tf.layers.Layer
  readonly forwardLayer?: tf.layers.Layer
  readonly backwardLayer?: tf.layers.Layer
}

const layerOf = (layer: tf.layers.Layer): LayerFile => {
  const { layers, layer: inner, forwardLayer, backwardLayer } = layer as Holder
  const own = { name: layer.name, class: layer.getClassName() }
  if (layers) return { ...own, layers: layers.map(layerOf) }
  if (forwardLayer && backwardLayer) return { ...own, forward: layerOf(forwardLayer), backward: layerOf(backwardLayer) }
  if (inner) return { ...own, inner: layerOf(inner) }
  const weights = layer.weights.map((weight) => ({
    name: weight.originalName.split('/').at(-1) as string,
    shape: weight.shape as number[],
    data: packed(weight.read().dataSync() as Float32Array),
  }))
  return { ...own, weights }
}
