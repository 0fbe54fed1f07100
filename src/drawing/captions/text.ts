/** Text before it is drawn: how wide it is, and as much of it as there is room for. */

/** Of all text in a picture, in pixels. */
export const fontSize = 11

/** Lines of text are at most about this wide, in pixels. */
export const mostText = 120

/** From one line of text to the next, in pixels. */
export const lineHeight = 14

/** Fonts of Windows, macOS and Linux that are equally wide, then whatever there is. */
export const fontFamily = 'Arial, Helvetica, Liberation Sans, sans-serif'

/**
 * About how wide a text is, in pixels, in Arial. The font is not known before it is drawn: others, such as DejaVu Sans, take up to a
 * fifth more, for which there is room between neighbours.
 */
export const widthOfText = (text: string, isBold = false): number => {
  let width = 0
  for (const sign of text) width += widthOfSign(sign, isBold)
  return width
}

const widthOfSign = (sign: string, isBold: boolean): number => emsOf(sign) * fontSize * (isBold ? 1.1 : 1.04)

const emsOf = (sign: string): number => {
  if (/[fijltI .,:;'|!()[\]/]/.test(sign)) return 0.28
  if (/[mwMW@%&…—]/.test(sign)) return 0.88
  if (/[\p{M}\p{Cf}]/u.test(sign)) return 0
  if ((sign.codePointAt(0) as number) >= 0x1100) return 1.1
  return /[a-z\d_"#*?$+-]/.test(sign) ? 0.55 : 0.72
}

/** More signs than these are shortened, however little room they take: some take none. */
const mostSigns = 60

/** As much of a text as there is room for, with an ellipsis where some is missing. */
export const shortened = (text: string, room = mostText, isBold = false): string => {
  const ellipsis = widthOfSign('…', isBold)
  let [kept, whole, width, count] = ['', '', 0, 0]
  for (const sign of text) {
    width += widthOfSign(sign, isBold)
    count += 1
    if (width > room || count > mostSigns) return `${kept}…`
    whole += sign
    if (width + ellipsis <= room) kept = whole
  }
  return text
}
