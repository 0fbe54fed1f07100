import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { captionOf } from '../../src/drawing/captions/caption.js'
import { dot } from '../../src/drawing/graphs/dot.js'
import { mermaid } from '../../src/drawing/graphs/mermaid.js'
import { html } from '../../src/drawing/html/html.js'
import type { Point } from '../../src/drawing/layout/geometry.js'
import { type Layout, layoutOf } from '../../src/drawing/layout/layout.js'
import { captionHeight, halfHeight, widthOf } from '../../src/drawing/layout/piece.js'
import { svg } from '../../src/drawing/svg/svg.js'
import { hasNames } from '../../src/drawing/volumes/labels.js'
import { stretchesOf, volumesOf } from '../../src/drawing/volumes/volumes.js'
import { type AnyNetwork, branch, conv2d, identity, input, inputs, networkFrom } from '../../src/index.js'
import { crossings, overlaps, pointsOf } from '../support/crossings.js'
import { casesOf } from '../support/effort.js'
import * as graphs from '../support/graphs.js'
import { seed } from '../support/seed.js'

/** Pictures of networks with several inputs and outputs, kept values and shared layers. */

const { cells, dead, joins, keptUnet, pyramid, reader, siamese, twoTower } = graphs

const layoutOn = ({ graph }: AnyNetwork): Layout => layoutOf(volumesOf(graph), hasNames(graph))

const captions = ({ graph }: AnyNetwork): Record<string, string> =>
  Object.fromEntries(
    volumesOf(graph).map((volume) => [
      volume.name,
      captionOf(volume)
        .map(({ text }) => text)
        .join(', '),
    ]),
  )

const networks = Object.entries(graphs) as [string, AnyNetwork][]

describe.each(networks)('%s', (_, network) => {
  test('no line runs through a box or a caption, and none lie over one another', () => {
    expect(crossings(layoutOn(network))).toEqual([])
    expect(overlaps(layoutOn(network))).toEqual([])
  })

  test('all that is drawn is in the picture', () => {
    const { width, height, placed, lines } = layoutOn(network)
    for (const { volume, box, x, y } of placed) {
      expect(x - widthOf(volume, box) / 2).toBeGreaterThanOrEqual(0)
      expect(x + widthOf(volume, box) / 2).toBeLessThanOrEqual(width)
      expect(y - halfHeight(volume, box)).toBeGreaterThanOrEqual(0)
      expect(y + halfHeight(volume, box) + captionHeight(volume)).toBeLessThanOrEqual(height)
    }
    for (const { x, y } of lines.flatMap(pointsOf)) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
      expect([x <= width, y <= height]).toEqual([true, true])
    }
  })

  test('every volume has a line to it from each of its inputs, and only inputs have none', () => {
    const { placed, lines } = layoutOn(network)
    const isAtEnd = (name: string): boolean => {
      const { volume, box, x, y } = placed.find((each) => each.volume.name === name) as Layout['placed'][number]
      return lines.some(({ arrow, points }) => {
        const tip = points.at(-1) as Point
        const fromLeft = Math.abs(tip.x - x) <= widthOf(volume, box) / 2 + 1 && Math.abs(tip.y - y) < 1 && tip.x < x
        // Where its maps have another size than the layer before, the line comes from above or from below.
        const [top, bottom] = [y - halfHeight(volume, box), y + halfHeight(volume, box) + captionHeight(volume)]
        const isAcross = Math.abs(tip.x - x) < 1 && (Math.abs(tip.y - top) < 2 || Math.abs(tip.y - bottom) < 2)
        return arrow && (fromLeft || isAcross)
      })
    }
    for (const { volume } of placed) expect([volume.name, isAtEnd(volume.name)]).toEqual([volume.name, volume.inputs.length > 0])
  })
})

