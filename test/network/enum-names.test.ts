import { describe, expect, test } from 'vitest'
import { checkAll } from '../support/lines.js'

/** A member of an enum of strings is the name that it stands for, in every place that takes a name. */

const declarations = "enum Name { One = 'one', Two = 'two' }"

/** Lines with members, and the same with what they stand for. */
const pairs = [
  ["input(8).keep(Name.One).dense(4).from('one')", "input(8).keep('one').dense(4).from('one')"],
  ["input(8).keep('one').dense(4).from(Name.One)", "input(8).keep('one').dense(4).from('one')"],
  ["input(8).keep(Name.One).relu().add('one', identity())", "input(8).keep('one').relu().add('one', identity())"],
  ["input(8).keep(Name.One).add(branch('one', relu()), identity())", "input(8).keep('one').add(branch('one', relu()), identity())"],
  ["input(8).apply(keep(Name.One)).dense(4).from('one')", "input(8).apply(keep('one')).dense(4).from('one')"],
  ["input(8).branchOut(Name.One, dense(3)).from('one')", "input(8).branchOut('one', dense(3)).from('one')"],
  ["input(8).keep(Name.One).outputs('one', 'input')", "input(8).keep('one').outputs('one', 'input')"],
  ["input(8).keep('one').outputs(Name.One, 'input').output.one", "input(8).keep('one').outputs('one', 'input').output.one"],
  ['input(8).keep(Name.One).expect({ one: [8] })', "input(8).keep('one').expect({ one: [8] })"],
  ["input(8).keep('one').expect({ [Name.One]: [8] })", "input(8).keep('one').expect({ one: [8] })"],
  ["input(6, 8).keep(Name.One).multiHeadAttention(2, { keys: 'one' })", "input(6, 8).keep('one').multiHeadAttention(2, { keys: 'one' })"],
  ["inputs({ [Name.One]: [8], [Name.Two]: [4] }).from('two')", "inputs({ one: [8], two: [4] }).from('two')"],
  ['inputs({ [Name.One]: [8], [Name.Two]: [4] }).from(Name.Two)', "inputs({ one: [8], two: [4] }).from('two')"],
  [
    "parallel({ [Name.One]: input(8).keep('c').dense(8), [Name.Two]: input(8) }).add('one', 'two', 'one.c')",
    "parallel({ one: input(8).keep('c').dense(8), two: input(8) }).add('one', 'two', 'one.c')",
  ],
  // The weights count once under either spelling.
  [
    "input(8).apply(shared(Name.One, dense(8))).apply(shared('one', dense(8)))",
    "input(8).apply(shared('one', dense(8))).apply(shared('one', dense(8)))",
  ],
  [
    "input(8).apply(shared('one', dense(8))).apply(shared(Name.One, dense(8)))",
    "input(8).apply(shared('one', dense(8))).apply(shared('one', dense(8)))",
  ],
] as const

const mistakes = [
  ["input(8).keep(Name.One).keep('one')", "input(8).keep('one').keep('one')"],
  ["input(8).keep('one').keep(Name.One)", "input(8).keep('one').keep('one')"],
  ["input(8).keep(Name.One).branchOut('one', relu())", "input(8).keep('one').branchOut('one', relu())"],
  ["inputs({ [Name.One]: [8] }).from('one').keep('one')", "inputs({ one: [8] }).from('one').keep('one')"],
  ["input(8).keep('one').outputs(Name.One, 'one')", "input(8).keep('one').outputs('one', 'one')"],
  [
    "input(8).apply(shared(Name.One, dense(8))).apply(shared('one', dense(9)))",
    "input(8).apply(shared('one', dense(8))).apply(shared('one', dense(9)))",
  ],
] as const

const checked = checkAll([...new Set([...pairs, ...mistakes].flat())], declarations)

describe('the same network', () => {
  test.each(pairs)('%s', (line, literal) => {
    expect(checked.get(literal)?.diagnostics).toEqual([])
    expect(checked.get(line)?.diagnostics).toEqual([])
    expect(checked.get(line)?.type).toBe(checked.get(literal)?.type)
  })
})

describe('the same mistake', () => {
  test.each(mistakes)('%s', (line, literal) => {
    expect(checked.get(literal)?.sentences).toHaveLength(1)
    expect(checked.get(line)?.sentences).toEqual(checked.get(literal)?.sentences)
  })
})
