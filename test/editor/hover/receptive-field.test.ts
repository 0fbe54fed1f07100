import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hoverLines, hoverQuestions } from '../../../src/editor/hover/section.js'
import type { Call } from '../../../src/editor/source/calls.js'
import { sourceOf } from '../../../src/editor/source/source.js'
import type { Answer } from '../../../src/editor/types/answer.js'
import { toTypeScript } from '../../../src/formats/typescript/index.js'
import * as stridewise from '../../../src/index.js'
import { type AnyNetwork, FormatError } from '../../../src/index.js'
import { receptiveFields } from '../../../src/receptive-field/fields.js'
import { text as codeOf, plain } from '../../support/call.js'
import { casesOf } from '../../support/effort.js'
import { drawGraph, runGraph } from '../../support/graphs-drawn.js'
import { drawNetwork, runNetwork } from '../../support/networks-drawn.js'
import { seed } from '../../support/seed.js'
import { makersImport } from '../../support/value.js'

/** How much of the input a value sees, in a hover: what the report says of the network that the code makes, or nothing. */

const names = 'input, inputs, block, branch, identity, residual, conv2d, relu, maxPool2d, flatten, dense, keep, repeat, concat, shared, add'
const head = `import { ${names} } from 'stridewise'\n`

/** The receptive field in the hover of a call, with a compiler that knows its type, and that of the input. */
const fieldAt = (text: string, call: Call, type: string, input: string): string | undefined => {
  const source = sourceOf(text)
  const inputType = `Network<${input}, ${input}, 0>`
  const answers = hoverQuestions(source, call).map(({ position }): [number, Answer] => {
    const own: Answer = { type }
    return [position, position === call.nameStart ? own : position === source.calls[0]?.nameStart ? { type: inputType } : {}]
  })
  return hoverLines(source, call, new Map(answers)).find(({ term }) => term === 'receptive field so far')?.text
}

/** What a text makes: the value of its last constant. */
const ran = (text: string): AnyNetwork => {
  const [, imported = ''] = /^import (\{.*\}) from 'stridewise'\n/.exec(text) ?? []
  const code = text
    .slice(text.indexOf('\n'))
    .replaceAll('export ', '')
    .replaceAll('!.', '.')
    .replace(/ as const/g, '')
  const last = [...code.matchAll(/const (\w+)(?:: [^=]*)? = /g)].at(-1)?.[1]
  return new Function('sw', `const ${imported.replaceAll(' as ', ': ')} = sw\n${code}\nreturn ${last}`)(stridewise)
}

/** The field in the hover of the last call of a text, and that of the report. */
const fieldsIn = (text: string): { shown: string | undefined; reported: string } => {
  const network = ran(text)
  const source = sourceOf(text)
  const last = source.calls.filter(({ parent }) => !parent).at(-1) as Call
  const input = `[${Array.isArray(network.input) ? network.input.join(', ') : ''}]`
  return { shown: fieldAt(text, last, `${network}`, input), reported: reportedIn(network) }
}

const reportedIn = ({ graph }: AnyNetwork): string => {
  const fields = graph.output === undefined ? undefined : receptiveFields(graph).get(graph.output)
  return fields?.receptiveField.join('×') ?? ''
}

/** The cells in a hover. */
const cellsIn = (shown: string | undefined, { input }: AnyNetwork): string | undefined =>
  shown === 'the whole input' ? (input as readonly number[]).slice(0, -1).join('×') : shown?.split(', ')[0]

const conv = (kernel: number): string => `.conv2d(3, ${kernel}, { padding: ${(kernel - 1) / 2} })`

