import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kinds } from '../src/network/kinds.js'
import { type Call, type Outcome, run, sourceOf, withoutKept, withoutNote } from './support/call.js'
import { chainText } from './support/chain.js'
import { type CheckedLine, checkLines } from './support/check.js'
import { differ } from './support/differ.js'
import { drawValue, valueInput } from './support/draw-values.js'
import { casesOf, inProportion, isLong } from './support/effort.js'
import { runLine } from './support/lines.js'
import { seed } from './support/seed.js'
import { kindsIn, makersImport, type Value } from './support/value.js'

/**
 * The mirror for networks: nested blocks and branches, with layers of every kind, as a single layer value and as the equivalent chain
 * of method calls, in both halves.
 */

const draws = casesOf('mirror of networks')
const perProgram = 2000

/** The kinds that the mirror of graphs covers, and chunk and split, which that of methods does. */
const ofGraphs = ['keep', 'chunk', 'split', 'from', 'branch', 'shared', 'subtract', 'average', 'maximum', 'minimum', 'matmul']

const callOf = ({ kind, args }: Value): Call => ({ shape: valueInput, after: false, method: kind, args, applied: true })
const chainOf = (value: Value): string => `input(${valueInput.join(', ')})${chainText(value)}`

/** How the chain differs; a mistake inside a function is reported in its own place, without the names of the branches around it. */
const differAsChain = (chain: string, built: Outcome, { type, diagnostics, sentences }: CheckedLine): string | undefined => {
  const network = runLine(chain)
  if ('network' in built) {
    if (network instanceof Error) return `refused as a chain: ${network.message}`
    if (diagnostics.length > 0) return `refused by the types only: ${sentences[0]}`
    const whole = `${network}`
    return withoutKept(type) === built.network && type.replaceAll('; }', ' }') === whole ? undefined : `type ${type}, built ${whole}`
  }
  if (!(network instanceof Error)) return `refused as a value only: ${built.sentence}`
  if (diagnostics.length === 0) return `refused at run time only: ${network.message}`
  return sentences.some((sentence) => network.message.endsWith(sentence) || withoutNote(network.message).endsWith(sentence))
    ? undefined
    : `types say: ${sentences.join(' | ')}\n      run time: ${network.message}`
}

describe('the mirror of networks', () => {
  // The same value twice would be one line of source; a Map keeps the first.
  const drawn = fc.sample(drawValue, { seed, numRuns: draws })
  const values = [...new Map(drawn.map((value) => [sourceOf(callOf(value)), value])).values()]
  const outcomes = values.map((value) => run(callOf(value)))

  test('shapes, parameters and sentences are the same in both halves, as a value and as a chain', () => {
    const wrong: string[] = []
    for (let start = 0; start < values.length; start += perProgram) {
      const batch = values.slice(start, start + perProgram)
      const checked = checkLines([...new Set(batch.flatMap((value) => [sourceOf(callOf(value)), chainOf(value)]))], makersImport)
      for (const [index, value] of batch.entries()) {
        const built = outcomes[start + index] as Outcome
        const found = [sourceOf(callOf(value)), chainOf(value)].map((line) => checked.get(line) as CheckedLine)
        const [asValue, asChain] = found as [CheckedLine, CheckedLine]
        const verdicts = [differ(callOf(value), built, asValue), differAsChain(chainOf(value), built, asChain)]
        for (const [form, verdict] of verdicts.entries()) {
          if (verdict) wrong.push(`  ${form === 0 ? sourceOf(callOf(value)) : chainOf(value)}\n      ${verdict}`)
        }
      }
    }
    if (wrong.length === 0) return
    const shortest = wrong.sort((left, right) => left.length - right.length).slice(0, 12)
    throw new Error(`${wrong.length} networks differ. The shortest:\n${shortest.join('\n')}`)
  })

  test('there are enough of them, nested, possible and impossible, with most kinds inside', () => {
    const nested = values.filter((value) => kindsIn(value).length > 2)
    const accepted = outcomes.filter((each) => 'network' in each).length
    console.log(`mirror of networks: seed ${seed}, ${accepted} accepted, ${values.length - accepted} refused, ${nested.length} nested`)
    expect(nested.length).toBeGreaterThanOrEqual(inProportion('mirror of networks', 500))
    expect(accepted / values.length).toBeGreaterThanOrEqual(0.25)
    expect((values.length - accepted) / values.length).toBeGreaterThanOrEqual(0.25)
    const others = [...kinds.keys()].filter((kind) => !ofGraphs.includes(kind))
    if (isLong) expect(new Set(values.flatMap(kindsIn)).size).toBeGreaterThanOrEqual(others.length - 16)
  })
})
