import { lineHeight, widthOfText } from '../captions/text.js'
import type { Palette } from '../colours/palette.js'
import { number } from '../layout/geometry.js'
import { margin } from '../layout/layout.js'
import type { Category } from '../volumes/category.js'
import { faceOf, flatOf } from './box.js'
import { noMarks } from './marks.js'

/** The scale of a picture, in words. */
export const scaleNote = 'Sides are drawn as the square roots of their sizes.'

/** What the colours and hatches of a picture mean, and its scale; in as many lines as its width needs. */
export interface Key {
  readonly content: string
  readonly width: number
  readonly height: number
}

/** A rectangle of a colour. */
const swatch = { width: 16, height: 11 }
const gap = 18

export const keyOf = (
  categories: readonly Category[],
  { boxes, faint }: Palette,
  size: { readonly width: number; readonly top: number; readonly isToScale: boolean },
): Key => {
  let [left, top, right] = [margin, size.top, 0]
  /** Room for an entry, in the next line if there is none in this one. */
  const take = (width: number): void => {
    if (left > margin && left + width > size.width - margin) [left, top] = [margin, top + lineHeight + 4]
    right = Math.max(right, left + width)
  }
  const text = (words: string, x: number) => `<text fill="${faint}" x="${number(x)}" y="${number(top + 9.5)}">${words}</text>`
  const entries = categories.map((category) => {
    const width = swatch.width + 6 + widthOfText(category)
    take(width)
    const corner = { x: left, y: top + swatch.height }
    const face = { corner, across: { x: swatch.width, y: 0 }, up: { x: 0, y: -swatch.height } }
    const colours = boxes[category]
    const rectangle = size.isToScale ? faceOf(face, 'front', colours, noMarks) : flatOf(face, colours, noMarks)
    const drawn = `<g stroke="${colours.edge}" stroke-width="0.8">${rectangle}</g>${text(category, left + swatch.width + 6)}`
    left += width + gap
    return drawn
  })
  if (size.isToScale) take(widthOfText(scaleNote))
  const note = size.isToScale ? text(scaleNote, left) : ''
  return {
    content: `<g text-anchor="start">${[...entries, note].join('')}</g>`,
    width: right + margin,
    height: top + lineHeight + margin / 2 - size.top,
  }
}
