import { partsOf } from './shape-text.js'

/*
 * A network's type as text, read again: `Network<[227, 227, 3], [55, 55, 96], 34944>`.
 */

/** A shape; a size that the compiler does not know is undefined. */
export type KnownShape = readonly (number | undefined)[]

/** What a network's type says. */
export interface NetworkType {
  /** The shape of its input, or of each by its name. */
  readonly input: KnownShape | ReadonlyMap<string, KnownShape>
  /** The shape of its output, or of each by its name; undefined where there is none that is known. */
  readonly output: KnownShape | ReadonlyMap<string, KnownShape> | undefined
  /** Trainable parameters; undefined where the compiler does not know them. */
  readonly params: number | undefined
  /** The kept values and the inputs, by their names. */
  readonly named: ReadonlyMap<string, KnownShape>
}

/** Longer types are not read. */
const longestType = 100_000

/** A type's text as what it says of a network; undefined for any other type. */
export const networkIn = (type: string | undefined): NetworkType | undefined => {
  if (type === undefined || type.length > longestType) return undefined
  // `sw.Network<...>` where the whole entry is imported, another name where the type is renamed.
  const inside = /^(?:import\("[^"]*"\)\.)?[\p{L}\p{N}$_.]+<(.*)>$/su.exec(withoutNothing(type))?.[1]
  const [first, second, third, ...others] = inside === undefined ? [] : partsOf(inside, ',')
  if (first === undefined || second === undefined || third === undefined || others.length > 0) return undefined
  const members = partsOfIntersection(first)
  const input = shapeOrShapes(members[0] ?? '')
  // A union is one of several counts, which nobody knows.
  if (input === undefined || !/^(?:number|[\d.e+]+(?: \| [\d.e+]+)*)$/.test(third)) return undefined
  const kept = members.slice(1).flatMap((member) => keptIn(member))
  const several = new Set(members.slice(1).flatMap((member) => severalIn(member)))
  const inputs = (isShapes(input) ? [...input] : [['input', input] as const]).filter(([name]) => !several.has(name))
  return {
    input,
    output: shapeOrShapes(second),
    params: /^\d+$/.test(third) ? Number(third) : undefined,
    named: new Map([...inputs, ...kept]),
  }
}

/** A type without what an optional value may be instead: `undefined` of `net?.relu()`. */
const withoutNothing = (type: string): string => type.trim().replace(/(?: \| (?:undefined|null))+$/, '')

/** Whether there are several shapes by their names. */
export const isShapes = (shape: KnownShape | ReadonlyMap<string, KnownShape>): shape is ReadonlyMap<string, KnownShape> =>
  shape instanceof Map

/** The members of `[512, 512, 3] & { kept: ... } & { shared: ... }`. */
const partsOfIntersection = (type: string): readonly string[] => partsOf(type.replaceAll(' & ', ' , '), ',')

const keptIn = (member: string): [string, KnownShape][] => {
  const inside = /^\{ kept: (\{.*\});? \}$/s.exec(member)?.[1]
  const kept = inside === undefined ? undefined : shapesIn(inside)
  return kept ? [...kept] : []
}

/** The names of towers with several outputs, which no value has. */
const severalIn = (member: string): string[] => {
  const inside = /^\{ kept: \{(.*)\};? \}$/s.exec(member)?.[1] ?? ''
  return partsOf(inside, ';').flatMap((part) => {
    const [name, type] = memberIn(part)
    return type === 'never' ? [name] : []
  })
}

const shapeOrShapes = (type: string): KnownShape | ReadonlyMap<string, KnownShape> | undefined => shapeIn(type) ?? shapesIn(type)

/** `[55, 55, number]` as sizes. */
const shapeIn = (type: string): KnownShape | undefined => {
  const inside = /^(?:readonly )?\[([^\]{}]*)\]$/.exec(type)?.[1]
  // A compiler cuts off long types: how many sizes there are is not known then.
  if (inside === undefined || inside === '' || inside.includes('...')) return undefined
  // A union is one of several sizes, which nobody knows.
  return partsOf(inside, ',').map((size) => (/^\d+(?:\.\d+)?(?:e\+\d+)?$/.test(size) ? Number(size) : undefined))
}

/** `{ p3: [64, 64, 256]; p4: [32, 32, 256]; }` as shapes by their names. */
const shapesIn = (type: string): ReadonlyMap<string, KnownShape> | undefined => {
  if (!type.startsWith('{') || !type.endsWith('}')) return undefined
  const shapes = partsOf(type.slice(1, -1), ';')
    .filter((member) => member !== '')
    .map((member) => {
      const [name, text] = memberIn(member)
      return [name, shapeIn(text)] as const
    })
  const known = shapes.filter((each): each is readonly [string, KnownShape] => each[0] !== '' && each[1] !== undefined)
  return known.length === 0 ? undefined : new Map(known)
}

/** The name and the type of a member; two empty texts for anything else. */
const memberIn = (member: string): readonly [name: string, type: string] => {
  const [, name = '', type = ''] = /^("(?:[^"\\]|\\.)*"|[\p{L}\p{N}_$]+)\??: (.*)$/su.exec(member) ?? []
  return [name.startsWith('"') ? unquoted(name) : name, type]
}

const unquoted = (text: string): string => {
  try {
    return `${JSON.parse(text)}`
  } catch {
    return ''
  }
}

/** A shape as the editor shows it: `55×55×96`; `{ p3: 64×64×256, p4: 32×32×256 }` where outputs have names. */
export const shownShape = (shape: KnownShape | ReadonlyMap<string, KnownShape> | undefined): string => {
  if (shape === undefined) return '?'
  if (!isShapes(shape)) return shape.map((size) => size ?? '?').join('×')
  const texts = [...shape].map(
    ([name, each]) => `${/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : JSON.stringify(name)}: ${shownShape(each)}`,
  )
  const some = texts.length <= mostNames ? texts : [...texts.slice(0, mostNames - 1), `${texts.length - mostNames + 1} more`]
  return `{ ${some.sort().join(', ')} }`
}

/** Names that are shown; of more, the first and how many more there are. */
const mostNames = 4

/** A shape whose every size is known; undefined where one is not. */
export const wholeShape = (shape: NetworkType['output']): readonly number[] | undefined =>
  shape !== undefined && !isShapes(shape) && shape.every((size) => size !== undefined) ? (shape as readonly number[]) : undefined

/** A number as the editor shows it: `34,944`. */
export const shownNumber = (value: number): string => `${value}`.replace(/\B(?=(?:\d{3})+$)/g, ',')
