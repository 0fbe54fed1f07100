import { unprintable } from '../../shape/printable.js'

/*
 * Shapes as comments: read from a network's type, and known again in a comment that stands there.
 */

/** Names of a record that are written; of more, the first and how many more there are. */
const mostNames = 8

/**
 * The output shape in a network's type: `55x55x96` of `Network<[227, 227, 3], [55, 55, 96], 34944>`, and `{ p3: 64x64x256, p4: 32x32x256 }`
 * where outputs have names; `?` for a size that the compiler does not know.
 */
export const shapeOf = (type: string): string | undefined => {
  const inside = /^(?:[\p{L}\p{N}$_]+\.)*Network<(.*)>$/su.exec(type.replace(/import\("[^"]*"\)\./g, ''))?.[1]
  const [input, output, params, ...others] = inside === undefined ? [] : partsOf(inside, ',')
  if (input === undefined || output === undefined || params === undefined || others.length > 0) return undefined
  if (!/^(?:\[|\{|Shape\b)/.test(input) || !/^[\w.+-]+$/.test(params)) return undefined
  return output.startsWith('{') ? shapesText(output) : shapeText(output)
}

/** `[55, 55, number]` as `55x55x?`. */
const shapeText = (type: string): string | undefined => {
  const sizes = /^\[([^\]]*)\]$/.exec(type)?.[1]?.split(', ')
  return sizes?.every((size) => /^(\d+|number)$/.test(size)) ? sizes.map((size) => (size === 'number' ? '?' : size)).join('x') : undefined
}

/** `{ p4: [32, 32, 256]; p3: [64, 64, 256]; }` as `{ p3: 64x64x256, p4: 32x32x256 }`: in the order of names, as compilers differ in theirs. */
const shapesText = (type: string): string | undefined => {
  const members = partsOf(type.slice(1, -1), ';')
    .filter((member) => member !== '')
    .sort()
  const texts = members.map((member) => {
    const [, name = '', shape = ''] = member.match(/^((?:[\p{L}\p{N}_$]+|"(?:[^"\\]|\\.)*")): (\[.*\])$/su) ?? []
    const text = shapeText(shape)
    // A name that would end the comment, or turn what is around it.
    return text === undefined || name.search(unprintable) >= 0 ? undefined : `${name}: ${text}`
  })
  if (texts.length === 0 || !texts.every((text) => text !== undefined)) return undefined
  const some = texts.length <= mostNames ? texts : [...texts.slice(0, mostNames - 1), `${texts.length - mostNames + 1} more`]
  return `{ ${some.join(', ')} }`
}

/** The parts of a type's text between separators that stand in no brackets and in no quotes. */
export const partsOf = (text: string, separator: ',' | ';'): string[] => {
  const parts: string[] = []
  let depth = 0
  let begin = 0
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] as string
    if (sign === '"' || sign === "'" || sign === '`') {
      for (at += 1; at < text.length && text[at] !== sign; at += 1) if (text[at] === '\\') at += 1
    } else if ('([{<'.includes(sign)) depth += 1
    else if (')]}'.includes(sign) || (sign === '>' && text[at - 1] !== '=')) depth -= 1
    else if (sign === separator && depth === 0) {
      parts.push(text.slice(begin, at).trim())
      begin = at + 1
    }
  }
  return [...parts, text.slice(begin).trim()]
}

const size = String.raw`(?:\d+|\?)(?:x(?:\d+|\?))*`
const member = String.raw`(?:(?:[\p{L}\p{N}_$]+|"(?:[^"\\]|\\.)*"): ${size}|\d+ more)`
const own = new RegExp(`^// ?(${size}|\\{ ${member}(?:, ${member})* \\})$`, 'u')

/** The shape in a comment that `annotate` may have written: nothing but a shape, or shapes by their names in braces. */
export const shapeIn = (comment: string): string | undefined => own.exec(comment)?.[1]
