import { type Fill, fill, type OneOf, ShapeError } from '../../shape/message.js'
import { type SameShape, sameShape } from '../../shape/same.js'
import { type AnyShape, type DimensionText, type Shape, type ShapeText, shapeText } from '../../shape/shape.js'
import { type AsShown, type BranchFault, type BranchRule, type BranchValue, type FaultIn, followBranch, joined } from '../kind/branch.js'
import { type LinkKind, valuesIn } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { SumWith } from '../kind/params.js'
import type { IsUnsure, ScopeBehind, Sound } from '../kind/rule-of.js'
import { sharedBehind } from '../kind/sharing.js'
import { type AnyLayer, type Layer, layerFunction } from '../kind/value.js'
import { type Bridge, bridge } from './bridge.js'

/* The matrix product of two values, over their last two axes. */

const fewAxes =
  'matmul: branch {position} gives {shape}: a matrix needs two axes at least. Use reshape({reshaped}) at the end of branch {position}.'
const otherInner =
  'matmul: [{first}] x [{second}]: branch 1 has {columns} columns, branch 2 {rows} rows: a product needs as many rows as columns. Use {fix}.'
const otherLeading = 'matmul: [{first}] x [{second}]: all axes before the last two must be equal.'
const needsTwo = "matmul: needs two branches. Name what is multiplied, such as matmul('queries', 'keys')."

const turned = 'permute({axes}) at the end of branch {position}'
const bridged = '{layers} at the end of branch 1'

/** The rule of a matrix product: `[..., n, k]` and `[..., k, m]` give `[..., n, m]`. */
export type MatmulRule<Input extends AnyShape, First, Second, Scope> = 0 extends 1 & First
  ? { output: Shape; params: '?' }
  : BranchRule<Input, First, Scope> extends infer Left extends { output: Shape; params: string }
    ? (Left extends unknown ? keyof Left : never) extends Sound
      ? BranchRule<Input, Second, ScopeBehind<Scope, Left>> extends infer Right extends { output: Shape; params: string }
        ? (Right extends unknown ? keyof Right : never) extends Sound
          ? ProductOf<Left['output'], Right['output'], SumWith<Left['params'], Right>, ScopeBehind<ScopeBehind<Scope, Left>, Right>>
          : IsUnsure<Right> extends true
            ? { output: Shape; params: '?' }
            : { output: Shape; params: '?'; fault: FaultIn<'matmul', 'branch 2', Right>; at: 1 }
        : { output: Shape; params: '?'; fault: FaultIn<'matmul', 'branch 2', BranchRule<Input, Second, ScopeBehind<Scope, Left>>>; at: 1 }
      : IsUnsure<Left> extends true
        ? { output: Shape; params: '?' }
        : { output: Shape; params: '?'; fault: FaultIn<'matmul', 'branch 1', Left>; at: 0 }
    : { output: Shape; params: '?'; fault: FaultIn<'matmul', 'branch 1', BranchRule<Input, First, Scope>>; at: 0 }

type ProductOf<Left extends Shape, Right extends Shape, Params extends string, Scope> = Left extends readonly [number]
  ? { output: Shape; params: '?'; fault: FewAxes<'1', Left, `1, ${DimensionText<Left[0]>}`>; at: 0 }
  : Right extends readonly [number]
    ? { output: Shape; params: '?'; fault: FewAxes<'2', Right, `${DimensionText<Right[0]>}, 1`>; at: 1 }
    : [Left, Right] extends [
          readonly [...infer Axes extends readonly number[], infer Rows extends number, infer Inner extends number],
          readonly [...infer Others extends readonly number[], infer Meets extends number, infer Columns extends number],
        ]
      ? SameShape<Axes, Others> extends true
        ? SameShape<[Inner], [Meets]> extends true
          ? { output: [...Axes, Rows, Columns]; params: Params; scope: Scope }
          : { output: [...Axes, Rows, Columns]; params: '?'; fault: OtherInner<Left, Right, Axes, Rows, Inner, Meets, Columns>; at: 1 }
        : {
            output: [...Axes, Rows, Columns]
            params: '?'
            fault: Fill<typeof otherLeading, { first: MatrixText<Left>; second: MatrixText<Right> }>
            at: 1
          }
      : { output: Shape; params: Params; scope: Scope }

/** The sizes of a matrix, separated by commas: `49, 64`. */
type MatrixText<Value> = Value extends readonly [infer Size, ...infer Rest]
  ? Rest extends readonly []
    ? DimensionText<Size>
    : `${DimensionText<Size>}, ${MatrixText<Rest>}`
  : '?'

type FewAxes<Position extends string, Value, Reshaped extends string> = Fill<
  typeof fewAxes,
  { position: Position; shape: ShapeText<Value>; reshaped: Reshaped }
>

type OtherInner<Left, Right, Axes extends readonly number[], Rows, Inner, Meets extends number, Columns> = Fill<
  typeof otherInner,
  {
    first: MatrixText<Left>
    second: MatrixText<Right>
    columns: DimensionText<Inner>
    rows: DimensionText<Meets>
    fix: InnerFix<Left, Axes, Rows, Inner, Meets, Columns>
  }
