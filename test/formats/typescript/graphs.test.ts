import fc from 'fast-check'
import { beforeAll, describe, expect } from 'vitest'
import { toPyTorch } from '../../../src/formats/pytorch/index.js'
import { commentText } from '../../../src/formats/typescript/comment.js'
import { toTypeScript } from '../../../src/formats/typescript/index.js'
import {
  type AnyNetwork,
  block,
  branch,
  branchOut,
  concat,
  conv2d,
  dense,
  flatten,
  identity,
  input,
  inputs,
  keep,
  maxPool2d,
  networkFrom,
  parallel,
  relu,
  residual,
  shared,
  tanh,
} from '../../../src/index.js'
import { rebuild } from '../../../src/network/rebuild.js'
import { type Checked, check } from '../../support/compiler.js'
import { casesOf, inProportion } from '../../support/effort.js'
import { evaluated } from '../../support/evaluated.js'
import { expectGolden } from '../../support/golden.js'
import { drawGraph, runGraph } from '../../support/graphs-drawn.js'
import { inBoth, inShort as test } from '../../support/runs.js'
import { graphSaid } from '../../support/same-graph.js'
import { seed } from '../../support/seed.js'
import { steps } from '../../support/steps.js'
import { drawTowers, runTowers } from '../../support/towers-drawn.js'

/** Sources of networks of any form: run, they make the same network again; compiled, they have its type. */

/** The names of layers that can have one, and whose weights are their own: weights in files have these names. */
const namesIn = ({ graph }: AnyNetwork): string[] =>
  graph.nodes.flatMap(({ name, kind, sharedWith }) => (!sharedWith && ['conv2d', 'dense'].includes(kind) ? [name] : [])).sort()

const hasNamesOfHeads = ({ graph }: AnyNetwork): boolean =>
  graph.nodes.some(({ name, kind, shared }) => kind !== 'input' && shared === undefined && !name.startsWith(`${kind}_`))

/** The names of the values that a network can go on from, and that it does not have from its inputs or outputs. */
const valuesIn = ({ graph }: AnyNetwork): string[] => {
  const inBranches = new Set(graph.inBranches)
  const heads = graph.output === undefined ? [] : Object.keys(graph.outputs)
  return [...Object.keys(graph.kept), ...heads.filter((name) => !inBranches.has(name))]
}

/** A type whose objects have their members in alphabetical order: the run time and the compiler have theirs in different ones. */
const inAnyOrder = (type: string): string => type.replace(/\{ ([^{}]*) \}/g, (_, members) => `{ ${members.split('; ').sort().join('; ')} }`)

const expectSame = (network: AnyNetwork): string => {
  const source = toTypeScript(network)
  const again = evaluated(source)
  const [found, wanted] = [graphSaid(again), graphSaid(network)]
  // What had no name in the network may have one in the source.
  expect(found.kept).toMatchObject(wanted.kept)
  expect({ ...found, kept: {} }).toEqual({ ...wanted, kept: {} })
  // Behind `parallel`, layers that had the name of a head are numbered anew.
  const isNumberedAnew = source.includes('parallel(') && hasNamesOfHeads(network)
  if (!isNumberedAnew) expect(namesIn(again)).toEqual(namesIn(network))
  const values = valuesIn(network)
  if (values.length > 0) {
    const given = (of: AnyNetwork) =>
      graphSaid((of as AnyNetwork & { outputs: (...names: string[]) => AnyNetwork }).outputs(...values)).outputs
    expect(given(again)).toEqual(given(network))
  }
  const comment = /^\/\*\* (?<type>Network<.*) \*\/$/m.exec(source)?.groups?.['type'] as string
  expect(inAnyOrder(comment)).toBe(inAnyOrder(commentText(`${again}`)))
  return source
}

const encoder = shared('encoder', block(conv2d(4, 3), relu(), residual(conv2d(4, 1)), flatten(), dense(6)))

