import { describe, expect, test } from 'vitest'
import type { AnyNetwork } from '../../../src/index.js'
import { report } from '../../../src/report/index.js'
import * as zoo from '../../../src/zoo/index.js'
import { isLong } from '../../support/effort.js'
import { computedOf, withZeros } from '../../support/onnx.js'

/** Zoo models in ONNX Runtime, with weights of zeros, which it makes itself. Every value has the shape that the file declares. */

type Make = (options?: { input: number }) => AnyNetwork

/** WebAssembly has 4 GB of memory in all, for the weights and their copies. */
const mostParams = 150e6

/** Arithmetic above which a model is run on a smaller image than its own: the shapes are others, the layers are the same. */
const mostMacs = 1e9

/** U-Net takes no 64: 188 is its smallest. */
const smaller = [64, 188]

const settled = (make: Make): AnyNetwork => {
  const whole = make()
  if ((whole.input as readonly number[]).length < 3 || report(whole).totals.macs <= mostMacs) return whole
  for (const input of smaller) {
    try {
      return make({ input })
    } catch {
      // The next is larger.
    }
  }
  return whole
}

/** All of them in a long run; a short one makes none. */
const models = isLong ? Object.entries(zoo as unknown as Record<string, Make>).filter(([name]) => name !== 'lenet1998') : []
const [large, fitting] = [models.filter(([, make]) => make().params > mostParams), models.filter(([, make]) => make().params <= mostParams)]

describe.runIf(isLong)('every ready architecture that WebAssembly can hold', () => {
  test.each(fitting)('%s', async (_, make) => {
    const network = settled(make)
    const { said, found } = await computedOf(withZeros(network), 1)
    expect(Object.keys(found).length).toBeGreaterThan(3)
    expect(found).toEqual(said)
  })

  test(`too large for it: ${large.map(([name]) => name).join(', ')}`, () => {
    expect(fitting.length).toBeGreaterThan(large.length * 8)
  })
})
