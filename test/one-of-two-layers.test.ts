import { describe, expect, test } from 'vitest'
import * as known from '../src/index.js'
import { type CheckedLine, checkLines, thrownBy } from './support/check.js'
import { makersImport } from './support/value.js'

/** A choice between two layer values, two networks or a layer and a network: it is refused if one of them does not fit. */

const places = [
  (choice: string) => `x.apply(${choice})`,
  (choice: string) => `x.residual(${choice})`,
  (choice: string) => `x.residual(relu(), ${choice})`,
  (choice: string) => `x.add(${choice}, relu())`,
  (choice: string) => `x.concat(relu(), ${choice})`,
  (choice: string) => `x.subtract(relu(), ${choice})`,
  (choice: string) => `x.multiply(${choice})`,
  (choice: string) => `x.branchOut('head', ${choice})`,
  (choice: string) => `x.apply(repeat(2, ${choice}))`,
  (choice: string) => `x.apply(shared('twice', ${choice}))`,
]

/** What fits on 8x8x4 everywhere, and what fits nowhere. */
const fits = ['relu()', 'block(conv2d(4, 3, { padding: 1 }), relu())', 'residual(conv2d(4, 1))']
const misfits = ['conv2d(4, 9)', 'dense(4)', 'block(relu(), conv2d(4, 9))', 'maxPool2d(9)', 'residual(conv2d(5, 1))']

/** Products of a matrix with a choice. */
const factors = [
  { source: 'input(8, 4).matmul(identity(), yes ? permute(1, 0) : identity())', alone: 'input(8, 4).matmul(identity(), identity())' },
  { source: 'input(8, 4).matmul(yes ? flatten() : identity(), permute(1, 0))', alone: 'input(8, 4).matmul(flatten(), permute(1, 0))' },
]

/** Names of which no value has one. */
const names = [
  { source: "x.keep('a').from(yes ? 'a' : 'zz')", alone: "input(8, 8, 4).keep('a').from('zz')" },
  { source: "x.keep('a').outputs(yes ? 'a' : 'zz')", alone: "input(8, 8, 4).keep('a').outputs('zz')" },
  { source: "x.keep('a').apply(from(yes ? 'a' : 'zz'))", alone: "input(8, 8, 4).keep('a').apply(from('zz'))" },
  { source: "x.keep('a').add(branch(yes ? 'zz' : 'a', relu()), 'a')", alone: "input(8, 8, 4).keep('a').add(branch('zz', relu()), 'a')" },
  { source: "x.keep('a').residual(branch(yes ? 'a' : 'zz'))", alone: "input(8, 8, 4).keep('a').residual(branch('zz'))" },
]

/** The choices of which each fits, with the other one's shape in the sentence. */
const pairs = [
  { source: 'x.add(yes ? conv2d(4, 1) : conv2d(4, 3), conv2d(4, 1))', alone: 'input(8, 8, 4).add(conv2d(4, 3), conv2d(4, 1))' },
  { source: 'x.add(conv2d(4, 1), yes ? conv2d(4, 1) : conv2d(8, 1))', alone: 'input(8, 8, 4).add(conv2d(4, 1), conv2d(8, 1))' },
  {
    source: 'x.concat(conv2d(4, 1), yes ? conv2d(4, 1) : conv2d(8, 2))',
    alone: 'input(8, 8, 4).concat(conv2d(4, 1), conv2d(8, 2))',
  },
  {
    source: 'x.multiply(yes ? globalAvgPool() : conv2d(3, 1))',
    alone: 'input(8, 8, 4).multiply(conv2d(3, 1))',
  },
]

interface Line {
  readonly source: string
  /** The same call with only the layer that does not fit. */
  readonly alone: string
}

const { input: _, ...makers } = known
const declarations = `${makersImport}\ndeclare const yes: boolean\nconst x = input(8, 8, 4)\nconst two = x.apply(yes ? conv2d(4, 3) : conv2d(8, 3, { padding: 1 }))`
const atRunTime = (line: string): string => line.replace(/^x\./, 'input(8, 8, 4).')

