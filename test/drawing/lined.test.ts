import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { svg } from '../../src/drawing/index.js'
import { at, type Point } from '../../src/drawing/layout/geometry.js'
import { type Layout, layoutOf } from '../../src/drawing/layout/layout.js'
import { halfHeight, type Line, type PositionedBox, sideOf, widthOf } from '../../src/drawing/layout/piece.js'
import { stacked } from '../../src/drawing/layout/stacked.js'
import { tracksOf } from '../../src/drawing/layout/tracks.js'
import { hasNames } from '../../src/drawing/volumes/labels.js'
import { volumesOf } from '../../src/drawing/volumes/volumes.js'
import { type AnyNetwork, conv2d, identity, input, inputs, networkFrom, relu } from '../../src/index.js'
import { crossings, overlaps } from '../support/crossings.js'
import { casesOf } from '../support/effort.js'
import { seed } from '../support/seed.js'

/** Networks of so many shortcuts that columns would take too long: their volumes stand in one line, with lines on tracks beside them. */

type Methods = AnyNetwork & {
  apply(layer: unknown): Methods
  keep(name: string): Methods
  from(name: string): Methods
  concat(...names: string[]): Methods
  add(...names: unknown[]): Methods
}

/** A dense block, each of whose layers joins all values before it by their names. */
const denseBlock = (layers: number): AnyNetwork => {
  let network = input(14, 14, 8).keep('k0') as unknown as Methods
  const names = ['k0']
  for (let count = 1; count <= layers; count += 1) {
    const joined = names.length === 1 ? network.from('k0') : network.concat(...names)
    network = joined
      .apply(conv2d(16, 1))
      .apply(relu())
      .apply(conv2d(4, 3, { padding: 1 }))
      .keep(`k${count}`)
    names.push(`k${count}`)
  }
  return network.concat(...names).apply(conv2d(2, 1))
}

/** Sums of the same value with others, the first with the last. */
const nestedSkips = (depth: number): AnyNetwork => {
  let network = input(8, 8, 2) as unknown as Methods
  for (let level = 0; level < depth; level += 1) network = network.apply(conv2d(2, 1)).keep(`u${level}`)
  for (let level = depth - 2; level >= 0; level -= 1) network = network.apply(relu()).add(`u${level}`, identity())
  return network
}

const manyInputs = (count: number): AnyNetwork => {
  const names = Array.from({ length: count }, (_, index) => `i${index}`)
  const begin = inputs(Object.fromEntries(names.map((name): [string, [number]] => [name, [4]])))
  return (begin as unknown as Methods).concat(...names)
}

const networks: Readonly<Record<string, AnyNetwork>> = {
  'a dense block of 24 layers': denseBlock(24),
  '90 skips in each other': nestedSkips(90),
  '400 inputs': manyInputs(400),
}

const layoutOn = ({ graph }: AnyNetwork): Layout => layoutOf(volumesOf(graph), hasNames(graph))

/** The volumes that lines lead to each volume from, read from the picture alone. */
const drawnInputs = ({ placed, lines }: Pick<Layout, 'placed' | 'lines'>): Map<string, Set<string>> => {
  const levelOf = ({ points }: Line): number => Math.min(...points.map(({ y }) => y))
  const byLeft = [...placed].sort((one, other) => one.x - other.x)
  const rightOf = (x: number): PositionedBox => byLeft.find((each) => each.x + widthOf(each.volume, each.box) / 2 > x) as PositionedBox
  const leftOf = (x: number): PositionedBox =>
    byLeft.filter((each) => each.x - widthOf(each.volume, each.box) / 2 < x).at(-1) as PositionedBox
  const longest = lines.filter(({ turn, points }) => turn && points[0]?.y !== points[3]?.y && points.length > 4)
  const found = new Map<string, Set<string>>(placed.map(({ volume }) => [volume.name, new Set()]))
  for (const line of lines) {
    const { points, turn } = line
    const arrive = turn ? Math.max(...points.filter(({ y }) => y === levelOf(line)).map(({ x }) => x)) : (points.at(-1)?.x as number) - 1
    const begin = longest.find((each) => {
      const level = each.points.filter(({ y }) => y === levelOf(line)).map(({ x }) => x)
      return levelOf(each) === levelOf(line) && Math.min(...level) <= arrive && Math.max(...level) >= arrive
    })
    const from = (turn ? begin : line)?.points[0]?.x ?? Number.NaN
    found.get(rightOf(arrive).volume.name)?.add(leftOf(from).volume.name)
  }
  return found
}

