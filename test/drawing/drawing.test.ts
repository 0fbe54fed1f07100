import { describe, expect, test } from 'vitest'
import { dot } from '../../src/drawing/graphs/dot.js'
import { mermaid } from '../../src/drawing/graphs/mermaid.js'
import { html } from '../../src/drawing/html/html.js'
import { layoutOf } from '../../src/drawing/layout/layout.js'
import { svg } from '../../src/drawing/svg/svg.js'
import { categoryOf } from '../../src/drawing/volumes/category.js'
import { roomOf, scaleOf } from '../../src/drawing/volumes/scale.js'
import { stretchesOf, volumesOf } from '../../src/drawing/volumes/volumes.js'
import { type AnyNetwork, block, conv2d, identity, input, relu, repeat } from '../../src/index.js'
import { kinds } from '../../src/network/kinds.js'
import { alexnet, densenet121, googlenet, lenet5, resnet50, unet, vgg16, vitB16 } from '../../src/zoo/index.js'
import { expectGolden } from '../support/golden.js'
import { small } from '../support/networks.js'

/** Pictures and graphs of networks, as data. test/drawing/browser.test.ts checks how they look. */

const branched = input(8, 8, 4)
  .residual((x) => x.conv2d(4, 3, { padding: 1, name: 'a "quoted" <name> | \\ & more' }).relu())
  .concat(conv2d(2, 1), identity())
  .branchOut('side', (x) => x.globalAvgPool().dense(3))
  .globalAvgPool()
  .dense(10)

test('every kind of layer has a category; only block and the like, which are no layers of a graph, and kinds from outside have none', () => {
  const others = [...kinds.keys()].filter((kind) => categoryOf(kind) === 'other')
  expect(others.sort()).toEqual([
    'block',
    'branch',
    'branchOut',
    'chunk',
    'from',
    'identity',
    'keep',
    'repeat',
    'residual',
    'shared',
    'split',
  ])
  for (const kind of ['kindOfAnotherPackage', 'radialBasis']) expect(categoryOf(kind)).toBe('other')
})

describe('volumes', () => {
  test('what only dresses an output belongs to its layer', () => {
    const volumes = volumesOf(small.graph)
    expect(volumes.map(({ name, dressing }) => [name, ...dressing.map(({ kind }) => kind)])).toEqual([
      ['input'],
      ['conv2d_1', 'batchNorm', 'relu'],
      ['depthwise', 'relu'],
      ['avgPool2d_1'],
      ['globalAvgPool_1', 'dropout'],
      ['head', 'softmax'],
    ])
  })

  test('where a layer is read twice, what dresses one reading stands alone', () => {
    const shared = input(4, 4, 2)
      .conv2d(2, 1)
      .residual((x) => x.batchNorm().relu().conv2d(2, 1))
    expect(volumesOf(shared.graph).map(({ name }) => name)).toEqual(['input', 'conv2d_1', 'batchNorm_1', 'conv2d_2', 'add_1'])
  })

  test('a chain falls apart at every volume that all later ones come from', () => {
    const names = stretchesOf(volumesOf(branched.graph)).map((stretch) => stretch.map(({ node }) => node.kind))
    expect(names).toEqual([['input'], ['conv2d', 'add'], ['conv2d', 'concat'], ['globalAvgPool', 'dense', 'globalAvgPool'], ['dense']])
    expect(stretchesOf(volumesOf(resnet50().graph))).toHaveLength(3 + 16 + 2)
    // U-Net's skips hold it together from the first of them to the last: 4 levels down (a pool, two convolutions), 4 up (a transposed
    // convolution, a crop, a concat), and two convolutions after each of the first three.
    expect(stretchesOf(volumesOf(unet().graph)).map((stretch) => stretch.length)).toEqual([1, 1, 1, 4 * 3 + 4 * 3 + 3 * 2, 1, 1, 1])
  })
})

describe('scale', () => {
  test('sides go with the square roots of the sizes', () => {
    const volumes = volumesOf(input(64, 16, 4).conv2d(64, 1).graph)
    const scale = scaleOf(volumes)
    const [first, second] = volumes.map(({ node }) => scale(node.output)) as [ReturnType<typeof scale>, ReturnType<typeof scale>]
    expect(first.height / first.depth).toBeCloseTo(2)
    expect(second.thickness / first.thickness).toBeCloseTo(4)
    expect(second.height).toBe(first.height)
  })
})

describe.each(
  Object.entries({
    lenet5: lenet5(),
    googlenet: googlenet(),
    resnet50: resnet50(),
    unet: unet(),
    vitB16: vitB16(),
    densenet121: densenet121(),
    branched,
  }),
)('the layout of %s', (_, network) => {
  const volumes = volumesOf(network.graph)
  const { placed, lines, width, height } = layoutOf(volumes)
  const rooms = placed.map(({ x, y, box }) => {
    const room = roomOf(box)
    return { left: x - room.width / 2, right: x + room.width / 2, top: y - room.height / 2, bottom: y + room.height / 2 }
  })

  test('every volume is there once, inside the picture', () => {
    expect(placed.map(({ volume }) => volume.name).sort()).toEqual(volumes.map(({ name }) => name).sort())
    for (const { left, right, top, bottom } of rooms) {
      expect(Math.min(left, top)).toBeGreaterThanOrEqual(0)
      expect(right).toBeLessThanOrEqual(width)
      expect(bottom).toBeLessThanOrEqual(height)
    }
  })

  test('no two overlap', () => {
    const overlaps = rooms.flatMap((a, index) =>
      rooms.slice(index + 1).filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom),
    )
    expect(overlaps).toEqual([])
  })

  test('there are as many lines as inputs, and for each stretch with branches one that leads there, and one past heads to what follows', () => {
    const inputs = volumes.reduce((sum, { inputs }) => sum + inputs.length, 0)
    const stretches = stretchesOf(volumes)
    const withBranches = stretches.filter(({ length }) => length > 1)
    const read = new Set(volumes.flatMap(({ inputs }) => inputs))
    const pastHeads = stretches.slice(0, -1).filter((stretch) => stretch.some(({ name }) => !read.has(name)))
    expect(pastHeads).toHaveLength(network === branched ? 1 : 0)
    // A U has a line from its last layer to its end.
    const toEnds = network.graph.nodes.some(({ kind }) => kind === 'convTranspose2d') ? 1 : 0
    expect(lines).toHaveLength(inputs + withBranches.length + pastHeads.length + toEnds)
  })
})

