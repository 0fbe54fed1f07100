import { describe, expect, test } from 'vitest'
import { evaluate, type Found } from '../../../src/editor/evaluate/evaluate.js'
import { sourceOf } from '../../../src/editor/source/source.js'
import * as stridewise from '../../../src/index.js'
import * as zoo from '../../../src/zoo/index.js'

/* Networks worked out from a text, beside what the same text gives when it runs. */

const packages = { stridewise, 'stridewise/zoo': zoo }

const names = 'input, inputs, parallel, block, branch, conv2d, relu, batchNorm, maxPool2d, repeat, identity, shared, dense, defineLayer'

const found = (code: string): readonly Found[] =>
  evaluate(
    sourceOf(
      `import { ${names} } from 'stridewise'\nimport * as sw from 'stridewise'\nimport { resnet18 as small } from 'stridewise/zoo'\n${code}`,
    ),
    packages,
  )

const only = (code: string): Found => {
  const all = found(code)
  expect(all).toHaveLength(1)
  return all[0] as Found
}

const networkIn = (code: string): string => {
  const all = found(code)
  const last = all.at(-1)
  return last && 'network' in last ? `${last.network}` : JSON.stringify(last)
}

/** The names of the nodes, each with the code of its innermost call. */
const placed = (code: string): readonly string[] => {
  const text = `import { ${names} } from 'stridewise'\n${code}`
  const last = evaluate(sourceOf(text), packages).at(-1)
  if (!last || !('network' in last)) return [JSON.stringify(last)]
  return last.network.graph.nodes.map(({ name }, index) => {
    const span = last.calls[index]?.[0]
    return `${name}: ${span ? text.slice(span.start, span.end).replace(/\s+/g, ' ') : ''}`
  })
}

describe('what is read', () => {
  test.each([
    ['a chain', 'const net = input(227, 227, 3).conv2d(96, 11, { stride: 4 }).relu()'],
    ['another name of the entry', 'const net = sw.input(8, 8, 3).apply(sw.conv2d(4, 3))'],
    ['a ready architecture', 'const net = small({ classes: 10 })'],
    ['a type beside the name', 'const net: sw.Network<[8, 8, 3], [8, 8, 4], 16> = input(8, 8, 3).conv2d(4, 1)'],
    ['a chain over lines with comments', 'export const net = input(8, 8, 3) // 8x8x3\n  /* first */ .conv2d(4, 1)\n  .relu()'],
  ])('%s', (_, code) => expect(networkIn(code)).toMatch(/^Network</))

  test('constants, spreads, choices and arithmetic', () => {
    const code = `const size = 4
      const same = { padding: 1 } as const
      const last = [2, 3]
      const net = input(size * 8 + 2 - 2, 64 / 2, 3).conv2d(last[0] === 2 ? 8 : 9, 3, { ...same, stride: 1 }).conv2d(-(-4), last[1]!, same)`
    expect(networkIn(code)).toBe(`${stridewise.input(32, 32, 3).conv2d(8, 3, { padding: 1 }).conv2d(4, 3, { padding: 1 })}`)
  })

  test('functions of the text: arrows, declarations, type parameters, standard values, rests', () => {
    const code = `const stage = <Filters extends number>(filters: Filters, times = 2) => block(repeat(times, block(conv2d(filters, 3, { padding: 1 }), relu())), maxPool2d(2))
      function head(...units: readonly number[]): unknown {
        const first = dense(units[0] as number)
        return block(first, relu(), dense(units[1] as number))
      }
      const net = input(32, 32, 3).apply(stage(8)).apply(stage(16, 1)).flatten().apply(head(20, 10))`
    const stage = (filters: number, times: number) =>
      stridewise.block(
        stridewise.repeat(times, stridewise.block(stridewise.conv2d(filters, 3, { padding: 1 }), stridewise.relu())),
        stridewise.maxPool2d(2),
      )
    const real = stridewise.input(32, 32, 3).apply(stage(8, 2)).apply(stage(16, 1)).flatten().dense(20).relu().dense(10)
    expect(networkIn(code)).toBe(`${real}`)
  })

  test('branches, kept values, several inputs and shared layers', () => {
    const code = `const encoder = shared('encoder', block(conv2d(8, 3), relu()))
      const siamese = inputs({ left: [9, 9, 1], right: [9, 9, 1] })
        .from('left').apply(encoder).keep('a')
        .from('right').apply(encoder).keep('b')
        .subtract('a', 'b')
      const net = input(8, 8, 4).keep('first').residual((x) => x.conv2d(4, 3, { padding: 1 }).relu()).concat('first', identity())`
    const all = found(code)
    expect(all.map((each) => ('network' in each ? `${each.network.output} ${each.network.params}` : each))).toEqual([
      '7,7,8 80',
      '8,8,8 148',
    ])
  })

  test('exports, and where each constant stands', () => {
    const text = "import { input } from 'stridewise'\nexport const a = input(4), b = a.dense(2)\nconst c = b.relu()\n"
    const all = evaluate(sourceOf(text), packages)
    expect(all.map(({ name, isExported }) => [name, isExported])).toEqual([
      ['a', true],
      ['b', true],
      ['c', false],
    ])
    expect(all.map(({ start, end }) => text.slice(start, end))).toContain('const c = b.relu()')
  })
})

