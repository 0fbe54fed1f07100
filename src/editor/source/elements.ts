import type { Token } from './tokens.js'

/*
 * Elements of JSX in a text: `<p>It isn't small.</p>`. Their text is no code, whatever quotation marks and slashes it has.
 */

/** The elements around a place, within the innermost braces. */
export interface Elements {
  /** How many have begun and not ended. */
  open: number
  /** The tag in which the place stands. */
  tag: 'none' | 'opening' | 'closing'
  /** Type arguments that are open in the tag. */
  angles: number
}

/** The text of an element, up to the next tag or value. */
export const elementText = /[^<{]*/y

const closingTag = /<\/\s*(?:([\p{ID_Start}$_][\p{ID_Continue}$.:-]*)\s*)?>/gu
const openingTag = /<([\p{ID_Start}$_][\p{ID_Continue}$.:-]*)?(?=[\s/>{<])/uy

/** Where the last closing tag of each name stands in a text; of `</>` under no name. */
export const closingTags = (text: string): ReadonlyMap<string, number> =>
  text.includes('</') ? new Map([...text.matchAll(closingTag)].map(({ 1: name = '', index }) => [name, index])) : new Map()

/**
 * Notes what the last token, a sign, does to the elements around it.
 *
 * @param begins whether an element can begin at the sign
 * @returns whether the text of an element follows
 */
export const afterSign = (
  text: string,
  closing: ReadonlyMap<string, number>,
  elements: Elements,
  tokens: readonly Token[],
  begins: boolean,
): boolean => {
  const { text: sign, start } = tokens.at(-1) as Token
  if (elements.tag === 'none') {
    if (sign !== '<' || !begins) return false
    if (elements.open > 0 && text[start + 1] === '/') elements.tag = 'closing'
    else {
      openingTag.lastIndex = start
      const [found, name = ''] = openingTag.exec(text) ?? []
      // `<Type>value` and `<Type>(x: Type) => x` have no closing tag.
      if (found === undefined || (closing.get(name) ?? -1) < start) return false
      elements.tag = 'opening'
    }
    return false
  }
  if (sign === '<') elements.angles += 1
  if (sign !== '>') return false
  if (elements.angles > 0) {
    elements.angles -= 1
    return false
  }
  const isEmpty = tokens.at(-2)?.text === '/' && tokens.at(-2)?.end === start
  if (elements.tag === 'closing') elements.open -= 1
  else if (!isEmpty) elements.open += 1
  elements.tag = 'none'
  return elements.open > 0
}
