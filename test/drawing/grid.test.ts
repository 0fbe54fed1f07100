import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Layout, layoutOf } from '../../src/drawing/layout/layout.js'
import { foldedOf } from '../../src/drawing/volumes/fold.js'
import { hasNames } from '../../src/drawing/volumes/labels.js'
import { volumesOf } from '../../src/drawing/volumes/volumes.js'
import { type AnyNetwork, block, dense, identity, input, inputs, layerNorm, multiHeadAttention, repeat, residual } from '../../src/index.js'
import { unet } from '../../src/zoo/index.js'
import { crossings, overlaps } from '../support/crossings.js'
import { casesOf } from '../support/effort.js'
import { pyramid } from '../support/graphs.js'
import { seed } from '../support/seed.js'

/** Networks that go down to small maps and up again: each size is a row. */

const layoutOn = ({ graph }: AnyNetwork): Layout => layoutOf(foldedOf(volumesOf(graph)), hasNames(graph))

const placesOf = (network: AnyNetwork): Map<string, { x: number; y: number }> =>
  new Map(layoutOn(network).placed.map(({ volume, x, y }) => [volume.name, { x: Math.round(x), y: Math.round(y) }]))

describe('a U-Net', () => {
  const placed = placesOf(unet())
  const at = (name: string) => placed.get(name) as { x: number; y: number }

  test('goes down level by level, and up again', () => {
    const pools = [1, 2, 3, 4].map((index) => at(`maxPool2d_${index}`))
    const ups = [1, 2, 3, 4].map((index) => at(`convTranspose2d_${index}`))
    expect(pools.map(({ y }) => y)).toEqual(ups.map(({ y }) => y).reverse())
    expect(pools.map(({ y }) => y)).toEqual(pools.map(({ y }) => y).sort((one, other) => one - other))
    expect(new Set(pools.map(({ y }) => y)).size).toBe(4)
  })

  test('its skips go straight across: a crop is level with the convolution before it and the join behind it', () => {
    const { lines } = layoutOn(unet())
    for (const index of [1, 2, 3, 4]) {
      const { x, y } = at(`crop_${index}`)
      expect([...placed].filter(([name, place]) => name.startsWith('concat') && place.y === y && place.x > x)).toHaveLength(1)
      expect(
        lines.some(({ points: [from, to, ...more] }) => more.length === 0 && from?.y === to?.y && Math.abs((to?.y ?? 0) - y) < 1),
      ).toBe(true)
    }
  })

  test('a pool is under what it takes, and a join over the transposed convolution', () => {
    expect(at('maxPool2d_2').x).toBe(at('conv2d_4').x)
    expect(at('concat_1').x).toBe(at('convTranspose2d_1').x)
  })
})

test('the sums of a feature pyramid are over one another in rows of their sizes, level with the backbone', () => {
  const { placed } = layoutOn(pyramid)
  const sums = placed.filter(({ volume }) => volume.node.kind === 'add')
  const laterals = sums.map(({ volume }) =>
    placed.find((each) => volume.inputs.includes(each.volume.name) && each.volume.node.kind === 'conv2d'),
  )
  expect(sums.length).toBeGreaterThan(1)
  for (const [index, { y }] of sums.entries()) expect(laterals[index]?.y).toBeCloseTo(y)
})

test('keys from another network come from above, to the attention that takes them', () => {
  const across = block(residual(multiHeadAttention(2, { keys: 'memory' })), layerNorm())
  const network = inputs({ source: [30, 16], target: [20, 16] })
    .from('source')
    .apply(repeat(2, block(residual(dense(16)), layerNorm())))
    .keep('memory')
    .from('target')
    .apply(repeat(3, block(across, residual(dense(16)), layerNorm())))
  const layout = layoutOn(network)
  expect(layout.frames.map(({ frame }) => frame.label)).toEqual(['×2', '×3'])
  const attention = layout.placed.find(({ volume }) => volume.node.kind === 'multiHeadAttention') as Layout['placed'][number]
  const tips = layout.lines.flatMap(({ points, arrow }) => (arrow ? [points.at(-1)] : []))
  expect(tips.some((tip) => tip && Math.abs(tip.x - attention.x) < 1 && tip.y < attention.y)).toBe(true)
  expect(crossings(layout)).toEqual([])
})

/** Networks on maps that are halved and enlarged again, with joins of any two values of one size. */
const drawnMaps = fc
  .array(fc.tuple(fc.constantFrom('pool', 'up', 'conv', 'join', 'head'), fc.nat()), { minLength: 4, maxLength: 24 })
  .map((steps) => {
    let network = input(32, 32, 4).conv2d(4, 1).keep('v0') as unknown as AnyNetwork & Record<string, (...given: unknown[]) => never>
    const sizes = [32]
    const ends = new Set([0])
    let at = 0
    const keep = (size: number, from: number) => {
      network = network['keep']?.(`v${sizes.length}`) as never
      ends.delete(from)
      at = sizes.push(size) - 1
      ends.add(at)
    }
    const go = (from: number) => {
      network = network['from']?.(`v${from}`) as never
    }
    for (const [step, pick] of steps) {
      const from = step === 'head' ? pick % sizes.length : at
      const size = sizes[from] as number
      go(from)
      if (step === 'pool' && size > 4) {
        network = network['maxPool2d']?.(2) as never
        keep(size / 2, from)
      } else if (step === 'up' && size < 32) {
        network = network['upsample']?.(2) as never
        keep(size * 2, from)
      } else if (step === 'join') {
        const others = sizes.flatMap((other, index) => (other === size && index !== from ? [index] : []))
        const other = others[pick % Math.max(others.length, 1)]
        if (other === undefined) continue
        network = network['add']?.(`v${other}`, identity()) as never
        ends.delete(other)
        keep(size, from)
      } else {
        network = network['conv2d']?.(4, 1) as never
        keep(size, from)
      }
    }
    return network['outputs']?.(...[...ends].map((end) => `v${end}`)) as unknown as AnyNetwork
  })

test('drawn networks of maps: no line runs through a box, and none lie over one another', { timeout: 0 }, () => {
  fc.assert(
    fc.property(drawnMaps, (network) => {
      const layout = layoutOn(network)
      expect(crossings(layout)).toEqual([])
      expect(overlaps(layout)).toEqual([])
    }),
    { seed, numRuns: casesOf('pictures of drawn maps') },
  )
})
