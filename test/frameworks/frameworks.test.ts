import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ShapeError } from '../../src/index.js'
import { networkText } from '../support/call.js'
import { checkAll, runLine } from '../support/lines.js'

/**
 * Shapes, parameters and refusals out of the tests of PyTorch, TensorFlow, Keras, TensorFlow.js, ONNX and Caffe, each under the
 * file it was read from; written as calls, channels last and without the batch axis.
 *
 * What a framework does by default is written out where it is not the default here: rounding down ('floor'), the paddings of ONNX's
 * SAME_LOWER and of Keras's 'causal', the output padding of Keras's transposed convolutions; a `note` says so. What cannot be said
 * in this vocabulary is left out, by reason.
 */

interface Source<Case> {
  readonly total: number
  /** What the framework takes, and this package does not. */
  readonly refused?: readonly Case[]
  readonly cases: Readonly<Record<string, readonly Case[]>>
  /** What is left out, by reason. */
  readonly leftOut: Readonly<Record<string, readonly string[]>>
}

const read = <Case>(name: string): Source<Case> => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))
const sizeOf = (lists: Readonly<Record<string, readonly unknown[]>>): number => Object.values(lists).flat().length

describe('shapes and parameters', () => {
  const source = read<{ id: string; line: string; output: number[]; params?: number; why?: string }>('cases.json')
  const cases = Object.values(source.cases).flat()
  const refused = source.refused ?? []
  const checked = checkAll([...new Set([...cases, ...refused].map(({ line }) => line))])

  test.each(refused)('$line is refused: $why', ({ line, why }) => {
    expect(runLine(line)).toMatchObject({ name: 'ShapeError', message: expect.stringContaining(why as string) })
    expect(checked.get(line)?.diagnostics).toHaveLength(1)
    expect(checked.get(line)?.sentence).toContain(why)
  })

  test.each(Object.entries(source.cases))('%s', (_, own) => {
    const found = own.map(({ id, line, params }) => {
      const built = runLine(line)
      if (built instanceof Error) return { id, line, refused: built.message }
      const types = checked.get(line)
      expect(types?.diagnostics).toEqual([])
      expect(types?.type).toBe(networkText(built))
      return { id, line, output: built.output, ...(params === undefined ? {} : { params: built.params }) }
    })
    expect(found).toEqual(own.map(({ id, line, output, params }) => ({ id, line, output, ...(params === undefined ? {} : { params }) })))
  })

  test('every case is there once, or left out for a reason', () => {
    const ids = [...[...cases, ...refused].map(({ id }) => id), ...Object.values(source.leftOut).flat()]
    expect(new Set(ids).size).toBe(source.total)
    expect(ids).toHaveLength(source.total)
    expect(cases.length).toBeGreaterThanOrEqual(1070)
  })
})

describe('what they refuse', () => {
  const source = read<{ line: string; error: string }>('rejections.json')
  const lines = Object.values(source.cases).flatMap((each) => each.map(({ line }) => line))
  const checked = checkAll([...new Set(lines)])

  test.each(lines)('%s', (line) => {
    expect(runLine(line)).toBeInstanceOf(ShapeError)
    expect(checked.get(line)?.diagnostics.length).toBeGreaterThanOrEqual(1)
  })

  test('every case is there, or left out for a reason', () => {
    expect(sizeOf(source.cases) + sizeOf(source.leftOut)).toBe(source.total)
    expect(lines.length).toBeGreaterThanOrEqual(69)
  })
})
