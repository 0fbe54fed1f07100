// The curves of the activations.
import { line, picture, text } from './svg.mjs'

const sigmoid = (x) => 1 / (1 + Math.exp(-x))
const hardSigmoid = (x) => Math.min(Math.max(0, x + 3), 6) / 6

/** The normal distribution's function, by the series of the error function. */
const normal = (x) => {
  if (Math.abs(x) > 5) return x > 0 ? 1 : 0
  let term = x
  let sum = x
  for (let index = 1; index < 60; index++) {
    term *= (-x * x) / (2 * index)
    sum += term / (2 * index + 1)
  }
  return 0.5 + sum / Math.sqrt(2 * Math.PI)
}

/** Each activation of one value. */
export const activations = {
  relu: (x) => Math.max(0, x),
  relu6: (x) => Math.min(Math.max(0, x), 6),
  leakyRelu: (x) => (x > 0 ? x : 0.1 * x),
  prelu: (x) => (x > 0 ? x : 0.25 * x),
  elu: (x) => (x > 0 ? x : Math.exp(x) - 1),
  selu: (x) => 1.0507 * (x > 0 ? x : 1.6733 * (Math.exp(x) - 1)),
  gelu: (x) => x * normal(x),
  silu: (x) => x * sigmoid(x),
  mish: (x) => x * Math.tanh(Math.log1p(Math.exp(x))),
  sigmoid,
  hardSigmoid,
  hardSwish: (x) => x * hardSigmoid(x),
  tanh: Math.tanh,
  softplus: (x) => Math.log1p(Math.exp(x)),
}

/** The curve of an activation between -7 and 7, with an axis through 0. */
export const curve = (name) => {
  const of = activations[name]
  const scale = 20
  const bounded = Math.abs(of(7)) < 2
  const height = bounded ? 2 : 7
  const vertical = bounded ? 44 : 20
  const [width, middle] = [2 * 7 * scale + 20, height * vertical + 14]
  const low = bounded ? 1.2 : 2.2
  const x = (value) => 10 + (value + 7) * scale
  const y = (value) => middle - value * vertical
  const points = Array.from({ length: 141 }, (_, index) => -7 + index / 10).map((at) => `${x(at).toFixed(1)},${y(of(at)).toFixed(1)}`)
  const marks = bounded ? [-1, 1] : [2, 4, 6]
  return picture(width, Math.round(y(-low)), `the curve of ${name}`, [
    line(x(-7), y(0), x(7), y(0), 'axis'),
    line(x(0), y(height), x(0), y(-low) - 2, 'axis'),
    [-6, -4, -2, 2, 4, 6].map((at) => [line(x(at), y(0) - 3, x(at), y(0) + 3, 'axis'), text(x(at), y(0) + 16, at, 'middle', 'small')]),
    marks.map((at) => [line(x(0) - 3, y(at), x(0) + 3, y(at), 'axis'), text(x(0) - 8, y(at) + 4, at, 'end', 'small')]),
    `<polyline class="curve" points="${points.join(' ')}"/>`,
  ])
}
