import { describe, expect, test } from 'vitest'
import * as stridewise from '../src/index.js'
import { networkText } from './support/call.js'
import { checkLines } from './support/check.js'
import { makersImport } from './support/value.js'

/**
 * Numbers that may be one for all channels or one for each, in types that are wide in every way. All are accepted, by the methods and the
 * layer values, and each
 * member of a union is checked where the compiler tells it.
 */

/** Types of such numbers, each with a value. */
const types: readonly (readonly [type: string, value: unknown])[] = [
  ['number', 2],
  ['number[]', [1, 2, 3]],
  ['readonly number[]', [1, 2, 3]],
  ['number | number[]', [1, 2, 3]],
  ['number | readonly number[]', 2],
  ['number | readonly number[] | undefined', 2],
  ['1 | 2', 2],
  ['1 | [1, 2, 3]', [1, 2, 3]],
  ['1 | readonly [1, 2, 3] | undefined', 1],
  ['[1, 2, 3] | [4, 5, 6]', [1, 2, 3]],
  ['readonly [1, 2, 3] | readonly [4, 5, 6]', [1, 2, 3]],
  ['[number, number, number]', [1, 2, 3]],
  ['[1 | 2, 2, 3]', [1, 2, 3]],
  ['any', 2],
]

const lines = types.flatMap(([type, value]) => {
  const x = `(${JSON.stringify(value)} as ${type})`
  const scale = type.includes('undefined') ? [] : [`rescale(${x})`, `rescale(${x}, 1)`, `rescale(${x}, ${x})`]
  return [...scale, `rescale(1, ${x})`, `normalize(${x}, ${x})`, `normalize(1, ${x})`, `normalize(${x}, 1)`].flatMap((call) => [
    `input(8, 8, 3).${call}`,
    `input(8, 8, 3).apply(${call})`,
  ])
})

const wrongList = (layer: string, name: string): string =>
  `${layer}: ${name} takes one number, or one for each of the 3 channels, not a list of 2.`

const refused: readonly (readonly [line: string, sentence: string])[] = [
  ['input(8, 8, 3).rescale(1, [1, 2])', wrongList('rescale', 'offset')],
  ['input(8, 8, 3).apply(rescale(1, 1 as 1 | [1, 2]))', wrongList('rescale', 'offset')],
  ['input(8, 8, 3).rescale([1, 2] as [1, 2] | [1, 2, 3])', wrongList('rescale', 'scale')],
  ['input(8, 8, 3).normalize([1, 2], 1)', wrongList('normalize', 'mean')],
  ['input(8, 8, 3).apply(normalize([1, 2] as [1, 2] | [1, 2, 3], 1))', wrongList('normalize', 'mean')],
  ['input(8, 8, 3).normalize(1, [1, 2] as readonly [1, 2])', wrongList('normalize', 'variance')],
  ['input(8, 8, 3).normalize(1, 0 as 0 | 2)', 'normalize: variance must be above 0, not 0: it is the square of a standard deviation.'],
  [
    'input(8, 8, 3).normalize(1 as number | number[])',
    'normalize: a mean needs a variance beside it. Give both, or neither for statistics that are weights.',
  ],
]

const checked = checkLines([...lines, ...refused.map(([line]) => line)], makersImport)

/** A line without its types, run. */
const built = (line: string): string =>
  networkText(
    new Function(...Object.keys(stridewise), `return ${line.replaceAll(/ as [^)]*(?=\))/g, '')}`)(...Object.values(stridewise)) as never,
  )

describe('one number, or one for each channel', () => {
  test.each(lines)('%s', (line) => {
    expect(checked.get(line)?.diagnostics).toEqual([])
    expect(checked.get(line)?.type).toBe(built(line))
  })

  test.each(refused)('%s', (line, sentence) => {
    const said = checked.get(line)?.sentences
    expect(said).toHaveLength(1)
    expect(said?.[0]).toContain(sentence)
  })
})