/** A hover on one line, without what is optional at the ends of objects. */
const onOneLine = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/; \}/g, ' }')
    .replace(/< /g, '<')
    // An object type has no order: that of several outputs is the compiler's.
    .replace(/(?<=, \{ )[^{}]*(?= \}, \d+>$)/, (outputs) => outputs.split('; ').sort().join('; '))

const networks = {
  siamese: () =>
    inputs({ left: [8, 8, 1], right: [8, 8, 1] })
      .from('left')
      .apply(encoder)
      .keep('a')
      .from('right')
      .apply(encoder)
      .keep('b')
      .subtract('a', 'b')
      .dense(1),
  pyramid: () =>
    input(32, 32, 3)
      .conv2d(8, 3, { padding: 1 })
      .keep('c3')
      .maxPool2d(2)
      .conv2d(16, 3, { padding: 1 })
      .keep('c4')
      .maxPool2d(2)
      .conv2d(32, 3, { padding: 1 })
      .conv2d(8, 1)
      .keep('p5')
      .upsample(2)
      .add(branch('c4', conv2d(8, 1)), identity())
      .keep('p4')
      .upsample(2)
      .add(branch('c3', conv2d(8, 1)), identity())
      .keep('p3')
      .outputs('p3', 'p4', 'p5'),
  unet: () =>
    input(32, 32, 1)
      .conv2d(4, 3, { padding: 1 })
      .relu()
      .keep('level1')
      .maxPool2d(2)
      .conv2d(8, 3, { padding: 1 })
      .relu()
      .keep('level2')
      .maxPool2d(2)
      .conv2d(16, 3, { padding: 1 })
      .convTranspose2d(8, 2, { stride: 2 })
      .concat('level2', identity())
      .conv2d(8, 1)
      .convTranspose2d(4, 2, { stride: 2 })
      .concat('level1', identity())
      .conv2d(2, 1),
  towers: () =>
    inputs({ image: [16, 16, 3], 'my sensors': [12] })
      .from('image')
      .conv2d(8, 3)
      .relu()
      .globalAvgPool()
      .keep('seen')
      .from('my sensors')
      .dense(8)
      .relu()
      .concat('seen', identity())
      .dense(1),
  cells: () =>
    input(8, 8, 4)
      .conv2d(4, 1)
      .keep('cell 0')
      .conv2d(4, 1)
      .keep('cell 1')
      .concat(concat(branch('cell 0', conv2d(4, 1)), conv2d(4, 1)), branch('cell 0', maxPool2d(3, { stride: 1, padding: 1 })))
      .keep('cell 2')
      .add(branch('cell 1', conv2d(12, 1)), identity())
      .relu(),
  'a dead layer and an unused input': () =>
    inputs({ used: [6], unused: [3] })
      .from('used')
      .dense(4)
      .keep('here')
      .dense(5, { name: 'dead' })
      .relu()
      .from('here')
      .tanh(),
  'heads and kept values': () =>
    input(8, 8, 3)
      .conv2d(4, 1)
      .keep('stem')
      .branchOut('aux', (x) => x.globalAvgPool().dense(2))
      .relu()
      .add('stem', identity())
      .branchOut('end', identity())
      .globalAvgPool()
      .dense(3),
  'hostile names': () =>
    inputs({ ['__proto__']: [4], class: [4], __proto__x: [4], "it's": [4], '*/': [4], '\u202e': [4] })
      .from('class')
      .dense(4)
      .keep('a"b\\')
      .from("it's")
      .dense(4, { name: "'); process.exit(); ('" })
      .keep('x`\n')
      .add('__proto__', '*/', identity(), '\u202e')
      .outputs('a"b\\', 'x`\n', '__proto__'),
  'shared layers in branches': () =>
    input(4)
      .residual(block(shared('one', dense(4)), relu()))
      .concat(
        block(shared('two', dense(4)), shared('one', dense(4))),
        identity(),
        block(shared('const', dense(4)), shared('two', dense(4))),
      )
      .apply(shared('last layer', dense(3))),
  'pooling by pools of pools': () =>
    input(8, 8, 4)
      .conv2d(4, 1)
      .keep('y0')
      .maxPool2d(3, { stride: 1, padding: 1 })
      .keep('y1')
      .maxPool2d(3, { stride: 1, padding: 1 })
      .concat('y0', 'y1', identity(), maxPool2d(3, { stride: 1, padding: 1 })),
  'towers side by side': () => {
    const tower = input(8, 8, 3).conv2d(4, 3).keep('c1').relu().flatten().dense(4)
    return parallel({ left: tower, right: tower })
  },
  'towers that are joined': () => {
    const tower = input(8).dense(4).keep('p').dense(4).add('p', identity()).keep('q').dense(4)
    return parallel({ left: tower, right: input(6).residual(dense(6)).dense(4) })
      .subtract('left', 'right')
      .keep('difference')
      .add('left.q', identity())
      .outputs('difference', 'left', 'left.p')
  },
  'towers with shared layers': () => {
    const seen = input(8, 8, 1).apply(encoder)
    return parallel({ left: seen, right: seen }).subtract('left', 'right').dense(1)
  },
  'a tower, an input and several inputs': () =>
    parallel({ left: input(8).dense(4, { name: 'class' }).keep('a b'), right: input(4), more: inputs({ x: [4], y: [4] }) })
      .add('left', 'right', 'more.x', 'left.a b')
      .dense(2),
  // Its weights have the name of the use that stands last in the source.
  'a shared layer that the source applies in another order': () => {
    const half = shared('half', dense(4))
    return input(4).apply(half).average(branch('input', half), 'input', identity())
  },
  'a shared layer with a name in another order': () => {
    const half = shared('half', block(dense(4, { name: 'first half' }), relu(), dense(4)))
    return input(4).apply(half).average(branch('input', half), 'input', identity())
  },
  'towers of one name with what a source needs': () =>
    parallel({ relu: input(8).relu(), network: input(8).tanh(), 'my tower': input(8).dense(8) }).add('relu', 'network', 'my tower'),
  'towers with heads, which are used further': () =>
    parallel({ t: input(8).dense(4).keep('k').branchOut('h', dense(2)).relu(), u: input(8).branchOut('h', dense(4)).dense(4) })
      .branchOut('own', branch('t', dense(2)))
      .branchOut('same', 't.h')
      .from('t')
      .keep('again')
      .add('u', 't.k', 'u.h', identity()),
  'towers in towers': () => {
    const pair = parallel({ t: input(8).dense(4).keep('k'), u: input(8).dense(4) })
    return parallel({ one: pair, 'two of them': parallel({ pair, more: inputs({ x: [4], y: [4] }) }), three: input(8).dense(4) })
      .add('one.t', 'one.u', 'three', 'two of them.pair.t', 'two of them.more.y')
      .keep('sum')
      .outputs('sum', 'one.t', 'one.t.k')
  },
  'a head that is used further': () => input(8).branchOut('aux', dense(8)).add('aux', identity()),
  'heads of heads': () =>
    input(8)
      .dense(8)
      .branchOut('one', block(dense(8), relu()))
      .branchOut('two', 'one')
      .branchOut('three', branch('one', dense(3)))
      .add('one', identity()),
  'a head in what could be a branch': () => input(8).dense(8).branchOut('aux', relu()).tanh().add(identity(), 'input'),
  'heads inside branches': () =>
    input(8)
      .residual(block(dense(8), branchOut('aux', dense(2)), relu()))
      .add(block(branchOut('side', relu()), tanh()), identity()),
} satisfies Record<string, () => unknown>

