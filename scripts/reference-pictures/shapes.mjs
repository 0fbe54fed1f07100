// Pictures of layers that move, add or drop values: padding, resizing, reshaping, dense layers and normalizations.
import { arrow, grid, line, picture, sheets, text } from './svg.mjs'

const cell = 22

/** Cells around an image, or cells removed from it. */
export const border = (name) => {
  const [whole, inner] = [6, 4]
  const inside = (at) => at >= 1 && at < 1 + inner
  const crop = name === 'crop'
  const framed = (x) =>
    grid(x, 14, whole, whole, cell, (row, column) =>
      inside(row) && inside(column)
        ? 'result'
        : crop
          ? 'dropped'
          : ['weight', name === 'zeroPad' ? 0 : undefined].filter((part) => part !== undefined),
    )
  const plain = (x) => grid(x, 14 + cell, inner, inner, cell, () => 'result')
  return picture(460, 156, crop ? 'crop: the outer cells are removed' : `${name}: cells are added around the input`, [
    crop ? framed(0) : plain(0),
    arrow(crop ? 140 : 96, 78, crop ? 172 : 128, 78),
    crop ? plain(184) : framed(140),
  ])
}

/** A cell becomes a block of cells. */
export const upsample = () =>
  picture(460, 112, 'upsample: each cell is repeated', [
    grid(0, 32, 2, 2, cell, (row, column) => `channel-${row * 2 + column}`),
    arrow(56, 54, 88, 54),
    grid(100, 10, 4, 4, cell, (row, column) => `channel-${Math.floor(row / 2) * 2 + Math.floor(column / 2)}`),
    text(210, 58, "method 'nearest', scale 2", 'start'),
  ])

/** Channels become pixels. */
export const pixelShuffle = () =>
  picture(460, 120, 'pixelShuffle: four channels become one of twice the height and width', [
    [0, 1, 2, 3].map((channel) => grid(channel * 56, 36, 2, 2, cell, () => `channel-${channel}`)),
    arrow(226, 58, 258, 58),
    grid(270, 14, 4, 4, cell, (row, column) => `channel-${(row % 2) * 2 + (column % 2)}`),
  ])

/** Rows of an image, one after the other; `unflatten` goes the other way. */
export const flatten = (name) => {
  const image = (x) => grid(x, 10, 3, 3, 24, (row, column) => [`channel-${row}`, row * 3 + column])
  const vector = (x) => grid(x, 34, 1, 9, 24, (_, column) => [`channel-${Math.floor(column / 3)}`, column])
  const label = `${name}: the values keep their order and get other axes`
  return name === 'unflatten'
    ? picture(460, 92, label, [vector(0), arrow(226, 46, 262, 46), image(272)])
    : picture(460, 92, label, [image(0), arrow(84, 46, 120, 46), vector(130)])
}

/** Axes in another order. */
export const permute = () =>
  picture(460, 108, 'permute: the axes change their order', [
    grid(0, 22, 2, 4, 24, (row, column) => [`channel-${row}`, row * 4 + column]),
    text(48, 90, '[2, 4]', 'middle', 'small'),
    arrow(108, 46, 140, 46),
    grid(152, 4, 4, 2, 24, (row, column) => [`channel-${column}`, column * 4 + row]),
    text(228, 54, '[4, 2]', 'start', 'small'),
  ])

/** Every unit reads every feature. */
export const dense = () => {
  const left = [0, 1, 2, 3]
  const right = [0, 1, 2]
  const [leftY, rightY] = [(index) => 24 + index * 34, (index) => 41 + index * 34]
  return picture(460, 152, 'dense: every unit reads every feature', [
    left.map((from) => right.map((to) => line(31, leftY(from), 149, rightY(to), 'thin'))),
    left.map((index) => `<circle class="plain" cx="20" cy="${leftY(index)}" r="11"/>`),
    right.map((index) => `<circle class="result" cx="160" cy="${rightY(index)}" r="11"/>`),
    text(200, 70, '4 features, 3 units:', 'start'),
    text(200, 90, '4 * 3 weights + 3 biases = 15 parameters', 'start'),
  ])
}

/** Which values share a mean and a variance: samples side by side, each with its channels as rows and its positions as columns. */
export const normalization = (name) => {
  const shares = {
    batchNorm: (_, channel) => channel === 1,
    normalize: (_, channel) => channel === 1,
    layerNorm: (sample, _, position) => sample === 0 && position === 1,
    rmsNorm: (sample, _, position) => sample === 0 && position === 1,
    groupNorm: (sample, channel) => sample === 0 && channel < 2,
    instanceNorm: (sample, channel) => sample === 0 && channel === 1,
  }[name]
  return picture(460, 138, `${name}: the marked values share their statistics`, [
    text(0, 44, 'channels', 'start', 'small'),
    [0, 1, 2].map((sample) => [
      text(100 + sample * 112, 12, `sample ${sample + 1}`),
      grid(60 + sample * 112, 20, 4, 4, 20, (channel, position) => (shares(sample, channel, position) ? 'seen' : 'plain')),
    ]),
    text(60, 124, 'positions: all cells of an image, or all tokens', 'start', 'small'),
  ])
}

/** Channels behind each other, joined. */
export const channels = () =>
  picture(460, 100, 'concat: the channels of all branches, one after the other', [
    sheets(0, 16, 2, 44, 44, () => 'channel-0'),
    text(78, 54, '+'),
    sheets(96, 8, 3, 44, 44, () => 'channel-1'),
    arrow(176, 48, 208, 48),
    sheets(222, 8, 5, 44, 44, (behind) => (behind < 2 ? 'channel-0' : 'channel-1'), 8),
    text(320, 54, '2 + 3 = 5 channels', 'start'),
  ])
