import { describe, expect, test } from 'vitest'
import * as stridewise from '../src/index.js'
import { checkLines } from './support/check.js'
import { makersImport } from './support/value.js'

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
  // Zeros before and after an axis: where the last window starts depends on both.
  "input(8, 4).avgPool1d(3, { padding: [[u, 1]], rounding: 'ceil' })",
  "input(8, 4).maxPool1d(3, { padding: [[1, u]], rounding: 'ceil' })",
  "input(8, 4).conv1d(4, 3, { stride: 3, padding: [[u, u]], rounding: 'ceil' })",
  "input(7, 8, 4).avgPool2d(3, { padding: [[0, 2], [u, 1]], rounding: 'ceil' })",
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
  'input(n, 6).reshape(-1, 6)',
  // A repeated layer has the same member each time.
  'input(40, 4).apply(repeat(2, conv1d(4, 2, { stride: u })))',
  'input(40, 4).apply(repeat(2, maxPool1d(2, { stride: u })))',
  'input(40, 4).apply(repeat(2, block(conv1d(4, 2, { stride: u }), relu())))',
  "input(40, 4).apply(repeat(3, conv1d(4, 3, { stride: s, rounding: 'floor' })))",
  'input(40, 4).apply(repeat(3, conv1d(c, 2)))',
  'input(40, 4).apply(repeat(2, crop(u)))',
  "input(8, 8, 4).apply(repeat(2, residual(conv2d(4, k, { padding: 'same' }))))",
  'input(9, n).apply(repeat(3, batchNorm()))',
  'input(9, n).apply(repeat(3, dense(c)))',
  'input(9, c).apply(repeat(2, concat(dense(k), identity())))',
  'input(8, 8, 16).apply(repeat(2, pixelShuffle(u)))',
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
    const scope = { ...stridewise, ...chosen }
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
  const declarations = `${makersImport}\ndeclare const ${names.map((name) => `${name}: ${unions[name].join(' | ')}`).join(', ')}`
  const checked = checkLines(lines, declarations)

  test.each(lines)('%s', (line) => {
    expect(checked.get(line)?.diagnostics).toEqual([])
    expect(typed(checked.get(line)?.type ?? '')).toBe(occurring(line))
  })
})