const made = Object.entries(networks).map(([name, make]) => [name, make() as unknown as AnyNetwork] as const)

describe('a source that runs makes the same network', () => {
  test.each(made)('%s', (_, network) => {
    const source = expectSame(network)
    const again = evaluated(source)
    // What a person wrote with names needs no others.
    expect(Object.keys(again.graph.kept).sort()).toEqual(Object.keys(network.graph.kept).sort())
    // The names of layers are those of the network, in shared layers too.
    expect(again.graph.nodes.map(({ name }) => name).sort()).toEqual(network.graph.nodes.map(({ name }) => name).sort())
    expect(again.graph.nodes.map(({ shared }) => shared).sort()).toEqual(network.graph.nodes.map(({ shared }) => shared).sort())
  })

  inBoth('drawn graphs', () => {
    fc.assert(
      fc.property(drawGraph, (drawn) => void expectSame(runGraph(drawn))),
      { seed, numRuns: casesOf('TypeScript: graphs') },
    )
  })

  inBoth('drawn networks side by side', () => {
    let [count, nested] = [0, 0]
    fc.assert(
      fc.property(drawTowers, (drawn) => {
        const network = runTowers(drawn)
        if (!network) return
        expectSame(network)
        expect(networkFrom(JSON.parse(JSON.stringify(network))).graph).toEqual(network.graph)
        count += 1
        if (network.graph.inputs.some((name) => name.includes('.'))) nested += 1
      }),
      { seed, numRuns: casesOf('TypeScript: networks side by side') },
    )
    expect(Math.min(count, nested)).toBeGreaterThan(inProportion('TypeScript: networks side by side', 150))
  })
})

