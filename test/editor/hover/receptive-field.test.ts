import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hoverLines, hoverQuestions } from '../../../src/editor/hover/section.js'
import type { Call } from '../../../src/editor/source/calls.js'
import { sourceOf } from '../../../src/editor/source/source.js'
import type { Answer } from '../../../src/editor/types/answer.js'
import { toTypeScript } from '../../../src/formats/typescript/index.js'
import * as stridewise from '../../../src/index.js'
import { type AnyNetwork, FormatError } from '../../../src/index.js'
import { receptiveFields, viewsOf } from '../../../src/receptive-field/fields.js'
import { text as codeOf, plain } from '../../support/call.js'
import { casesOf } from '../../support/effort.js'
import { drawGraph, runGraph } from '../../support/graphs-drawn.js'
import { drawNetwork, runNetwork } from '../../support/networks-drawn.js'
import { seed } from '../../support/seed.js'
import { makersImport } from '../../support/value.js'

/** How much of the input a value sees, in a hover: what the report says of the network that the code makes, or nothing. */

const names =
  'input, inputs, parallel, block, branch, identity, residual, conv2d, relu, maxPool2d, flatten, dense, keep, repeat, concat, shared, add'
const head = `import { ${names} } from 'stridewise'\n`

/**
 * The receptive field in the hover of a call, with a compiler that knows its type, and that of the input.
 *
 * @param args the types of the arguments of other calls, by the names of these
 */
const fieldAt = (
  text: string,
  call: Call,
  type: string,
  input: string,
  args: Readonly<Record<string, readonly string[]>> = {},
): string | undefined => {
  const source = sourceOf(text)
  const inputType = `Network<${input}, ${input}, 0>`
  const answers = hoverQuestions(source, call).map(({ position }): [number, Answer] => {
    if (position === call.nameStart) return [position, { type }]
    const asked = source.calls.find(({ nameStart }) => nameStart === position)
    const known = asked && args[asked.name]
    return [position, { ...(asked?.name === 'input' ? { type: inputType } : {}), ...(known ? { args: known } : {}) }]
  })
  return hoverLines(source, call, new Map(answers)).find(({ term }) => term === 'receptive field so far')?.text
}

/** JavaScript for enums, which run as objects. */
const withoutEnums = (code: string): string =>
  code.replace(/enum (\w+) \{([^}]*)\}/g, (_, name: string, inside: string) => {
    let next = 0
    const members = inside.split(',').map((member) => {
      const [key = '', value] = member.split('=').map((part) => part.trim())
      next = value === undefined ? next + 1 : Number(value)
      return `${key}: ${next}`
    })
    return `const ${name} = { ${members.join(', ')} }`
  })

/** What a text makes: the value of its last constant. */
const ran = (text: string): AnyNetwork => {
  const [, imported = ''] = /^import (\{.*\}) from 'stridewise'\n/.exec(text) ?? []
  const code = withoutEnums(text)
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
  const several = Object.entries(fields?.receptiveFields ?? {}).map(([name, field]) => `${name} ${field.join('×')}`)
  return several.length > 0 ? several.join(', ') : (fields?.receptiveField.join('×') ?? '')
}

/** The cells in a hover. */
const cellsIn = (shown: string | undefined, { graph }: AnyNetwork): string | undefined => {
  if (shown !== 'the whole input') return shown?.replace(/, step [\d×]+$/, '')
  // The only input that the value sees may be one of several.
  const views = viewsOf(graph).get(graph.output as string)
  const [name] = views === undefined || views === 'unknown' ? [] : [...views.keys()]
  return graph.nodes
    .find((node) => node.name === name)
    ?.output.slice(0, -1)
    .join('×')
}

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
    [
      'several inputs',
      "const net = inputs({ left: [32, 32, 3], right: [32, 32, 3] }).from('left').conv2d(8, 3, { padding: 1 }).keep('a').from('right').conv2d(8, 5, { padding: 2 }).keep('b').add('a', 'b')",
      'left 3×3, right 5×5',
    ],
    [
      'networks side by side',
      "const image = input(32, 32, 3).conv2d(8, 3)\nconst other = input(34, 34, 3).conv2d(8, 5)\nconst net = parallel({ image, other }).concat('image', 'other').maxPool2d(2)",
      'image 4×4, other 6×6',
    ],
    [
      'members of enums',
      "enum Size { One = 1, Kernel = 3, Next, 'Last' = 7 }\nconst net = input(32, 32, 3).conv2d(8, Size.Kernel, { padding: Size.One }).conv2d(8, Size.Next).apply(conv2d(8, Size.Last))",
      '12×12, step 1',
    ],
    ['steps of two axes', 'const net = input(32, 32, 3).conv2d(8, [3, 5], { stride: [1, 2], rounding: "floor" })', '3×5, step 1×2'],
  ])('%s', (_, code, expected) => {
    const text = head + code
    const { shown, reported } = fieldsIn(text)
    expect(shown).toBe(expected)
    if (expected !== 'the whole input') expect(shown?.replace(/, step [\d×]+$/, '')).toBe(reported)
  })
})