>

/**
 * A fix for inner sizes that differ: transpose one of the matrices if that helps, otherwise layers that give branch 1 the right number
 * of columns.
 */
type InnerFix<Left, Axes extends readonly number[], Rows, Inner, Meets extends number, Columns> =
  SameShape<[Inner], [Columns]> extends true
    ? Fill<typeof turned, { axes: Turned<Axes>; position: '2' }>
    : SameShape<[Rows], [Meets]> extends true
      ? Fill<typeof turned, { axes: Turned<Axes>; position: '1' }>
      : Bridge<Left, [...Axes, Rows & number, Meets]> extends infer Layers
        ? Fill<typeof bridged, { layers: Layers }>
        : never

/** The axes with the last two swapped, as arguments of `permute`. */
type Turned<Axes extends readonly number[], Before extends readonly unknown[] = []> = Before['length'] extends Axes['length']
  ? `${[...Before, 0]['length']}, ${Before['length'] & number}`
  : `${Before['length'] & number}, ${Turned<Axes, [...Before, 0]>}`

const innerFix = (first: Shape, second: Shape): string => {
  const [rows, inner] = first.slice(-2) as [number, number]
  const [meets, columns] = second.slice(-2) as [number, number]
  const leading = first.slice(0, -2)
  const axes = [...leading.keys(), leading.length + 1, leading.length].join(', ')
  if (inner === columns) return fill(turned, { axes, position: '2' })
  if (rows === meets) return fill(turned, { axes, position: '1' })
  return fill(bridged, { layers: bridge(first, [...leading, rows, meets]) })
}

/** {@link MatmulRule} at run time, for the shapes of both branches. */
const requireMatrices = (first: Shape, second: Shape): void => {
  const few = (position: string, shape: Shape, reshaped: string): string => fill(fewAxes, { position, shape: shapeText(shape), reshaped })
  if (first.length < 2) throw new ShapeError(few('1', first, `1, ${first[0]}`), 'matmul', 'first')
  if (second.length < 2) throw new ShapeError(few('2', second, `${second[0]}, 1`), 'matmul', 'second')
  const texts = { first: first.join(', '), second: second.join(', ') }
  if (!sameShape(first.slice(0, -2), second.slice(0, -2))) throw new ShapeError(fill(otherLeading, texts), 'matmul', 'second')
  const [columns, rows] = [first.at(-1), second.at(-2)]
  if (columns === rows) return
  const values = { ...texts, columns: `${columns}`, rows: `${rows}`, fix: innerFix(first, second) }
  throw new ShapeError(fill(otherInner, values), 'matmul', 'second')
}

/** {@link MatmulRule} at run time. */
export const matmulKinds = {
  matmul: {
    takes: 2,
    extend: (before, follow, first, second) => {
      if (first === undefined || second === undefined) throw new ShapeError(needsTwo, 'matmul', first === undefined ? 'first' : 'second')
      const left = followBranch('matmul', 'branch 1', before, follow, first, 'first')
      const right = followBranch('matmul', 'branch 2', sharedBehind(before, [left]), follow, second, 'second')
      const [shape, other] = [left.applied.output, right.applied.output]
      requireMatrices(shape, other)
      const link = joined('matmul', before, [left, right], [...shape.slice(0, -1), other.at(-1) as number])
      return { ...link, applied: { ...link.applied, macs: valuesIn(shape) * (other.at(-1) as number) } }
    },
  } satisfies LinkKind<[AnyLayer, AnyLayer]>,
}

/**
 * Multiplies two branches as matrices, as a layer value: `[..., n, k]` by `[..., k, m]`.
 *
 * @param first a layer value or the name of a kept value
 * @param second the right factor, with as many rows as the first has columns
 * @example
 * matmul('queries', branch('keys', permute(1, 0)))
 */
export const matmul: <First extends BranchValue, Second extends BranchValue>(
  first: First,
  second: Second,
) => Layer<'matmul', [First, Second]> = layerFunction('matmul')

export type FirstOrUseABlock<Input extends AnyShape, First, Second, Scope> = [FaultAt<MatmulRule<Input, First, Second, Scope>, 0>] extends [
  never,
]
  ? AsShown<Input, First>
  : BranchFault<Input, First, OneOf<FaultAt<MatmulRule<Input, First, Second, Scope>, 0>>, Scope>
export type SecondOrUseABlock<Input extends AnyShape, First, Second, Scope> = [
  FaultAt<MatmulRule<Input, First, Second, Scope>, 1>,
] extends [never]
  ? AsShown<Input, Second>
  : BranchFault<Input, Second, OneOf<FaultAt<MatmulRule<Input, First, Second, Scope>, 1>>, Scope>

/** The messages for a branch. Of branches that may be one of several, the rule is one of several too. */
type FaultAt<Rule, Position> = Rule extends { fault: infer Fault; at: Position } ? Fault : never

declare module '../kind/scope-rules.js' {
  interface ScopeRules<Scope, Input extends AnyShape, Given extends Arguments> {
    matmul: MatmulRule<Input, Given[0], Given[1], Scope>
  }
}
