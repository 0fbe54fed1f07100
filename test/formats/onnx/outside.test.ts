import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PbfReader } from 'pbf'
import { describe, expect, test } from 'vitest'
import type { OnnxModel, OnnxTensor } from '../../../src/formats/onnx/model.js'
import { decodeModel } from '../../../src/formats/onnx/wire/decode.js'
import { readTensor } from '../../../src/formats/onnx/wire/decode-tensor.js'
import { encodeModel } from '../../../src/formats/onnx/wire/encode.js'
import { Message } from '../../../src/formats/onnx/wire/message.js'
import { beside, type Outcome } from '../../support/onnx/beside.js'

/**
 * The models of ONNX's own tests, where the machine has them: Debian's package libonnx-testdata, of ONNX 1.12, under Apache-2.0. What is read of
 * them computes what they do.
 */

const folder = '/usr/share/libonnx-testdata/data'
const isThere = existsSync(folder)
if (!isThere) console.log(`There is no ${folder} (apt-get install libonnx-testdata): ONNX's own test models are left out.`)

const tensorIn = (file: string): OnnxTensor => {
  const bytes = new Uint8Array(readFileSync(file))
  return readTensor(new Message(new PbfReader(bytes), 0, bytes.length))
}

/** The model with the weights, shapes and axes in it that its test feeds. */
const withValues = (model: OnnxModel, at: string): OnnxModel => {
  const { graph } = model
  const named = new Set(graph.initializers.map(({ name }) => name))
  const fed = graph.inputs.slice(1).filter(({ name }) => !named.has(name))
  const files = fed.map(
    ({ name }) => [name, join(at, `test_data_set_0/input_${graph.inputs.findIndex((each) => each.name === name)}.pb`)] as const,
  )
  if (!files.every(([, file]) => existsSync(file))) return model
  const tensors = files.map(([name, file]) => ({ ...tensorIn(file), name }))
  return { ...model, graph: { ...graph, inputs: graph.inputs.slice(0, 1), initializers: [...graph.initializers, ...tensors] } }
}

describe.skipIf(!isThere)("ONNX's own test models", () => {
  test('compute what is read of them, or are refused', async () => {
    const counts: Record<Outcome['is'], number> = { read: 0, refused: 0, unrunnable: 0 }
    for (const set of ['node', 'pytorch-converted', 'pytorch-operator', 'simple']) {
      for (const name of readdirSync(join(folder, set)).sort()) {
        const file = join(folder, set, name, 'model.onnx')
        if (!existsSync(file)) continue
        const bytes = new Uint8Array(readFileSync(file))
        let model: OnnxModel
        try {
          model = withValues(decodeModel(bytes), join(folder, set, name))
        } catch {
          continue
        }
        const outcome = await beside(model, encodeModel(model))
        counts[outcome.is] += 1
        if (outcome.is === 'read') expect(outcome.difference, `${set}/${name} ${outcome.kinds}`).toBeLessThan(1e-5)
        if (outcome.is === 'unrunnable')
          expect(outcome.sentence, `${set}/${name}`).toMatch(/unsupported data type|tensor\(float16\)|not yet a type/)
        if (outcome.is === 'refused') expect(outcome.sentence).not.toMatch(/undefined|NaN|\[object/)
      }
    }
    console.log(`ONNX's own test models: ${counts.read} read, ${counts.refused} refused, ${counts.unrunnable} not run`)
    expect(counts.read).toBeGreaterThan(110)
    expect(counts.unrunnable).toBeLessThan(10)
  })
})