describe('what is followed', () => {
  const whole = `input(32, 32, 3)${conv(3)}${conv(5)}${conv(3)}`
  test.each([
    ['one statement', `const net = ${whole}`, '9×9, step 1'],
    ['constants', `const stem = input(32, 32, 3)${conv(3)}\nconst body = stem${conv(5)}\nexport const net = body${conv(3)}`, '9×9, step 1'],
    [
      'several of a statement',
      `const image = input(32, 32, 3)\nconst a = image, b = image${conv(3)}${conv(5)}\nconst net = b${conv(3)}`,
      '9×9, step 1',
    ],
    ['another name', `const stem = input(32, 32, 3)${conv(3)}\nconst a = stem\nconst b = a\nconst net = b${conv(5)}`, '7×7, step 1'],
    ['parentheses', `const stem = (input(32, 32, 3)${conv(3)})\nconst net = ((stem))${conv(5)}`, '7×7, step 1'],
    ['what is not undefined', `const stem = input(32, 32, 3)${conv(3)}\nconst net = stem!${conv(5)}`, '7×7, step 1'],
    [
      'a block',
      'const net = input(32, 32, 3).apply(block(conv2d(8, 3, { stride: 2, padding: "same" }), relu(), maxPool2d(2)))',
      '5×5, step 4',
    ],
    [
      'a block that is a constant',
      'const filters = 8\nconst options = { stride: 2, padding: "same" } as const\nconst body = block(conv2d(filters, 3, options), relu())\nconst net = input(32, 32, 3).apply(body).apply(body)',
      '7×7, step 4',
    ],
    ['a repeated block', 'const net = input(32, 32, 3).repeat(4, block(conv2d(3, 3, { padding: 1 }), relu()))', '9×9, step 1'],
    [
      'a shared layer',
      "const same = shared('same', conv2d(3, 3, { padding: 1 }))\nconst net = input(32, 32, 3).apply(same).apply(same)",
      '5×5, step 1',
    ],
    [
      'a residual connection by a function',
      'const net = input(32, 32, 3).residual((x) => x.conv2d(3, 3, { padding: 1 }).relu().conv2d(3, 3, { padding: 1 }))',
      '5×5, step 1',
    ],
    [
      'a function that returns',
      'const net = input(32, 32, 3).residual((x) => { return x.conv2d(3, 3, { padding: 1 }); }, (y) => y)',
      '3×3, step 1',
    ],
    [
      'a function that is a constant',
      'const body = (x) => x.conv2d(3, 3, { padding: 1 })\nconst net = input(32, 32, 3).residual(body)',
      '3×3, step 1',
    ],
    [
      'a shortcut',
      'const net = input(32, 32, 3).residual(conv2d(8, 3, { stride: 2, padding: "same" }), conv2d(8, 1, { stride: 2, rounding: "floor" })).relu()',
      '3×3, step 2',
    ],
    ['branches', 'const net = input(32, 32, 3).concat(conv2d(8, 1), (x) => x.conv2d(8, 5, { padding: 2 }), identity())', '5×5, step 1'],
    [
      'a function in a function',
      'const net = input(32, 32, 3).residual((x) => x.concat((y) => y.conv2d(3, 3, { padding: 1 }), x => x).conv2d(3, 1))',
      '3×3, step 1',
    ],
    [
      'kept values',
      "const net = input(32, 32, 3).keep('c1').conv2d(3, 3, { padding: 1 }).keep('c2').maxPool2d(2).from('c2').add('c1', branch('c1', conv2d(3, 5, { padding: 2 })), identity())",
      '5×5, step 1',
    ],
    [
      'a value that is gone back to',
      "const net = input(32, 32, 3).keep('c1').conv2d(3, 3, { padding: 1 }).from('c1').relu()",
      '1×1, step 1',
    ],
    ['an enlarged map', 'const net = input(32, 32, 3).maxPool2d(2).upsample(2).conv2d(8, 3, { padding: 1 })', '4×4'],
    [
      'a network that is applied',
      'const tower = input(32, 32, 3).conv2d(8, 3)\nconst net = input(32, 32, 3).apply(tower).relu()',
      '3×3, step 1',
    ],
    ['one of several inputs', "const net = inputs({ left: [8, 8, 3], right: [8, 8, 3] }).from('left').conv2d(8, 3)", '3×3, step 1'],
    [
      'a function of the text',
      'const stage = (n, stride) => { const padding = 1; return block(conv2d(n * 2, 3, { padding }), relu(), maxPool2d(stride)) }\nconst net = input(32, 32, 3).apply(stage(4, 2)).apply(stage(8, 2))',
      '10×10, step 4',
    ],
    [
      'a function that takes a network',
      'const head = (x) => x.conv2d(3, 3)\nconst stem = input(32, 32, 3)\nconst net = head(stem).conv2d(8, 3)',
      '5×5, step 1',
    ],
    ['what sees all', 'const net = input(32, 32, 3).conv2d(8, 3).flatten().dense(10)', 'the whole input'],
    ['steps of two axes', 'const net = input(32, 32, 3).conv2d(8, [3, 5], { stride: [1, 2], rounding: "floor" })', '3×5, step 1×2'],
  ])('%s', (_, code, expected) => {
    const text = head + code
    const { shown, reported } = fieldsIn(text)
    expect(shown).toBe(expected)
    if (expected !== 'the whole input') expect(shown?.split(', ')[0]).toBe(reported)
  })
})

test('in the function of a branch it is that of the whole network', () => {
  const text = `${head}export const net = input(32, 32, 3).conv2d(8, 3).residual((x) => x.conv2d(8, 3, { padding: 1 }).relu()).relu()`
  const call = sourceOf(text).calls.find(({ name, parent }) => name === 'relu' && parent) as Call
  expect(fieldAt(text, call, 'Network<[30, 30, 8], [30, 30, 8], 584>', '[32, 32, 3]')).toBe('5×5, step 1')
  expect(fieldAt(text, call, 'Network<[30, 30, 8], [30, 30, 8], 809>', '[32, 32, 3]')).toBeUndefined()
  expect(fieldAt(text, call, 'Network<[30, 30, 8], [30, 30, 4], 584>', '[32, 32, 3]')).toBeUndefined()
})

