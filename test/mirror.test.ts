import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kinds } from '../src/network/kinds.js'
import { type Call, isWide, run, sourceOf } from './support/call.js'
import { checkLines } from './support/check.js'
import { differ } from './support/differ.js'
import { drawCall } from './support/draw.js'
import { casesOf, isLong } from './support/effort.js'
import { seed } from './support/seed.js'
import { kindsIn, makersImport, Value } from './support/value.js'

/**
 * The two halves of the rules, against each other: thousands of drawn layers of every kind are built and type-checked, as method
 * calls and as layer values. Shapes and parameters are the same, or both halves refuse with the same sentence, once, and blame
 * the same argument.
 */

const draws = casesOf('mirror of layers')
const perProgram = 2500

describe('the mirror', () => {
  const calls = fc.sample(drawCall, { seed, numRuns: draws })
  const verdicts = new Map<string, string | undefined>()
  const counts = { accepted: 0, refused: 0, wide: 0 }

  const judge = (batch: readonly Call[]): void => {
    const checked = checkLines(batch.map(sourceOf), makersImport)
    for (const call of batch) {
      const built = run(call)
      counts['network' in built ? 'accepted' : 'refused'] += 1
      if (isWide(call)) counts.wide += 1
      const found = checked.get(sourceOf(call))
      verdicts.set(sourceOf(call), found && differ(call, built, found))
    }
  }

  test(`${draws} drawn layers: shapes, parameters and sentences are the same at compile time and at run time`, () => {
    for (let start = 0; start < calls.length; start += perProgram) judge(calls.slice(start, start + perProgram))
    console.log(`mirror: seed ${seed}, ${counts.accepted} accepted, ${counts.refused} refused, ${counts.wide} with a wide number`)
    expect(counts.accepted / draws).toBeGreaterThanOrEqual(0.25)
    expect(counts.refused / draws).toBeGreaterThanOrEqual(0.25)

    const wrong = [...verdicts].filter(([, verdict]) => verdict !== undefined)
    if (wrong.length === 0) return
    const others = wrong
      .sort(([left], [right]) => left.length - right.length)
      .slice(0, 20)
      .map(([source, verdict]) => `  ${source}\n      ${verdict}`)
    throw new Error(`${wrong.length} layers differ.\nSmallest found:\n${smallest()}\nAs drawn:\n${others.join('\n')}`)
  })

  test.runIf(isLong)('every kind of layer is drawn, accepted, and refused where it can be', () => {
    const drawn = new Map<string, { accepted: number; refused: number }>()
    for (const call of calls) {
      const counted = drawn.get(call.method) ?? { accepted: 0, refused: 0 }
      counted['network' in run(call) ? 'accepted' : 'refused'] += 1
      drawn.set(call.method, counted)
    }
    expect([...drawn.keys(), ...inGraphs].sort()).toEqual([...kinds.keys()].sort())
    expect([...drawn].filter(([, { accepted }]) => accepted < 5).map(([kind]) => kind)).toEqual([])
    const neverRefused = [...drawn].filter(([kind, { refused }]) => refused === 0 && !alwaysFits.includes(kind))
    expect(neverRefused).toEqual([])
    const inside = new Set(calls.flatMap(({ method, args }) => kindsIn(new Value(method, args)).slice(1)))
    expect(inside.size).toBeGreaterThan(50)
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

/** Kinds that name values, which `mirror-graphs.test.ts` draws. */
const inGraphs = ['branch', 'from', 'keep', 'shared']

/** Kinds that take any input, and have no argument, or options whose values the parameter's own type checks. */
const alwaysFits = [
  ...['batchNorm', 'elu', 'gelu', 'hardSigmoid', 'hardSwish', 'identity', 'layerNorm', 'layerScale', 'leakyRelu', 'logSoftmax', 'mish'],
  ...['prelu', 'relu', 'relu6', 'rmsNorm', 'selu', 'sigmoid', 'silu', 'softmax', 'softplus', 'tanh'],
]
