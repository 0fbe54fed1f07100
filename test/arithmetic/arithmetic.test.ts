import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { casesOf } from '../support/effort.js'
import { evaluateTypes } from '../support/evaluate-types.js'
import { seed } from '../support/seed.js'

const limit = 9_007_199_254_740_991

/** The types of expressions such as `Add<1, 2>`, in one program. */
const evaluateAll = (expressions: readonly string[]): string[] => {
  const lines = expressions.map((expression, index) => `type T${index} = ${expression}`)
  const { types, diagnostics } = evaluateTypes(
    `import type { Add, Compare, Divide, Multiply, Subtract } from 'stridewise'\n${lines.join('\n')}`,
  )
  expect(diagnostics).toEqual([])
  return expressions.map((_, index) => types[`T${index}`] as string)
}

const literal = (value: bigint): string => (value > BigInt(limit) ? 'number' : `${value}`)

/** The expected result of each operation, by exact arithmetic. */
const operations: Record<string, (left: bigint, right: bigint) => string> = {
  Add: (left, right) => literal(left + right),
  Subtract: (left, right) => literal(left - right),
  Multiply: (left, right) => literal(left * right),
  Divide: (left, right) => (right === 0n ? 'never' : `[quotient: ${literal(left / right)}, remainder: ${literal(left % right)}]`),
  Compare: (left, right) => (left < right ? "'less'" : left > right ? "'greater'" : "'equal'"),
}

const powersOfTen = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent)
const edges = [
  0,
  1,
  2,
  9,
  10,
  11,
  99,
  101,
  999,
  4096,
  65_535,
  2 ** 31,
  2 ** 32,
  limit - 1,
  limit,
  ...powersOfTen,
  ...powersOfTen.map((n) => n - 1),
]

const natural = fc.oneof(
  fc.nat({ max: 20 }),
  fc.nat({ max: 5000 }),
  fc.nat({ max: 2 ** 31 - 1 }),
  fc.maxSafeNat(),
  fc.constantFrom(...edges),
  fc.nat({ max: 15 }).chain((digits) => fc.nat({ max: 10 ** Math.min(digits, 9) })),
)

describe.each(Object.entries(operations))('%s', (name, exact) => {
  const check = (pairs: readonly (readonly [number, number])[]) => {
    const found = evaluateAll(pairs.map(([left, right]) => `${name}<${left}, ${right}>`))
    const wrong = pairs
      .map(([left, right], index) => ({ of: `${name}<${left}, ${right}>`, is: found[index], should: exact(BigInt(left), BigInt(right)) }))
      .filter(({ is, should }) => is !== should)
    expect(wrong).toEqual([])
  }

  test('drawn pairs', () => {
    const pairs = fc.sample(fc.tuple(natural, natural), { seed, numRuns: casesOf('arithmetic: pairs of an operation') })
    check(pairs)
  })

  test('every pair of digits, and a third of all pairs of edges', () => {
    const digits = Array.from({ length: 11 }, (_, digit) => digit)
    const both = (values: readonly number[]) => values.flatMap((left) => values.map((right) => [left, right] as const))
    check([...both(digits), ...both([...new Set(edges)]).filter((_, index) => index % 3 === 0)])
  })

  test('close pairs: equal, and one apart', () => {
    const drawn = fc.sample(natural, { seed, numRuns: casesOf('arithmetic: close pairs of an operation') })
    const close = drawn.flatMap((n) => [[n, n] as const, [n, Math.max(n - 1, 0)] as const])
    check(close)
  })
})

describe('values that are no natural numbers', () => {
  const anyOrder = "'equal' | 'greater' | 'less'"
  const table: readonly [expression: string, type: string][] = [
    ['Add<number, 2>', 'number'],
    ['Add<2, number>', 'number'],
    ['Add<any, 2>', 'number'],
    ['Add<never, 2>', 'never'],
    ['Add<-1, 2>', 'number'],
    ['Add<0.5, 2>', 'number'],
    ['Add<1e21, 1>', 'number'],
    ['Add<9007199254740992, 0>', 'number'],
    ['Add<9007199254740991, 0>', '9007199254740991'],
    ['Add<9007199254740991, 1>', 'number'],
    ['Add<1 | 2, 10>', '11 | 12'],
    ['Add<1 | number, 10>', 'number'],
    ['Subtract<number, 2>', 'number'],
    ['Subtract<any, 2>', 'number'],
    ['Subtract<2, never>', 'never'],
    ['Subtract<5, 7>', '-2'],
    ['Subtract<0, 9007199254740991>', '-9007199254740991'],
    ['Subtract<-5, 7>', 'number'],
    ['Subtract<1.5, 1>', 'number'],
    ['Subtract<1e21, 1>', 'number'],
    ['Subtract<9007199254740992, 1>', 'number'],
    ['Subtract<10 | 20, 5>', '5 | 15'],
    ['Multiply<number, 2>', 'number'],
    ['Multiply<any, any>', 'number'],
    ['Multiply<never, 2>', 'never'],
    ['Multiply<-2, 2>', 'number'],
    ['Multiply<2, 0.5>', 'number'],
    ['Multiply<1e21, 0>', 'number'],
    ['Multiply<9007199254740992, 1>', 'number'],
    ['Multiply<9007199254740991, 1>', '9007199254740991'],
    ['Multiply<3037000500, 3037000500>', 'number'],
    ['Multiply<94906265, 94906265>', '9007199136250225'],
    ['Multiply<94906266, 94906266>', 'number'],
    ['Multiply<2 | 3, 10>', '20 | 30'],
    ['Divide<number, 2>', '[quotient: number, remainder: number]'],
    ['Divide<2, number>', '[quotient: number, remainder: number]'],
    ['Divide<any, 2>', '[quotient: number, remainder: number]'],
    ['Divide<never, 2>', 'never'],
    ['Divide<7, 0>', 'never'],
    ['Divide<0, 0>', 'never'],
    ['Divide<-7, 2>', '[quotient: number, remainder: number]'],
    ['Divide<7, 0.5>', '[quotient: number, remainder: number]'],
    ['Divide<1e21, 3>', '[quotient: number, remainder: number]'],
    ['Divide<9007199254740992, 2>', '[quotient: number, remainder: number]'],
    ['Divide<7 | 8, 2>', '[quotient: 3, remainder: 1] | [quotient: 4, remainder: 0]'],
    ['Compare<number, 2>', anyOrder],
    ['Compare<any, 2>', anyOrder],
    ['Compare<never, 2>', 'never'],
    ['Compare<-1, 2>', anyOrder],
    ['Compare<0.5, 2>', anyOrder],
    ['Compare<1e21, 2>', anyOrder],
    ['Compare<9007199254740992, 9007199254740991>', anyOrder],
    ['Compare<1 | 2, 2>', "'equal' | 'less'"],
  ]

  const sorted = (type: string) => type.split(' | ').sort().join(' | ')

  test('fixed table', () => {
    const found = evaluateAll(table.map(([expression]) => expression))
    expect(table.map(([expression], index) => [expression, sorted(found[index] as string)])).toEqual(
      table.map(([expression, type]) => [expression, sorted(type)]),
    )
  })
})
