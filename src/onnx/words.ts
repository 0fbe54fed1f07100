/** How what stands in a file is said in messages: names may be long or hold anything, and lists may be longer than a line. */

/** Letters of a name, and values of a list, that are shown. */
const [mostLetters, mostValues] = [100, 12]

/** Characters that move the cursor, colour a terminal, or turn the direction of the text around them. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** A name of the file: cut where it is long, and with escapes for what a terminal would not print as it is. */
export const named = (name: string): string => {
  const shown = name.length > mostLetters ? `${name.slice(0, mostLetters)}...` : name
  return shown.replace(unprintable, (letter) => `\\u{${(letter.codePointAt(0) as number).toString(16)}}`)
}

/** A list of the file, cut where it is long. */
export const listed = (values: readonly unknown[]): string => {
  const shown = values.slice(0, mostValues).map((value) => (typeof value === 'string' ? named(value) : `${value}`))
  return `[${[...shown, ...(values.length > mostValues ? ['...'] : [])].join(', ')}]`
}