test('in the function of a branch it is that of the whole network', () => {
  const text = `${head}export const net = input(32, 32, 3).conv2d(8, 3).residual((x) => x.conv2d(8, 3, { padding: 1 }).relu()).relu()`
  const call = sourceOf(text).calls.find(({ name, parent }) => name === 'relu' && parent) as Call
  expect(fieldAt(text, call, 'Network<[30, 30, 8], [30, 30, 8], 584>', '[32, 32, 3]')).toBe('5×5, step 1')
  expect(fieldAt(text, call, 'Network<[30, 30, 8], [30, 30, 8], 809>', '[32, 32, 3]')).toBeUndefined()
  expect(fieldAt(text, call, 'Network<[30, 30, 8], [30, 30, 4], 584>', '[32, 32, 3]')).toBeUndefined()
})

describe('fields of classes', () => {
  const type = 'Network<[32, 32, 3], [32, 32, 8], 808>'
  const fieldIn = (code: string): string | undefined => {
    const text = head + code
    return fieldAt(text, sourceOf(text).calls.find(({ name }) => name === 'relu') as Call, type, '[32, 32, 3]')
  }
  const field = 'net = input(32, 32, 3).conv2d(8, 3, { padding: 1 })'
  const more = 'input(32, 32, 3).conv2d(8, 3, { padding: 1 })'
  test.each([
    ['a method', `class Model { ${field}\n more() { return this.net.conv2d(8, 3, { padding: 1 }).relu() } }`],
    ['a field', `class Model { readonly ${field}\n more = this.net.conv2d(8, 3, { padding: 1 }).relu() }`],
    ['a private field', `class Model { #${field}\n get more() { return this.#net.conv2d(8, 3, { padding: 1 }).relu() } }`],
    ['an arrow function', `class Model { ${field}\n more = () => { return [() => this.net.conv2d(8, 3, { padding: 1 }).relu()] } }`],
    ['a block', `class Model { ${field}\n more() { if (this) { return { a: this.net.conv2d(8, 3, { padding: 1 }).relu() } } } }`],
    ['a parameter', `class Model { ${field}\n more(x = this.net.conv2d(8, 3, { padding: 1 }).relu()) {} }`],
    [
      'other classes',
      `class Other { net = 3 }\nclass Model extends Other { ${field}\n more() { return this.net.conv2d(8, 3, { padding: 1 }).relu() } }`,
    ],
  ])('%s', (_, code) => expect(fieldIn(code)).toBe('5×5, step 1'))

  test.each([
    ['it is assigned to', `class Model { ${field}\n more() { this.net = other; return this.net.conv2d(8, 3, { padding: 1 }).relu() } }`],
    [
      'another class may have another',
      `class Model { ${field}\n more() { return this.net.conv2d(8, 3, { padding: 1 }).relu() } }\nclass Other extends Model { net = ${more} }`,
    ],
    [
      'it is of another class',
      `class Other { ${field} }\nclass Model extends Other { more() { return this.net.conv2d(8, 3, { padding: 1 }).relu() } }`,
    ],
    [
      'a function has its own this',
      `class Model { ${field}\n more() { return function () { return this.net.conv2d(8, 3, { padding: 1 }).relu() } } }`,
    ],
    [
      'an object has its own this',
      `class Model { ${field}\n more() { return { f() { return this.net.conv2d(8, 3, { padding: 1 }).relu() } } } }`,
    ],
    [
      'a class in it has its own',
      `class Model { ${field}\n more() { return class { f() { return this.net.conv2d(8, 3, { padding: 1 }).relu() } } } }`,
    ],
    ['there is no class', `const model = { ${field.replace(' =', ':')}, f() { return this.net.conv2d(8, 3, { padding: 1 }).relu() } }`],
  ])('none where %s', (_, code) => expect(fieldIn(code)).toBeUndefined())
})