test('a function that may be called with other networks has none, nor a layer value', () => {
  for (const code of [
    'export const f = (x) => x.maxPool2d(2).relu()\nexport const net = f(input(8, 8, 3).maxPool2d(2))',
    'export function f(x) { return x.maxPool2d(2).relu() }\nexport const net = f(input(8, 8, 3).maxPool2d(2))',
    'export const f = block((x) => x.maxPool2d(2).relu())\nexport const net = input(8, 8, 3).maxPool2d(2).apply(f)',
  ]) {
    const text = head + code
    const call = sourceOf(text).calls.find(({ name }) => name === 'relu') as Call
    expect(fieldAt(text, call, 'Network<[4, 4, 3], [2, 2, 3], 0>', '[8, 8, 3]')).toBeUndefined()
  }
})

describe('what has none', () => {
  const none = (code: string, type = 'Network<[32, 32, 3], [32, 32, 3], number>'): string | undefined => {
    const text = head + code
    const call = sourceOf(text)
      .calls.filter(({ parent }) => !parent)
      .at(-1) as Call
    return fieldAt(text, call, type, '[32, 32, 3]')
  }
  test.each([
    ['a constant that is made of itself', `const a = b${conv(3)}\nconst b = a${conv(5)}\nb${conv(3)}`],
    ['a network that is applied to itself', `const a = input(32, 32, 3).apply(a)\na${conv(3)}`],
    ['what can change', `let stem = input(32, 32, 3)\nstem${conv(3)}`],
    ['what is not of the package', `f(x)${conv(3)}`],
    ['a function of the text that is not known', 'const f = (n) => n.length\ninput(32, 32, 3).apply(f(3))'],
    ['a function of another name than one of the package', 'input(32, 32, 3).apply(conv1d(3, 3))'],
    ['arguments that are not known', 'input(32, 32, 3).apply(conv2d(3, size, { padding: 1 }))'],
    ['what does not fit', 'input(32, 32, 3).residual(conv2d(4, 3))'],
    ['a network without an end', 'input(32, 32, 3).repeat(1e9, relu())'],
    [
      'more and more constants',
      `const n0 = input(32, 32, 3)\n${Array.from({ length: 700 }, (_, index) => `const n${index + 1} = n${index}${conv(3)}`).join('\n')}`,
    ],
    [
      'blocks of blocks',
      `const b0 = relu()\n${Array.from({ length: 60 }, (_, index) => `const b${index + 1} = block(b${index}, b${index})`).join('\n')}\ninput(32, 32, 3).apply(b60)`,
    ],
  ])('%s', (_, code) => expect(none(code)).toBeUndefined())

  test('another network than the one that the compiler knows', () => {
    expect(none(`input(32, 32, 3)${conv(3)}`)).toBe('3×3, step 1')
    expect(none(`input(32, 32, 3)${conv(3)}`, 'Network<[32, 32, 3], [32, 32, 3], 85>')).toBeUndefined()
    expect(none(`input(32, 32, 3)${conv(3)}`, 'Network<[32, 32, 3], [31, 32, 3], 84>')).toBeUndefined()
  })
})

describe('in drawn networks it is what the report says, or nothing', () => {
  test('of layer values in each other', () => {
    const draws = casesOf('receptive fields in hovers')
    let followed = 0
    for (const value of fc.sample(drawNetwork, { seed, numRuns: draws })) {
      const network = runNetwork(value)
      const [shape, layer] = value.kind === 'on' ? value.args : [[9, 9, 4], value]
      const sizes = plain(shape) as readonly number[]
      if (!network || sizes.length > 4) continue
      const text = `${makersImport.replace('{ ', '{ input, ')}\nexport const net = input(${sizes.join(', ')}).apply(${codeOf(layer)})\n`
      const { shown } = fieldsIn(text)
      if (shown === undefined) continue
      followed += 1
      expect(cellsIn(shown, network), text).toBe(reportedIn(network))
    }
    expect(followed).toBeGreaterThan(draws / 5)
  })

  test('of graphs, as code', () => {
    const draws = casesOf('receptive fields in hovers')
    let [written, followed] = [0, 0]
    for (const drawn of fc.sample(drawGraph, { seed, numRuns: draws })) {
      const network = runGraph(drawn)
      const text = codeIn(network)
      const { output } = network.graph
      if (text === undefined || output === undefined || !Array.isArray(network.input)) continue
      written += 1
      const source = sourceOf(text)
      const last = source.calls.filter(({ parent }) => !parent).at(-1) as Call
      const shown = fieldAt(text, last, `${network}`, `[${network.input.join(', ')}]`)
      if (shown === undefined) continue
      followed += 1
      expect(cellsIn(shown, network), text).toBe(reportedIn(network))
    }
    expect(followed).toBeGreaterThan(written / 4)
  })
})

/** A network as TypeScript; undefined where it cannot be written. */
const codeIn = (network: AnyNetwork): string | undefined => {
  try {
    return toTypeScript(network)
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}