describe('sizes that belong together stay together', () => {
  const together = [
    'input(4, 6).reshape(-1, k)',
    'input(4, 6).reshape(k, -1, 2)',
    'input(n, 6).reshape(-1, k)',
    'input(n, 12).reshape(-1, k, 2)',
    'input(4, 6).apply(reshape(-1, k))',
  ]
  /** With variables that hold unions: only some of their members go together. */
  const partly: readonly (readonly [line: string, outputs: readonly string[]])[] = [
    ['input(4, 6).reshape(k, w)', ['2, 12', '3, 8']],
    ['input(4, 6).reshape(m, 4)', ['6, 4']],
    ['input(4, 6).reshape(m, m)', ['4, 6', '6, 4']],
    ['input(4, 24).unflatten(1, k, w)', ['4, 2, 12', '4, 3, 8']],
    ['input(4, 6).apply(unflatten(1, k, k))', ['4, 2, 3', '4, 3, 2']],
    ['input(4, 12).unflatten(1, k, k, k)', ['4, 2, 2, 3', '4, 2, 3, 2', '4, 3, 2, 2']],
    ['input(5, 6, 7).unflatten(1, k, k)', ['5, 2, 3, 7', '5, 3, 2, 7']],
    ['input(w, 6).unflatten(0, e, k)', ['4, 2, 6', '4, 3, 6', '6, 2, 6']],
    ['input(4, 5, 6).permute(x, x, 2)', ['4, 5, 6', '5, 4, 6']],
    ['input(4, 5, 6).apply(permute(2, x, x))', ['6, 4, 5', '6, 5, 4']],
    ['input(4, 5, 6).permute(wide(0), 1, 2)', ['number, 5, 6']],
  ]
  const declarations = `${makersImport}
declare const ${names.map((name) => `${name}: ${unions[name].join(' | ')}`).join(', ')}
declare const w: 8 | 12, m: -1 | 6, x: 0 | 1, z: 0 | 3`
  const refused: readonly (readonly [line: string, sentence: string])[] = [
    ['input(4, 5, 6).permute(x, 1, 2)', 'permute: takes each axis once, 0, 1 and 2 in some order, not 1, 1 and 2.'],
    ['input(4, 5, 6).permute(z, 1, 2)', 'permute: takes each axis once, 0, 1 and 2 in some order, not 3, 1 and 2.'],
    ['input(4, 5, 6).permute(wide(0), 1, 1)', 'permute: takes each axis once, 0, 1 and 2 in some order, not ?, 1 and 1.'],
    ['input(4, 5, 6).apply(permute(wide(0), 1, 3))', 'permute: takes each axis once, 0, 1 and 2 in some order, not ?, 1 and 3.'],
    [
      'input(4, 6).unflatten(1, k, 3)',
      'unflatten: axis 1 has 6 cells, the sizes 3*3 = 9: the axes that it becomes have as many cells together.',
    ],
    [
      'input(4, w).unflatten(1, 2, 4)',
      'unflatten: axis 1 has 12 cells, the sizes 2*4 = 8: the axes that it becomes have as many cells together.',
    ],
    ['input(4, 6).reshape(-1, t)', 'reshape: -1 stands for no whole number: 4*6 = 24 values / 1*5 = 5 = 4.8.'],
    ['input(e, 6).reshape(-1, 9)', 'reshape: -1 stands for no whole number: 4*6 = 24 values / 1*9 = 9 = 2.67.'],
    ['input(4, 6).reshape(m, 3)', 'reshape: the input has 4*6 = 24 values, the new shape 6*3 = 18: a reshape keeps all values.'],
    ['input(4, 6).apply(reshape(m, 5))', 'reshape: the input has 4*6 = 24 values, the new shape 6*5 = 30: a reshape keeps all values.'],
  ]
  const checked = checkLines(
    [...together, ...[...partly, ...refused].map(([line]) => line)],
    `${declarations}\ndeclare const t: 3 | 5, e: 4 | 6`,
  )
  const outputsIn = (type: string): string[] => (/^Network<\[.*?\], (\[.*\]), 0>$/.exec(type)?.[1] ?? '').slice(1, -1).split('] | [').sort()

  test.each(together)('%s', (line) => {
    const built = choices(line).map((chosen) => {
      const scope = { ...stridewise, ...chosen }
      return (new Function(...Object.keys(scope), `return ${line}`)(...Object.values(scope)) as { output: number[] }).output.join(', ')
    })
    expect(checked.get(line)?.diagnostics).toEqual([])
    expect(outputsIn(checked.get(line)?.type ?? '')).toEqual([...new Set(built)].sort())
  })
  test.each(partly)('%s', (line, outputs) => {
    expect(checked.get(line)?.diagnostics).toEqual([])
    expect(outputsIn(checked.get(line)?.type ?? '')).toEqual(outputs)
  })
  test.each(refused)('%s', (line, sentence) => {
    const said = checked.get(line)?.sentences
    expect(said).toHaveLength(1)
    expect(said?.[0]?.split(`"'.`)[0]).toBe(sentence)
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

describe('one sentence of those that members have, also for a list, and it is true of that member', () => {
  const whole = (layer: string, name: string, least: number, value: number): string =>
    `${layer}: ${name} must be a whole number of at least ${least}, not ${value}.`
  const unflattened = (axis: number, from: number, to: string): string =>
    `unflatten: axis ${axis} has ${from} cells, the sizes ${to}: the axes that it becomes have as many cells together.`
  const noAxis = (axis: number): string => `unflatten: the input is 3x12: there is no axis ${axis}, only 0 and 1.`
  const outputPadding = (out: number, axis: string): string =>
    `convTranspose2d: outputPadding ${out} must be smaller than stride 1 or dilation 1 on the ${axis} axis. Use outputPadding 0.`
  const refused: readonly (readonly [line: string, ...sentences: string[]])[] = [
    ['input(6, 9, 3).conv2d(4, 3, { stride: [z, 2] })', whole('conv2d', 'stride', 1, 0), whole('conv2d', 'stride', 1, -1)],
    ['input(6, 9, 3).conv2d(4, 3, { padding: [m, 0] })', whole('conv2d', 'padding', 0, -1), whole('conv2d', 'padding', 0, -2)],
    ['input(6, 9, 3).conv2d(4, [z, 3])', whole('conv2d', 'kernel', 1, 0), whole('conv2d', 'kernel', 1, -1)],
    ['input(6, 9, 3).maxPool2d(2, { dilation: [z, 1] })', whole('maxPool2d', 'dilation', 1, 0), whole('maxPool2d', 'dilation', 1, -1)],
    ['input(6, 9, 3).adaptiveAvgPool([z, 3])', whole('adaptiveAvgPool', 'size', 1, 0), whole('adaptiveAvgPool', 'size', 1, -1)],
    ['input(6, 9, 3).upsample({ size: [z, 3] })', whole('upsample', 'size', 1, 0), whole('upsample', 'size', 1, -1)],
    ['input(6, 9, 3).zeroPad([m, 3])', whole('zeroPad', 'amount', 0, -1), whole('zeroPad', 'amount', 0, -2)],
    ['input(6, 9, 3).convTranspose2d(4, 3, { outputPadding: [u, 0] })', outputPadding(1, 'height'), outputPadding(2, 'height')],
    ['input(6, 9, 3).convTranspose2d(4, 3, { outputPadding: [0, u] })', outputPadding(1, 'width'), outputPadding(2, 'width')],
    ['input(3, 12).unflatten(1, t, 4)', unflattened(1, 12, '2*4 = 8')],
    ['input(3, 12).unflatten(1, t, q)', unflattened(1, 12, '2*4 = 8'), unflattened(1, 12, '2*5 = 10'), unflattened(1, 12, '3*5 = 15')],
    ['input(3, 12).unflatten(1 as 0 | 1, 3, 4)', unflattened(0, 3, '3*4 = 12')],
    ['input(3, 12).unflatten(1 as 1 | 2, 3, 4)', noAxis(2)],
    // A wrong axis and wrong sizes: of both kinds of mistakes one is said, and the shape is not known.
    ['input(3, 12).unflatten(1 as 0 | 1 | 2, 3, 4)', noAxis(2)],
    ['input(3, 12).unflatten(0 as 0 | 3, 3, 4)', noAxis(3)],
    ['input(4, 6).reshape(12, t)', 'reshape: the input has 4*6 = 24 values, the new shape 12*3 = 36: a reshape keeps all values.'],
  ]
  const checked = checkLines(
    refused.map(([line]) => line),
    'declare const u: 1 | 2, z: 0 | -1, m: -1 | -2, t: 2 | 3, q: 4 | 5',
  )
  test.each(refused)('%s', (line, ...expected) => {
    const said = checked.get(line)?.sentences
    expect(said).toHaveLength(1)
    // Behind the sentence the compiler says which member is meant.
    expect(expected).toContain(said?.[0]?.split(`"'.`)[0])
  })
})
