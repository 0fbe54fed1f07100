import { existsSync, readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { evaluators } from '../../../src/formats/onnx/read/folding/fold.js'
import { readers } from '../../../src/formats/onnx/read/read.js'
import { operands } from '../../../src/formats/onnx/read/reader/operand-counts.js'
import { casesOf, isLong } from '../../support/effort.js'
import { expectGolden } from '../../support/golden.js'
import { beside, type Outcome } from '../../support/onnx/beside.js'
import { Draw } from '../../support/onnx/draw.js'
import { drawers } from '../../support/onnx/drawers.js'
import { goldenSeed as seed } from '../../support/seed.js'

/**
 * Models of one operator each with drawn attributes, inputs and opsets. What is read of them, written again with the file's weights, computes in
 * ONNX Runtime what the original does; everything else is refused by a sentence.
 */

const outcomes = new Map<string, Outcome[]>()

/** Which draws are read, one letter for each; and why the others are not, without their numbers and names. */
const letters = (of: readonly Outcome[]): string => of.map(({ is }) => (is === 'refused' ? '-' : 'r')).join('')
const reason = (sentence: string): string =>
  sentence
    .replace(/^onnx: (\w+ '[^']*': )?/, '')
    .replace(/'[^']*'/g, "'...'")
    .replace(/\[[^\]]*\]/g, '[...]')
    .replace(/-?\d+(\.\d+)?(e[+-]\d+)?/g, '0')

describe('drawn models of one operator', () => {
  test.each(Object.entries(drawers))('%s', async (name, draw) => {
    const found: Outcome[] = []
    const draws = casesOf('ONNX: drawn models of an operator')
    for (let number = 0; number < draws; number += 1) {
      const of = draw(new Draw(seed, `${name} ${number}`))
      const outcome = await beside(of)
      const shown = JSON.stringify({ number, ...outcome, opset: of.opset, input: of.graph.inputs[0]?.dims, nodes: of.graph.nodes })
      if (outcome.is === 'read') expect(outcome.difference, shown).toBeLessThan(1e-5)
      // ONNX Runtime runs all models that are read, but for two things that ONNX has and it has not: 'same' with dilation, and with gaps.
      if (outcome.is === 'unrunnable')
        expect(outcome.sentence, shown).toMatch(/Dilation not supported for AutoPadType|padding values must be non-neg/)
      if (outcome.is === 'refused') expect(outcome.sentence).not.toMatch(/undefined|NaN|\[object|null/)
      found.push(outcome)
    }
    outcomes.set(name, found)
  })

  test('are of every operator that is read, and of each it is known how many inputs and outputs are looked at', () => {
    const some = Object.values(drawers).flatMap((draw) => Array.from({ length: 12 }, (_, at) => draw(new Draw(seed, `${at}`)).graph.nodes))
    const drawn = new Set(some.flat().map(({ operator }) => operator))
    // Those are read in operators.test.ts, read.test.ts and folding.test.ts.
    const others = ['Upsample', 'ReduceSum', 'Constant', 'ConstantOfShape']
    expect(Object.keys(readers).filter((operator) => !drawn.has(operator))).toEqual(others)
    const known = new Set([...Object.keys(readers), ...Object.keys(evaluators), 'If'])
    expect(Object.keys(operands).sort()).toEqual([...known].sort())
  })
})

const golden = new URL('../../golden/onnx/drawn-operators.txt', import.meta.url)

// The draws of another seed are others.
describe.skipIf(process.env['SEED'] !== undefined)('which of them are read', () => {
  afterAll(() => outcomes.clear())

  test('stays so: what could be read once is not refused later', () => {
    const lines = [...outcomes].map(([name, found]) => `${name}: ${letters(found)}`)
    if (isLong) expectGolden('onnx/drawn-operators.txt', `${lines.join('\n')}\n`)
    const known = existsSync(golden) ? readFileSync(golden, 'utf8').trim().split('\n') : []
    expect(lines.map((line, at) => known[at]?.slice(0, line.length))).toEqual(lines)
  })

  test.runIf(isLong)('and the others are refused for these reasons', () => {
    const lines = [...outcomes].flatMap(([name, found]) => {
      const counts = new Map<string, number>()
      for (const outcome of found)
        if (outcome.is === 'refused') counts.set(reason(outcome.sentence), (counts.get(reason(outcome.sentence)) ?? 0) + 1)
      return [
        `${name}: ${found.filter(({ is }) => is !== 'refused').length} read`,
        ...[...counts].sort().map(([sentence, count]) => `  ${count} ${sentence}`),
      ]
    })
    expectGolden('onnx/drawn-operators-refused.txt', `${lines.join('\n')}\n`)
  })
})
