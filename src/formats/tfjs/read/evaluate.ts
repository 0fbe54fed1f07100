import type { Constant, Formula, Part } from './operands.js'

/*
 * Formulas in numbers: each row of a matrix is a position, each column a channel.
 */

export interface Matrix {
  readonly rows: number
  readonly columns: number
  readonly data: Float64Array
}

export const matrixOf = (rows: number, columns: number, at: (row: number, column: number) => number): Matrix => {
  const data = new Float64Array(rows * columns)
  for (let row = 0; row < rows; row += 1) for (let column = 0; column < columns; column += 1) data[row * columns + column] = at(row, column)
  return { rows, columns, data }
}

/** Functions of one value that graphs write as operators, and as formulas. */
export const relu6 = (x: number): number => Math.min(Math.max(x, 0), 6)
export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
export const selu = (x: number): number => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x))
export const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))

const unary: Readonly<Record<string, (x: number, node: Formula) => number>> = {
  Relu: (x) => Math.max(x, 0),
  Relu6: relu6,
  LeakyRelu: (x, { node }) => (x > 0 ? x : x * node.number('alpha', 0.2)),
  Sigmoid: sigmoid,
  Tanh: Math.tanh,
  Elu: (x) => (x > 0 ? x : Math.expm1(x)),
  Selu: selu,
  Softplus: softplus,
  Erf: (x) => erf(x),
  Exp: Math.exp,
  Expm1: Math.expm1,
  Log: Math.log,
  Log1p: Math.log1p,
  Neg: (x) => -x,
  Abs: Math.abs,
  Square: (x) => x * x,
  Sqrt: Math.sqrt,
  Rsqrt: (x) => 1 / Math.sqrt(x),
  Reciprocal: (x) => 1 / x,
}

const binary: Readonly<Record<string, (x: number, y: number) => number>> = {
  Add: (x, y) => x + y,
  AddV2: (x, y) => x + y,
  BiasAdd: (x, y) => x + y,
  Sub: (x, y) => x - y,
  Mul: (x, y) => x * y,
  RealDiv: (x, y) => x / y,
  Div: (x, y) => x / y,
  Maximum: Math.max,
  Minimum: Math.min,
  SquaredDifference: (x, y) => (x - y) ** 2,
  Pow: (x, y) => x ** y,
  Prelu: (x, y) => (x > 0 ? x : x * y),
}

/** Operators that reduce all channels of a position to one number, and all positions of a channel. */
export const reductions: Readonly<Record<string, { readonly along: 'channels' | 'positions'; readonly by: 'sum' | 'mean' | 'max' }>> = {
  'Sum of channels': { along: 'channels', by: 'sum' },
  'Mean of channels': { along: 'channels', by: 'mean' },
  'Max of channels': { along: 'channels', by: 'max' },
  'Mean of positions': { along: 'positions', by: 'mean' },
}

export const unaryOperators: readonly string[] = Object.keys(unary)
export const binaryOperators: readonly string[] = Object.keys(binary)

/** The error function to 1.2e-7 and better: a series near 0, a continued fraction far from it. Abramowitz and Stegun, 7.1.5 and 7.1.14. */
export const erf = (x: number): number => {
  const size = Math.abs(x)
  if (size > 6) return Math.sign(x)
  if (size < 3) {
    let [term, sum] = [x, x]
    for (let n = 1; n < 60; n += 1) {
      term *= (-x * x) / n
      sum += term / (2 * n + 1)
    }
    return (2 / Math.sqrt(Math.PI)) * sum
  }
  let fraction = size
  for (let n = 60; n >= 1; n -= 1) fraction = size + n / 2 / fraction
  return Math.sign(x) * (1 - Math.exp(-size * size) / (Math.sqrt(Math.PI) * fraction))
}

/** A formula of a value, with a matrix in its place; `undefined` where it takes something else, or numbers that are not at hand. */
export const evaluated = (formula: Formula, base: Part, matrix: Matrix): Matrix | undefined => {
  const known = new Map<Part, Matrix | undefined>([[base, matrix]])
  const at = (part: Part): Matrix | undefined => {
    if (known.has(part)) return known.get(part)
    const result =
      part.is === 'constant' ? constantMatrix(part, matrix.columns) : part.is === 'formula' && !part.value ? step(part) : undefined
    known.set(part, result)
    return result
  }
  const step = (part: Formula): Matrix | undefined => {
    const [first, second, third] = part.parts.map(at)
    if (!first) return undefined
    const reduction = Object.hasOwn(reductions, part.op) ? reductions[part.op] : undefined
    if (reduction) return reduced(first, reduction.along, reduction.by)
    const one = Object.hasOwn(unary, part.op) ? unary[part.op] : undefined
    if (one) return matrixOf(first.rows, first.columns, (row, column) => one(first.data[row * first.columns + column] as number, part))
    if (!second) return undefined
    if (part.op === 'ClipByValue') {
      const atLeast = broadcast(first, second, Math.max)
      return atLeast && third && broadcast(atLeast, third, Math.min)
    }
    const two = Object.hasOwn(binary, part.op) ? binary[part.op] : undefined
    return two && broadcast(first, second, two)
  }
  return at(formula)
}

const constantMatrix = ({ shape, numbers }: Constant, columns: number): Matrix | undefined => {
  // Their count is looked at before they are read: they may be many.
  const count = shape.reduce((product, size) => product * size, 1)
  const values = count === 1 || (count === columns && shape.at(-1) === columns) ? numbers() : undefined
  if (values?.length !== count) return undefined
  return { rows: 1, columns: values.length, data: Float64Array.from(values) }
}

const broadcast = (one: Matrix, other: Matrix, by: (x: number, y: number) => number): Matrix | undefined => {
  const [rows, columns] = [Math.max(one.rows, other.rows), Math.max(one.columns, other.columns)]
  const fits = [one, other].every((each) => (each.rows === 1 || each.rows === rows) && (each.columns === 1 || each.columns === columns))
  if (!fits) return undefined
  const at = (from: Matrix, row: number, column: number): number =>
    from.data[(from.rows === 1 ? 0 : row) * from.columns + (from.columns === 1 ? 0 : column)] as number
  return matrixOf(rows, columns, (row, column) => by(at(one, row, column), at(other, row, column)))
}

const reduced = (matrix: Matrix, along: 'channels' | 'positions', by: 'sum' | 'mean' | 'max'): Matrix => {
  const { rows, columns, data } = matrix
  const byChannels = along === 'channels'
  const count = byChannels ? columns : rows
  const value = (line: number, index: number): number => data[byChannels ? line * columns + index : index * columns + line] as number
  const one = (line: number): number => {
    let result = by === 'max' ? Number.NEGATIVE_INFINITY : 0
    for (let index = 0; index < count; index += 1)
      result = by === 'max' ? Math.max(result, value(line, index)) : result + value(line, index)
    return by === 'mean' ? result / count : result
  }
  return byChannels ? matrixOf(rows, 1, (row) => one(row)) : matrixOf(1, columns, (_, column) => one(column))
}
