import { describe, expect, test } from 'vitest'
import { type Completions, completionQuestion, completionsAt } from '../../../src/editor/completions/completions.js'
import { sourceOf } from '../../../src/editor/source/source.js'
import type { AnyNetwork } from '../../../src/index.js'
import * as stridewise from '../../../src/index.js'
import { marked } from '../cursors.js'

/** Values that fit at a place: each is put in and run, and gives the shape beside it. What does not fit is not offered, nor left to TypeScript. */

const names = Object.keys(stridewise).filter((name) => /^[a-z]\w*$/.test(name))
const head = `import { ${names.join(', ')} } from 'stridewise'\n`

const run = (code: string): AnyNetwork =>
  new Function('sw', `const { ${names.join(', ')} } = sw\n${code}\nreturn net`)(stridewise) as AnyNetwork

/** What is offered at the place of a code, whose first method stands on a network. */
const offeredAt = (code: string): Completions => {
  const { text, positions } = marked(head + code)
  const asked = completionQuestion(sourceOf(text), positions[0] as number)
  if (!asked) throw new Error(`Nothing is asked for ${code}.`)
  const [, before = ''] = /const net = (input\([^)]*\)(?:\.keep\('\w+'\)|\.conv2d\(\d+, \d+\))*)/.exec(text) ?? []
  return completionsAt(asked, { receiver: `${run(`const net = ${before}`)}` })
}

/** The values and the shapes beside them, each of which is what the code gives with the value. */
const offered = (code: string): Readonly<Record<string, string>> => {
  const { items } = offeredAt(code)
  for (const { label, detail } of items) {
    if (detail.includes('?')) continue
    const { output } = run(code.replace(/\w*\|>\w*/, label))
    expect((output as readonly number[]).join('×'), `${code}: ${label}`).toBe(detail)
  }
  return Object.fromEntries(items.map(({ label, detail }) => [label, detail]))
}

/** Inputs for layers of one, two and three axes. */
const inputs = { '1d': '25, 8', '2d': '25, 13, 8', '3d': '9, 13, 25, 8' } as const
const lists = { '1d': ['[|>]'], '2d': ['[|>, 1]', '[1, |>]'], '3d': ['[|>, 1, 1]', '[1, |>, 1]', '[1, 1, |>]'] } as const
const ends = { '1d': ['[[|>, 1]]'], '2d': ['[[0, |>], 1]', '[1, [|>, 1]]'], '3d': ['[1, [0, |>], 0]'] } as const

const families: readonly (readonly [string, string, readonly string[]])[] = [
  ['conv', '8, ', ['stride', 'padding', 'dilation', 'groups']],
  ['convTranspose', '8, ', ['stride', 'padding', 'dilation', 'groups', 'outputPadding']],
  ['depthwiseConv', '', ['stride', 'padding', 'dilation']],
  ['maxPool', '', ['stride', 'padding']],
  ['avgPool', '', ['stride', 'padding']],
]

describe.each(Object.keys(inputs) as (keyof typeof inputs)[])('%s', (rank) => {
  describe.each(families)('%s', (family, before, options) => {
    const kind = `${family}${rank}`
    /** The ways in which a layer is written on the input. */
    const written = (layer: string): readonly string[] => [
      `const net = input(${inputs[rank]}).${layer}`,
      `const net = input(${inputs[rank]}).apply(${layer})`,
      `const net = input(${inputs[rank]}).apply(block(relu(), block(identity(), ${layer})))`,
      `const layer = ${layer}\nconst net = input(${inputs[rank]}).apply(layer)`,
    ]

    test.each(options)('%s', (option) => {
      const isPerAxis = option !== 'groups'
      const places = ['|>', ...(isPerAxis ? lists[rank] : []), ...(option === 'padding' ? ends[rank] : [])]
      for (const place of places) {
        const more = option === 'outputPadding' ? 'stride: 3, ' : option === 'padding' && /Pool/.test(kind) ? 'stride: 1, ' : ''
        const found = written(`${kind}(${before}3, { ${more}${option}: ${place} })`).map(offered)
        expect(Object.keys(found[0] ?? {}).length, place).toBeGreaterThan(0)
        for (const other of found) expect(other).toEqual(found[0])
      }
    })

    test('kernel', () => {
      for (const place of ['|>', ...lists[rank]]) {
        const found = written(`${kind}(${before}${place}, { stride: 1 })`).map(offered)
        expect(Object.keys(found[0] ?? {}).length, place).toBeGreaterThan(3)
        for (const other of found) expect(other).toEqual(found[0])
      }
    })
  })
})

