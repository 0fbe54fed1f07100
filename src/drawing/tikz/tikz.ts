import { cubic, type Shape, type Step, shapesOf } from '../svg/shapes.js'

/**
 * A picture as TikZ, for papers in LaTeX: it needs `\usepackage{tikz}` and nothing else. A unit is a point, and the picture is as wide as
 * its SVG has pixels: `\resizebox{\linewidth}{!}{\input{network.tex}}` makes it as wide as the text.
 *
 * @param svg a picture that `svg` made
 */
export const tikz = (svg: string): string => {
  const { width, height, shapes } = shapesOf(svg)
  return [
    '% Needs \\usepackage{tikz}. To make it as wide as the text: \\resizebox{\\linewidth}{!}{\\input{...}}',
    '\\begin{tikzpicture}[x=1pt,y=-1pt,line join=round]',
    `\\useasboundingbox (0,0) rectangle (${width},${height});`,
    ...shapes.map(drawn),
    '\\end{tikzpicture}',
    '',
  ].join('\n')
}

const drawn = (shape: Shape): string => {
  if (shape.kind === 'text') {
    const { x, y, text, anchor, size, isBold, fill } = shape
    const font = `\\fontsize{${size}}{${size + 2}}\\selectfont\\sffamily${isBold ? '\\bfseries' : ''}`
    const place = anchor === 'middle' ? 'base' : 'base west'
    return `\\node[inner sep=0pt,anchor=${place},text=${colour(fill)}] at (${x},${y}) {${font} ${escaped(text)}};`
  }
  const { steps, fill, stroke, strokeWidth, dashes } = shape
  const [on, off] = dashes
  const options = [
    ...(fill === undefined ? [] : [`fill=${colour(fill)}`]),
    ...(stroke === undefined ? [] : [`draw=${colour(stroke)}`, `line width=${strokeWidth}pt`]),
    ...(on === undefined ? [] : [`dash pattern=on ${on}pt off ${off}pt`]),
  ]
  return `\\path[${options.join(',')}] ${cubic(steps).map(step).join(' ')};`
}

const step = ({ letter, numbers }: Step): string => {
  const points = Array.from({ length: numbers.length / 2 }, (_, index) => `(${round(numbers[2 * index])},${round(numbers[2 * index + 1])})`)
  if (letter === 'M') return points[0] as string
  if (letter === 'L') return `-- ${points[0]}`
  if (letter === 'C') return `.. controls ${points[0]} and ${points[1]} .. ${points[2]}`
  return '-- cycle'
}

const round = (value = 0): number => Math.round(value * 100) / 100

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
