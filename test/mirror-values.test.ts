import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { input, ShapeError } from '../src/index.js'
import { networkText } from './support/call.js'
import { checkLines } from './support/check.js'
import { drawValue, kindsIn, made, makers, type Value, valueText } from './support/draw-values.js'
import { seed } from './support/seed.js'

/** The mirror for layer values: blocks and branches in each other, applied, in both halves. */

const draws = 1200
const perProgram = 200
const declarations = `import { ${Object.keys(makers).join(', ')} } from 'stridewise'`

const sourceOf = (value: Value): string => `input(9, 9, 4).apply(${valueText(value)})`

const run = (value: Value): { network: string } | { sentence: string } => {
  try {
    return { network: networkText(input(9, 9, 4).apply(made(value) as never)) }
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error
    return { sentence: error.message }
  }
}

const judge = (values: readonly Value[]): (string | undefined)[] => {
  const checked = checkLines(values.map(sourceOf), declarations)
  return values.map((value) => {
    const found = checked.get(sourceOf(value))
    const built = run(value)
    const count = found?.diagnostics.length ?? 0
    if (count > 1) return `${count} diagnostics`
    if ('network' in built) {
      if (count > 0) return `refused by the types only: ${found?.sentence}`
      return found?.type === built.network ? undefined : `type ${found?.type}, built ${built.network}`
    }
    if (count === 0) return `refused at run time only: ${built.sentence}`
    if (found?.sentence !== built.sentence) return `types say: ${found?.sentence}\n      run time: ${built.sentence}`
    const underlined = found.diagnostics[0]?.underlined
    return underlined === valueText(value) ? undefined : `underlined ${underlined}`
  })
}

describe('the mirror of layer values', () => {
  // The same value twice would be one line of source; a Map keeps the first.
  const values = [...new Map(fc.sample(drawValue, { seed, numRuns: draws }).map((value) => [valueText(value), value])).values()]

  test('drawn blocks and branches: shapes, parameters and sentences are the same in both halves', () => {
    const wrong: string[] = []
    for (let start = 0; start < values.length; start += perProgram) {
      const batch = values.slice(start, start + perProgram)
      for (const [index, verdict] of judge(batch).entries()) {
        if (verdict !== undefined) wrong.push(`  ${sourceOf(batch[index] as Value)}\n      ${verdict}`)
      }
    }
    const accepted = values.filter((value) => 'network' in run(value)).length
    const branches = values.filter((value) =>
      kindsIn(value).some((kind) => ['residual', 'concat', 'add', 'multiply'].includes(kind)),
    ).length
    console.log(`mirror of values: seed ${seed}, ${accepted} accepted, ${values.length - accepted} refused, ${branches} with branches`)
    if (wrong.length > 0) {
      const shortest = wrong.sort((left, right) => left.length - right.length).slice(0, 12)
      throw new Error(`${wrong.length} values differ. The shortest:\n${shortest.join('\n')}`)
    }
    expect(accepted / values.length).toBeGreaterThanOrEqual(0.25)
    expect((values.length - accepted) / values.length).toBeGreaterThanOrEqual(0.25)
  })
})