describe('the best first', () => {
  test.each([
    ['the padding that keeps the size', 'input(32, 32, 3).conv2d(8, 5, { padding: |> })', '2', '32×32×8'],
    ['also of a kernel of two sizes', 'input(32, 32, 3).conv2d(8, [3, 5], { padding: |> })', '[1, 2]', '32×32×8'],
    ['on each axis of its own', 'input(32, 32, 3).conv2d(8, [3, 7], { padding: [1, |>] })', '3', '32×32×8'],
    ['also of a large kernel', 'input(64, 64, 3).conv2d(8, 31, { padding: |> })', '15', '64×64×8'],
    ['a transposed convolution that enlarges by its stride', 'input(7, 7, 3).convTranspose2d(8, |>, { stride: 2 })', '2', '14×14×8'],
    ['also by its padding', 'input(7, 7, 3).convTranspose2d(8, 4, { stride: 2, padding: |> })', '1', '14×14×8'],
    [
      'and by its output padding on an axis',
      'input(7, 9, 3).convTranspose2d(8, 3, { stride: [1, 3], padding: 0, outputPadding: [0, |>] })',
      '0',
      '9×27×8',
    ],
    ['groups, a group for each channel among them', 'input(7, 7, 720).conv2d(720, 1, { groups: |> })', '2', '7×7×720'],
  ])('%s', (_, code, label, detail) => {
    offered(`const net = ${code}`)
    expect(offeredAt(`const net = ${code}`).items[0]).toMatchObject({ label, detail })
  })

  test.each([
    ['in the body of a residual connection the stride that keeps the size', 'residual(conv2d(3, 3, { padding: 1, stride: |> }))', '1'],
    ['in a block of it', 'residual(block(relu(), repeat(2, conv2d(3, 3, { padding: 1, stride: |> }))))', '1'],
    ['the kernel, too', 'residual(block(relu(), conv2d(3, |>, { padding: 2 })))', '5'],
    ['not where the shortcut has a stride', 'residual(conv2d(8, 3, { padding: 1, stride: |> }), conv2d(8, 1, { stride: 2 }))', '2'],
    ['not in a join', 'concat(conv2d(8, 3, { padding: 1, stride: |> }), identity())', '2'],
  ])('%s', (_, code, label) => expect(offeredAt(`const net = input(9, 9, 3).${code}`).items[0]?.label).toBe(label))

  test('of a padding for all axes also the words', () => {
    const words = { "'same'": '32×32×8', 0: '28×28×8', "'valid'": '28×28×8' }
    expect(offered('const net = input(32, 32, 3).conv2d(8, 5, { padding: |> })')).toEqual({ 2: '32×32×8', 1: '30×30×8', ...words })
  })

  test('a group for each channel is among the groups', () => {
    expect(Object.keys(offered('const net = input(7, 7, 720).conv2d(720, 1, { groups: |> })'))).toEqual(
      expect.arrayContaining(['1', '2', '720']),
    )
  })
})

test('an element of a list fits on its own axis, whatever another axis lacks', () => {
  expect(offered('const net = input(224, 224, 3).conv2d(64, 7, { stride: [4, |>] })')).toEqual({ 7: '?×32×64', 1: '?×218×64' })
  const begun = offeredAt('const net = input(9, 12, 3).conv2d(8, 3, { stride: [|>] })').items
  expect(Object.fromEntries(begun.map(({ label, detail }) => [label, detail]))).toEqual({ 2: '4×?×8', 3: '3×4×8', 6: '2×?×8', 1: '7×10×8' })
  expect(offered('const net = input(16, 56, 57, 3).conv3d(8, 3, { stride: [2, |>, 2] })')).toEqual({ 1: '?×54×?×8' })
  expect(offered('const net = input(9, 9, 3).conv2d(8, [20, |>])')).toMatchObject({ 3: '?×7×8', 9: '?×1×8' })
})

