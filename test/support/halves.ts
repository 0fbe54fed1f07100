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

/** Lines of a kind of layers, for {@link inBothHalves}. */
interface LinesOfKind {
  /** Accepted lines, each with its type; none where they are graphs, which {@link acceptedGraphs} tests. */
  readonly types?: readonly (readonly [line: string, type: string])[]
  /** Refused lines, each with what is underlined. */
  readonly refused: readonly (readonly [line: string, underlined: string])[]
  /** Lines with values that are not known at compile time: no diagnostic, and a type without wrong literals. */
  readonly gradual: readonly (readonly [line: string, type: string])[]
  /** Unions with a member that does not fit, each with a part of the message at compile time. */
  readonly refusedUnions?: readonly (readonly [line: string, message: string])[]
  readonly declarations: string
}

/** Tests lines of a kind of layers in both halves. */
export const inBothHalves = ({ types = [], refused, gradual, refusedUnions = [], declarations }: LinesOfKind): void => {
  const checked = checkAll(
    [...types, ...refused, ...gradual, ...refusedUnions].map(([line]) => line),
    declarations,
  )

  if (types.length > 0)
    describe('both halves agree', () => {
      test.each(types)('%s', (line, type) => expectAlike(line, checked.get(line), type))
    })

  describe('both halves refuse, in the same words', () => {
    test.each(refused)('%s', (line, underlined) => expectRefused(line, checked.get(line), underlined))
  })

  describe('gradual', () => {
    test.each(gradual)('%s', (line, type) => {
      expect(checked.get(line)?.diagnostics).toEqual([])
      expect(checked.get(line)?.type).toBe(type)
    })

    test.each(refusedUnions)('%s', (line, message) => {
      expect(checked.get(line)?.diagnostics).toEqual([expect.objectContaining({ text: expect.stringContaining(message) })])
    })
  })
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
