import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decodeModel } from '/work/wt-f/src/onnx/decode.js'
import { encodeModel } from '/work/wt-f/src/onnx/encode.js'
import { fromOnnx, toOnnx } from '/work/wt-f/src/onnx/index.js'
import { readOperators } from '/work/wt-f/src/onnx/read.js'
import { onnxModel } from '/work/wt-f/src/onnx/write.js'
import { checkWeights } from '/work/wt-f/src/weights/check.js'
import { layerCases } from '/work/wt-f/test/support/layer-cases.js'

test.each(readdirSync('/tmp/tv').filter((f) => f.endsWith('.onnx')))('%s', (f) => {
  const { network, weights } = fromOnnx(readFileSync(`/tmp/tv/${f}`))
  console.log(f, network.toString(), weights.size, [...weights.keys()].slice(0, 5).join(' '))
  checkWeights(network, weights)
})
test('own', () => {
  for (const { name, network } of layerCases) {
    const { network: again } = fromOnnx(toOnnx(network))
    expect(again.graph).toEqual(network.graph)
    try {
      const model = decodeModel(encodeModel(onnxModel(network)))
      const r = readOperators(model, () => undefined)
      checkWeights(r.network, r.weights)
      const kinds = (n: any) => n.graph.nodes.map((x: any) => x.kind).join(' ')
      if (kinds(r.network) !== kinds(network)) console.log(name, '|', kinds(network), '|', kinds(r.network))
    } catch (e) {
      console.log('X', name, (e as Error).message.slice(0, 200))
    }
  }
})
