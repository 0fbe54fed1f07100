import { expect, test } from 'vitest'
import { firstSentence, shortSignature } from '../../docs/.vitepress/short-hover.js'

/* What a hover on a page shows of what an editor shows. */

test('a long signature keeps its result, and leaves out its parameters', () => {
  const long = (name: string, parameters: string, result: string): string =>
    `(method) ConvolutionMethods<[64, 64, 1], [32, 32, 8], 664>.${name}<${parameters}>(filters: FiltersOrUseABlock<(x: 8) => void, 3>, options?: { padding: 1 }): ${result}`
  const network = 'Network<[64, 64, 1] & { kept: { fine: [64, 64, 8]; }; }, [32, 32, 16], 1832>'
  expect(shortSignature(long('conv2d', '16, 3, { padding: 1 }', network), 'conv2d')).toBe(`(method) conv2d(…): ${network}`)
  expect(shortSignature(long('conv2d', '(x: 1) => 2', network), 'conv2d')).toBe(`(method) conv2d(…): ${network}`)
})

test('a name with a dollar sign is a name', () => {
  expect(shortSignature(`const $make: <A>(a: A) => ${'[8, 8, 3] | '.repeat(12)}[4]`, '$make')).toMatch(/^const \$make: /)
  expect(shortSignature(`function make$(filters: ${'8 | '.repeat(40)}9): Network<[4], [4], 0>`, 'make$')).toBe(
    'make$(…): Network<[4], [4], 0>',
  )
})

test('a short one, and what is no function, stay', () => {
  for (const text of [
    '(method) flatten(): Network<[4], [4], 0>',
    `const net: Network<${'[224, 224, 3] & '.repeat(12)}[3], [10], 7>`,
    'any',
  ])
    expect(shortSignature(text, 'net')).toBe(text)
})

test('the first sentence of a docstring', () => {
  expect(firstSentence('A sum (Szegedy et al. 2015). Its parts are equal.')).toBe('A sum (Szegedy et al. 2015).')
  expect(firstSentence('Padding 1.5 is none.\n\nMore.')).toBe('Padding 1.5 is none.')
  expect(firstSentence('no end')).toBe('no end')
})
