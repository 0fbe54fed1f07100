import { describe, expect, test } from 'vitest'
import { fontSize, widthOfText } from '../../src/drawing/captions/text.js'
import { svg } from '../../src/drawing/svg/svg.js'
import type { AnyNetwork } from '../../src/index.js'
import * as zoo from '../../src/zoo/index.js'
import { allOf, endsOf, headPaths, linePaths, named, parsedXml, pointsAlong, type XmlElement, type XY } from '../support/drawn.js'
import { sampled } from '../support/effort.js'

/** The picture of every network of the zoo: what its file holds, and that its lines lead from volume to volume past all others. */

interface Room {
  readonly what: string
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const roomOf = (what: string, points: readonly XY[]): Room => ({
  what,
  left: Math.min(...points.map(([x]) => x)),
  right: Math.max(...points.map(([x]) => x)),
  top: Math.min(...points.map(([, y]) => y)),
  bottom: Math.max(...points.map(([, y]) => y)),
})

/** The lines of the captions. */
const captionRooms = (svg: XmlElement): Room[] =>
  named(svg, 'text').map(({ attributes, text }) => {
    const [x, y] = [Number(attributes['x']), Number(attributes['y'])]
    const half = widthOfText(text, attributes['font-weight'] === 'bold') / 2
    return { what: text, left: x - half, right: x + half, top: y - 0.75 * fontSize, bottom: y + 0.2 * fontSize }
  })

/** The fronts of the boxes, and the circles, without their edges. */
const frontRooms = (svg: XmlElement): Room[] =>
  named(svg, 'g')
    .filter(({ attributes }) => attributes['stroke-linejoin'])
    .map(({ children: [front] }) => {
      const { cx, cy, r } = (front as XmlElement).attributes
      const [x, y, radius] = [Number(cx), Number(cy), Number(r)]
      const points = cx
        ? ([
            [x - radius, y - radius],
            [x + radius, y + radius],
          ] as const)
        : endsOf(front?.attributes['d'] as string)
      const room = roomOf('a box', points)
      return { ...room, left: room.left + 1, right: room.right - 1, top: room.top + 1, bottom: room.bottom - 1 }
    })

describe.each(sampled(Object.entries(zoo as unknown as Record<string, () => AnyNetwork>)))('%s', (name, make) => {
  const root = parsedXml(svg(make(), { title: name }))
  const lines = linePaths(root)

  test('no line has no length, and each head of an arrow is at the end of one', () => {
    const isShort = (data: string): boolean => {
      const ends = endsOf(data)
      return `${ends[0]}` === `${ends.at(-1)}` || ends.slice(1).some((end, index) => `${end}` === `${ends[index]}`)
    }
    expect(lines.length).toBeGreaterThan(5)
    expect(lines.filter(isShort)).toEqual([])
    const ends = new Set(lines.map((data) => `${endsOf(data).at(-1)}`))
    const isAstray = (data: string): boolean => {
      const [one, tip, other] = endsOf(data) as [XY, XY, XY]
      const back = [0, 1].map((axis) => ((one[axis] as number) + (other[axis] as number)) / 2) as [number, number]
      // A head is 7 long and 6 wide, along one axis. The line ends inside it.
      const along = Math.abs(tip[1] - back[1]) < 0.01 ? 0 : 1
      const across = 1 - along
      const length = (tip[along] as number) - (back[along] as number)
      const isWhole = Math.abs(Math.abs(length) - 7) < 0.11 && Math.abs(Math.abs((one[across] as number) - (other[across] as number)) - 6) < 0.22
      const inside = tip.map((at, axis) => (axis === along ? Math.round((at - 6 * Math.sign(length)) * 10) / 10 : at))
      return !isWhole || Math.abs((tip[across] as number) - (back[across] as number)) > 0.01 || !ends.has(`${inside}`)
    }
    expect(headPaths(root).length).toBeGreaterThan(5)
    expect(headPaths(root).filter(isAstray)).toEqual([])
  })

  test('no line crosses a caption or a box', () => {
    const rooms = [...captionRooms(root), ...frontRooms(root)]
    const crossed = lines.flatMap((data) => {
      const points = pointsAlong(data)
      const all = roomOf('', points)
      const near = rooms.filter((room) => room.left < all.right && room.right > all.left && room.top < all.bottom && room.bottom > all.top)
      return near
        .filter(({ left, right, top, bottom }) => points.some(([x, y]) => x > left && x < right && y > top && y < bottom))
        .map(({ what }) => `${data} crosses ${what}`)
    })
    expect(crossed).toEqual([])
  })

  test('colours are hex in attributes, and nothing but shapes and text is in the file', () => {
    const elements = allOf(root)
    const shapes = ['circle', 'desc', 'g', 'path', 'svg', 'text', 'title']
    expect(elements.map((element) => element.name).filter((element) => !shapes.includes(element))).toEqual([])
    const attributes = elements.flatMap((element) => Object.entries(element.attributes))
    const colours = attributes.filter(([key]) => key === 'fill' || key === 'stroke').map(([, colour]) => colour)
    expect(colours.filter((colour) => !/^(none|#[0-9a-f]{6})$/.test(colour))).toEqual([])
    expect(attributes.filter(([key]) => /^(id|class|style|transform|marker.*|on.*|.*href)$/.test(key))).toEqual([])
  })
})
