import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { suggestionsFor } from '../support/advice.js'
import { type Call, isWide, run, sourceOf } from '../support/call.js'
import { drawCall } from '../support/draw.js'
import { casesOf, inProportion } from '../support/effort.js'
import { seed } from '../support/seed.js'

/** What a sentence advises has to be true: every change that it names is made, and the window fits. */

const subject = (sentence: string): string =>
  sentence.includes('does not fit') || sentence.includes('is larger than') ? 'window' : sentence.includes('do not divide') ? 'groups' : ''

const misfits = fc
  .sample(drawCall, { seed, numRuns: casesOf('advice on windows') })
  .filter((call) => /^(conv|maxPool|avgPool)\d/.test(call.method) && !isWide(call))
  .map((call) => ({ call, outcome: run(call) }))
  .flatMap(({ call, outcome }) => ('sentence' in outcome && subject(outcome.sentence) ? [{ call, sentence: outcome.sentence }] : []))

describe('advice', () => {
  test('enough is drawn', () => expect(misfits.length).toBeGreaterThan(inProportion('advice on windows', 1000)))

  test('every change that is named makes it fit', () => {
    const untrue: string[] = []
    let tried = 0
    for (const { call, sentence } of misfits) {
      for (const { text, kind, call: changed } of suggestionsFor(call, sentence)) {
        // The note says how shapes are written, and not that the window fits then.
        if (kind === 'channels last') continue
        tried += 1
        const fixed = run(changed)
        if ('sentence' in fixed && subject(fixed.sentence) === subject(sentence)) {
          untrue.push(`${sourceOf(call)}\n  ${sentence}\n  with ${text}: ${fixed.sentence}`)
        }
      }
    }
    expect(tried).toBeGreaterThan(inProportion('advice on windows', 1000))
    expect(untrue.slice(0, 5)).toEqual([])
  })

  test('a sentence is whole: no hole is left open, no list is empty, no blanks are doubled', () => {
    const broken = misfits.map(({ sentence }) => sentence).filter((text) => /[{}?]|undefined|NaN| {2}|Use stride ,| ,|\.0\b/.test(text))
    expect(broken.slice(0, 5)).toEqual([])
  })

  test('a sentence says what to do, and ends', () => {
    for (const { sentence } of misfits) expect(sentence).toMatch(/^\w+: .+\. Use .+\.$/)
  })

  test('changes are read as they are written', () => {
    const call: Call = { shape: [9, 9, 4], after: false, method: 'conv2d', args: [4, 3, { stride: 5 }], applied: false }
    const read = (advice: string) => suggestionsFor(call, `conv2d: no. ${advice}`).map(({ call: { args } }) => args)
    expect(read("Use stride 1, 2 or 4, padding 1, padding: 'same', or rounding: 'floor'.")).toEqual([
      [4, 3, { stride: 1 }],
      [4, 3, { stride: 2 }],
      [4, 3, { stride: 4 }],
      [4, 3, { stride: 5, padding: 1 }],
      [4, 3, { stride: 5, padding: 'same' }],
      [4, 3, { stride: 5, rounding: 'floor' }],
    ])
    expect(read("Use padding: 'same', rounding: 'floor', or stride 1 or 7.")).toHaveLength(4)
    expect(read('Use kernel 5, or padding 1.')).toEqual([
      [4, 5, { stride: 5 }],
      [4, 3, { stride: 5, padding: 1 }],
    ])
  })

  test.each(['Use a smaller kernel.', 'Use less padding, or stride 1.', 'Use.', 'Cut something.', 'Use stride 1 and padding 2.'])(
    'nothing is skipped: %s',
    (advice) => {
      const call: Call = { shape: [9, 9, 4], after: false, method: 'conv2d', args: [4, 3], applied: false }
      expect(() => suggestionsFor(call, `conv2d: no. ${advice}`)).toThrow()
    },
  )
})
