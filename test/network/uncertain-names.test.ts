import { describe, expect, test } from 'vitest'
import { type AnyNetwork, branch, inputs, keep } from '../../src/index.js'
import { refusal } from '../support/check.js'
import { acceptedGraphs, gradualGraphs, refusedGraphs } from '../support/halves.js'
import { checkAll, runLine } from '../support/lines.js'

/** Names that are no literals, that are numbers, or that are blank. */

const declared = '(null! as string)'
const union = "(null! as 'a' | 'b')"
const pattern = `\`c\${null! as number}\``

gradualGraphs([
  // No other value can be meant: the type says nothing of what has the name.
  [`input(8).dense(4).keep(${declared}).from('input')`, 'Network<[8] & { kept: {}; }, [8], 36>'],
  ["input(8).dense(4).keep(anything).from('input')", 'Network<[8] & { kept: {}; }, [8], 36>'],
  [`input(8).dense(4).keep(${union})`, 'Network<[8] & { kept: {}; }, [4], 36>'],
  [`input(8).dense(4).keep(${pattern}).from(${pattern})`, 'Network<[8] & { kept: {}; }, Shape, 36>'],
  [`input(8).apply(keep(${union}))`, 'Network<[8], [8], 0>'],
  [`input(8).apply(block(keep(${pattern}), dense(4)))`, 'Network<[8], [4], 36>'],
  [`input(8).branchOut(${union}, dense(4))`, 'Network<[8], [8], 36>'],
  [`input(8).branchOut(${pattern}, dense(4))`, 'Network<[8], [8], 36>'],
  // Names that are numbers are those of values too.
  ["inputs({ 1: [3], 0: [4] }).from('1')", 'Network<{ 0: [4]; 1: [3]; }, [3], 0>'],
  ["inputs({ 1: [3], 0: [4] }).from('0').dense(2)", 'Network<{ 0: [4]; 1: [3]; }, [2], 10>'],
  ["inputs({ 7: [4], a: [4] }).add('7', 'a')", 'Network<{ 7: [4]; a: [4]; }, [4], 0>'],
  // A pattern may be the name of any value.
  [`input(8).keep('c1').dense(4).from(${pattern})`, 'Network<[8] & { kept: { c1: [8]; }; }, Shape, 36>'],
  [`input(8).keep('c1').add(${pattern}, identity())`, 'Network<[8] & { kept: { c1: [8]; }; }, Shape, 0>'],
  [`input(8).keep('c1').apply(branch(${pattern}, dense(4)))`, 'Network<[8] & { kept: { c1: [8]; }; }, Shape, number>'],
  [`input(8).keep('c1').outputs(${pattern}, ${pattern})`, `Network<[8] & { kept: { c1: [8]; }; }, { [x: \`c\${number}\`]: Shape; }, 0>`],
  [
    `input(8).keep('a').dense(4).keep('b').outputs(${union})`,
    'Network<[8] & { kept: { a: [8]; }; } & { kept: { b: [4]; }; }, { [x: string]: Shape; }, 36>',
  ],
  // The run time checks the shape under a name that the types do not know.
  [`input(8).keep('a').expect({ [${declared}]: [8] })`, 'Network<[8] & { kept: { a: [8]; }; }, [8], 0>'],
  [`input(8).keep('a').expect({ [${union}]: [8] })`, 'Network<[8] & { kept: { a: [8]; }; }, [8], 0>'],
  [`input(8).keep('c1').expect({ [${pattern}]: [9] })`, 'Network<[8] & { kept: { c1: [8]; }; }, [8], 0>'],
  ['input(8).expect(null! as Record<string, [8]>)', 'Network<[8], [8], 0>'],
  // It is not known whether the parameters count.
  [
    `input(8).apply(shared(${declared}, dense(8))).apply(shared('s', dense(8)))`,
    'Network<[8] & { shared: { s: { input: [8]; layer: 947; params: 72; }; }; }, [8], number>',
  ],
  [
    `input(8).apply(shared('a', dense(8))).apply(shared(${union}, dense(8)))`,
    'Network<[8] & { shared: { a: { input: [8]; layer: 947; params: 72; }; }; }, [8], number>',
  ],
  [`input(8).apply(shared(anything, dense(8)))`, 'Network<[8], [8], number>'],
  [`input(8).apply(shared(${pattern}, dense(8)))`, 'Network<[8], [8], number>'],
  // Counts that are not known may be the same.
  [
    "input(null! as number).apply(shared('s', dense(8))).apply(shared('s', dense(8)))",
    'Network<[number] & { shared: { s: { input: [number]; layer: 947; params: number; }; }; }, [8], number>',
  ],
  [
    "input(8).apply(shared('s', dense(8))).apply(shared('s', dense(null! as number)))",
    'Network<[8] & { shared: { s: { input: [8]; layer: 947; params: 72; }; }; }, [number], 72>',
  ],
  [
    "input(8).apply(shared('s', anything)).apply(shared('s', dense(8)))",
    'Network<[8] & { shared: { s: { input: [8]; layer: number; params: number; }; }; }, Shape, number>',
  ],
  ["parallel({ a: anything, b: input(8) }).from('a')", 'Network<{ a: Shape; b: [8]; } & { kept: { a: Shape; b: [8]; }; }, Shape, number>'],
])