describe('inputs', () => {
  test('stand at the left, one under the other, also where they are read late or never', () => {
    for (const network of [siamese, twoTower, reader, dead]) {
      const { placed } = layoutOn(network)
      const xs = placed.filter(({ volume }) => volume.node.kind === 'input').map(({ x }) => Math.round(x))
      expect(new Set(xs).size).toBe(1)
      for (const { x, volume } of placed) if (volume.node.kind !== 'input') expect(x).toBeGreaterThan(xs[0] as number)
    }
  })

  test('have their names', () => {
    expect(captions(siamese)).toMatchObject({ left: 'left, input, 28x28x1', right: 'right, input, 28x28x1' })
    expect(captions(dead)['mask']).toBe('mask, input, 16x16x1, not used')
  })

  test('the first stretch ends where all of them have come together', () => {
    const names = stretchesOf(volumesOf(siamese.graph)).map((stretch) => stretch.at(-1)?.name)
    expect(names).toEqual(['subtract_1', 'dense_1'])
  })

  test('parts that never come together are one stretch', () => {
    const apart = inputs({ a: [4], b: [6] })
      .from('a')
      .dense(3)
      .keep('x')
      .dense(2)
      .keep('y')
      .from('b')
      .dense(5)
      .keep('z')
      .outputs('y', 'z')
    expect(stretchesOf(volumesOf(apart.graph))).toHaveLength(1)
    expect(crossings(layoutOn(apart))).toEqual([])
  })
})

describe('captions', () => {
  test('outputs and kept values that several layers take have their names', () => {
    expect(captions(pyramid)).toMatchObject({
      conv2d_1: expect.stringMatching(/kept as c3$/),
      conv2d_4: expect.stringMatching(/output p5$/),
      add_2: expect.stringMatching(/output p3$/),
    })
    expect(captions(siamese)['globalAvgPool_1']).toBe('globalAvgPool, 16')
  })

  test('layers of a shared layer say so, each time it is applied', () => {
    for (const name of ['encoder_conv2d_1', 'encoder_conv2d_2', 'encoder_conv2d_3', 'encoder_conv2d_4'])
      expect(captions(siamese)[name]).toMatch(/shared: encoder$/)
    expect(svg(siamese)).toContain('weights of encoder_conv2d_1')
  })

  test('a layer that reaches no output says so', () => expect(captions(dead)['probe']).toMatch(/reaches no output$/))

  test('a relu that no output needs does not dress the output', () => {
    const network = input(4).dense(3).keep('a').relu().from('a')
    expect(volumesOf(network.graph).map(({ name }) => name)).toEqual(['input', 'dense_1', 'relu_1'])
  })

  test('a network without names has no labels', () => {
    const plain = input(8, 8, 4)
      .residual((x) => x.conv2d(4, 3, { padding: 1 }))
      .branchOut('side', (x) => x.flatten().dense(3))
      .flatten()
    expect(hasNames(plain.graph)).toBe(false)
    expect(volumesOf(plain.graph).flatMap(({ labels }) => labels)).toEqual([])
  })

  test('names from outside are escaped', () => {
    const odd = '<bad>&"\u202e\n'
    const network = input(4).dense(4).keep(odd).dense(4).add(odd, identity()).keep('x').outputs(odd, 'x')
    for (const text of [svg(network), html([{ name: 'odd', network }])]) {
      expect(text).not.toContain('<bad>')
      expect(text).not.toContain('\u202e')
    }
  })
})

describe('Mermaid and DOT', () => {
  test('have all inputs and outputs', () => {
    expect(mermaid(siamese)).toContain('n0["left<br>input"]')
    expect(mermaid(siamese)).toContain('n1["right<br>input"]')
    expect(mermaid(siamese)).toContain('n2["conv2d 3x3<br>shared: encoder"]:::convolution')
    expect(mermaid(siamese)).toContain('n16 -->|1| o0')
    for (const [index, name] of ['p3', 'p4', 'p5'].entries()) expect(mermaid(pyramid)).toContain(`  o${index}(["${name}"])`)
    expect(dot(pyramid)).toContain('"add_2" -> "output p3" [label="32x32x32"]')
    expect(dot(dead)).toContain('"probe" [label="probe\\nconv2d 3x3\\nreaches no output"')
  })

  test('names are escaped, and the id of an output is no other node', () => {
    const network = input(4).dense(4, { name: 'output x"' }).keep('x"').dense(4).keep('y]%%').outputs('x"', 'y]%%')
    expect(mermaid(network)).toContain('o0(["x#34;"])')
    expect(mermaid(network)).toContain('o1(["y]#37;#37;"])')
    expect(dot(network)).toContain('"output x\\"" -> "output x\\"_2" [label="4"]')
  })
})

