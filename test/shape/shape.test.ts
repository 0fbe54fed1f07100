import { expect, test } from 'vitest'
import { axesOfRank, axisNames, shapeText, sizeText } from '../../src/shape/shape.js'
import { evaluateTypes } from '../support/evaluate-types.js'

/** Shapes as text. */

test('dimensions are joined by x', () => {
  expect(sizeText([7])).toBe('7')
  expect(sizeText([7, 7, 512])).toBe('7x7x512')
})

test('a vector is called one', () => {
  expect(shapeText([10])).toBe('a vector of 10 features')
  expect(shapeText([100, 8])).toBe('100x8')
  expect(shapeText([16, 56, 56, 3])).toBe('16x56x56x3')
})

test('the types say the same, and ? for a dimension that is not known', () => {
  const { types } = evaluateTypes(`
import type { ShapeText, SizeText } from '../src/shape/shape.js'
type Volume = ShapeText<[7, 7, 512]>
type Vector = ShapeText<[10]>
type Wide = ShapeText<[number, 7, 512]>
type WideVector = ShapeText<[number]>
type Unknown = ShapeText<readonly number[]>
type Length = SizeText<[7]>`)
  expect(types).toEqual({
    Volume: "'7x7x512'",
    Vector: "'a vector of 10 features'",
    Wide: "'?x7x512'",
    WideVector: "'a vector of ? features'",
    Unknown: "'?'",
    Length: "'7'",
  })
})

test('there is a name for every axis of every rank', () => {
  expect(axesOfRank[2]).toBe('[height, width, channels]')
  for (const rank of [1, 2, 3] as const) expect(axesOfRank[rank]).toBe(`[${[...axisNames[rank], 'channels'].join(', ')}]`)
})