describe('where layers come from', () => {
  test('each call of a chain, of a branch and of a block', () => {
    expect(placed('const net = input(8, 8, 4).residual((x) => x.conv2d(4, 1).relu(), block(conv2d(4, 1), batchNorm())).relu()')).toEqual([
      'input: input(8, 8, 4)',
      'conv2d_1: conv2d(4, 1)',
      'relu_1: relu()',
      'conv2d_2: conv2d(4, 1)',
      'batchNorm_1: batchNorm()',
      'add_1: residual((x) => x.conv2d(4, 1).relu(), block(conv2d(4, 1), batchNorm()))',
      'relu_2: relu()',
    ])
  })

  test('a stage has the call in its function first, then those that take it', () => {
    const text = `import { block, conv2d, input, relu } from 'stridewise'
const stage = (filters) => block(conv2d(filters, 1), relu())
const net = input(8, 8, 3).apply(stage(4)).apply(stage(5))`
    const net = evaluate(sourceOf(text), packages).at(-1)
    const texts = net && 'network' in net ? net.calls.map((spans) => spans.map(({ start, end }) => text.slice(start, end))) : []
    expect(texts[3]).toEqual(['conv2d(filters, 1)', 'block(conv2d(filters, 1), relu())', 'stage(5)', 'apply(stage(5))'])
  })

  test('all layers of a ready architecture come from its call', () => {
    const text = "import { alexnet } from 'stridewise/zoo'\nconst net = alexnet()"
    const net = evaluate(sourceOf(text), packages)[0]
    expect(net && 'network' in net && net.calls.every(([span]) => span && text.slice(span.start, span.end) === 'alexnet()')).toBe(true)
  })
})

describe('mistakes', () => {
  test('the sentence of the package, the call, and the network as far as it fits', () => {
    const text =
      "import { input } from 'stridewise'\nconst net = input(7, 7, 1).relu().conv2d(8, 3, { stride: 3 }).relu()\nconst other = input(4)"
    const [mistake, other] = evaluate(sourceOf(text), packages)
    if (!mistake || !('message' in mistake)) throw new Error('There is no mistake.')
    expect(mistake.message).toContain('Use stride 1, 2 or 4')
    expect(text.slice(mistake.call.start, mistake.call.end)).toBe('conv2d(8, 3, { stride: 3 })')
    expect(mistake.before?.network.graph.nodes.map(({ name }) => name)).toEqual(['input', 'relu_1'])
    expect(other && 'network' in other).toBe(true)
  })

  test('in a branch, the call in the branch', () => {
    const mistake = only('const net = input(7, 7, 1).residual((x) => x.conv2d(8, 9))')
    expect('message' in mistake && mistake.message).toContain('9x9')
    expect('message' in mistake && mistake.before?.network.graph.nodes.length).toBe(1)
  })
})