const refused: readonly Line[] = [
  ...places.flatMap((place) =>
    misfits.flatMap((misfit) =>
      fits.flatMap((fit): Line[] => [
        { source: place(`yes ? ${fit} : ${misfit}`), alone: atRunTime(place(misfit)) },
        { source: place(`yes ? ${misfit} : ${fit}`), alone: atRunTime(place(misfit)) },
      ]),
    ),
  ),
  ...factors,
  ...pairs,
  ...names,
  { source: 'x.apply(yes ? input(8, 8, 4).relu() : input(8, 8, 5).relu())', alone: 'input(8, 8, 4).apply(input(8, 8, 5).relu())' },
  { source: 'x.apply(yes ? relu() : input(8, 8, 5).relu())', alone: 'input(8, 8, 4).apply(input(8, 8, 5).relu())' },
]

const accepted = places.flatMap((place) => [
  place(`yes ? ${fits[0]} : ${fits[1]}`),
  place(`yes ? ${fits[1]} : ${fits[2]}`),
  place(`yes ? conv2d(4, 1) : conv2d(4, 3, { padding: 1 })`),
])

accepted.push(
  "x.keep('a').from(yes ? 'a' : 'input')",
  "x.keep('a').outputs(yes ? 'a' : 'input')",
  "x.keep('a').residual(branch(yes ? 'a' : 'input'))",
)

/** Each gate fits in its own way, and a value that may be one of two goes on as both. */
const ofTwoShapes = [
  ['x.multiply(yes ? globalAvgPool() : conv2d(4, 1))', 'Network<[8, 8, 4], [8, 8, 4], 0 | 20>'],
  ['x.multiply(identity(), yes ? globalAvgPool() : conv2d(4, 1))', 'Network<[8, 8, 4], [8, 8, 4], 0 | 20>'],
  ['two.multiply((y) => y.globalAvgPool())', 'Network<[8, 8, 4], [6, 6, 4] | [8, 8, 8], number>'],
  ['two.multiply((y) => y.relu())', 'Network<[8, 8, 4], [6, 6, 4] | [8, 8, 8], number>'],
  ['two.add((y) => y.relu(), identity())', 'Network<[8, 8, 4], [6, 6, 4] | [8, 8, 8], 148 | 296>'],
  ['two.concat((y) => y.relu(), identity()).globalAvgPool()', 'Network<[8, 8, 4], [8 | 16 | 12], 148 | 296>'],
  ['two.residual((y) => y.relu())', 'Network<[8, 8, 4], Shape, number>'],
  ['two.residual(relu())', 'Network<[8, 8, 4], [6, 6, 4] | [8, 8, 8], 148 | 296>'],
] as const

const checked = checkLines([...refused.map(({ source }) => source), ...accepted, ...ofTwoShapes.map(([source]) => source)], declarations)

describe('a choice of which one does not fit', () => {
  test.each(refused)('$source', ({ source, alone }) => {
    const { diagnostics } = checked.get(source) as CheckedLine
    const error = thrownBy(alone, makers)
    expect(diagnostics).toHaveLength(1)
    expect(error).toBeInstanceOf(known.ShapeError)
    expect(diagnostics[0]?.text).toContain(`to parameter of type '"${(error as known.ShapeError).message}"'`)
  })
})

test.each(accepted)('%s is accepted', (source) => {
  expect((checked.get(source) as CheckedLine).diagnostics).toEqual([])
})

/** The members of a union in any order. */
const sorted = (type: string | undefined): string[] | undefined => type?.split(/ \| |[[\]<>, ]+/).sort()

test.each(ofTwoShapes)('%s is %s', (source, type) => {
  expect((checked.get(source) as CheckedLine).diagnostics).toEqual([])
  expect(sorted(checked.get(source)?.type)).toEqual(sorted(type))
})
