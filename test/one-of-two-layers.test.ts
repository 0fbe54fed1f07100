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

interface Line {
  readonly source: string
  /** The same call with only the layer that does not fit. */
  readonly alone: string
}

const { input: _, ...makers } = known
const declarations = `${makersImport}\ndeclare const yes: boolean\nconst x = input(8, 8, 4)`
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
  { source: 'x.apply(yes ? input(8, 8, 4).relu() : input(8, 8, 5).relu())', alone: 'input(8, 8, 4).apply(input(8, 8, 5).relu())' },
  { source: 'x.apply(yes ? relu() : input(8, 8, 5).relu())', alone: 'input(8, 8, 4).apply(input(8, 8, 5).relu())' },
]

const accepted = places.flatMap((place) => [
  place(`yes ? ${fits[0]} : ${fits[1]}`),
  place(`yes ? ${fits[1]} : ${fits[2]}`),
  place(`yes ? conv2d(4, 1) : conv2d(4, 3, { padding: 1 })`),
])

const checked = checkLines([...refused.map(({ source }) => source), ...accepted], declarations)

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
