import { expect, test } from 'vitest'
import { shapeIn, shapeOf } from '../../../src/editor/types/shape-text.js'

/** Shapes in the texts of types and in comments. */

test('the output of a network with one, whatever it keeps', () => {
  expect(shapeOf('Network<[227, 227, 3], [55, 55, 96], 34944>')).toBe('55x55x96')
  expect(shapeOf('Network<Shape, [number, 10], number>')).toBe('?x10')
  expect(shapeOf('sw.Network<[227, 227, 3], [55, 55, 96], 34944>')).toBe('55x55x96')
  expect(shapeOf('import("/a/b").Network<[64, 64, 3] & { c3: [8, 8, 4]; "a, b>": [1]; }, [7], 1.5e+30>')).toBe('7')
  expect(shapeOf('Network<{ left: [28, 28, 1]; right: [28, 28, 1]; } & { a: [16]; }, [16], 80>')).toBe('16')
  expect(shapeOf('Network<[4] & { shared: { encoder: Layer<"block", [(x: never) => { a: 1, b: 2 }]>; }; }, [2], 10>')).toBe('2')
})

test('outputs by their names', () => {
  expect(shapeOf('Network<[64, 64, 3], { p4: [4, number, 4]; p3: [8, 8, 4]; }, 5>')).toBe('{ p3: 8x8x4, p4: 4x?x4 }')
  expect(shapeOf('Network<[6], { "a \\"b\\"; c": [6]; größe: [1]; }, 0>')).toBe('{ "a \\"b\\"; c": 6, größe: 1 }')
  const many = Array.from({ length: 9 }, (_, index) => `o${index}: [${index}]`).join('; ')
  expect(shapeOf(`Network<[6], { ${many}; }, 0>`)).toBe('{ o0: 0, o1: 1, o2: 2, o3: 3, o4: 4, o5: 5, o6: 6, 2 more }')
})

test.each([
  'number',
  'Network<[6], Shape, 0>',
  'Network<[6], { [name: string]: Shape }, 0>',
  'Network<[6], {}, 0>',
  'Network<Input, [6], 0>',
  'Network<[6], [6]>',
  'Network<[6], [6], 0, 1>',
  'Network<[6], { "\u2028": [6]; }, 0>',
  'Network<[6], { a: [6]; b: string; }, 0>',
])('no shape: %s', (type) => expect(shapeOf(type)).toBeUndefined())

test('what is written is known again, and what people write is theirs', () => {
  for (const shape of ['7', '55x55x96', '?x10', '{ p3: 8x8x4, p4: 4x?x4 }', '{ "a \\"b\\"; c": 6 }', '{ o0: 0, 2 more }']) {
    expect(shapeIn(`// ${shape}`)).toBe(shape)
    expect(shapeIn(`//${shape}`)).toBe(shape)
  }
  for (const comment of ['// block 3', '// p3 8x8x4', '// { a: b }', '// {}', '// { note }', '// { p3: 8x8x4 } done', '/* 7 */', ''])
    expect(shapeIn(comment)).toBeUndefined()
  expect(shapeIn(`// { ${'a: 1, '.repeat(50_000)}`)).toBeUndefined()
})
