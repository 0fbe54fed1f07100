import { describe, expect, test } from 'vitest'
import { conv2d, input } from '../src/index.js'
import { checkLines } from './support/check.js'

/**
 * A branch's function has to return its argument with layers added. A network that was built elsewhere is rejected at run time, and in
 * its type if its input differs: the compiler cannot tell apart two networks with the same shapes.
 */

const built = {
  stem: input(9, 9, 3).conv2d(16, 3),
  same: input(7, 7, 16).conv2d(16, 1),
  early: input(9, 9, 3),
  other: input(5),
}

const declarations = `import { conv2d } from '../src/index.js'
const stem = input(9, 9, 3).conv2d(16, 3), same = input(7, 7, 16).conv2d(16, 1), early = input(9, 9, 3), other = input(5)`

const sentence = (place: string): string =>
  `${place}: a function must return its argument with layers added, such as x => x.relu(), not another network.${
    place === 'apply'
      ? ' To apply that network, call the function: .apply(build()).'
      : " To join an earlier value, name it there with .keep('early') and write 'early' here."
  }`

/** Networks with another input, which both halves reject. */
const ofOtherInput: readonly (readonly [line: string, place: string])[] = [
  ['stem.residual((y) => stem.conv2d(16, 1))', 'residual, body'],
  ['stem.residual((y) => stem)', 'residual, body'],
  ['stem.residual(() => other)', 'residual, body'],
  ['stem.residual((x) => x, () => other)', 'residual, shortcut'],
  ['stem.add((x) => x, () => stem.conv2d(16, 1))', 'add, branch 2'],
  ['stem.multiply(() => stem.conv2d(16, 1))', 'multiply, gate'],
  ["stem.branchOut('aux', () => stem.conv2d(16, 1))", "branchOut, output 'aux'"],
  ['stem.concat((x) => x, () => stem)', 'concat, branch 2'],
  ['stem.concat((x) => x, () => early)', 'concat, branch 2'],
]

/** Networks that only the run time can tell from the argument. */
const ofSameInput: readonly (readonly [line: string, place: string])[] = [
  ['stem.residual((y) => same)', 'residual, body'],
  ['stem.add(() => same, () => same.conv2d(16, 1))', 'add, branch 1'],
  ['stem.add((x) => x, () => same.conv2d(16, 1))', 'add, branch 2'],
  ['stem.apply(() => same)', 'apply'],
  ['stem.residual((x) => x.residual((y) => x.conv2d(16, 1)))', 'residual, body: residual, body'],
]

/** A body as a value and a shortcut as a function, and the other way round. */
const mixed: readonly (readonly [line: string, type: string])[] = [
  ['input(8, 8, 4).residual(conv2d(9, 1), (x) => x.conv2d(9, 1))', 'Network<[8, 8, 4], [8, 8, 9], 90>'],
  ['input(8, 8, 4).residual((x) => x.conv2d(9, 1), conv2d(9, 1))', 'Network<[8, 8, 4], [8, 8, 9], 90>'],
  ['input(8, 8, 4).add(conv2d(9, 1), (x) => x.conv2d(9, 1))', 'Network<[8, 8, 4], [8, 8, 9], 90>'],
  ['input(8, 8, 4).concat(conv2d(9, 1), (x) => x.conv2d(5, 1))', 'Network<[8, 8, 4], [8, 8, 14], 70>'],
]

const checked = checkLines(
  [...ofOtherInput, ...ofSameInput, ...mixed].map(([line]) => line),
  declarations,
)

const run = (line: string): string => {
  const scope = { input, conv2d, ...built }
  try {
    return String(new Function(...Object.keys(scope), `return ${line}`)(...Object.values(scope)))
  } catch (error) {
    return (error as Error).message
  }
}

describe('a branch that was built elsewhere', () => {
  test.each(ofOtherInput)('%s', (line, place) => {
    expect(run(line)).toBe(sentence(place))
    expect(checked.get(line)?.sentences).toEqual([sentence(place)])
  })

  test.each(ofSameInput)('%s, when it runs', (line, place) => expect(run(line)).toBe(sentence(place)))
})

test.each(mixed)('%s', (line, type) => {
  expect(run(line)).toBe(type)
  expect(checked.get(line)).toMatchObject({ type, diagnostics: [] })
})
