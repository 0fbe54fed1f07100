// What the reference's pictures consist of: cells, arrows and words. Their colours are classes of the site's style sheet, so that they
// follow light and dark.

const round = (value) => Number(value.toFixed(1))

/** A picture of a size, which shrinks with its column. `label` is its text for those who do not see it. */
export const picture = (width, height, label, parts) =>
  `<svg class="reference-picture" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}">${parts.flat(Infinity).join('')}</svg>`

export const rect = (x, y, width, height, kind = 'plain') =>
  `<rect class="${kind}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"/>`

export const text = (x, y, words, anchor = 'middle', kind = 'words') =>
  `<text class="${kind}" x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${words}</text>`

export const line = (x1, y1, x2, y2, kind = 'edge') =>
  `<line class="${kind}" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`

/** An arrow to the right or down, with a head that is a shape, since markers differ between renderers. */
export const arrow = (x1, y1, x2, y2) => {
  const angle = Math.atan2(y2 - y1, x2 - x1)
  const corner = (turn) => `${round(x2 - 7 * Math.cos(angle + turn))},${round(y2 - 7 * Math.sin(angle + turn))}`
  return [line(x1, y1, x2, y2), `<polygon class="head" points="${round(x2)},${round(y2)} ${corner(0.45)} ${corner(-0.45)}"/>`]
}

/** The class of words on a colour: colours are the same in light and dark, so words on them are too. */
const wordsOn = (kind) => (['plain', 'sheet', 'dropped'].includes(kind) ? 'words' : 'on')

/** A grid of cells; `kindAt(row, column)` is the class of a cell, and its word if it has one. */
export const grid = (x, y, rows, columns, size, kindAt = () => 'plain') =>
  Array.from({ length: rows * columns }, (_, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns]
    const [kind, word] = [kindAt(row, column)].flat()
    const [left, top] = [x + column * size, y + row * size]
    return [
      rect(left, top, size - 2, size - 2, kind),
      word === undefined ? '' : text(left + size / 2 - 1, top + size / 2 + 4, word, 'middle', wordsOn(kind)),
    ]
  })

/** Sheets behind each other: the channels of an image. */
export const sheets = (x, y, count, width, height, kindAt = () => 'plain', step = 8) =>
  Array.from({ length: count }, (_, index) => {
    const behind = count - 1 - index
    return rect(x + behind * step, y + (count - 1 - behind) * step, width, height, kindAt(behind))
  })

/** A box with a word. */
export const box = (x, y, width, height, word, kind = 'plain') => [
  rect(x, y, width, height, kind),
  text(x + width / 2, y + height / 2 + 4, word, 'middle', wordsOn(kind)),
]