test('what TypeScript offers and does not fit is left out', () => {
  const leftOut = (code: string, labels: readonly string[]): readonly string[] => {
    const { isLeftOut } = offeredAt(`const net = ${code}`)
    return labels.filter((label) => isLeftOut(label))
  }
  const labels = ['0', '1', '2', '"same"', "'valid'", 'four', 'undefined']
  // Only 'same' fits, which is the package's own.
  expect(leftOut('input(13, 13, 3).maxPool2d(2, { padding: |> })', labels)).toEqual(['0', '1', '2', '"same"', "'valid'"])
  expect(leftOut('input(224, 224, 3).conv2d(64, 7, { stride: 4, padding: |> })', labels)).toEqual(['0', '1', '2', '"same"', "'valid'"])
  // Nothing fits.
  expect(leftOut('input(7, 7, 3).conv2d(64, 9, { stride: |> })', ['1', '2', 'four'])).toEqual(['1', '2'])
  expect(leftOut('input(7, 7, 3).conv2d(64, 9, { stride: [1, |>] })', ['1', '2', 'four'])).toEqual(['1', '2'])
  // Nobody knows what fits.
  expect(leftOut('input(7, 7, 3).conv2d(64, size, { stride: |> })', ['1', '2', 'four'])).toEqual([])
})

test('words in quotes', () => {
  const inQuotes = (code: string): readonly (readonly [string, string])[] =>
    offeredAt(`const net = ${code}`).items.map(({ label, detail }) => [label, detail])
  expect(inQuotes("input(9, 9, 3).conv2d(8, 3, { padding: '|>' })")).toEqual([
    ['same', '9×9×8'],
    ['valid', '7×7×8'],
  ])
  expect(inQuotes("input(10, 9, 3).conv2d(8, 3, { stride: 2, padding: 's|>' })")).toEqual([['same', '5×5×8']])
  expect(offeredAt("const net = input(10, 9, 3).conv2d(8, 3, { stride: 2, padding: '|>' })").isLeftOut('valid')).toBe(true)
  expect(inQuotes("input(10, 9, 3).conv2d(8, 3, { stride: 2, rounding: '|>' })")).toEqual([
    ['floor', '4×4×8'],
    ['ceil', '5×4×8'],
  ])
})

test('what changes no shape need not be known', () => {
  expect(
    offered(
      'const net = input(9, 9, 3).conv2d(8, 3, { bias: yes, name, stride: |> })'.replace('yes', '!!1').replace('name,', "name: 'a' + 'b',"),
    ),
  ).toEqual({
    2: '4×4×8',
    3: '3×3×8',
    6: '2×2×8',
    1: '7×7×8',
  })
  expect(
    offeredAt('const net = input(9, 9, 3).conv2d(many, 3, { stride: |> })').items.map(({ label, detail }) => `${label}: ${detail}`),
  ).toEqual(['2: 4×4×?', '3: 3×3×?', '6: 2×2×?', '1: 7×7×?'])
  expect(offeredAt('const net = input(9, 9, 4).conv2d(many, 3, { groups: |> })').items).toEqual([])
})

test('a branch stands on the value that it begins at, behind the layers before', () => {
  const begin = "const net = input(9, 9, 4).keep('c3').conv2d(4, 3)"
  const layer = 'conv2d(8, 3, { rounding: "floor", stride: |> })'
  const details = (code: string): readonly string[] =>
    offeredAt(`${begin}${code}`)
      .items.slice(0, 2)
      .map(({ detail }) => detail)
  expect(details(`.concat(identity(), branch('c3', ${layer}))`)).toEqual(['4×4×8', '3×3×8'])
  expect(details(`.concat(identity(), branch('c3', block(maxPool2d(3), residual(relu())), ${layer}))`)).toEqual(['1×1×8', '1×1×8'])
  expect(details(`.concat(identity(), ${layer})`)).toEqual(['3×3×8', '2×2×8'])
  expect(details(`.branchOut('head', ${layer})`)).toEqual(['3×3×8', '2×2×8'])
})

test('a layer of a constant stands where that is applied, if it is in one place', () => {
  const layer = 'conv2d(8, 3, { stride: |> })'
  const labels = (code: string): readonly string[] => offeredAt(code).items.map(({ label }) => label)
  expect(labels(`const body = block(relu(), ${layer})\nconst net = input(15, 15, 4).apply(block(maxPool2d(3), body))`)).toEqual(['2', '1'])
  for (const code of [
    `const body = ${layer}\nconst net = input(9, 9, 4).apply(body).apply(body)`,
    `const body = block(body, ${layer})\nconst net = input(9, 9, 4)`,
    `const body = ${layer}\nconst other = (body) => input(9, 9, 4).apply(body)`,
  ]) {
    const { text, positions } = marked(head + code)
    expect(completionQuestion(sourceOf(text), positions[0] as number), code).toBeUndefined()
  }
})
