import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { input } from '../../src/index.js'
import { networkText, preamble, text } from '../support/call.js'
import { evaluateTypes } from '../support/evaluate-types.js'

/**
 * Depthwise, separable and transposed convolutions out of the tests of PyTorch, TensorFlow, Keras, TensorFlow.js and ONNX, each
 * with the test it was read from; brought to channels last and without the batch axis.
 *
 * Left out are the cases where frameworks differ and this package follows another: a transposed convolution with padding
 * 'valid' and a stride larger than its kernel, or with 'same' and an output padding (Keras).
 */

interface Case {
  readonly from: string
  readonly method: string
  readonly input: readonly number[]
  readonly args: readonly unknown[]
  readonly output: readonly number[]
  readonly params?: number
}

const cases: readonly Case[] = JSON.parse(readFileSync(new URL('frameworks.json', import.meta.url), 'utf8'))

const sourceOf = ({ method, input, args }: Case): string => `input(${input.join(', ')}).${method}(${args.map(text).join(', ')})`

const lines = cases.map((each, index) => `const n${index} = ${sourceOf(each)}`)
const { types, diagnostics } = evaluateTypes(`${preamble}${lines.join('\n')}`)

describe('as the frameworks', () => {
  test('nothing is refused by the types', () => expect(diagnostics).toEqual([]))

  test.each(cases.map((each, index) => ({ ...each, index })))('$method $input, $from', ({ index, ...each }) => {
    const built = new Function('input', `return ${sourceOf(each)}`)(input)
    expect(built.output).toEqual(each.output)
    if (each.params !== undefined) expect(built.params).toBe(each.params)
    expect(types[`n${index}`]).toBe(networkText(built))
  })
})
