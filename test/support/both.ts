import { describe, expect, test } from 'vitest'
import { input, ShapeError } from '../../src/index.js'
import { networkText, withoutKept } from './call.js'
import { checkLines, thrownBy } from './check.js'

/** Lines of source that both halves of the rules have to take in the same way. */

/** A line, and the type that the compiler prints for it: what is built has those very numbers. */
export type Accepted = readonly [line: string, type: string]

/** A line, what is underlined, and a part of the sentence: the same one at run time. */
export type Refused = readonly [line: string, underlined: string, sentence: RegExp]

export const acceptedByBoth = (lines: readonly Accepted[]): void => {
  const checked = checkLines(lines.map(([line]) => line))
  describe('accepted by both halves', () => {
    test.each(lines)('%s', (line, type) => {
      expect(checked.get(line)?.diagnostics).toEqual([])
      expect(checked.get(line)?.type).toBe(type)
      expect(networkText(new Function('input', `return ${line}`)(input))).toBe(withoutKept(type))
    })
  })
}

export const refusedByBoth = (lines: readonly Refused[]): void => {
  const checked = checkLines(lines.map(([line]) => line))
  describe('refused by both halves', () => {
    test.each(lines)('%s', (line, underlined, sentence) => {
      const found = checked.get(line)
      const error = thrownBy(line)
      expect(found?.diagnostics.map((each) => each.underlined)).toEqual([underlined])
      expect(error).toBeInstanceOf(ShapeError)
      expect((error as ShapeError).message).toBe(found?.sentence)
      expect((error as ShapeError).message).toMatch(sentence)
    })
  })
}

/** Lines with values that are not known at compile time: no diagnostic, and a type without wrong literals. */
export const gradual = (lines: readonly Accepted[]): void => {
  const declarations = 'declare const anything: any\ndeclare const oneOrFour: 1 | 4\ndeclare const yesOrNo: boolean'
  const checked = checkLines(
    lines.map(([line]) => line),
    declarations,
  )
  describe('gradual', () => {
    test.each(lines)('%s', (line, type) => {
      expect(checked.get(line)?.diagnostics).toEqual([])
      expect(checked.get(line)?.type).toBe(type)
    })
  })
}
