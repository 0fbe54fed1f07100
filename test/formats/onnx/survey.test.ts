import { readdirSync, readFileSync } from 'node:fs'
import type * as ort from 'onnxruntime-web'
import { describe, expect, test } from 'vitest'
import { fromOnnx } from '../../../src/formats/onnx/index.js'
import type { OnnxModel } from '../../../src/formats/onnx/model.js'
import { type Survey, survey } from '../../../src/formats/onnx/survey/survey.js'
import { decodeModel } from '../../../src/formats/onnx/wire/decode.js'
import { encodeModel } from '../../../src/formats/onnx/wire/encode.js'
import { report } from '../../../src/report/index.js'
import { sampled } from '../../support/effort.js'
import { Draw } from '../../support/onnx/draw.js'
import { drawers } from '../../support/onnx/drawers.js'
import { floats, int, ints, model, op, text } from '../../support/onnx/models.js'
import { runModel } from '../../support/onnx.js'
import { seed } from '../../support/seed.js'

/** What operators cost by the rules of their shapes: the shapes are those of ONNX Runtime, the arithmetic that of the layers. */

const folder = new URL('exported/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.onnx') && !name.endsWith('-any-batch.onnx'))
const fileOf = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, folder)))

/** The shapes of an operator's outputs in ONNX Runtime: of all values that have a row. */
const shapesInRuntime = async (of: OnnxModel, rows: Survey['rows'], batch: number): Promise<ReadonlyMap<string, readonly number[]>> => {
  const outputs = of.graph.nodes
    .filter((node) => rows.some(({ name }) => name === (node.name || node.outputs[0])))
    .map((node) => ({ name: node.outputs[0] as string, type: 1, dims: undefined }))
  const open = { ...of, graph: { ...of.graph, outputs, values: [] } }
  const results = await runModel(encodeModel(open), open, batch)
  return new Map(Object.entries(results).map(([name, { dims }]) => [name, dims]))
}

describe('files of PyTorch', () => {
  test.each(sampled(files))('%s has the shapes of ONNX Runtime', async (name) => {
    const of = decodeModel(fileOf(name))
    const { rows, totals } = survey(of)
    const found = await shapesInRuntime(of, rows, 1)
    const outputOf = new Map(of.graph.nodes.map((node) => [node.name || node.outputs[0], node.outputs[0]]))
    // Operators in a branch give no value that could be asked for.
    const outer = rows.filter((row) => outputOf.has(row.name))
    expect(outer.map((row) => row.output)).toEqual(outer.map((row) => found.get(outputOf.get(row.name) ?? '')))
    expect(totals.certainty).toBe('exact')
  })

  test('have the arithmetic of the layers that are read of them', () => {
    for (const name of files) {
      const { network } = fromOnnx(fileOf(name))
      expect([name, survey(decodeModel(fileOf(name))).totals.macs]).toEqual([name, report(network).totals.macs])
    }
  })
})

describe('drawn models of one operator', () => {
  test.each(sampled(Object.entries(drawers)))('%s', async (_, draw) => {
    for (let at = 0; at < 12; at += 1) {
      const of = draw(new Draw(seed, `survey ${at}`))
      let dims: readonly number[]
      try {
        const [result] = Object.values(await runModel(encodeModel(of), of, 1))
        dims = (result as ort.Tensor).dims
      } catch {
        continue
      }
      let found: Survey
      try {
        found = survey(of)
      } catch {
        continue
      }
      const [output] = found.outputs
      if (output?.sizes) expect([at, output.sizes]).toEqual([at, dims])
    }
  })
})

describe('what is not exact', () => {
  const convolution = op('Conv x w -> a')
  const w = floats('w', 4, 3, 1, 1)

  test('an operator without a rule, whose shape the file says', () => {
    const of = model([3, 8, 8], [convolution, { ...op('Swirl a -> b'), domain: 'others' }, op('Relu b -> y')], [w])
    const said = { ...of, graph: { ...of.graph, values: [{ name: 'b', type: 1, dims: ['N', 4, 8, 8] }] } }
    const { rows, totals } = survey(said)
    expect(rows.map(({ certainty, output, macs }) => [certainty, output, macs])).toEqual([
      ['exact', [1, 4, 8, 8], 768],
      ['at least', [1, 4, 8, 8], undefined],
      ['exact', [1, 4, 8, 8], 0],
    ])
    expect(rows[1]?.reason).toBe('there is no shape rule for others.Swirl: its shape is what the file says, its arithmetic is not counted')
    expect(totals).toEqual({ weights: 12, macs: 768, activations: 768, certainty: 'at least' })
  })

  test('a shape that depends on values, and what takes it', () => {
    const { rows } = survey(model([3, 8, 8], [convolution, op('NonZero a -> b'), op('Cast b -> y', { to: int(1) })], [w]))
    expect(rows.map(({ certainty }) => certainty)).toEqual(['exact', 'unknown', 'unknown'])
    expect(rows.map(({ reason }) => reason)).toEqual([
      undefined,
      'NonZero gives as much as its values say: its shape is not known',
      "its input 'b' is not known: its shape is not known",
    ])
  })

  test('a dilated pool that pads by itself, for which ONNX and ONNX Runtime have different sizes', () => {
    const pool = (dilation: number) =>
      op('MaxPool x -> y', { kernel_shape: ints(3), dilations: ints(dilation), auto_pad: text('SAME_LOWER') })
    const found = [1, 2].map((dilation) => survey(model([4, 9], [pool(dilation)])).rows.map(({ output, certainty }) => [output, certainty]))
    expect(found).toEqual([[[[1, 4, 9], 'exact']], [[undefined, 'unknown']]])
  })

  test('weights count once, and without numbers of shapes', () => {
    const twice = model([3, 8, 8], [convolution, op('Conv x w -> b'), op('Add a b -> y')], [w])
    expect(survey(twice).rows.map(({ weights }) => weights)).toEqual([12, 0, 0])
  })

  test('sizes that are open are asked for', () => {
    const of = model(['H', 'W', 3] as unknown as number[], [op('Relu x -> y')])
    expect(() => survey(of)).toThrow('the file leaves sizes of its input open')
  })

  test('an operator with more inputs than a call can have arguments', () => {
    const sum = { ...op('Sum -> y'), inputs: Array.from({ length: 300_000 }, () => 'x') }
    expect(survey(model([4], [sum])).rows.map(({ output, certainty }) => [output, certainty])).toEqual([[[1, 4], 'exact']])
  })
})
