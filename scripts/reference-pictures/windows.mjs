// Pictures of windows: convolutions on one axis, depthwise and transposed ones, adaptive and global pools.
import { arrow, grid, picture, rect, sheets, text } from './svg.mjs'

const cell = 24

/** A window of three cells on one axis, with the output below it. */
export const oneAxis = (name) => {
  const inputs = 7
  const outputs = 5
  return picture(460, 128, `${name}: a window of 3 cells on an input of 7 gives 5 outputs`, [
    text(0, 30, 'input', 'start'),
    grid(70, 14, 1, inputs, cell, (_, column) => (column >= 2 && column < 5 ? 'seen' : 'plain')),
    text(0, 104, 'output', 'start'),
    grid(70 + cell, 88, 1, outputs, cell, (_, column) => (column === 2 ? 'seen' : 'result')),
    arrow(70 + 3.5 * cell, 42, 70 + 3.5 * cell, 84),
    text(262, 30, 'N = 7, F = 3, S = 1, P = 0', 'start'),
    text(262, 104, '(7 - 3 + 0)/1 + 1 = 5', 'start'),
  ])
}

/** A window on three axes: frames of an image, of which it sees some. */
export const threeAxes = (name) =>
  picture(460, 150, `${name}: a window of 3 x 3 x 3 cells sees three neighbouring frames`, [
    [4, 3, 2, 1, 0].map((depth) => [
      rect(20 + depth * 32, 58 - depth * 9, 60, 60, 'sheet'),
      // At the left edge of its frame, where the next frame does not cover it.
      depth >= 1 && depth <= 3 ? rect(20 + depth * 32, 58 - depth * 9, 30, 30, 'seen') : '',
    ]),
    arrow(228, 78, 272, 78),
    [2, 1, 0].map((depth) => [
      rect(292 + depth * 32, 62 - depth * 9, 44, 44, 'result'),
      depth === 1 ? rect(292 + depth * 32, 62 - depth * 9, 12, 12, 'seen') : '',
    ]),
    text(20, 12, 'depth 5', 'start'),
    text(292, 12, 'depth 3', 'start'),
  ])

/** What one input cell of a transposed convolution writes, and where the copies of the kernel overlap. */
export const transposed = () => {
  const [kernel, stride, size] = [3, 2, 3]
  const out = (size - 1) * stride + kernel
  const writers = (at) => Array.from({ length: size }, (_, i) => i).filter((i) => at >= i * stride && at < i * stride + kernel).length
  const inWindow = (at) => at >= stride && at < stride + kernel
  return picture(460, 214, 'transposed convolution: each input cell adds a copy of the kernel to the output', [
    text(0, 12, 'input 3x3', 'start'),
    grid(0, 22, size, size, cell, (row, column) => (row === 1 && column === 1 ? 'seen' : 'plain')),
    arrow(84, 58, 112, 58),
    text(120, 12, '3x3 kernel', 'start'),
    grid(124, 22, kernel, kernel, cell, () => 'weight'),
    arrow(206, 58, 234, 58),
    text(250, 12, 'output 7x7 at stride 2', 'start'),
    grid(250, 22, out, out, cell, (row, column) =>
      inWindow(row) && inWindow(column) ? 'seen' : writers(row) * writers(column) > 1 ? 'overlap' : 'result',
    ),
    text(0, 118, '(3 - 1)*2 + (3 - 1) + 1 = 7', 'start'),
    rect(0, 140, 14, 14, 'overlap'),
    text(22, 152, 'several copies add up here', 'start'),
    rect(0, 164, 14, 14, 'seen'),
    text(22, 176, 'what the marked input cell writes', 'start'),
  ])
}

/** Each channel with its own filter, and for a separable convolution the 1x1 filters after it. */
export const depthwise = (separable) =>
  picture(
    460,
    170,
    separable
      ? 'separable convolution: one filter for each channel, then 1x1 filters over all channels'
      : 'depthwise convolution: each channel has its own filter',
    [
      [0, 1, 2].map((channel) => {
        const y = 24 + channel * 48
        return [
          rect(0, y, 40, 40, `channel-${channel}`),
          arrow(48, y + 20, 76, y + 20),
          grid(82, y + 6, 3, 3, 10, () => `channel-${channel}`),
          arrow(120, y + 20, 148, y + 20),
          rect(156, y, 36, 36, `channel-${channel}`),
        ]
      }),
      text(0, 12, 'channels', 'start'),
      text(78, 12, 'filters', 'start'),
      text(152, 12, 'outputs', 'start'),
      separable
        ? [
            [0, 1, 2].map((channel) => arrow(198, 44 + channel * 48, 262, 86)),
            text(266, 12, '1x1 filters see all channels', 'start'),
            sheets(282, 52, 4, 44, 44, () => 'result'),
          ]
        : text(222, 92, 'Channels are not mixed.', 'start'),
    ],
  )

/** The windows of an adaptive pool of 7 cells to 3. */
export const adaptive = (word) => {
  const [size, out] = [7, 3]
  const windows = Array.from({ length: out }, (_, i) => [Math.floor((i * size) / out), Math.ceil(((i + 1) * size) / out)])
  return picture(
    460,
    150,
    `adaptive pool: 7 cells become 3; the windows are cells ${windows.map(([a, b]) => `${a} to ${b - 1}`).join(', ')}`,
    [
      text(0, 30, 'input 7', 'start'),
      grid(70, 14, 1, size, cell, (_, column) => ['plain', column]),
      windows.map(([from, to], index) => rect(70 + from * cell, 48 + index * 14, (to - from) * cell - 2, 10, `channel-${index}`)),
      text(0, 126, 'output 3', 'start'),
      grid(70 + 2 * cell, 110, 1, out, cell, (_, column) => `channel-${column}`),
      text(262, 70, `Each output is the ${word} of its window.`, 'start'),
    ],
  )
}

/** All positions of a channel become one value. */
export const global = (word) =>
  picture(460, 124, `global pool: each channel becomes its ${word}`, [
    [0, 1, 2].map((channel) => [
      grid(channel * 112, 4, 4, 4, 18, () => `channel-${channel}`),
      arrow(channel * 112 + 36, 78, channel * 112 + 36, 98),
      rect(channel * 112 + 27, 102, 18, 18, `channel-${channel}`),
    ]),
    text(340, 50, `One ${word}`, 'start'),
    text(340, 68, 'for each channel', 'start'),
  ])
