import { describe, expect, test } from 'vitest'
import { signatureOf } from '../../../src/formats/onnx/survey/signature.js'
import { declarationOf } from '../../../src/formats/typescript/declaration.js'
import { check } from '../../support/compiler.js'
import { floats, model, op } from '../../support/onnx/models.js'

/** Declarations of what goes into a model and what comes out. */

const both = model(['H', 8] as unknown as number[], [op('Relu x -> y')])
const { graph } = both

describe('of an ONNX file', () => {
  test('with names, sizes and element types', () => {
    const convolution = model([3, 8, 8], [op('Conv x w -> y')], [floats('w', 4, 3, 1, 1)])
    const text = declarationOf(signatureOf(convolution), 'model.onnx')
    expect(text).toContain("  /** float32 [N, 3, 8, 8] */\n  readonly x: Tensor<'float32', readonly [number, 3, 8, 8], Float32Array>\n")
    // The file says nothing of its output: its shape is that of the operators.
    expect(text).toContain("  /** float32 [?, 4, 8, 8] */\n  readonly y: Tensor<'float32', readonly [number, 4, 8, 8], Float32Array>\n")
  })

  test('with sizes that are open, and with those that are given', () => {
    expect(declarationOf(signatureOf(both), 'model.onnx')).toContain('/** float32 [N, H, 8] */')
    const settled = declarationOf(signatureOf(both, [20, 8]), 'model.onnx')
    expect(settled).toContain("readonly x: Tensor<'float32', readonly [number, 20, 8], Float32Array>")
    expect(() => signatureOf(both, [20, 9])).toThrow('input is 20x9, and the file has ?x8 there.')
  })

  test('of whole numbers and truths, and of types that no array holds', () => {
    const inputs = [
      { name: 'words', type: 7, dims: [1, 20] },
      { name: 'mask', type: 9, dims: undefined },
      { name: 'odd', type: 99, dims: [] },
    ]
    const text = declarationOf(signatureOf({ ...both, graph: { ...graph, inputs } }), 'model.onnx')
    expect(text).toContain("readonly words: Tensor<'int64', readonly [1, 20], BigInt64Array>")
    expect(text).toContain(
      "  /** bool, of a shape that the file does not say */\n  readonly mask: Tensor<'bool', readonly number[], Uint8Array>",
    )
    expect(text).toContain("readonly odd: Tensor<'type 99', readonly [], unknown>")
  })
})

test('is valid, whatever the names are', () => {
  const names = ['x', 'input:0', '__proto__', "it's", '*/ x', 'a\nb', 'constructor']
  const values = names.map((name) => ({ name, type: 'float32', dims: [name, 3] }))
  const text = declarationOf({ inputs: values, outputs: values }, '*/ model\n.onnx')
  const file = 'test/formats/typescript/declared.ts'
  const use = [
    'declare const taken: Inputs',
    "const one: readonly [number, 3] = taken['input:0'].dims",
    "const other: 'float32' = taken['*/ x'].type",
    'export const both = [one, other, taken.x.data.length]',
  ]
  expect(check(new Map([[file, `${text}\n${use.join('\n')}\n`]])).get(file)?.complaints).toEqual([])
})