/** Networks of joins and dense layers that take any value before them, with several inputs and outputs. */
const drawnNetwork = fc
  .record({
    inputs: fc.integer({ min: 1, max: 3 }),
    layers: fc.array(fc.tuple(fc.boolean(), fc.nat(), fc.nat()), { minLength: 1, maxLength: 18 }),
    outputs: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
  })
  .map(({ inputs: count, layers, outputs }) => {
    const names = Array.from({ length: count }, (_, index) => `in${index}`)
    const data = layers.map(([joins, one, other], index) => {
      const name = `l${index}`
      const [a, b] = [names[one % names.length], names[other % names.length]] as [string, string]
      names.push(name)
      return joins && a !== b ? { name, kind: 'concat', from: [a, b] } : { name, kind: 'dense', settings: { units: 4 }, from: [a] }
    })
    const sizes = new Map(names.slice(0, count).map((name) => [name, 4]))
    let params = 0
    for (const { name, kind, from } of data) {
      const total = from.reduce((sum, each) => sum + (sizes.get(each) as number), 0)
      if (kind === 'dense') params += total * 4 + 4
      sizes.set(name, kind === 'dense' ? 4 : total)
    }
    const shape = (name: string): [string, number[]] => [name, [sizes.get(name) as number]]
    const ends = [...new Set(outputs.map((end) => `l${end % data.length}`))]
    return networkFrom({
      format: 'stridewise',
      version: 2,
      input: Object.fromEntries(names.slice(0, count).map(shape)),
      layers: data,
      outputs: Object.fromEntries(ends.map((name) => [name, name])),
      output: Object.fromEntries(ends.map(shape)),
      params,
    })
  })

test('a line through a box, and boxes over one another, are found', () => {
  const layout = layoutOn(siamese)
  const { x, y } = layout.placed.find(({ volume }) => volume.name === 'maxPool2d_1') as Point
  const line = {
    points: [
      { x: x - 300, y },
      { x: x + 300, y },
    ],
    turn: false,
    arrow: true,
  }
  expect(crossings({ ...layout, lines: [line] }).join()).toContain('maxPool2d_1')
  expect(overlaps({ ...layout, placed: layout.placed.map((each) => ({ ...each, x: 0, y: 0 })) })).not.toEqual([])
})

test('drawn graphs: no line runs through a box', { timeout: 0 }, () => {
  fc.assert(
    fc.property(drawnNetwork, (network) => {
      const layout = layoutOn(network)
      expect(crossings(layout)).toEqual([])
      expect(overlaps(layout)).toEqual([])
      expect(layout.placed).toHaveLength(volumesOf(network.graph).length)
    }),
    { seed, numRuns: casesOf('pictures of drawn graphs') },
  )
})

test('joins are drawn with a sign of their own', () => {
  const signs = svg(joins).match(/stroke-width="1.6" d="[^"]*"/g) as string[]
  expect(signs.map((sign) => (sign.match(/M/g) as string[]).length)).toEqual([1, 3, 2, 2])
  expect(svg(cells)).toContain('>average<')
  expect(svg(keptUnet)).toContain('kept as level1')
})

test('cells that take the outputs of the two before them do not drift apart', () => {
  type Chain = AnyNetwork & Record<'from' | 'keep' | 'conv2d' | 'add' | 'concat', (...given: unknown[]) => Chain>
  let network = input(8, 8, 4).conv2d(4, 1).keep('h0').conv2d(4, 1).keep('h1') as unknown as Chain
  for (let cell = 0; cell < 8; cell += 1) {
    const blocks = [0, 1, 2].map((block) => `b${cell}_${block}`)
    for (const block of blocks) {
      const other = branch(`h${cell}`, conv2d(4, 3, { padding: 1 }))
      network = network
        .from(`h${cell + 1}`)
        .conv2d(4, 3, { padding: 1 })
        .add(other, identity())
        .keep(block)
    }
    network = network
      .concat(...blocks)
      .conv2d(4, 1)
      .keep(`h${cell + 2}`)
  }
  const layout = layoutOn(network)
  // Six convolutions over one another, and lines beside them; dagre alone takes more than twice that.
  expect(layout.height).toBeLessThan(6 * 220)
  expect(crossings(layout)).toEqual([])
  expect(overlaps(layout)).toEqual([])
})