describe('what only the compiler knows', () => {
  const fieldIn = (code: string, args: Readonly<Record<string, readonly string[]>>): string | undefined => {
    const text = head + code
    const call = sourceOf(text).calls.find(({ name }) => name === 'relu') as Call
    return fieldAt(text, call, 'Network<[32, 32, 3], [32, 32, 8], number>', '[32, 32, 3]', args)
  }
  test.each([
    ['arguments of a method', 'input(32, 32, 3).conv2d(filters, kernel, options).relu()'],
    ['arguments of a layer value', 'input(32, 32, 3).apply(conv2d(filters, kernel, options)).relu()'],
    ['arguments in a block', 'input(32, 32, 3).apply(block(identity(), residual(conv2d(filters, kernel, options), conv2d(8, 1)))).relu()'],
    ['arguments in a constant', 'const body = block(conv2d(filters, kernel, options))\nconst net = input(32, 32, 3).apply(body).relu()'],
    ['arguments in a function', 'input(32, 32, 3).concat((x) => x.conv2d(filters, kernel, options), conv2d(1, 1)).conv2d(8, 1).relu()'],
  ])('%s', (_, code) => {
    expect(fieldIn(code, { conv2d: ['8', '5', '{ readonly padding: 2; }'] })).toBe('5×5, step 1')
    expect(fieldIn(code, { conv2d: ['8', 'number', '{ readonly padding: 2; }'] })).toBeUndefined()
    expect(fieldIn(code, {})).toBeUndefined()
  })

  test('a layer that another file exports', () => {
    const code = 'const net = input(32, 32, 3).apply(stem).relu()'
    const padded = 'Layer<"conv2d", [8, 5, { padding: 2; name: string; }]>'
    expect(fieldIn(code, { apply: [padded] })).toBe('5×5, step 1')
    expect(
      fieldIn(code, {
        apply: [`import("stridewise").Layer<"block", [Layer<"relu", []>, Layer<"residual", [${padded}, Layer<"conv2d", [8, 1]>]>]>`],
      }),
    ).toBe('5×5, step 1')
    for (const type of [
      'Layer<"conv2d", [8, number, { padding: 2; }]>',
      'Layer<"block", [...]>',
      'Layer<"own", [8]>',
      'Layer<"conv2d", [8, 5]>',
      '(x: Network) => Network',
    ]) {
      expect(fieldIn(code, { apply: [type] })).toBeUndefined()
    }
  })

  test.each([
    ['an enum of another file', "import { Size } from './size.js'"],
    ['an enum that is declared twice', 'enum Size { Kernel = 3 }\nenum Size { Other = 5 }'],
    ['an enum whose value is worked out', 'enum Size { Kernel = 1 + 2 }'],
    ['a parameter of that name', 'enum Size { Kernel = 3 }\nconst f = (Size) => 1'],
    ['a variable of that name', 'enum Size { Kernel = 3 }\n{ const Size = { Kernel: 5 } }'],
    ['an object of that name, taken out', 'enum Size { Kernel = 3 }\n{ const { Size } = sizes }'],
  ])('not %s', (_, code) => {
    const conv = 'input(32, 32, 3).conv2d(8, Size.Kernel, { padding: 1 })'
    expect(fieldIn(`${code}\nconst net = ${conv}.relu()`, {})).toBeUndefined()
    expect(fieldIn(`enum Size { Kernel = 3 }\nconst net = ${conv}.relu()`, {})).toBe('3×3, step 1')
  })
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
      if (text === undefined || output === undefined) continue
      written += 1
      const source = sourceOf(text)
      const last = source.calls.filter(({ parent }) => !parent).at(-1) as Call
      const shown = fieldAt(text, last, `${network}`, Array.isArray(network.input) ? `[${network.input.join(', ')}]` : '')
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
