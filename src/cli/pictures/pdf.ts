import { cubic, type Shape, type Step, shapesOf } from '../../drawing/svg/shapes.js'
import { asset } from './assets.js'
import { PdfFile, propertyText } from './pdf-file.js'
import { type Font, fontOf } from './true-type.js'

/*
 * A picture as a PDF of one page, with the fonts inside: its paths and its texts, which stay text (ISO 32000-1).
 */

/** A pixel of CSS in points. */
const point = 0.75

/** No page is longer than this many points (ISO 32000-1, annex C.2). */
const longest = 14_400

type Fonts = Readonly<Record<'regular' | 'bold', Font>>

/**
 * A picture as PDF.
 *
 * @param svg a picture that `svg` made
 * @param title for the document's properties
 * @throws {RangeError} when it is longer than a page can be
 */
export const pdf = (svg: string, title: string): Uint8Array => {
  const { width, height, shapes } = shapesOf(svg)
  const [right, top] = [width * point, height * point]
  if (Math.max(right, top) > longest) throw new RangeError('a page of PDF is at most 14,400 points long. Use --to svg.')
  const fonts: Fonts = { regular: fontOf(asset('regular')), bold: fontOf(asset('bold')) }
  // The picture's y goes down, that of a page up.
  const content = [`${point} 0 0 ${-point} 0 ${number(top)} cm 1 j`, ...shapes.map((shape) => drawn(shape, fonts))].join('\n')
  const file = new PdfFile()
  const named = Object.entries(fonts).map(([name, font]) => `/${name} ${fontObject(file, font, name)} 0 R`)
  const contents = file.addStream(Buffer.from(content, 'latin1'))
  const pages = file.next + 1
  const page = file.add(
    `<< /Type /Page /Parent ${pages} 0 R /MediaBox [0 0 ${number(right)} ${number(top)}] /Resources << /Font << ${named.join(' ')} >> >> /Contents ${contents} 0 R >>`,
  )
  file.add(`<< /Type /Pages /Kids [${page} 0 R] /Count 1 >>`)
  const root = file.add(`<< /Type /Catalog /Pages ${pages} 0 R >>`)
  const info = file.add(`<< /Title ${propertyText(title)} /Creator (stridewise) >>`)
  return file.bytes(root, info)
}

const drawn = (shape: Shape, fonts: Fonts): string => {
  if (shape.kind === 'path') {
    const { steps, fill, stroke, strokeWidth, dashes } = shape
    const paint = fill ? (stroke ? 'B' : 'f') : stroke ? 'S' : 'n'
    const look = [
      ...(fill ? [`${colour(fill)} rg`] : []),
      ...(stroke ? [`${colour(stroke)} RG ${strokeWidth} w [${dashes.join(' ')}] 0 d`] : []),
    ]
    return [...look, ...cubic(steps).map(step), paint].join('\n')
  }
  const { x, y, text, anchor, size, isBold, fill } = shape
  const codes = [...text].map(codeOf)
  const name = isBold ? 'bold' : 'regular'
  const width = codes.reduce((sum, code) => sum + fonts[name].widthOf(characterOf(code)), 0) * (size / 1000)
  const left = anchor === 'middle' ? x - width / 2 : x
  const hex = codes.map((code) => code.toString(16).padStart(2, '0')).join('')
  return `BT ${colour(fill)} rg /${name} ${size} Tf 1 0 0 -1 ${number(left)} ${number(y)} Tm <${hex}> Tj ET`
}

const step = ({ letter, numbers }: Step): string => {
  const operator = { M: 'm', L: 'l', C: 'c', Q: 'c', Z: 'h' }[letter]
  return [...numbers.map(number), operator].join(' ')
}

const number = (value: number): string => `${Math.round(value * 100) / 100 || 0}`

const colour = (hex: string): string => [1, 3, 5].map((at) => number(Number.parseInt(hex.slice(at, at + 2), 16) / 255)).join(' ')

/** Characters of WinAnsiEncoding that are no Latin-1, with their codes. */
const others = new Map([
  ['…', 0x85],
  ['‘', 0x91],
  ['’', 0x92],
  ['“', 0x93],
  ['”', 0x94],
  ['–', 0x96],
  ['—', 0x97],
])

/** The code of a character in WinAnsiEncoding; a question mark's for one that it lacks. */
const codeOf = (sign: string): number => {
  const code = sign.codePointAt(0) as number
  if ((code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code <= 0xff)) return code
  return others.get(sign) ?? 0x3f
}

/** The character of a code in WinAnsiEncoding. */
const characterOf = (code: number): number => {
  const found = [...others].find(([, each]) => each === code)
  return found ? (found[0].codePointAt(0) as number) : code
}

const fontObject = (file: PdfFile, { bytes, box, ascent, descent, widthOf }: Font, name: string): number => {
  const base = name === 'bold' ? 'Arimo-Bold' : 'Arimo-Regular'
  const inside = file.addStream(bytes, ` /Length1 ${bytes.length}`)
  const descriptor = file.add(
    `<< /Type /FontDescriptor /FontName /${base} /Flags 32 /FontBBox [${box.join(' ')}] /ItalicAngle 0 /Ascent ${ascent} /Descent ${descent} /CapHeight 716 /StemV ${name === 'bold' ? 120 : 80} /FontFile2 ${inside} 0 R >>`,
  )
  const widths = Array.from({ length: 224 }, (_, index) => widthOf(characterOf(index + 32)))
  return file.add(
    `<< /Type /Font /Subtype /TrueType /BaseFont /${base} /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 255 /Widths [${widths.join(' ')}] /FontDescriptor ${descriptor} 0 R >>`,
  )
}
