// Pictures of attention, tokens and sequences.
import { arrow, box, grid, line, picture, rect, text } from './svg.mjs'

const cell = 16

/** Queries, keys and values of one head, its scores and its output, with the shape of each tensor. */
export const attention = () => {
  const matrix = (x, y, rows, columns, name, shape, kind) => [
    grid(x, y, rows, columns, cell, () => kind),
    text(x + (columns * cell) / 2 - 1, y - 8, name),
    text(x + (columns * cell) / 2 - 1, y + rows * cell + 16, shape, 'middle', 'small'),
  ]
  return picture(700, 306, 'multi-head attention: queries times keys give a score for each pair of tokens, which weight the values', [
    matrix(4, 110, 4, 5, 'tokens', 'n x f', 'plain'),
    arrow(90, 130, 132, 60),
    arrow(90, 142, 132, 142),
    arrow(90, 154, 132, 246),
    matrix(140, 24, 4, 3, 'Q', '', 'channel-0'),
    matrix(140, 118, 4, 3, 'K', '', 'channel-1'),
    matrix(140, 220, 4, 3, 'V', 'n x d', 'channel-2'),
    arrow(196, 60, 252, 94),
    arrow(196, 146, 252, 112),
    matrix(260, 70, 4, 4, 'Q K&#x1d40; / √d', 'n x n', 'seen'),
    arrow(332, 102, 410, 102),
    text(370, 94, 'softmax', 'middle', 'small'),
    arrow(196, 246, 410, 128),
    text(318, 218, 'times V', 'middle', 'small'),
    matrix(418, 70, 4, 3, 'a head', 'n x d', 'channel-2'),
    arrow(474, 102, 532, 102),
    text(504, 94, 'h heads', 'middle', 'small'),
    matrix(540, 70, 4, 5, 'all heads', 'n x f', 'result'),
    arrow(626, 102, 656, 102),
    text(660, 98, 'dense', 'start'),
    text(660, 114, 'n x f', 'start', 'small'),
  ])
}

/** The windows of an image, each of which attends to itself. */
export const windowed = () => {
  const windows = (x, shift, name) => [
    text(x, 12, name, 'start'),
    grid(x, 22, 8, 8, cell, (row, column) => {
      const place = (at) => Math.floor((((at + shift) % 8) + 8) / 4) % 2
      return `channel-${(place(row) * 2 + place(column)) % 4}`
    }),
  ]
  return picture(460, 156, 'window attention: cells attend to the cells of their own window; a shift moves the windows', [
    windows(0, 0, 'windows of 4x4'),
    windows(190, -2, 'with shift: 2'),
    text(340, 70, 'Cells of one colour', 'start'),
    text(340, 88, 'attend to each other.', 'start'),
  ])
}

/** A recurrent layer along its sequence. */
export const recurrent = (name, states) =>
  picture(460, 170, `${name}: each step reads the input and the state of the step before`, [
    [0, 1, 2, 3].map((step) => {
      const x = 30 + step * 110
      return [
        text(x + 30, 164, `x<tspan dy="4" font-size="10">${step + 1}</tspan>`),
        arrow(x + 30, 148, x + 30, 118),
        box(x, 70, 60, 46, name, 'channel-0'),
        arrow(x + 30, 68, x + 30, 36),
        text(x + 30, 24, `h<tspan dy="4" font-size="10">${step + 1}</tspan>`),
        step < 3 ? [arrow(x + 62, 84, x + 108, 84), states === 2 ? arrow(x + 62, 102, x + 108, 102) : ''] : '',
      ]
    }),
    text(115, 64, states === 2 ? 'state, memory' : 'state', 'middle', 'small'),
  ])

/** An image as a row of tokens. */
export const toTokens = () =>
  picture(460, 92, 'toTokens: the positions of an image become tokens, row by row', [
    grid(0, 10, 3, 3, 24, (row, column) => [`channel-${row}`, row * 3 + column]),
    arrow(84, 46, 120, 46),
    grid(130, 34, 1, 9, 24, (_, column) => [`channel-${Math.floor(column / 3)}`, column]),
    text(130, 80, 'Each token has the channels of its cell.', 'start', 'small'),
  ])

/** Tokens before and after a layer that adds, marks or chooses one. */
export const tokenRow = (name) => {
  const row = (y, cells) => cells.map((kind, index) => rect(70 + index * 26, y, 24, 24, kind))
  const after = {
    classToken: ['seen', 'plain', 'plain', 'plain', 'plain'],
    positionEmbedding: ['channel-0', 'channel-1', 'channel-2', 'channel-3'],
    selectToken: ['seen'],
    meanTokens: ['result'],
  }[name]
  const before = name === 'selectToken' ? ['seen', 'plain', 'plain', 'plain'] : ['plain', 'plain', 'plain', 'plain']
  const words = {
    classToken: 'A learned token comes first.',
    positionEmbedding: 'Each position adds its own learned vector.',
    selectToken: 'One token is selected.',
    meanTokens: 'The mean of all tokens.',
  }[name]
  return picture(460, 112, `${name}: ${words}`, [
    text(0, 24, 'input', 'start'),
    row(8, before),
    line(120, 40, 120, 62, 'edge'),
    arrow(120, 40, 120, 68),
    text(0, 94, 'output', 'start'),
    row(78, after),
    text(230, 58, words, 'start'),
  ])
}

/** Rows of a table, looked up by index. */
export const embedding = () =>
  picture(460, 132, 'embedding: each index selects a row of the table', [
    text(0, 12, 'indices', 'start'),
    grid(0, 22, 1, 3, 26, (_, column) => ['plain', [2, 0, 2][column]]),
    text(120, 12, 'table: vocabulary x features', 'start'),
    grid(120, 22, 5, 5, 20, (row) => (row === 2 ? 'seen' : row === 0 ? 'channel-0' : 'plain')),
    arrow(232, 70, 316, 70),
    text(330, 28, 'output', 'start'),
    grid(330, 40, 3, 5, 20, (row) => (row === 1 ? 'channel-0' : 'seen')),
  ])

/** Four cells of an image, joined and projected. */
export const patchMerging = () =>
  picture(460, 112, 'patchMerging: each 2x2 cells become one, with four times the channels, projected to twice', [
    grid(0, 14, 4, 4, 22, (row, column) => `channel-${(row % 2) * 2 + (column % 2)}`),
    arrow(98, 56, 126, 56),
    [0, 1, 2, 3].map((part) => rect(136 + part * 20, 44, 18, 24, `channel-${part}`)),
    text(176, 90, '4 C', 'middle', 'small'),
    arrow(222, 56, 276, 56),
    text(250, 46, 'dense', 'middle', 'small'),
    [0, 1].map((part) => rect(286 + part * 20, 44, 18, 24, 'result')),
    text(306, 90, '2 C', 'middle', 'small'),
  ])