describe('rows', () => {
  const sizeOf = (network: AnyNetwork) => {
    const { placed, width, height } = layoutOf(volumesOf(network.graph))
    return { rows: new Set(placed.map(({ y }) => Math.round(y))).size, width, height }
  }

  test('a short chain has one, a longer one as many as fill a slide', () => {
    expect(sizeOf(alexnet()).rows).toBe(1)
    const { rows, width, height } = sizeOf(vgg16())
    expect(rows).toBe(3)
    expect(width / height).toBeGreaterThan(4 / 3)
    expect(width / height).toBeLessThan(16 / 9)
  })
})

test('a line goes on level at the end of a flat deep box, where its edge is slanted', () => {
  const { placed, lines } = layoutOf(volumesOf(input(2, 400, 8).conv2d(8, 1).graph))
  const [first, second] = placed as [(typeof placed)[number], (typeof placed)[number]]
  const points = lines[0]?.points ?? []
  const room = roomOf(second.box)
  expect(new Set(points.map(({ y }) => y)).size).toBe(1)
  // At half the height of the room, the front has ended and the top is in the way of the line, not at the left of the room.
  expect(room.height / 2).toBeGreaterThan(second.box.height)
  expect(points[0]?.x).toBeLessThan(first.x + room.width / 2)
  expect(points.at(-1)?.x).toBeGreaterThan(second.x - room.width / 2)
})

test('layers that have the names of what dagre makes for itself', () => {
  const network = input(4, 4, 1)
    .conv2d(3, 1, { name: 'entry' })
    .add(
      identity(),
      (x) => x.conv2d(3, 1, { name: '__proto__' }),
      (x) => x.conv2d(3, 1, { name: '\u0000entry' }),
    )
  const volumes = volumesOf(network.graph)
  const { placed } = layoutOf(volumes)
  expect(placed.map(({ volume }) => volume.name)).toEqual(['input', 'entry', '__proto__', '\u0000entry', 'add_1'])
  expect(placed.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true)
})

describe('texts', () => {
  test('svg', () => expectGolden('drawing/branched.svg', svg(branched)))
  test('svg for print', () => expectGolden('drawing/branched-print.svg', svg(branched, { theme: 'print', title: 'branched & more' })))
  test('mermaid', () => expectGolden('drawing/branched.mmd', mermaid(branched)))
  test('dot', () => expectGolden('drawing/branched.dot', dot(branched)))
  test('html', () => expectGolden('drawing/branched.html', html([{ name: 'branched & more', network: branched }])))

  test('names cannot break out', () => {
    for (const text of [svg(branched), html([{ name: '<script>', network: branched }])]) {
      expect(text).toContain('a &quot;quoted&quot; &lt;name&gt; | \\ &amp; more')
      expect(text).not.toContain('<name>')
    }
    expect(mermaid(branched)).toContain('a #34;quoted#34; #60;name#62; | \\ #38; more')
    expect(dot(branched)).toContain('a \\"quoted\\" <name> | \\\\ & more')
  })
})

test('what is no network is refused by each', () => {
  expect(() => svg(relu() as never)).toThrow('svg: needs a network such as input(784).dense(10), not a layer value.')
  expect(() => mermaid(3 as never)).toThrow('mermaid: needs a network')
  expect(() => dot(undefined as never)).toThrow('dot: needs a network')
  expect(() => html([{ name: 'x', network: {} as never }])).toThrow('html: needs a network')
})

test('a network of more than 2000 volumes is drawn', () => {
  const network = input(4, 4, 1).apply(repeat(2001, block(conv2d(1, 1))))
  for (const style of ['volumes', 'blocks', 'graph'] as const) {
    const drawn = svg(network, { style, fold: false })
    expect(drawn.match(/conv2d 1x1, 1</g)).toHaveLength(2001)
  }
  // A page has its picture with repeated blocks folded alone.
  expect(html([{ name: 'deep', network }]).match(/<svg /g)).toHaveLength(1)
})

test("a network's data is drawn as the network: its JSON, and a copy of it", () => {
  const network = lenet5()
  for (const data of [JSON.parse(JSON.stringify(network)), structuredClone({ ...network })]) {
    expect(svg(data)).toBe(svg(network))
    expect(dot(data)).toBe(dot(network))
    expect(mermaid(data)).toBe(mermaid(network))
    expect(html([{ name: 'LeNet-5', network: data }])).toBe(html([{ name: 'LeNet-5', network }]))
  }
  const wrong = { ...network.toJSON(), version: 3 } as never
  for (const draw of [svg, dot, mermaid]) expect(() => draw(wrong)).toThrow('network: version: must be 1 or 2, not 3')
  expect(() => html([{ name: 'x', network: wrong }])).toThrow('network: version: must be 1 or 2, not 3')
})
