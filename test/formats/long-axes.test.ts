import { expect, test } from 'vitest'
import { toKeras } from '../../src/formats/keras/index.js'
import { toOnnx } from '../../src/formats/onnx/index.js'
import { toPyTorch } from '../../src/formats/pytorch/index.js'
import { type AnyNetwork, input } from '../../src/index.js'
import { FormatError } from '../../src/network/format-error.js'

/* A network may have axes of any length. No writer goes over billions of positions: it refuses them. */

const long = input(2_147_483_647, 4).upsample(1.5, { rounding: 'floor' })

test.each<[string, (network: AnyNetwork) => unknown]>([
  ['onnx', toOnnx],
  ['pytorch', toPyTorch],
  ['keras', toKeras],
])('%s', (format, write) => {
  expect(() => write(long)).toThrow(FormatError)
  expect(() => write(long)).toThrow(new RegExp(`^${format}: upsample_1: .*3221225470`))
})