describe('what is not read has a reason', () => {
  test.each([
    ['an unknown name', 'const net = input(window.innerWidth)', "'window' is not known"],
    ['a function of elsewhere', 'const net = input(parseInt("3"))', "'parseInt' is not known"],
    ['a layer of code', "const mine = defineLayer('mine', () => ({}))", "'defineLayer' is not"],
    ['the constructor of a network', "const net = input(3).constructor('return 1')", "'constructor' is not"],
    ['the constructor of a function', "const f = (x) => x\nconst net = f.constructor('return 1')", "'.constructor' is not"],
    ['the prototype of a list', "const net = [].constructor.constructor('return 1')()", "'(' is not"],
    ['the prototype by an index', "const net = [][`constructor`]('x')", 'not read'],
    ['a property of a network', 'const net = input(3).graph.nodes', "'.graph' is not"],
    ['a member __proto__', 'const net = input(3, { ["__proto__"]: 1 })', 'not read'],
    ['a quoted member __proto__', 'const net = { "__proto__": 1 }', 'not read'],
    ['new', 'const net = new Map()', 'not'],
    ['a loop with a variable', 'let net = input(8)\nfor (const n of [4, 2]) net = net.dense(n)', 'assigned more than once'],
    ['an endless function', 'const f = (x) => f(x)\nconst net = f(1)', 'too deeply'],
    ['many layers', 'const net = input(8).apply(repeat(1000, repeat(1000, relu())))', 'too many layers'],
    ['many empty blocks', 'const net = input(8).apply(repeat(1_000_000_000, block()))', 'too many layers'],
    ['many times a function', 'const net = input(8).apply(repeat(1_000_000_000, (x) => x))', 'too many'],
    [
      'doubling',
      `const a = block(relu(), relu())\n${Array.from({ length: 40 }, (_, i) => `const a${i} = block(${i === 0 ? 'a, a' : `a${i - 1}, a${i - 1}`})`).join('\n')}\nconst net = input(8).apply(a39)`,
      'too many layers',
    ],
    [
      'a long text',
      `const s = 'x'\n${Array.from({ length: 40 }, (_, i) => `const s${i} = ${i === 0 ? 's + s' : `s${i - 1} + s${i - 1}`}`).join('\n')}`,
      'text is too long',
    ],
    ['depth', `const net = ${'('.repeat(5000)}1${')'.repeat(5000)}`, 'nested too deeply'],
    ['many signs', `const net = ${'- '.repeat(100_000)}1`, 'nested too deeply'],
    ['a long sum', `const net = 1${' + 1'.repeat(100_000)}`, 'nested too deeply'],
    ['a long chain', `const net = input(4)${'.relu()'.repeat(20_000)}`, 'nested too deeply'],
    [
      'a list in itself many times',
      `const a = [1]\n${Array.from({ length: 40 }, (_, i) => `const a${i} = ${i === 0 ? '[a, a]' : `[a${i - 1}, a${i - 1}]`}`).join('\n')}\nconst net = input(4).dense(2, { name: a39 })`,
      'too many items',
    ],
    [
      'an object in itself many times',
      `const a = {}\n${Array.from({ length: 40 }, (_, i) => `const a${i} = ${i === 0 ? '{ x: a, y: a }' : `{ x: a${i - 1}, y: a${i - 1} }`}`).join('\n')}\nconst net = inputs(a39)`,
      'too many items',
    ],
  ])('%s', (_, code, reason) => {
    const reasons = found(code).flatMap((each) =>
      'reason' in each ? [each.reason] : 'network' in each ? [`${each.network}`] : [each.message],
    )
    expect(reasons.join('\n')).toContain(reason)
    expect(reasons.join('\n')).not.toContain('Network<')
  })

  test('many networks have a limit together', () => {
    const code = Array.from({ length: 100 }, (_, i) => `const n${i} = input(4).apply(repeat(4000, relu()))`).join('\n')
    const all = found(code)
    expect(all.filter((each) => 'network' in each)).toHaveLength(16)
    expect(all.at(-1)).toMatchObject({ reason: 'all networks together have too many layers to be worked out' })
  })

  test.each([
    ['one network under many names', 'const a = input(4).apply(repeat(4000, relu()))', (i: number) => `const b${i} = a`],
    ['networks of functions of the zoo', '', (i: number) => `const b${i} = small()`],
    ['networks of the zoo that are not shown', '', (i: number) => `const b${i} = [${'small(), '.repeat(10)}]`],
  ])('all layers that are shown have a limit together: %s', (_, before, make) => {
    const all = found([before, ...Array.from({ length: 4000 }, (_, i) => make(i)), 'const last = small()'].join('\n'))
    const nodes = all.reduce((sum, each) => sum + ('network' in each ? each.network.graph.nodes.length : 0), 0)
    expect(nodes).toBeLessThanOrEqual(200_000)
    expect(all.at(-1)).toMatchObject({ reason: 'all networks together have too many layers to be worked out' })
  })

  test('choices without an end take steps in proportion to their length', () => {
    const read = (count: number): number => {
      const source = sourceOf(`import { input } from 'stridewise'\nconst a = ${'b ? (c) : '.repeat(count)}`)
      let looks = 0
      const tokens = new Proxy(source.tokens, {
        get: (list, key) => {
          looks += 1
          return Reflect.get(list, key)
        },
      })
      evaluate({ ...source, tokens }, packages)
      return looks
    }
    expect(read(20_000) / read(5_000)).toBeLessThan(6)
    expect(read(20_000)).toBeLessThan(3_000_000)
  })

  test('nothing is read of a text that does not import the package', () => {
    expect(evaluate(sourceOf('const net = input(3)'), packages)).toEqual([])
  })

  test('a name that stands for a function of another package', () => {
    expect(networkIn("import { input as other } from 'elsewhere'\nconst net = other(3)")).toContain("'other' is not known")
  })
})
