import { expect, test } from 'vitest'
import { type Call, covers, run, sourceOf } from './support/call.js'
import { canonical } from './support/canonical.js'
import { type CheckedLine, checkLines } from './support/check.js'
import { makersImport, Value } from './support/value.js'

/**
 * A call with options on one of two networks of different shapes: TypeScript combines the two methods only if their type parameters have
 * the same constraints. So no constraint may depend on the shape.
 */

const declarations = `${makersImport}\ndeclare const chosen: boolean`

interface Line {
  readonly method: string
  readonly source: string
  readonly built: readonly string[]
}

const isOptions = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Value)

/** `batchNorm` is overloaded, and TypeScript does not combine overloads. */
const isCombined = (method: string, args: readonly unknown[]): boolean => isOptions(args.at(-1)) && method !== 'batchNorm'

const lines = canonical.flatMap(([method, shape, args]): Line[] => {
  if (!isCombined(method, args)) return []
  const twice = [2 * (shape[0] as number), ...shape.slice(1)]
  const calls: Call[] = [shape, twice].map((each) => ({ shape: each, after: false, method, args, applied: false }))
  const built = calls.map(run).flatMap((outcome) => ('network' in outcome ? [outcome.network] : []))
  if (built.length < calls.length) return []
  const [begin, other] = [shape, twice].map((each) => `input(${each.join(', ')})`) as [string, string]
  return [{ method, source: sourceOf(calls[0] as Call).replace(begin, `(chosen ? ${begin} : ${other})`), built }]
})

test('each method with options is called on one of two networks', () => {
  const checked = checkLines(
    lines.map(({ source }) => source),
    declarations,
  )
  const wrong = lines.flatMap(({ method, source, built }) => {
    const { type, diagnostics, sentence } = checked.get(source) as CheckedLine
    if (diagnostics.length > 0) return [`${method}: ${source} is refused: ${sentence ?? diagnostics.length}`]
    const types = type.split(/ \| (?=Network<)/)
    const missing = built.find((each) => !types.some((one) => covers(one, each)))
    return missing ? [`${method}: ${source} is ${type}, built ${missing}`] : []
  })
  expect(lines.length).toBeGreaterThan(25)
  expect(wrong).toEqual([])
})