describe('a source that compiles has the type that stands above it', () => {
  const drawn = fc
    .sample(drawGraph, { seed: seed + 1, numRuns: casesOf('TypeScript: types of graphs') })
    .map((value, index) => [`drawn ${index}`, runGraph(value)] as const)
  const all = [...made, ...drawn.map(([name, network]) => [name, network as AnyNetwork] as const)]
  const path = (name: string): string => `test/formats/typescript/${name.replace(/\W/g, '-')}.ts`
  let checked: Map<string, Checked>

  beforeAll(() => {
    checked = check(new Map(all.map(([name, network]) => [path(name), toTypeScript(network)])))
  })

  inBoth.each(all)('%s', (name) => {
    const file = checked.get(path(name)) as Checked
    expect(file.complaints).toEqual([])
    const { text } = file.source
    const hover = file.hover(text.indexOf('export const network') + 'export const '.length)
    const comment = /^\/\*\* (?<type>Network<.*) \*\/$/m.exec(text)?.groups?.['type'] as string
    const shown = onOneLine(hover)
    const type = comment.replaceAll('*\\/', '*/').replace(/\\u202e/g, '\u202e')
    // The names behind `parallel` are a union, which has the compiler's order.
    const ordered = text.includes('parallel(') ? inAnyOrder : (each: string) => each
    expect(ordered(shown.replace(/\\u202E/gi, '\u202e'))).toBe(ordered(onOneLine(`const network: ${type}`)))
  })
})

test('the text of a network is its type, with what it keeps and shares', () => {
  const source = `import { block, branch, concat, conv2d, dense, identity, input, inputs, keep, parallel, relu, residual, shared } from 'stridewise'
const encoder = shared('encoder', block(dense(4), relu(), dense(4)))
const other = shared('other', dense(4))
export const n0 = input(8, 8, 3).conv2d(4, 1).keep('a').add('a', identity()).branchOut('head', conv2d(2, 1)).relu().keep('b c')
export const n1 = inputs({ left: [4], right: [4] }).from('left').apply(encoder).keep('x').from('right').apply(encoder).subtract('x', identity())
export const n2 = input(4).residual(block(encoder, relu())).add(encoder, block(other, encoder), identity())
export const n3 = input(4).apply(block(dense(4), keep('inner'), relu())).outputs('inner', 'input')
export const n4 = input(4).apply(encoder).concat(block(dense(4), keep('lost')), block(other, keep('gone'), relu()), identity()).keep('end')
const tower = input(4).keep('a').apply(encoder).keep('b').apply(other).keep('c')
export const n5 = parallel({ one: tower, two: tower })
export const n6 = parallel({ one: tower, two: input(8) }).from('one').apply(encoder)
export const n7 = input(4).apply(tower)
export const n8 = input(4).apply(other).apply(tower).keep('d').apply(encoder)
export const n9 = input(4).keep('z').branchOut('head', dense(2)).apply(input(4).keep('first').branchOut('second', dense(2)).keep('third'))
export const n10 = input(4).apply(input(4).dense(4))
export const n11 = input(4).apply(input(4).apply(encoder)).apply(block(encoder, other))
`
  const path = 'test/formats/typescript/texts.ts'
  const { complaints, hover, source: file } = check(new Map([[path, source]])).get(path) as Checked
  expect(complaints).toEqual([])
  for (const name of source.match(/(?<=export const )n\d+/g) ?? []) {
    const body = source.replaceAll('export const', 'const')
    const network = evaluated(body.replace(`const ${name} =`, `export const ${name} =`), name)
    expect(onOneLine(hover(file.text.indexOf(`const ${name} =`) + 'const '.length))).toBe(onOneLine(`const ${name}: ${network}`))
  }
})

