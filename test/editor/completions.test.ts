import { expect, test } from 'vitest'
import { isLong } from '../support/effort.js'
import { marked } from './cursors.js'
import type { Editor } from './editor.js'
import { openEverywhere, versions } from './session.js'

/** An editor's suggestions while a user types. */

const window = ['stride', 'padding', 'dilation', 'rounding', 'name']

/** Calls with an empty options object, and their options. */
const withOptions: Readonly<Record<string, readonly string[]>> = {
  'input(7, 7, 3).conv1d(8, 3, {|> })': [...window, 'groups', 'bias'],
  'input(7, 7, 3).conv2d(8, 3, {|> })': [...window, 'groups', 'bias'],
  'input(7, 7, 3).conv3d(8, 3, {|> })': [...window, 'groups', 'bias'],
  'input(7, 7, 3).depthwiseConv2d(3, {|> })': [...window, 'multiplier', 'bias'],
  'input(7, 7, 3).separableConv2d(8, 3, {|> })': [...window, 'multiplier', 'bias'],
  'input(7, 7, 3).convTranspose2d(8, 3, {|> })': ['stride', 'padding', 'outputPadding', 'dilation', 'groups', 'bias', 'name'],
  'input(7, 7, 3).maxPool2d(3, {|> })': window,
  'input(7, 7, 3).avgPool2d(3, {|> })': [...window, 'countIncludePad'],
  'input(7).dense(3, {|> })': ['bias', 'name'],
  'input(7, 7, 3).upsample(2, {|> })': ['method', 'alignCorners', 'rounding', 'name'],
  'input(7, 7, 3).groupNorm(1, {|> })': ['affine', 'epsilon', 'name'],
  'input(7, 7, 3).layerNorm({|> })': ['affine', 'epsilon', 'name'],
  'input(7, 7, 3).batchNorm({|> })': ['epsilon', 'scale', 'shift', 'name'],
  'input(7, 7, 3).localResponseNorm(5, {|> })': ['alpha', 'beta', 'k', 'name'],
  'input(7, 7, 3).prelu({|> })': ['shared', 'name'],
  'input(7, 8).lstm(3, {|> })': ['returnSequences', 'bidirectional', 'bias', 'name'],
  'conv2d(8, 3, {|> })': [...window, 'groups', 'bias'],
  'maxPool2d(3, {|> })': window,
  'vgg16({|> })': ['classes', 'input'],
  'resnet50({|> })': ['classes', 'input', 'version'],
  'report(input(7), {|> })': ['batch', 'dtype', 'weights', 'optimizer', 'biases'],
}

/** Positions where a word or a number comes next, and the first suggestions. */
const withValues: Readonly<Record<string, readonly string[]>> = {
  "input(7, 7, 3).conv2d(8, 3, { rounding: '|>' })": ['exact', 'floor', 'ceil'],
  "input(7, 7, 3).conv2d(8, 3, { padding: '|>' })": ['same', 'valid'],
  "input(7, 7, 3).conv2d(8, 3, { stride: 3, rounding: '|>' })": ['exact', 'floor', 'ceil'],
  "input(7, 7, 3).maxPool2d(2, { rounding: '|>' })": ['exact', 'floor', 'ceil'],
  "input(7, 7, 3).maxPool2d(2, { padding: '|>' })": ['same', 'valid'],
  "input(7, 7, 3).convTranspose2d(8, 3, { padding: '|>' })": ['same', 'valid'],
  "input(7, 7, 3).depthwiseConv2d(3, { padding: '|>' })": ['same', 'valid'],
  "conv2d(8, 3, { rounding: '|>' })": ['exact', 'floor', 'ceil'],
  "conv2d(8, 3, { padding: '|>' })": ['same', 'valid'],
  "block(relu(), maxPool2d(2, { rounding: '|>' }))": ['exact', 'floor', 'ceil'],
  "input(7, 7, 3).residual(x => x.conv2d(3, 3, { padding: '|>' }))": ['same', 'valid'],
  "input(7, 7, 3).upsample(2, { method: '|>' })": ['nearest', 'bilinear', 'bicubic'],
  "report(input(7), { dtype: '|>' })": ['f32', 'f16', 'bf16', 'i8', 'i4'],
  "report(input(7), { optimizer: '|>' })": ['sgd', 'momentum', 'adam'],
  'input(7, 7, 3).conv2d(8, 3, { stride: |> })': ['1', '2'],
  'input(7, 7, 3).conv2d(8, 3, { padding: 1, stride: |> })': ['1', '2'],
}

const kept = "input(8, 8, 3).conv2d(4, 1).keep('skip').conv2d(4, 1)"
const keptTokens = "input(8, 8).keep('skip').dense(8)"

