import { toOnnx } from '../../src/formats/onnx/index.js'
import { encodeModel } from '../../src/formats/onnx/wire/encode.js'
import { onnxModel } from '../../src/formats/onnx/write/write.js'
import { initialize, writeSafetensors } from '../../src/formats/safetensors/index.js'
import { type AnyNetwork, input } from '../../src/index.js'
import type { Random } from '../../src/weights/random.js'

/** Files of ONNX and safetensors, and ways to damage their bytes. */

export const image = input(8, 8, 3)
  .conv2d(4, 3, { padding: 1, bias: false })
  .batchNorm()
  .relu()
  .residual((x) => x.conv2d(4, 3, { padding: 1 }).silu())
  .multiply((x) => x.globalAvgPool().dense(4).sigmoid())
  .maxPool2d(2)
  .concat(
    (x) => x.conv2d(2, 1),
    (x) => x.avgPool2d(3, { stride: 1, padding: 1 }),
  )
  .groupNorm(2)
  .flatten()
  .dropout(0.5)
  .dense(5)
  .softmax() as AnyNetwork
const tokens = input(6)
  .embedding(9, 8)
  .classToken()
  .positionEmbedding()
  .layerNorm()
  .multiHeadAttention(2)
  .lstm(3)
  .meanTokens() as AnyNetwork
export const adaptive = input(9, 7, 2).adaptiveAvgPool([4, 3]).instanceNorm().upsample(2).pixelShuffle(1).flatten().dense(2) as AnyNetwork

const networks = [image, tokens, adaptive]
const recorded: readonly Uint8Array[] = networks.map((network) => toOnnx(network))
const plain = networks
  .filter((network) => network !== tokens && network !== adaptive)
  .map((network) => encodeModel({ ...onnxModel(network), metadata: {} }))

/** With what they say of their network, and without. */
export const onnxFiles: readonly Uint8Array[] = [...recorded, ...plain]

export const safetensorsFile: Uint8Array = writeSafetensors(
  initialize(input(5, 5, 2).conv2d(3, 3).batchNorm().flatten().dense(2) as AnyNetwork),
)

/** One of several ways to damage bytes. */
export const damagedBytes = (bytes: Uint8Array, random: Random): Uint8Array => {
  const whole = (below: number): number => Math.floor(random.uniform() * below)
  const copy = new Uint8Array(bytes)
  const at = whole(bytes.length)
  const way = whole(8)
  if (way === 0) return copy.slice(0, at)
  if (way === 1) {
    copy[at] = (copy[at] as number) ^ (1 << whole(8))
    return copy
  }
  if (way === 2) {
    for (let time = whole(16); time >= 0; time -= 1) copy[whole(copy.length)] = whole(256)
    return copy
  }
  if (way === 3) return Uint8Array.from([...copy.subarray(0, at), ...copy.subarray(at + 1 + whole(40))])
  if (way === 4)
    return Uint8Array.from([...copy.subarray(0, at), ...copy.subarray(whole(bytes.length)).subarray(0, whole(60)), ...copy.subarray(at)])
  if (way === 5) {
    // Sizes at their ends: lengths, dims and offsets that are larger than anything.
    copy.fill(0xff, at, at + 1 + whole(9))
    return copy
  }
  if (way === 6) {
    copy[at] = 0
    return copy
  }
  const other = whole(bytes.length)
  copy.copyWithin(at, other, other + whole(80))
  return copy
}