describe('how sources look', () => {
  test.each(['siamese', 'pyramid', 'unet', 'cells', 'pooling by pools of pools', 'towers that are joined'] as const)('%s', (name) => {
    expectGolden(`typescript/${name.replace(/ /g, '-')}.txt`, toTypeScript(networks[name]() as unknown as AnyNetwork))
  })

  test('a U-Net without names stays nested', () => {
    const { nodes, input: begin, output } = networks.unet().graph
    const again = rebuild({ nodes, input: begin, ...(output === undefined ? {} : { output }) })
    expect(toTypeScript(again)).not.toMatch(/keep|from\(/)
  })
})

describe('large graphs', () => {
  const node = (name: string, kind: string, from: readonly string[]) => ({ name, kind, settings: {}, inputs: from })
  const start = { ...node('input', 'input', []), output: [3] }

  test('take as many steps as they have layers', () => {
    const skips = (count: number): AnyNetwork => {
      const nodes = Array.from({ length: count }, (_, at) => {
        const before = at === 0 ? 'input' : `n${at - 1}`
        if (at % 3 === 0)
          return { ...node(`n${at}`, 'dense', [before]), settings: { units: 3 }, shared: 'all', ...(at > 0 ? { sharedWith: 'n0' } : {}) }
        return node(`n${at}`, 'average', [before, `n${Math.floor(at / 2)}`])
      })
      const kept = Object.fromEntries(Array.from({ length: count / 10 }, (_, at) => [`kept ${at}`, `n${at * 10}`]))
      return rebuild({ nodes: [start, ...nodes], input: 'input', output: `n${count - 1}`, kept })
    }
    for (const write of [toTypeScript, toPyTorch]) {
      const [some, more] = [skips(200), skips(800)]
      expect(steps(() => void write(more)) / steps(() => void write(some))).toBeLessThan(6)
    }
  })

  test('of 10,000 nodes with long skips', () => {
    const nodes = Array.from({ length: 10_000 }, (_, at) =>
      at < 2 ? node(`n${at}`, 'relu', [at === 0 ? 'input' : 'n0']) : node(`n${at}`, 'average', [`n${at - 1}`, `n${Math.floor(at / 2)}`]),
    )
    const network = rebuild({ nodes: [start, ...nodes], input: 'input', output: 'n9999' })
    const again = evaluated(toTypeScript(network))
    expect(graphSaid(again).nodes).toEqual(graphSaid(network).nodes)
  })

  test('of 10,000 layers beside each other, in each other and without an output', () => {
    const names = Array.from({ length: 10_000 }, (_, at) => `n${at}`)
    const wide = names.map((name) => node(name, 'relu', ['input']))
    const deep = names.map((name, at) =>
      node(name, at % 2 ? 'add' : 'relu', at % 2 ? [`n${at - 1}`, at > 2 ? `n${at - 2}` : 'input'] : [at > 0 ? `n${at - 1}` : 'input']),
    )
    for (const plan of [
      { nodes: [start, ...wide, node('sum', 'add', names)], input: 'input', output: 'sum' },
      { nodes: [start, ...deep], input: 'input', output: 'n9999' },
      { nodes: [start, ...wide], input: 'input', output: 'n7' },
    ]) {
      const network = rebuild(plan, 'graph', 'kept')
      expect(toTypeScript(network).length).toBeLessThan(2e6)
    }
  })
})

test('a shared layer that keeps a value, in towers, is written in parts, with the names of its weights', () => {
  const tower = input(8).apply(shared('encoder', block(dense(4), keep('k'), dense(4))))
  const network = parallel({ left: tower, right: tower }).subtract('left.k', 'right') as AnyNetwork
  const again = evaluated(toTypeScript(network))
  expect(namesIn(again)).toEqual(['encoder_dense_1', 'encoder_dense_2'])
  expect(namesIn(again)).toEqual(namesIn(network))
  expect([again.params, Object.keys(again.graph.kept)]).toEqual([network.params, Object.keys(network.graph.kept)])
})

test('names that cannot stand in a source as they are give way', () => {
  const network = networkFrom({
    format: 'stridewise',
    version: 2,
    input: { left: [4], right: [4] },
    layers: [
      { name: 'a', kind: 'add', from: ['left', 'right'] },
      { name: 'b', kind: 'tanh', from: ['right'] },
    ],
    outputs: { left: 'a', b: 'b' },
    kept: { b: 'a' },
    output: { left: [4], b: [4] },
    params: 0,
  })
  const again = evaluated(toTypeScript(network))
  // An output cannot have the name of an input that is no tower of it, nor a kept value that of an output.
  expect(again.output).toEqual({ left_2: [4], b: [4] })
  expect(again.graph.kept).toMatchObject({ left_2: 'add_1', b: 'tanh_1', b_2: 'add_1' })
})

test('a layer that shares weights is the same layer', () => {
  const layer = (name: string, stride: number, more: object) => ({
    name,
    kind: 'conv2d',
    settings: { filters: 4, kernel: 1, stride },
    inputs: ['input'],
    ...more,
  })
  const start = { name: 'input', kind: 'input', settings: {}, inputs: [], output: [4, 4, 4] }
  const plan = (stride: number) => ({
    nodes: [start, layer('a', 1, { shared: 's' }), layer('b', stride, { shared: 's', sharedWith: 'a' })],
    input: 'input',
    outputs: { a: 'a', b: 'b' },
  })
  expect(rebuild(plan(1)).params).toBe(20)
  expect(() => rebuild(plan(3))).toThrow("graph: b: is another layer than 'a', whose weights it has.")
})

describe('activations behind a shared layer', () => {
  const f = shared('f', block(dense(4), relu()))
  const pair = inputs({ left: [8], right: [8] })

  test('stand inside if each use has them: then the type is that of the network', () => {
    const network = pair.from('left').apply(f).keep('a').from('right').apply(f).subtract('a', identity())
    const source = expectSame(network)
    expect(source).toContain("const f = shared('f', block(dense(4), relu()))")
    expect(inAnyOrder(`${evaluated(source)}`)).toBe(inAnyOrder(`${network}`))
    const tower = input(8).apply(shared('g', block(dense(6), tanh(), dense(4), tanh(), relu())))
    expect(expectSame(parallel({ left: tower, right: tower }).subtract('left', 'right'))).toContain(
      "const g = shared('g', block(dense(6), tanh(), dense(4), tanh(), relu()))",
    )
    expect(expectSame(input(4).apply(f).apply(f).concat(f, identity()))).toContain("const f = shared('f', block(dense(4), relu()))")
  })

  test('stand outside where a use has another, has none, or the value before them has a name', () => {
    const alone = shared('f', dense(4))
    const from = pair.from('left').apply(alone)
    const right = (network: typeof from) => network.relu().keep('a').from('right').apply(alone)
    expect(expectSame(right(from).tanh().subtract('a', identity()))).toContain("const f = shared('f', dense(4))")
    expect(expectSame(right(from).subtract('a', identity()))).toContain("const f = shared('f', dense(4))")
    expect(
      expectSame(
        right(from.keep('early') as never)
          .relu()
          .subtract('a', identity()),
      ),
    ).toContain("const f = shared('f', dense(4))")
    expect(expectSame(input(8).apply(alone).relu())).toContain("const f = shared('f', dense(4))")
  })
})
