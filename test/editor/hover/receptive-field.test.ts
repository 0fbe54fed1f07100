import { expect, test } from 'vitest'
import { fieldText, ownField, widened } from '../../../src/editor/hover/receptive-field.js'
import { hoverLines, hoverQuestions } from '../../../src/editor/hover/section.js'
import { tried } from '../../../src/editor/layers/rule.js'
import { sourceOf } from '../../../src/editor/source/source.js'
import type { Answer } from '../../../src/editor/types/answer.js'
import type { Applied } from '../../../src/layers/kind/layer.js'

/** How much of the input a value sees, in chains that go on in other statements. */

/** The receptive field in the hover of the last call, with a compiler that knows each layer of a 32x32 image. */
const fieldIn = (code: string): string | undefined => {
  const source = sourceOf(`import { input } from 'stridewise'\n${code}`)
  const call = source.calls.at(-1) as (typeof source.calls)[number]
  const type = 'Network<[32, 32, 3], [32, 32, 3], 0>'
  const answers = new Map(hoverQuestions(source, call).map(({ position }): [number, Answer] => [position, { type, receiver: type }]))
  return hoverLines(source, call, answers).find(({ term }) => term === 'receptive field so far')?.text
}

const layer = (kernel: number): string => `.conv2d(3, ${kernel}, { padding: ${(kernel - 1) / 2} })`

test('it is the same in one statement and in several', () => {
  const whole = fieldIn(`input(32, 32, 3)${layer(3)}${layer(5)}${layer(3)}`)
  expect(whole).toBe('9×9, step 1')
  expect(fieldIn(`const stem = input(32, 32, 3)${layer(3)}\nconst body = stem${layer(5)}\nexport const end = body${layer(3)}`)).toBe(whole)
  expect(fieldIn(`const image = input(32, 32, 3)\nconst a = image, b = image${layer(3)}${layer(5)}\nb${layer(3)}`)).toBe(whole)
})

test('a constant that is made of itself has none', () => {
  expect(fieldIn(`const a = b${layer(3)}\nconst b = a${layer(5)}\nb${layer(3)}`)).toBeUndefined()
})

test('nor has what goes on from something else', () => {
  expect(fieldIn(`let stem = input(32, 32, 3)\nstem${layer(3)}`)).toBeUndefined()
  expect(fieldIn(`f(x)${layer(3)}`)).toBeUndefined()
})

test('a name that stands for more and more of them ends somewhere', () => {
  const code = `const n0 = input(32, 32, 3)\n${Array.from({ length: 700 }, (_, index) => `const n${index + 1} = n${index}${layer(3)}`).join('\n')}`
  expect(fieldIn(code)).toBeUndefined()
})

/** The receptive field on a 32x32 image after layers that are applied in turn. */
const fieldAfter = (...layers: readonly (readonly [kind: string, ...args: unknown[]])[]): string | undefined => {
  let shape: readonly number[] = [32, 32, 3]
  let field = ownField(shape)
  for (const [kind, ...args] of layers) {
    const applied = tried(kind, shape, args) as Applied
    field = widened(field, kind, shape, applied)
    shape = applied.output
  }
  return fieldText(field)
}

test('a window over an enlarged map has none, until a layer sees all', () => {
  for (const enlarge of [
    ['upsample', 2],
    ['convTranspose2d', 3, 2, { stride: 2 }],
  ] as const) {
    expect(fieldAfter(enlarge)).toBeUndefined()
    expect(fieldAfter(enlarge, ['avgPool2d', 2])).toBeUndefined()
    expect(fieldAfter(enlarge, ['conv2d', 8, 4, { stride: 2 }])).toBeUndefined()
    expect(fieldAfter(enlarge, ['flatten'], ['dense', 3])).toBe('the whole input')
  }
  expect(fieldAfter(['maxPool2d', 2], ['conv2d', 8, 3])).toBe('6×6, step 2')
})
