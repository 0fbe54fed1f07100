import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { block, concat, conv2d, dense, leakyRelu, maxPool2d, relu, repeat } from '../../../src/index.js'

/** Layer values as text. */

test.each([
  [relu(), 'relu()'],
  [leakyRelu(), 'leakyRelu(0.01)'],
  [conv2d(96, 11, { stride: 4 }), 'conv2d(96, 11, { stride: 4 })'],
  [
    conv2d(8, [3, 5], {
      padding: [
        [0, 1],
        [2, 0],
      ],
      bias: false,
    }),
    'conv2d(8, [3, 5], { padding: [[0, 1], [2, 0]], bias: false })',
  ],
  [maxPool2d(2, {}), 'maxPool2d(2, {})'],
  [dense(10, { name: 'a "b"' }), 'dense(10, { name: "a \\"b\\"" })'],
  [block(repeat(2, block(relu())), concat(conv2d(8, 1))), 'block(repeat(2, block(relu())), concat(conv2d(8, 1)))'],
  [block(undefined as never, null as never, 3 as never, relu as never), 'block(undefined, null, 3, relu)'],
])('%s', (layer, text) => {
  expect(String(layer)).toBe(text)
  expect(inspect([layer], { breakLength: 200 })).toBe(`[ ${text} ]`)
})
