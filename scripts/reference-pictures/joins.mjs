// Pictures of branches, joins and names: boxes and arrows.
import { arrow, box, line, picture, text } from './svg.mjs'

/** Two branches that meet in a join. */
const join = (sign, name) =>
  picture(460, 120, `${name}: two branches of the current value meet`, [
    box(0, 42, 70, 32, 'value'),
    arrow(72, 50, 126, 28),
    arrow(72, 66, 126, 92),
    box(130, 10, 110, 32, 'first branch', 'channel-0'),
    box(130, 76, 110, 32, 'second branch', 'channel-1'),
    arrow(242, 28, 296, 52),
    arrow(242, 92, 296, 66),
    box(300, 42, 44, 32, sign, 'result'),
    arrow(346, 58, 380, 58),
  ])

const residual = () =>
  picture(460, 108, 'residual: the body of layers and the shortcut around it are added', [
    box(0, 54, 70, 32, 'value'),
    arrow(72, 70, 126, 70),
    box(130, 54, 110, 32, 'body', 'channel-0'),
    arrow(242, 70, 286, 70),
    box(290, 54, 36, 32, '+', 'result'),
    arrow(328, 70, 364, 70),
    line(98, 70, 98, 18),
    line(98, 18, 308, 18),
    arrow(308, 18, 308, 52),
    text(203, 12, 'shortcut', 'middle', 'small'),
  ])

const keep = () =>
  picture(460, 112, 'keep and from: a value gets a name, and later layers start at it or join it', [
    box(0, 12, 100, 32, 'layers'),
    arrow(102, 28, 166, 28),
    text(134, 20, "keep('c3')", 'middle', 'small'),
    box(170, 12, 100, 32, 'layers'),
    arrow(272, 28, 336, 28),
    box(340, 12, 100, 32, 'layers'),
    line(134, 28, 134, 88),
    arrow(134, 88, 338, 88),
    box(340, 72, 100, 32, "from('c3')", 'channel-0'),
  ])

const outputs = () =>
  picture(460, 112, 'outputs: several kept values are the outputs of the network', [
    box(0, 40, 100, 32, 'layers'),
    arrow(102, 56, 156, 20),
    arrow(102, 56, 156, 56),
    arrow(102, 56, 156, 92),
    box(160, 4, 60, 30, 'p3', 'result'),
    box(160, 41, 60, 30, 'p4', 'result'),
    box(160, 78, 60, 30, 'p5', 'result'),
  ])

const branchOut = () =>
  picture(460, 112, 'branchOut: a head beside the main path has its own output', [
    box(0, 12, 100, 32, 'layers'),
    arrow(102, 28, 196, 28),
    box(200, 12, 100, 32, 'layers'),
    arrow(302, 28, 350, 28),
    line(140, 28, 140, 86),
    arrow(140, 86, 196, 86),
    box(200, 70, 100, 32, 'head', 'channel-0'),
    arrow(302, 86, 350, 86),
    text(358, 32, 'output', 'start'),
    text(358, 90, 'aux', 'start'),
  ])

const signs = { add: '+', subtract: '−', average: 'mean', maximum: 'max', minimum: 'min', multiply: '×', matmul: 'A B' }

export const joined = {
  ...Object.fromEntries(Object.entries(signs).map(([name, sign]) => [name, () => join(sign, name)])),
  residual,
  keep,
  from: keep,
  outputs,
  branchOut,
}
