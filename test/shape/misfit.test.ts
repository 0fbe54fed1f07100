import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Call, isWide, run, sourceOf } from '../support/call.js'
import { drawCall } from '../support/draw.js'
import { casesOf, inProportion } from '../support/effort.js'
import { seed } from '../support/seed.js'

/** What a sentence advises has to be true: every change that it names is made, and the window fits. */

const number = '\\d+(?:, \\d+)*(?: or \\d+)?'

/** The changes that a sentence advises: `stride 1, 2 or 4` is three. */
const fixesIn = (sentence: string): { name: string; value: number | string }[] => {
  const advice = sentence.slice(sentence.indexOf('Use '))
  const changes = [...advice.matchAll(new RegExp(`(stride|padding|kernel|groups) (${number})`, 'g'))].flatMap(([, name, values]) =>
    (values as string).split(/, | or /).map((value) => ({ name: name as string, value: Number(value) })),
  )
  return advice.includes("rounding: 'floor'") ? [...changes, { name: 'rounding', value: 'floor' }] : changes
}

const withFix = (call: Call, name: string, value: unknown): Call => {
  const at = call.method.startsWith('conv') ? 1 : 0
  if (name === 'kernel') return { ...call, args: call.args.map((arg, index) => (index === at ? value : arg)) }
  const options = { ...(call.args[at + 1] as object | undefined), [name]: value }
  return { ...call, args: [...call.args.slice(0, at + 1), options] }
}

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
      for (const { name, value } of fixesIn(sentence)) {
        tried += 1
        const fixed = run(withFix(call, name, value))
        if ('sentence' in fixed && subject(fixed.sentence) === subject(sentence)) {
          untrue.push(`${sourceOf(call)}\n  ${sentence}\n  with ${name} ${value}: ${fixed.sentence}`)
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

  test('fixes are read as they are written', () => {
    expect(fixesIn("conv2d: no. Use stride 1, 2 or 4, padding 1, or rounding: 'floor'.")).toEqual([
      { name: 'stride', value: 1 },
      { name: 'stride', value: 2 },
      { name: 'stride', value: 4 },
      { name: 'padding', value: 1 },
      { name: 'rounding', value: 'floor' },
    ])
    expect(fixesIn('conv2d: no. Use kernel 5, or padding 1.')).toEqual([
      { name: 'kernel', value: 5 },
      { name: 'padding', value: 1 },
    ])
    expect(fixesIn('conv2d: no. Use a smaller kernel or a larger input.')).toEqual([])
  })
})
