import { SaxesParser } from 'saxes'

/** Pictures as tests read them. */

/** An element of an XML file. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  /** Its own text, without that of its children. */
  readonly text: string
}

/**
 * The root element of an XML 1.0 file with namespaces.
 *
 * @throws {Error} with the place, when the file is not well-formed
 */
export const parsedXml = (content: string): XmlElement => {
  // The parser takes the first half of a pair before anything.
  if (/\p{Cs}/u.test(content)) throw new Error('There is half of a surrogate pair.')
  const parser = new SaxesParser({ xmlns: true })
  interface Open extends XmlElement {
    readonly children: Open[]
    text: string
  }
  const root: Open = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element: Open = {
      name,
      attributes: Object.fromEntries(Object.entries(attributes).map(([key, { value }]) => [key, value])),
      children: [],
      text: '',
    }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('text', (text) => {
    const element = open.at(-1) as Open
    element.text += text
  })
  parser.on('closetag', () => {
    open.pop()
  })
  parser.write(content).close()
  return root.children[0] as XmlElement
}

/** An element and all elements in it. */
export const allOf = (element: XmlElement): XmlElement[] => [element, ...element.children.flatMap(allOf)]

/** All elements of a name. */
export const named = (element: XmlElement, name: string): XmlElement[] => allOf(element).filter((each) => each.name === name)

/** The paths of the lines between volumes: those of the group that comes first. */
export const linePaths = (svg: XmlElement): string[] =>
  (svg.children.find(({ name }) => name === 'g') as XmlElement).children.map(({ attributes }) => attributes['d'] as string)

/** The paths of the heads of arrows. */
export const headPaths = (svg: XmlElement): string[] =>
  (svg.children.filter(({ name }) => name === 'g')[1] as XmlElement).children.map(({ attributes }) => attributes['d'] as string)

export type XY = readonly [number, number]

/** What leads a path on to its next point: a point to begin at, a straight line, or a curve with its controls. */
export interface PathStep {
  readonly letter: 'M' | 'L' | 'Q' | 'C'
  readonly points: readonly XY[]
}

/**
 * The steps of a path's data, which has absolute coordinates; more points after M are those of straight lines.
 *
 * @throws {Error} when it is another path
 */
export const stepsOf = (data: string): PathStep[] =>
  [...data.matchAll(/([A-Za-z])([^A-Za-z]*)/g)].flatMap(([, letter = '', numbers = '']): PathStep[] => {
    if (letter === 'z') return []
    const values = numbers.trim().split(/\s+/).map(Number)
    const points = Array.from(
      { length: values.length / 2 },
      (_, index): XY => [values[2 * index] as number, values[2 * index + 1] as number],
    )
    const [first, ...rest] = points as [XY, ...XY[]]
    if (values.every(Number.isFinite)) {
      if (letter === 'M') return [{ letter, points: [first] }, ...rest.map((point) => ({ letter: 'L' as const, points: [point] }))]
      if ((letter === 'L' && points.length === 1) || (letter === 'Q' && points.length === 2) || (letter === 'C' && points.length === 3))
        return [{ letter, points }]
    }
    throw new Error(`There is no such path: ${data}`)
  })

/** The points that a path goes through. */
export const endsOf = (data: string): XY[] => stepsOf(data).map(({ points }) => points.at(-1) as XY)

/** Points along a path, at most 6 pixels apart. */
export const pointsAlong = (data: string): XY[] => {
  let at: XY = [0, 0]
  return stepsOf(data).flatMap(({ letter, points }) => {
    const all = letter === 'M' ? points : [at, ...points]
    at = points.at(-1) as XY
    const length = all.slice(1).reduce((sum, [x, y], index) => sum + Math.hypot(x - (all[index] as XY)[0], y - (all[index] as XY)[1]), 0)
    const count = Math.ceil(length / 6)
    return count === 0 ? [at] : Array.from({ length: count }, (_, index) => bezier(all, (index + 1) / count))
  })
}

/** De Casteljau's construction: https://en.wikipedia.org/wiki/De_Casteljau%27s_algorithm. */
const bezier = (points: readonly XY[], t: number): XY => {
  if (points.length === 1) return points[0] as XY
  const next = points.slice(1).map(([x, y], index): XY => {
    const [x0, y0] = points[index] as XY
    return [x0 + t * (x - x0), y0 + t * (y - y0)]
  })
  return bezier(next, t)
}
