import { describe, expect, test } from 'vitest'
import { advice, eitherOf, fill, listOf, ShapeError, shown } from '../../src/shape/message.js'
import { evaluateTypes } from '../support/evaluate-types.js'

/** The pieces that sentences are made of, in both halves. */

const typesOf = (types: Readonly<Record<string, string>>): Record<string, string> => {
  const lines = Object.entries(types).map(([name, text]) => `type ${name} = ${text}`)
  const imports = "import type { Advice, EitherOf, Fill, ListOf } from '../src/shape/message.js'"
  const { types: found, diagnostics } = evaluateTypes(`${imports}\n${lines.join('\n')}`)
  expect(diagnostics).toEqual([])
  return found
}

test('a ShapeError is an Error with the operation and the argument to blame', () => {
  const error = new ShapeError('conv2d: no.', 'conv2d', 'options.stride')
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({ name: 'ShapeError', message: 'conv2d: no.', operation: 'conv2d', argument: 'options.stride' })
  expect(`${error}`).toBe('ShapeError: conv2d: no.')
})

describe('fill', () => {
  test('every hole gets its value; one without a value becomes a question mark', () => {
    expect(fill('{a} and {b}, {a} and {c}.', { a: '1', b: 'two' })).toBe('1 and two, 1 and ?.')
    expect(fill('nothing to fill', {})).toBe('nothing to fill')
  })

  test('values are not filled again', () => {
    expect(fill('{a}{b}', { a: '{b}', b: '$&' })).toBe('{b}$&')
  })

  test('the types do the same', () => {
    const found = typesOf({
      Both: "Fill<'{a} and {b}, {a} and {c}.', { a: '1'; b: 'two' }>",
      None: "Fill<'nothing to fill', {}>",
    })
    expect(found).toEqual({ Both: "'1 and two, 1 and ?.'", None: "'nothing to fill'" })
  })
})

describe('series', () => {
  const items = ['1', '2', '4', '8']

  test.each([
    [0, '', ''],
    [1, '1', '1'],
    [2, '1 or 2', '1 and 2'],
    [3, '1, 2 or 4', '1, 2 and 4'],
    [4, '1, 2, 4 or 8', '1, 2, 4 and 8'],
  ])('of %i', (count, either, list) => {
    const taken = items.slice(0, count)
    const tuple = `[${taken.map((item) => `'${item}'`).join(', ')}]`
    expect(eitherOf(taken)).toBe(either)
    expect(listOf(taken)).toBe(list)
    expect(typesOf({ Either: `EitherOf<${tuple}>`, List: `ListOf<${tuple}>` })).toEqual({ Either: `'${either}'`, List: `'${list}'` })
  })
})

describe('advice', () => {
  test.each([
    [[], 'Otherwise.'],
    [['padding 1'], 'Use padding 1.'],
    [['stride 1', 'padding 1'], 'Use stride 1, or padding 1.'],
    [['stride 1 or 2', 'padding 1', 'kernel 3'], 'Use stride 1 or 2, padding 1, or kernel 3.'],
  ])('%j', (fixes, sentence) => {
    const tuple = `[${fixes.map((item) => `'${item}'`).join(', ')}]`
    expect(advice(fixes, 'Otherwise.')).toBe(sentence)
    expect(typesOf({ Sentence: `Advice<${tuple}, 'Otherwise.'>` })).toEqual({ Sentence: `'${sentence}'` })
  })
})

describe('a value in a message', () => {
  test.each<[unknown, string]>([
    [[1, 'a', null], '[1,"a",null]'],
    [{ a: [1] }, '{"a":[1]}'],
    [Array.from({ length: 199 }, () => 1), 'a list of 199'],
    [Array.from({ length: 10_000_000 }), 'a list of 10000000'],
    [undefined, 'undefined'],
    [Math.max, 'a function'],
    [10n, '10n'],
  ])('%#', (value, text) => {
    expect(shown(value)).toBe(text)
  })

  test('a list that holds one list many times is as long as no memory', () => {
    let list: unknown[] = [1, 1]
    for (let times = 0; times < 60; times += 1) list = [list, list]
    expect(shown(list)).toBe('a list of 2')
    expect(shown({ list })).toBe('an object')
  })
})
