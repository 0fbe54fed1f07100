import { describe, expect, test } from 'vitest'
import { type Call, covers, type Outcome, plain, run, sourceOf, withoutNote } from './support/call.js'
import { canonical } from './support/canonical.js'
import { checkLines } from './support/check.js'
import { isLong, sampled } from './support/effort.js'
import { at, places, replaced } from './support/places.js'
import { makersImport } from './support/value.js'

/**
 * Numbers around 2^53, where JavaScript stops counting one by one, in every place of every kind. Both halves refuse the same calls with
 * the same sentence. Only a size of the output that is beyond it is refused by the run time alone: in the type it is `number`.
 */

/** 2^53 - 1, 2^53, and a power of two far above it. */
const numbers = [Number.MAX_SAFE_INTEGER, 2 ** 53, 2 ** 60]

interface Case {
  readonly line: string
  readonly outcome: Outcome
}

const cases: Case[] = sampled(
  canonical.flatMap(([method, shape, args]) => {
    const valuesOnly = ['identity', 'block', 'repeat', 'branch', 'shared'].includes(method)
    const call: Call = { shape, after: false, method, args, applied: valuesOnly }
    return places([call.shape, call.args]).flatMap((place): Case[] => {
      if (typeof at([call.shape, call.args], place) !== 'number') return []
      return numbers.map((number) => {
        const [nextShape, nextArgs] = replaced([call.shape, call.args], place, number) as [Call['shape'], Call['args']]
        const changed = plain({ ...call, shape: nextShape, args: nextArgs }) as Call
        return { line: sourceOf(changed), outcome: run(changed) }
      })
    })
  }),
)

/** A count that prints with an exponent, which `number` in a type stands for too. */
const inDigits = (network: string): string => network.replaceAll(/[\d.]+e\+\d+/g, '0')

const inexact = /a size of its output is more than 9007199254740991/

describe('numbers around 2^53', () => {
  const checked = checkLines(
    cases.map(({ line }) => line),
    makersImport,
  )

  test('are drawn in many places', () => expect(cases.length).toBeGreaterThan(isLong ? 500 : 50))

  test('both halves say the same', () => {
    const wrong = cases.flatMap(({ line, outcome }) => {
      const { type, sentences } = checked.get(line) ?? { type: '', sentences: [] }
      if ('network' in outcome)
        return sentences.length === 0 && covers(type, inDigits(outcome.network)) ? [] : [[line, type, ...sentences, outcome.network]]
      if (inexact.test(outcome.sentence))
        return sentences.length === 0 && /\bnumber\b/.test(type) ? [] : [[line, type, ...sentences, outcome.sentence]]
      return sentences.length === 1 && sentences[0] === withoutNote(outcome.sentence) ? [] : [[line, type, ...sentences, outcome.sentence]]
    })
    expect(wrong).toEqual([])
  })
})