acceptedGraphs([
  // Networks side by side in one of them.
  [
    "parallel({ a: parallel({ x: input(4).dense(2), y: input(5).dense(2) }), b: input(4).dense(2) }).add('a.x', 'a.y', 'b')",
    'Network<{ b: [4]; "a.x": [4]; "a.y": [5]; } & { kept: { b: [2]; "a.x": [2]; "a.y": [2]; }; }, [2], 32>',
  ],
  // In a function on several values, a name means what it means outside.
  ["input(8).dense(4).outputs('input').apply((x) => x.from('input'))", 'Network<[8], [8], 36>'],
])

/** All that `trim` takes away, as a source writes it. */
const spaces = ['2000', '2001', '2002', '2003', '2004', '2005', '2006', '2007', '2008', '2009', '200a', '2028', '2029', '202f', '205f']
  .concat(['0009', '000a', '000b', '000c', '000d', '0020', '00a0', '1680', '3000', 'feff'])
  .map((code) => `'\\u${code}'`)

refusedGraphs([
  ...spaces.map((name) => [`input(8).keep(${name})`, name, /^keep: a value needs a name that is not empty\.$/] as const),
  ["input(8).keep(' ')", "' '", /^keep: a value needs a name that is not empty\.$/],
  ["input(8).keep('\\t')", "'\\t'", /^keep: a value needs a name that is not empty\.$/],
  ["input(8).apply(keep(' '))", "keep(' ')", /^keep: a value needs a name that is not empty\.$/],
  ["input(8).branchOut(' ', dense(4))", "' '", /^branchOut: needs a name that is not empty, then the layers\.$/],
  ["input(8).apply(shared('  ', dense(4)))", "shared('  ', dense(4))", /^shared: needs a name that is not empty, then the layer\.$/],
  ["inputs({ ' ': [8] })", "' '", /^inputs: an input cannot be called ' '\.$/],
  ["parallel({ ' ': input(8) })", "' '", /^parallel: a tower cannot be called ' '\./],
  // Values in the place of shapes.
  ["input(8).keep('a').expect({ a: 8 })", 'a', /^expect: the shape of 'a' is a vector of 8 features, not 8\.$/],
  ["input(8).keep('a').expect({ a: [] })", 'a', /^expect: the shape of 'a' is a vector of 8 features, not nothing\.$/],
  ["input(8).keep('a').outputs('a', 'input').expect({ a: 8 })", 'a', /^expect: the shape of 'a' is a vector of 8 features, not 8\.$/],
  // A shared layer that holds another one of its name.
  ["input(8).apply(shared('s', shared('s', dense(8))))", "shared('s', shared('s', dense(8)))", /^shared: 's' is another layer already\./],
  [
    "input(8).apply(shared('s', block(shared('s', dense(8)), dense(8))))",
    "shared('s', block(shared('s', dense(8)), dense(8)))",
    /^shared: 's' is another layer already\./,
  ],
])

test('a function is no layer of a branch from a name, as it is none of a block', () => {
  const { message } = refusal(() => inputs({ a: [4] }).apply(branch('a', (x: AnyNetwork) => x) as never))
  expect(message).toMatch(/^branch 'a', layer 1 of 1: needs a layer value such as conv2d\(8, 3\), not a function\./)
})

test('a name that is no text', () => {
  const start = inputs({ a: [4] }).from('a')
  const sentences = [() => start.keep(5 as never), () => start.apply(keep(null as never)), () => start.from(5 as never)].map(
    (build) => refusal(build).message,
  )
  expect(sentences).toEqual([
    "keep: a name is needed, such as 'c3', not 5.",
    "keep: a name is needed, such as 'c3', not null.",
    "from: a name is needed, such as 'c3', not 5.",
  ])
})

test('values whose names are numbers', () => {
  const built = inputs({ 1: [3], 0: [4] })
    .from('1')
    .dense(2)
  expect([built.output, built.params]).toEqual([[2], 8])
})

describe('a function that returns several values', () => {
  const lines = ["input(8).keep('x').apply((y) => y.outputs('x', 'input'))", "input(8).outputs('input').apply((y) => y)"]
  const checked = checkAll(lines)

  test.each(lines)('%s is refused by both halves', (line) => {
    const { message } = refusal(() => {
      const built = runLine(line)
      if (built instanceof Error) throw built
    })
    expect(message).toMatch(/^apply: a function must return its argument with layers added/)
    expect(checked.get(line)?.sentence).toBe(message)
  })
})
