import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Call, isWide, type Outcome, preamble, run, sentenceOf, sourceOf } from './support/call.js'
import { drawCall } from './support/draw.js'
import { type Diagnostic, evaluateTypes } from './support/evaluate-types.js'
import { seed } from './support/seed.js'

/**
 * The two halves of the rules, against each other: thousands of drawn layers are built and type-checked. Shapes and parameters
 * are the same, or both halves refuse with the same sentence, once, and blame the same argument.
 */

const draws = 2400
const perProgram = 300

/** What the types say of a call: a network, or a sentence with the source that is underlined. */
interface Checked {
  readonly type: string
  readonly diagnostics: readonly Diagnostic[]
}

const checkAll = (calls: readonly Call[]): Checked[] => {
  const lines = calls.map((call, index) => `const n${index} = ${sourceOf(call)}`)
  const { types, diagnostics } = evaluateTypes(`${preamble}${lines.join('\n')}`)
  const before = preamble.split('\n').length
  return calls.map((_, index) => ({
    type: types[`n${index}`] as string,
    diagnostics: diagnostics.filter(({ line }) => line === index + before),
  }))
}

/** The arguments of a method by name, so that blame can be looked up in the source. */
const parameters = (method: string): string[] => {
  if (method.startsWith('conv')) return ['filters', 'kernel', 'options']
  if (method.includes('Pool')) return ['kernel', 'options']
  return { dense: ['units', 'options'], dropout: ['rate'], localResponseNorm: ['size', 'options'] }[method] ?? []
}

/** What the compiler should underline when an argument is blamed. */
const underlinedFor = (call: Call, blamed: string): string => {
  if (blamed === '') return call.method
  if (blamed.startsWith('options.')) return blamed.slice('options.'.length)
  const inside = sourceOf({ ...call, args: [call.args[parameters(call.method).indexOf(blamed)]] })
  return inside.slice(inside.indexOf(`${call.method}(`) + call.method.length + 1, -1)
}

/** How the halves differ, in words; nothing when they agree. */
const differ = (call: Call, built: Outcome, { type, diagnostics }: Checked): string | undefined => {
  const texts = diagnostics.map(sentenceOf)
  if (diagnostics.length > 1) return `${diagnostics.length} diagnostics: ${texts.join(' | ')}`
  const [diagnostic] = diagnostics
  if (isWide(call)) {
    if (diagnostic) return 'sentence' in built ? undefined : `refused by the types only: ${texts[0]}`
    return 'sentence' in built || covers(type, built.network) ? undefined : `type ${type}, built ${built.network}`
  }
  if ('network' in built) {
    if (diagnostic) return `refused by the types only: ${texts[0]}`
    return type === built.network ? undefined : `type ${type}, built ${built.network}`
  }
  if (!diagnostic) return `refused at run time only: ${built.sentence}`
  if (texts[0] !== built.sentence) return `types say: ${texts[0]}\n      run time: ${built.sentence}`
  const expected = underlinedFor(call, built.blamed)
  return diagnostic.underlined === expected ? undefined : `underlined ${diagnostic.underlined}, to blame is ${expected}`
}

/** Whether a type with some `number` in it holds what was built. */
const covers = (type: string, built: string): boolean => {
  const pattern = type.replace(/[[\]]/g, '\\$&').replaceAll('number', '\\d+')
  return new RegExp(`^${pattern}$`).test(built)
}

describe('the mirror', () => {
  const calls = fc.sample(drawCall, { seed, numRuns: draws })
  const verdicts = new Map<string, string | undefined>()
  const counts = { accepted: 0, refused: 0, wide: 0 }

  const judge = (batch: readonly Call[]): void => {
    const checked = checkAll(batch)
    for (const [index, call] of batch.entries()) {
      const built = run(call)
      counts['network' in built ? 'accepted' : 'refused'] += 1
      if (isWide(call)) counts.wide += 1
      verdicts.set(sourceOf(call), differ(call, built, checked[index] as Checked))
    }
  }

  test(`${draws} drawn layers: shapes, parameters and sentences are the same at compile time and at run time`, () => {
    for (let start = 0; start < calls.length; start += perProgram) judge(calls.slice(start, start + perProgram))
    console.log(`mirror: seed ${seed}, ${counts.accepted} accepted, ${counts.refused} refused, ${counts.wide} with a wide number`)
    expect(counts.accepted / draws).toBeGreaterThanOrEqual(0.25)
    expect(counts.refused / draws).toBeGreaterThanOrEqual(0.25)

    const wrong = [...verdicts].filter(([, verdict]) => verdict !== undefined)
    if (wrong.length === 0) return
    const others = wrong.slice(0, 20).map(([source, verdict]) => `  ${source}\n      ${verdict}`)
    throw new Error(`${wrong.length} layers differ.\nSmallest found:\n${smallest()}\nAs drawn:\n${others.join('\n')}`)
  })

  /** Shrinks the first difference; only what was not judged yet is compiled, one by one. */
  const smallest = (): string => {
    const same = (call: Call): boolean => {
      const source = sourceOf(call)
      if (!verdicts.has(source)) judge([call])
      return verdicts.get(source) === undefined
    }
    const details = fc.check(fc.property(drawCall, same), { seed, numRuns: draws, interruptAfterTimeLimit: 30_000 })
    const call = details.counterexample?.[0]
    return call ? `  ${sourceOf(call)}\n      ${verdicts.get(sourceOf(call))}` : '  (none)'
  }
})
