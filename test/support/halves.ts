import { describe, expect, test } from 'vitest'
import { type AnyNetwork, ShapeError } from '../../src/index.js'
import { inOrder, networkText, withoutKept } from './call.js'
import type { CheckedLine } from './check.js'
import { checkAll, namesOf, runLine } from './lines.js'

/** Lines of source in both halves: what the compiler says of them, and what they are when they run. */

/** Both halves accept a line and give the same network. */
export const expectAlike = (line: string, checked: CheckedLine | undefined, type: string): void => {
  const built = runLine(line)
  if (built instanceof Error) throw built
  expect(checked?.diagnostics).toEqual([])
  expect(checked?.type).toBe(type)
  expect(networkText(built)).toBe(withoutKept(type))
}

/** Both halves refuse a line: one diagnostic, at the source that is underlined, with the sentence of the error. */
export const expectRefused = (line: string, checked: CheckedLine | undefined, underlined: string): void => {
  const error = runLine(line)
  expect(error).toBeInstanceOf(ShapeError)
  expect(checked?.diagnostics.map((each) => each.underlined)).toEqual([underlined])
  expect(checked?.sentence).toBe((error as ShapeError).message)
}

/** What a type keeps is kept in the graph, with the same shapes, and nothing else is. */
export const expectSameNames = (network: AnyNetwork, type: string): void => {
  const { found, wanted } = namesOf(network, type)
  expect(found).toEqual(wanted)
}

/** Lines that both halves accept, each with its type; what the type keeps is kept in the graph. */
export const acceptedGraphs = (lines: readonly (readonly [line: string, type: string])[], declarations = ''): void => {
  const checked = checkAll(
    lines.map(([line]) => line),
    declarations,
  )
  describe('accepted by both halves', () => {
    test.each(lines)('%s', (line, type) => {
      const built = runLine(line, declarations)
      if (built instanceof Error) throw built
      expect(checked.get(line)?.diagnostics).toEqual([])
      expect(inOrder(checked.get(line)?.type ?? '')).toBe(inOrder(type))
      expect(inOrder(networkText(built))).toBe(inOrder(withoutKept(type)))
      expectSameNames(built, type)
    })
  })
}

/** Lines that both halves refuse, each with what is underlined and a part of its sentence. */
export const refusedGraphs = (lines: readonly (readonly [line: string, underlined: string, sentence: RegExp])[]): void => {
  const checked = checkAll(lines.map(([line]) => line))
  describe('refused by both halves', () => {
    test.each(lines)('%s', (line, underlined, sentence) => {
      expectRefused(line, checked.get(line), underlined)
      expect(checked.get(line)?.sentence).toMatch(sentence)
    })
  })
}

/** Lines with values that are not known at compile time: no diagnostic, and a type without wrong literals. */
export const gradualGraphs = (lines: readonly (readonly [line: string, type: string])[]): void => {
  const declarations = 'declare const anything: any\ndeclare const oneOrFour: 1 | 4\ndeclare const yesOrNo: boolean'
  const checked = checkAll(
    lines.map(([line]) => line),
    declarations,
  )
  describe('gradual', () => {
    test.each(lines)('%s', (line, type) => {
      expect(checked.get(line)?.diagnostics).toEqual([])
      expect(inOrder(checked.get(line)?.type ?? '')).toBe(inOrder(type))
    })
  })
}
