import { describe, expect, test } from 'vitest'
import * as stridewise from '../src/index.js'
import { checkLines } from './support/check.js'

/**
 * Over a union, a type has exactly the sizes and the counts that occur at run time: each axis, and the parameters, as the set over all
 * members. `n`, `k`, `s`, `u` and `c` are unions; a set is written as the compiler writes it, sorted.
 */

const unions = { n: [6, 13], k: [2, 3], s: [2, 3], u: [1, 2], c: [8, 16] } as const

const lines = [
  // A window that is rounded: each size with its own rest.
  "input(n, 6).conv1d(11, 2, { stride: 3, rounding: 'ceil' })",
  "input(n, 6).conv1d(11, 2, { stride: 3, rounding: 'floor' })",
  "input(7, 3).conv1d(4, k, { stride: s, rounding: 'ceil' })",
  "input(n, n, 3).conv2d(4, [k, 3], { stride: s, rounding: 'ceil' })",
  "input(n, 9, 3).conv2d(4, 3, { stride: 2, padding: u, rounding: 'ceil' })",
  "input(n, 9, 3).conv2d(4, 3, { stride: 2, dilation: u, rounding: 'ceil' })",
  "input(n, 9, 5, 3).conv3d(4, k, { stride: s, rounding: 'ceil' })",
  "input(n, 9, 3).depthwiseConv2d(k, { stride: s, rounding: 'ceil' })",
  // A pool whose stride is its kernel.
  'input(6, 3).maxPool1d(k)',
  "input(7, 3).maxPool1d(k, { rounding: 'ceil' })",
  "input(11, 3).maxPool1d(k, { rounding: 'floor' })",
  "input(11, 11, 3).avgPool2d([k, 3], { rounding: 'ceil' })",
  "input(n, 11, 3).maxPool2d(k, { rounding: 'floor' })",
  "input(n, 11, 3).maxPool2d(k, { rounding: 'ceil' })",
  "input(n, 11, 3).maxPool2d(3, { stride: s, padding: u, rounding: 'ceil' })",
  // Cuts and zeros at the ends.
  'input(9, 3).crop([[u, 0]])',
  'input(9, 9, 3).crop([[u, k], u])',
  'input(n, 9, 3).crop(u)',
  'input(n, 9, 3).zeroPad([[u, 0], k])',
  "input(n, 9, 3).pad([[u, 0], k], { mode: 'reflect' })",
  // Parameters.
  'input(9, n).layerScale()',
  'input(9, n).affine()',
  'input(9, n).affine({ scale: false })',
  'input(9, 9, n).batchNorm({ shift: false })',
  'input(9).embedding(n, k)',
  'input(9).embedding(10, k)',
  'input(9, n).classToken()',
  'input(9, n).positionEmbedding()',
  'input(9, c).multiHeadAttention(2)',
  'input(9, c).multiHeadAttention(2, { bias: false })',
  'input(9, c).multiHeadAttention(4, { keyValueHeads: u })',
  'input(9, c).multiHeadAttention(4, { headWidth: k, bias: false })',
  'input(9, 8).multiHeadAttention(k, { headWidth: n })',
  'input(12, 12, c).windowAttention(2, k)',
  'input(12, 12, c).windowAttention(u, 3, { bias: false, version: 2 })',
  'input(12, c, n).patchMerging()',
  'input(c, 12, n).patchMerging({ version: 2 })',
  'input(9, n).lstm(k)',
  'input(9, n).gru(3, { bias: false })',
  "input(9, n).gru(k, { bidirectional: 'concat' })",
  "input(9, 4).lstm(k, { bidirectional: 'sum', returnSequences: false })",
  'input(9, n).dense(k)',
  'input(9, 9, n).batchNorm()',
  'input(9, 9, c).groupNorm(4)',
  'input(9, 9, n).layerNorm()',
  'input(9, 9, n).rmsNorm()',
  'input(9, 9, n).prelu()',
  'input(9, 9, n).convTranspose2d(k, s)',
  'input(n, 3, 4).flatten().dense(k)',
  // Sizes.
  'input(8, 8, c).pixelUnshuffle(2)',
  'input(9, 9, c).pixelShuffle(2)',
  'input(n, 4, 8).upsample(k)',
  'input(n, 4, 8).adaptiveAvgPool(k)',
  'input(n, 4, 8).permute(2, 1, 0)',
]

const names = Object.keys(unions) as (keyof typeof unions)[]

/** All ways to choose a member for each union that a line names. */
const choices = (line: string): Record<string, number>[] =>
  names
    .filter((name) => new RegExp(`\\b${name}\\b(?!:)`).test(line))
    .reduce<Record<string, number>[]>(
      (all, name) => all.flatMap((chosen) => unions[name].map((member) => ({ ...chosen, [name]: member }))),
      [{}],
    )

const setText = (values: readonly number[]): string => [...new Set(values)].sort((left, right) => left - right).join(' | ')

/** What occurs at run time: each axis of the output, and the parameters. */
const occurring = (line: string): string => {
  const found = choices(line).map((chosen) => {
    const scope = { input: stridewise.input, ...chosen }
    return new Function(...Object.keys(scope), `return ${line}`)(...Object.values(scope)) as { output: number[]; params: number }
  })
  const axes = (found[0]?.output ?? []).map((_, axis) => setText(found.map(({ output }) => output[axis] as number)))
  return `[${axes.join(', ')}], ${setText(found.map(({ params }) => params))}`
}

/** The output and the parameters in the text of a type, with sorted sets. */
const typed = (type: string): string => {
  const [, output = '', params = ''] = /^Network<\[.*?\], \[(.*)\], (.*)>$/.exec(type) ?? []
  const sorted = (text: string) => setText(text.split(' | ').map(Number))
  return `[${output.split(', ').map(sorted).join(', ')}], ${sorted(params)}`
}

describe('unions', () => {
  const declarations = `declare const ${names.map((name) => `${name}: ${unions[name].join(' | ')}`).join(', ')}`
  const checked = checkLines(lines, declarations)

  test.each(lines)('%s', (line) => {
    expect(checked.get(line)?.diagnostics).toEqual([])
    expect(typed(checked.get(line)?.type ?? '')).toBe(occurring(line))
  })
})

describe('a crop that leaves nothing with one member says so', () => {
  const sentence = (axis: string, cut: string, left: number, size: number): string =>
    `crop: nothing is left of the ${axis}: ${size} - ${cut} = ${left}. Cut at most ${size - 1} of its ${size} cells, both ends together.`
  const refused: readonly (readonly [line: string, sentence: string])[] = [
    ['input(2, 3).crop([[u, 0]])', sentence('length', '2 - 0', 0, 2)],
    ['input(4, 2, 3).crop([[u, u], 0])', sentence('height', '2 - 2', 0, 4)],
    ['input(4, 5, 3).crop([0, [k, u]])', sentence('width', '3 - 2', 0, 5)],
    ['input(4, 4, 3).crop([u, u])', sentence('height', '2*2', 0, 4)],
  ]
  const checked = checkLines(
    refused.map(([line]) => line),
    'declare const u: 1 | 2, k: 3',
  )
  test.each(refused)('%s', (line, expected) => expect(checked.get(line)?.sentences).toEqual([expected]))
})
