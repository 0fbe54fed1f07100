import { cubic, type Shape, type Step, shapesOf } from '../svg/shapes.js'

/** TeX knows no length above 16383 points; what is longer is drawn smaller. */
const longest = 16_000

/**
 * A picture as TikZ, for papers in LaTeX: it needs `\usepackage{tikz}` and nothing else. A unit is a point, and the picture is as wide as
 * its SVG has pixels, unless it is longer than TeX can measure. Its first line says how to fit it on a page.
 *
 * @param svg a picture that `svg` made
 */
export const tikz = (svg: string): string => {
  const { width, height, shapes } = shapesOf(svg)
  const scaled = scaledBy(Math.min(1, longest / Math.max(width, height)))
  const fit =
    height > 1.3 * width
      ? 'as high as the page: \\resizebox{!}{\\textheight}{\\input{...}}'
      : 'as wide as the text: \\resizebox{\\linewidth}{!}{\\input{...}}'
  return [
    `% Needs \\usepackage{tikz} and, to make it fit, \\usepackage{graphicx}. To make it ${fit}`,
    `\\begin{tikzpicture}[x=1pt,y=-1pt,line join=round]`,
    `\\useasboundingbox (0,0) rectangle (${scaled(width)},${scaled(height)});`,
    ...shapes.map((shape) => drawn(shape, scaled)),
    '\\end{tikzpicture}',
    '',
  ].join('\n')
}

/** A length of the picture in points. */
type Scaled = (length?: number) => number

const scaledBy =
  (scale: number): Scaled =>
  (length = 0) =>
    Math.round(100 * scale * length) / 100

const drawn = (shape: Shape, scaled: Scaled): string => {
  if (shape.kind === 'text') {
    const { x, y, text, anchor, size, isBold, fill } = shape
    const font = `\\fontsize{${scaled(size)}}{${scaled(size + 2)}}\\selectfont\\sffamily${isBold ? '\\bfseries' : ''}`
    const place = anchor === 'middle' ? 'base' : 'base west'
    return `\\node[inner sep=0pt,anchor=${place},text=${colour(fill)}] at (${scaled(x)},${scaled(y)}) {${font} ${escaped(text)}};`
  }
  const { steps, fill, stroke, strokeWidth, dashes } = shape
  const [on, off] = dashes
  const options = [
    ...(fill === undefined ? [] : [`fill=${colour(fill)}`]),
    ...(stroke === undefined ? [] : [`draw=${colour(stroke)}`, `line width=${scaled(strokeWidth)}pt`]),
    ...(on === undefined ? [] : [`dash pattern=on ${scaled(on)}pt off ${scaled(off)}pt`]),
  ]
  return `\\path[${options.join(',')}] ${cubic(steps)
    .map((each) => step(each, scaled))
    .join(' ')};`
}

const step = ({ letter, numbers }: Step, scaled: Scaled): string => {
  const points = Array.from(
    { length: numbers.length / 2 },
    (_, index) => `(${scaled(numbers[2 * index])},${scaled(numbers[2 * index + 1])})`,
  )
  if (letter === 'M') return points[0] as string
  if (letter === 'L') return `-- ${points[0]}`
  if (letter === 'C') return `.. controls ${points[0]} and ${points[1]} .. ${points[2]}`
  return '-- cycle'
}

/** A colour as TikZ takes it without a definition. */
const colour = (hex: string): string => {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
  return `{rgb,255:red,${red};green,${green};blue,${blue}}`
}

const commands: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': "''",
  '×': '$\\times$',
  '…': '\\ldots{}',
  '`': '\\textasciigrave{}',
}

/** Letters that TeX's own fonts lack: with them a paper would not compile. */
const lacking = /[«»ÐÞðþĄąĐđĘęĦħĮįıĲĳĸĿŀŉŊŋŦŧŲųſ]/

/** Text that LaTeX sets as it is. Letters that pdfLaTeX has no font for become question marks. */
const escaped = (text: string): string =>
  text.replace(/[\\~^<>|"×…`]|[#$%&_{}]|[^ -~]|-(?=-)/gu, (sign) => {
    const command = commands[sign]
    if (command !== undefined) return command
    // Two of them would be one long dash.
    if (sign === '-') return '-{}'
    if (/[\u00a1-\u017f]/.test(sign) && !lacking.test(sign)) return sign
    return /[#$%&_{}]/.test(sign) ? `\\${sign}` : '?'
  })
