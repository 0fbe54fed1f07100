import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { widthOfText } from '../../src/drawing/captions/text.js'
import { svg } from '../../src/drawing/svg/svg.js'
import { styleNames } from '../../src/drawing/volumes/styles.js'
import { type AnyNetwork, block, conv2d, dense, input, relu, repeat } from '../../src/index.js'
import * as zoo from '../../src/zoo/index.js'
import { endsOf, named, parsedXml } from '../support/drawn.js'
import { isLong } from '../support/effort.js'
import { expectGolden, goldenText } from '../support/golden.js'
import { cells, joins, keptUnet, pyramid, siamese, twoTower } from '../support/graphs.js'

/** Twenty networks of the zoo, and others, in three styles. */

const names = [
  'alexnet',
  'lenet5',
  'vgg16',
  'resnet18',
  'resnet50',
  'resnext50_32x4d',
  'wideResnet50_2',
  'densenet121',
  'googlenet',
  'inceptionV3',
  'squeezenet1_1',
  'mobilenetV1',
  'mobilenetV2',
  'mobilenetV3Small',
  'shufflenetV2X1_0',
  'efficientnetB7',
  'regnetY400mf',
  'convnextTiny',
  'vitB16',
  'unet',
] as const

/** A line of the golden file: the size of a picture, its frames, and what makes another file of it. */
const lineOf = (name: string, style: string, picture: string): string => {
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(picture) ?? []
  const frames = [...picture.matchAll(/font-size="13"[^>]*>([^<]*)</g)].map(([, label]) => label)
  const hash = createHash('sha256').update(picture).digest('hex').slice(0, 16)
  return `${name} ${style}: ${width} x ${height}, frames ${frames.join(' ') || 'none'}, ${hash}`
}

describe('networks of the zoo', () => {
  const drawn = isLong ? names : (['lenet5', 'resnet18', 'unet'] as const)
  test(`${drawn.length} of ${names.length} in three styles`, { timeout: 0 }, () => {
    const lines = drawn.flatMap((name) => {
      const network = (zoo as unknown as Record<string, () => AnyNetwork>)[name]?.() as AnyNetwork
      return styleNames.map((style) => lineOf(name, style, svg(network, { style })))
    })
    if (isLong) expectGolden('drawing/zoo.txt', `${lines.join('\n')}\n`)
    else for (const line of lines) expect(goldenText('drawing/zoo.txt').split('\n')).toContain(line)
  })
})

const networks = Object.entries({ cells, joins, keptUnet, pyramid, siamese, twoTower }) as [string, AnyNetwork][]

describe.each(networks)('%s', (_, network) => {
  test.each(['blocks', 'graph'] as const)('no text of one box lies over that of another: %s', (style) => {
    const root = parsedXml(svg(network, { style, fold: false }))
    const texts = named(root, 'text').map(({ attributes, text }) => ({ text, x: Number(attributes['x']), y: Number(attributes['y']) }))
    const lines = new Map(texts.map(({ x, y }) => [`${x} ${y}`, true]))
    expect(lines.size).toBe(texts.length)
  })

  test('a graph has a box for each layer, and the shape beside each line', () => {
    const picture = svg(network, { style: 'graph', fold: false })
    const { nodes } = network.graph
    expect(picture.match(/<g><title>/g)).toHaveLength(nodes.length)
    const edges = nodes.reduce((sum, { inputs }) => sum + new Set(inputs).size, 0)
    expect(picture.match(/text-anchor="start" x="[^"]*" y="[^"]*">\d/g)).toHaveLength(edges)
  })
})

test('blocks have their text inside', () => {
  const root = parsedXml(svg(zoo.lenet5(), { style: 'blocks' }))
  const boxes = named(root, 'g').filter(({ children }) => children[0]?.name === 'title')
  expect(boxes).toHaveLength(9)
  for (const { children } of boxes) {
    const corners = endsOf(children.find(({ name }) => name === 'g')?.children[0]?.attributes['d'] as string)
    const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
    for (const { attributes, text } of children.filter(({ name }) => name === 'text')) {
      const half = widthOfText(text, attributes['font-weight'] === 'bold') / 2
      const [x, y] = [Number(attributes['x']), Number(attributes['y'])]
      expect([x - half >= Math.min(...xs), x + half <= Math.max(...xs)]).toEqual([true, true])
      expect([y - 9 >= Math.min(...ys), y + 3 <= Math.max(...ys)]).toEqual([true, true])
    }
  }
})

describe('in a graph, whose lines say the shapes, each output says its own', () => {
  const textsOf = (network: AnyNetwork): string[] => named(parsedXml(svg(network, { style: 'graph' })), 'text').map(({ text }) => text)

  test('of a chain', () => {
    const texts = textsOf(input(4).dense(3))
    expect(texts.slice(texts.indexOf('dense'), texts.indexOf('dense') + 3)).toEqual(['dense', '3', '15 parameters'])
  })

  test('of a head', () => {
    const texts = textsOf(input(4).branchOut('aux', dense(2)).dense(3))
    expect(texts.filter((text) => text === '2' || text === '3')).toEqual(['2', '3'])
  })

  test('of a repeated block that the network ends with', () => {
    const texts = textsOf(input(4, 4, 8).apply(repeat(5, block(conv2d(8, 3, { padding: 1 }), relu()))))
    expect(texts[0]).toBe('×5')
    expect(texts.slice(texts.indexOf('relu'), texts.indexOf('relu') + 2)).toEqual(['relu', '4x4x8'])
  })
})

describe.each(['blocks', 'graph'] as const)('without colours, in the style %s', (style) => {
  const picture = svg(input(6, 6, 3).conv2d(4, 1).flatten().dense(2), { style, theme: 'print' })

  test('what is as light has a stripe of its own, in its box and in the key', () => {
    const hatches = picture.match(/<path fill="none" d="[^"]*"\/>/g) ?? []
    // Flatten and dense, each twice; input and convolution differ by their grey.
    expect(hatches).toHaveLength(4)
    const slopes = hatches.map((hatch) => {
      const [x = 0, y = 0, x2 = 0, y2 = 0] = (/M([-\d.]+) ([-\d.]+) L([-\d.]+) ([-\d.]+)/.exec(hatch) ?? []).slice(1).map(Number)
      return y === y2 ? 'level' : x < x2 && y > y2 ? 'rising' : 'other'
    })
    expect(slopes).toEqual(['level', 'rising', 'level', 'rising'])
  })

  test('no stripe lies under a text', () => {
    for (const { children } of named(parsedXml(picture), 'g').filter(({ children }) => children[0]?.name === 'title')) {
      const paths = children.find(({ name }) => name === 'g')?.children.map(({ attributes }) => attributes['d'] as string) ?? []
      const hatch = paths[1]
      if (hatch === undefined) continue
      const end = Math.max(...endsOf(hatch).map(([x]) => x))
      for (const { attributes, text } of children.filter(({ name }) => name === 'text'))
        expect(Number(attributes['x']) - widthOfText(text, attributes['font-weight'] === 'bold') / 2).toBeGreaterThan(end)
    }
  })
})