describe.each(Object.entries(networks))('%s', (_, network) => {
  const layout = layoutOn(network)

  test('all volumes stand in one line, and no line runs through one', () => {
    const inStretch = layout.placed.filter(({ y }) => y === layout.placed[0]?.y)
    expect(inStretch.length).toBeGreaterThanOrEqual(layout.placed.length - 2)
    expect(crossings(layout)).toEqual([])
    expect(overlaps(layout)).toEqual([])
  })

  test('the lines show what each volume takes', () => {
    const found = drawnInputs(layout)
    for (const { volume } of layout.placed) expect([volume.name, found.get(volume.name)]).toEqual([volume.name, new Set(volume.inputs)])
  })

  test('each volume has one head of an arrow for the lines from tracks, and one for that from its neighbour', () => {
    const ends = layout.placed.filter(({ volume }) => volume.inputs.length > 0).map((each) => at(sideOf(each, -1)))
    const tips = layout.lines.filter(({ arrow }) => arrow).map(({ points }) => at(points.at(-1) as Point))
    expect([...new Set(tips)].sort()).toEqual(ends.sort())
  })

  test.each(['volumes', 'blocks', 'graph'] as const)('is drawn as %s', (style) => {
    expect(svg(network, { style, fold: false })).toMatch(/<\/svg>\s*$/)
  })
})

test('from top to bottom, lines go beside the layers', () => {
  const { graph } = networks['a dense block of 24 layers'] as AnyNetwork
  const box = { thickness: 60, height: 30, depth: 0 }
  const { placed, lines, width } = stacked(volumesOf(graph, 'graph'), () => box)
  const right = Math.max(...placed.map(({ x }) => x + 30))
  const levels = placed.map((each) => [each.y - halfHeight(each.volume, each.box), each.y + halfHeight(each.volume, each.box)] as const)
  for (const { points, turn } of lines.filter((line) => line.turn)) {
    expect(turn).toBe(true)
    const track = Math.max(...points.map(({ x }) => x))
    expect(track).toBeGreaterThan(right)
    expect(track).toBeLessThanOrEqual(width)
    // What leads to a track or from it goes between two layers.
    for (const { x, y } of points) if (x < right) for (const [top, bottom] of levels) expect(y > top && y < bottom).toBe(false)
  }
})

test('skips in each other, and chains of very many layers, are drawn', () => {
  const nested = (depth: number): AnyNetwork => {
    const places = Array.from({ length: depth }, (_, index) => index)
    const sum = (place: number): string[] => [
      place === 0 ? `r${depth - 1}` : `a${place - 1}`,
      place === depth - 1 ? 'input' : `r${depth - place - 2}`,
    ]
    const layers = [
      ...places.map((place) => ({ name: `r${place}`, kind: 'relu' })),
      ...places.map((place) => ({ name: `a${place}`, kind: 'add', from: sum(place) })),
    ]
    return networkFrom({ format: 'stridewise', version: 1, input: [3], layers, output: [3], params: 0 })
  }
  for (const style of ['volumes', 'graph'] as const) expect(svg(nested(900), { style })).toMatch(/<\/svg>\s*$/)
  const kinds = ['flatten', 'relu', 'flatten', 'tanh', 'tanh']
  const layers = Array.from({ length: 5000 }, (_, place) => ({
    name: `l${place}`,
    kind: kinds[(place * place + (place >> 3)) % 5] as string,
  }))
  const chain = networkFrom({ format: 'stridewise', version: 1, input: [3], layers, output: [3], params: 0 })
  for (const style of ['volumes', 'graph'] as const) expect(svg(chain, { style, fold: false })).toMatch(/<\/svg>\s*$/)
})

describe('tracks', () => {
  const ways = fc
    .array(fc.tuple(fc.nat(40), fc.integer({ min: 2, max: 20 })), { maxLength: 60 })
    .map((drawn) => [...new Map(drawn.map(([from, length]) => [`${from} ${length}`, { from, to: from + length }])).values()])

  test('places whose lines overlap have different ones, and there are no more than overlap at one place', () => {
    fc.assert(
      fc.property(ways, (lines) => {
        const { onTracks, count } = tracksOf(lines)
        const lasts = new Map<number, { track: number; end: number }>()
        for (const { from, to, track } of onTracks) {
          const known = lasts.get(from)
          if (known) expect(track).toBe(known.track)
          lasts.set(from, { track, end: Math.max(known?.end ?? 0, to) })
        }
        const all = [...lasts].map(([from, { track, end }]) => ({ from, track, end }))
        for (const one of all)
          for (const other of all)
            if (one !== other && one.from < other.end && other.from < one.end) expect(one.track).not.toBe(other.track)
        const busiest = Math.max(0, ...all.map(({ from }) => all.filter((each) => each.from <= from && each.end > from).length))
        expect(count).toBe(busiest)
      }),
      { seed, numRuns: casesOf('lines on tracks') },
    )
  })

  test('one line begins each, and one ends at each place', () => {
    fc.assert(
      fc.property(ways, (lines) => {
        const { onTracks } = tracksOf(lines)
        const count = <Key>(keys: readonly Key[]) => new Set(keys).size
        expect(onTracks.filter(({ begins }) => begins)).toHaveLength(count(lines.map(({ from }) => from)))
        expect(onTracks.filter(({ ends }) => ends)).toHaveLength(count(lines.map(({ to }) => to)))
      }),
      { seed, numRuns: casesOf('ends of lines on tracks') },
    )
  })
})
