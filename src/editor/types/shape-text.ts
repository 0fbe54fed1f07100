import { unprintable } from '../../shape/printable.js'

/* Formats the shape in a network's type as a comment, and recognizes such comments. */

/** How many members of a record a comment lists. */
const maxNames = 8

/**
 * The output shape in a network's type: `55x55x96` for `Network<[227, 227, 3], [55, 55, 96], 34944>`, and `{ p3: 64x64x256, p4:
 * 32x32x256 }` for named outputs; with `?` for a size that the compiler does not know.
 */
export const shapeOf = (type: string): string | undefined => {
  const inside = /^(?:[\p{L}\p{N}$_]+\.)*Network<(.*)>$/su.exec(type.replace(/import\("[^"]*"\)\./g, ''))?.[1]
  const [input, output, params, ...others] = inside === undefined ? [] : partsOf(inside, ',')
  if (input === undefined || output === undefined || params === undefined || others.length > 0) return undefined
  if (!/^(?:\[|\{|Shape\b)/.test(input) || !/^[\w.+-]+$/.test(params)) return undefined
  return output.startsWith('{') ? shapesText(output) : shapeText(output)
}

/** Converts `[55, 55, number]` to `55x55x?`. */
const shapeText = (type: string): string | undefined => {
  const sizes = /^\[([^\]]*)\]$/.exec(type)?.[1]?.split(', ')
  return sizes?.every((size) => /^(\d+|number)$/.test(size)) ? sizes.map((size) => (size === 'number' ? '?' : size)).join('x') : undefined
}

/**
 * Converts `{ p4: [32, 32, 256]; p3: [64, 64, 256]; }` to `{ p3: 64x64x256, p4: 32x32x256 }`, sorted by name, since compilers order
 * members differently.
 */
const shapesText = (type: string): string | undefined => {
  const members = partsOf(type.slice(1, -1), ';')
    .filter((member) => member !== '')
    .sort()
  const texts = members.map((member) => {
    const [, name = '', shape = ''] = member.match(/^((?:[\p{L}\p{N}_$]+|"(?:[^"\\]|\\.)*")): (\[.*\])$/su) ?? []
    const text = shapeText(shape)
    // The name could end the comment, or change the text direction around it.
    return text === undefined || name.search(unprintable) >= 0 ? undefined : `${name}: ${text}`
  })
  if (texts.length === 0 || !texts.every((text) => text !== undefined)) return undefined
  const shown = texts.length <= maxNames ? texts : [...texts.slice(0, maxNames - 1), `${texts.length - maxNames + 1} more`]
  return `{ ${shown.join(', ')} }`
}

/** Splits a type's text at separators outside of brackets and quotes. */
export const partsOf = (text: string, separator: ',' | ';'): string[] => {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] as string
    if (sign === '"' || sign === "'" || sign === '`') {
      for (at += 1; at < text.length && text[at] !== sign; at += 1) if (text[at] === '\\') at += 1
    } else if ('([{<'.includes(sign)) depth += 1
    else if (')]}'.includes(sign) || (sign === '>' && text[at - 1] !== '=')) depth -= 1
    else if (sign === separator && depth === 0) {
      parts.push(text.slice(start, at).trim())
      start = at + 1
    }
  }
  return [...parts, text.slice(start).trim()]
}

const size = String.raw`(?:\d+|\?)(?: ?x ?(?:\d+|\?))*`
const member = String.raw`(?:(?:[\p{L}\p{N}_$]+|"(?:[^"\\]|\\.)*"): ${size}|\d+ more)`
const shapeComment = new RegExp(`^// ?(${size}|\\{ ${member}(?:, ${member})* \\})$`, 'u')

/** The shape in a comment that `annotate` may have written: only a shape, or shapes by name in braces. */
export const shapeIn = (comment: string): string | undefined => shapeComment.exec(comment)?.[1]