/** In joins: at the first that is asked for, a compiler works for a second. */
const inJoins = [
  `${kept}.add('|>')`,
  `${kept}.add('|>', identity())`,
  `${kept}.add(identity(), '|>')`,
  `${kept}.concat('|>', identity())`,
  `${kept}.average('|>', identity())`,
  `${kept}.maximum('|>', identity())`,
  `${kept}.subtract('|>', 'skip')`,
  `${kept}.subtract('skip', '|>')`,
  `${kept}.multiply('|>')`,
  `${kept}.multiply('skip', '|>')`,
  `${kept}.residual('|>')`,
  `${keptTokens}.matmul('|>', identity())`,
]

/** Places where the name of a value may stand: the names that there are, and nothing else. */
const withNames: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [`${kept}.from('|>')`, `${kept}.outputs('|>')`, `${keptTokens}.multiHeadAttention(2, { keys: '|>' })`, ...(isLong ? inJoins : [])].map(
    (line) => [line, ['input', 'skip']],
  ),
)

/** Places where a method comes next. A function whose only word is its parameter returns nothing yet that has a type. */
const withMethods = [
  'input(7, 7, 3).|>',
  'input(7, 7, 3).residual(x => x.relu().|>)',
  'input(7, 7, 3).residual(x => x.|>)',
  'input(7, 7, 3).residual(x => x.co|>)',
  'input(7, 7, 3).residual(x => { return x.|> })',
  'input(7, 7, 3).residual(x => x.relu(), x => x.|>)',
  'input(7, 7, 3).apply(x => x.|>)',
  "input(7, 7, 3).branchOut('head', x => x.|>)",
  'input(7, 7, 3).concat(x => x.|>)',
  'input(7, 7, 3).concat(x => x.relu(), x => x.|>)',
  'input(7, 7, 3).add(identity(), x => x.|>)',
  'input(7, 7, 3).subtract(x => x.|>, identity())',
  'input(7, 7, 3).multiply(x => x.|>)',
  'input(7, 7, 3).multiply(x => x.relu(), x => x.|>)',
  "input(7, 7, 3).keep('skip').concat('skip', x => x.|>)",
  'input(7, 7, 3).apply(residual(x => x.|>))',
]

const lines = [...Object.keys(withNames), ...Object.keys(withOptions), ...Object.keys(withValues), ...withMethods]
const { text, positions } = marked(`import { block, conv2d, identity, input, maxPool2d, relu, residual } from 'stridewise'
import { report } from 'stridewise/report'
import { resnet50, vgg16 } from 'stridewise/zoo'
${lines.map((line) => `;${line}`).join('\n')}
`)
const editors = openEverywhere({ 'writing.ts': text })

const offeredAt = (version: string, line: string) =>
  (editors.get(version) as Editor).completions('writing.ts', positions[lines.indexOf(line)] as number)

const ofEvery = <Line>(cases: readonly Line[]): [string, Line][] =>
  versions.flatMap((version) => cases.map((each) => [version, each] as [string, Line]))

test.each(ofEvery(Object.entries(withOptions)))('%s, every option with its docstring: %s', async (version, [line, options]) => {
  const offered = await offeredAt(version, line)
  expect(offered.map(({ name }) => name).sort()).toEqual([...options].sort())
  for (const { documentation, name } of offered) expect(documentation, name).toMatch(/^[A-Z].*/s)
})

test.each(ofEvery(Object.entries(withNames)))('%s, names: %s', async (version, [line, names]) => {
  const offered = (await offeredAt(version, line)).map(({ name }) => name.replaceAll(/['"]/g, ''))
  expect(offered.sort()).toEqual(names)
})

test.each(ofEvery(Object.entries(withValues)))('%s, values: %s', async (version, [line, values]) => {
  const offered = (await offeredAt(version, line)).map(({ name }) => name.replaceAll(/['"]/g, ''))
  const words = /['"]$/.test(line.slice(0, line.indexOf('|>'))) ? offered : offered.filter((name) => /^\d/.test(name))
  expect(words.sort()).toEqual([...values].sort())
})

test.each(ofEvery(withMethods))('%s, the methods behind a dot: %s', async (version, line) => {
  const offered = (await offeredAt(version, line)).map(({ name }) => name)
  expect(offered).toEqual(
    expect.arrayContaining([
      'conv2d',
      'maxPool2d',
      'dense',
      'flatten',
      'residual',
      'apply',
      'expect',
      'input',
      'output',
      'params',
      'graph',
    ]),
  )
  // Nothing of the inside is offered.
  expect(offered.filter((name) => /^[_#[]|mistake|unset/.test(name))).toEqual([])
})
