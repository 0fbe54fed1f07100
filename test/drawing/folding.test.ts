import { describe, expect, test } from 'vitest'
import { type Layout, layoutOf } from '../../src/drawing/layout/layout.js'
import { svg } from '../../src/drawing/svg/svg.js'
import { foldedOf } from '../../src/drawing/volumes/fold.js'
import { hasNames } from '../../src/drawing/volumes/labels.js'
import { volumesOf } from '../../src/drawing/volumes/volumes.js'
import { type AnyNetwork, batchNorm, block, conv2d, identity, input, keep, relu, repeat, residual } from '../../src/index.js'
import { densenet121, efficientnetB7, resnet50, resnet152, unet, vgg16, vitB16 } from '../../src/zoo/index.js'
import { crossings, overlaps } from '../support/crossings.js'

/** Repeated blocks as one block in a frame. */

const framesOf = ({ graph }: AnyNetwork, layers = false): string[] => foldedOf(volumesOf(graph), layers).frames.map(({ label }) => label)

const layoutOn = ({ graph }: AnyNetwork, layers = false): Layout => layoutOf(foldedOf(volumesOf(graph), layers), hasNames(graph))

/** Width and height of a picture. */
const sizeOf = (picture: string): [number, number] => {
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(picture) ?? []
  return [Number(width), Number(height)]
}

const conv = block(conv2d(8, 3, { padding: 1 }), batchNorm(), relu())

describe('what is folded', () => {
  test('the blocks of each stage of a ResNet but the first, which has a projection (table 1 of arXiv:1512.03385)', () => {
    expect(framesOf(resnet50())).toEqual(['×2', '×3', '×5', '×2'])
    expect(framesOf(resnet152())).toEqual(['×2', '×7', '×35', '×2'])
  })

  test('blocks of two residual branches, and what follows the last one is drawn behind the frame', () => {
    const { frames, volumes } = foldedOf(volumesOf(vitB16().graph))
    expect(frames.map(({ label, members }) => [label, members.length])).toEqual([['×12', 7]])
    expect(volumes.map(({ node }) => node.kind).slice(-3)).toEqual(['layerNorm', 'selectToken', 'dense'])
  })

  test('dense blocks, whose channels grow: the caption says from where to where', () => {
    expect(framesOf(densenet121())).toEqual(['×6', '×12', '×24', '×16'])
    expect(svg(densenet121())).toContain('>56x56x96 … 256<')
  })

  test('equal layers that follow one another, only where the picture would be too large', () => {
    expect(foldedOf(volumesOf(vgg16().graph)).standsFor.size).toBe(0)
    const { volumes } = foldedOf(volumesOf(vgg16().graph), true)
    expect(volumes.flatMap(({ times }) => times ?? [])).toEqual([2, 2, 3, 3, 3, 2])
    expect(svg(vgg16())).not.toContain('2 × ')
    expect(svg(unet())).toContain('>2 × conv2d 3x3, 64<')
  })

  test('no blocks with other settings, other maps or another name', () => {
    const of = (...layers: Parameters<typeof block>) => framesOf(input(16, 16, 8).apply(block(...layers)) as AnyNetwork)
    const wide = block(conv2d(16, 3, { padding: 1 }), relu(), conv2d(8, 1), relu())
    expect(of(residual(conv), residual(conv))).toEqual(['×2'])
    expect(of(residual(conv), residual(wide))).toEqual([])
    expect(of(residual(conv2d(8, 3, { padding: 1, name: 'left' })), residual(conv2d(8, 3, { padding: 1, name: 'right' })))).toEqual([])
    expect(of(residual(conv2d(8, 3, { padding: 1, name: 'block1' })), residual(conv2d(8, 3, { padding: 1, name: 'block2' })))).toEqual([
      '×2',
    ])
  })

  test('what a later layer takes from within is no part of a repeat', () => {
    const kept = input(16, 16, 8)
      .apply(block(residual(conv), keep('a'), residual(conv), residual(conv)))
      .add('a', identity())
    expect(framesOf(kept)).toEqual(['×2'])
  })

  test('the name of the value that the last copy gives is told', () => {
    const network = input(16, 16, 8)
      .apply(repeat(3, residual(conv)))
      .keep('a')
      .conv2d(4, 1)
      .keep('b')
      .from('a')
      .conv2d(2, 1)
      .keep('c')
    const { frames, volumes } = foldedOf(volumesOf(network.outputs('b', 'c').graph))
    expect(frames.map(({ label }) => label)).toEqual(['×3'])
    expect(volumes.find(({ node }) => node.kind === 'add')?.labels).toEqual(['kept as a'])
  })

  test('nothing with fold: false', () => {
    const picture = svg(resnet50(), { fold: false })
    expect(picture).not.toContain('×')
    expect(picture.match(/>add</g)).toHaveLength(16)
    expect(svg(resnet50()).match(/>add</g)).toHaveLength(8)
  })

  test('each volume that is not drawn has one that stands for it, of the same kind', () => {
    const volumes = volumesOf(efficientnetB7().graph)
    const { standsFor, volumes: drawn } = foldedOf(volumes)
    const kinds = new Map(volumes.map(({ name, node }) => [name, node.kind]))
    expect(standsFor.size + drawn.length).toBe(volumes.length)
    for (const [name, other] of standsFor) expect(kinds.get(other)).toBe(kinds.get(name))
  })
})

describe('sizes', () => {
  test('ResNet-50 fits a screen of 1440 x 900, EfficientNet-B7 three', () => {
    const [width, height] = sizeOf(svg(resnet50()))
    expect([width <= 1440, height <= 900]).toEqual([true, true])
    const [wide, high] = sizeOf(svg(efficientnetB7()))
    expect([wide <= 1440, high <= 2700]).toEqual([true, true])
  })
})

describe.each(Object.entries({ resnet50: resnet50(), densenet121: densenet121(), unet: unet(), vitB16: vitB16() }))('%s', (_, network) => {
  test.each([false, true])('nothing lies over anything else (equal layers as one: %s)', (layers) => {
    const layout = layoutOn(network, layers)
    expect(crossings(layout)).toEqual([])
    expect(overlaps(layout)).toEqual([])
  })

  test('a frame is around its volumes and around no other', () => {
    const { frames, placed } = layoutOn(network)
    expect(frames).toHaveLength(framesOf(network).length)
    for (const { x, y, width, height, frame } of frames) {
      const within = placed.filter((each) => each.x > x && each.x < x + width && each.y > y && each.y < y + height)
      expect(within.map(({ volume }) => volume.name).sort()).toEqual([...frame.members].sort())
    }
  })
})
