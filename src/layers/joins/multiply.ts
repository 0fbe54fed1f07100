import { type Fill, fill, type OneOf, ShapeError } from '../../shape/message.js'
import { type SameShape, sameShape } from '../../shape/same.js'
import { type AnyShape, type Shape, type ShapeText, shapeText } from '../../shape/shape.js'
import { type AsShown, type BranchFault, type BranchRule, type BranchValue, type FaultIn, followBranch, joined } from '../kind/branch.js'
import type { Link, LinkKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { NoValueText } from '../kind/named.js'
import type { AddCounts } from '../kind/params.js'
import type { IsUnsure, ScopeBehind, Sound } from '../kind/rule-of.js'
import { requireValue } from '../kind/scope.js'
import { sharedBehind } from '../kind/sharing.js'
import { type AnyLayer, type Layer, layerFunction } from '../kind/value.js'

/*
 * A gate: a branch whose output scales the main path, channel by channel (squeeze and excitation, Hu et al. 2017). With two branches,
 * the second scales the first.
 */

const unfit = 'multiply: the gate gives {gate}, and the input is {input}: a gate has one value for each channel, or the shape of its input.'

/** The rule of a gate: the input's shape, and the gate's parameters. */
export type GateRule<Input extends AnyShape, Gate, Scope> = 0 extends 1 & Gate
  ? { output: Input; params: '?' }
  : Input extends Shape
    ? BranchRule<Input, Gate, Scope> extends infer Rule extends { output: Shape; params: string }
      ? (Rule extends unknown ? keyof Rule : never) extends Sound
        ? [Misfit<Input, Rule['output']>] extends [never]
          ? keyof Rule extends 'output' | 'params'
            ? { output: Input; params: Rule['params'] }
            : { output: Input; params: Rule['params']; scope: ScopeBehind<Scope, Rule> }
          : {
              output: Input
              params: Rule['params']
              gate: Unfit<Misfit<Input, Rule['output']>, Input>
            }
        : IsUnsure<Rule> extends true
          ? { output: Input; params: '?' }
          : { output: Input; params: '?'; gate: FaultIn<'multiply', 'gate', Rule> }
      : { output: Input; params: '?'; gate: FaultIn<'multiply', 'gate', BranchRule<Input, Gate, Scope>> }
    : { output: Shape; params: '?'; gate: NoValueText<'multiply'> }

/** The rule of a product: the first branch's shape, and the parameters of both. */
export type ProductRule<Input extends AnyShape, Main, Gate, Scope> = 0 extends 1 & Main
  ? { output: Shape; params: '?' }
  : BranchRule<Input, Main, Scope> extends infer First extends { output: Shape; params: string }
    ? (First extends unknown ? keyof First : never) extends Sound
      ? BranchRule<Input, Gate, ScopeBehind<Scope, First>> extends infer Rule extends { output: Shape; params: string }
        ? (Rule extends unknown ? keyof Rule : never) extends Sound
          ? [Misfit<First['output'], Rule['output']>] extends [never]
            ? {
                output: First['output']
                params: AddCounts<First['params'], Rule['params']>
                scope: ScopeBehind<ScopeBehind<Scope, First>, Rule>
              }
            : {
                output: First['output']
                params: '?'
                gate: Unfit<Misfit<First['output'], Rule['output']>, First['output']>
              }
          : IsUnsure<Rule> extends true
            ? { output: Shape; params: '?' }
            : { output: First['output']; params: '?'; gate: FaultIn<'multiply', 'gate', Rule> }
        : { output: First['output']; params: '?'; gate: FaultIn<'multiply', 'gate', BranchRule<Input, Gate, ScopeBehind<Scope, First>>> }
      : IsUnsure<First> extends true
        ? { output: Shape; params: '?' }
        : { output: First['output']; params: '?'; main: FaultIn<'multiply', 'branch 1', First> }
    : { output: Shape; params: '?'; main: FaultIn<'multiply', 'branch 1', BranchRule<Input, Main, Scope>> }

/** The message for a gate that cannot be broadcast to its input. */
type Unfit<Gate, Input> = OneOf<Fill<typeof unfit, { gate: ShapeText<Gate>; input: ShapeText<Input> }>>

/** The outputs of a gate, which may be one of several, that cannot be broadcast to the input. */
type Misfit<Input, Gate> = Gate extends unknown ? (Gates<Input, Gate> extends true ? never : Gate) : never

/** Whether a gate's output can be broadcast to the input: `[C]`, `[1, 1, C]` with the same rank, or the input's own shape. */
type Gates<Input, Gate> =
  SameShape<Input, Gate> extends true
    ? true
    : [Input, Gate] extends [readonly [...infer Sizes, infer Channels], readonly [...infer Ones, infer Values]]
      ? Ones['length'] extends 0 | Sizes['length']
        ? [OnlyOnes<Ones>, SameShape<[Channels], [Values]>] extends [true, true]
          ? true
          : false
        : false
      : true

/** Whether each size is 1, or may be. */
type OnlyOnes<Sizes> = Sizes extends readonly [infer First, ...infer Rest]
  ? number extends First
    ? OnlyOnes<Rest>
    : First extends 1
      ? OnlyOnes<Rest>
      : false
  : true

const gates = (input: Shape, gate: Shape): boolean =>
  sameShape(input, gate) ||
  (gate.at(-1) === input.at(-1) && gate.slice(0, -1).every((size) => size === 1) && (gate.length === 1 || gate.length === input.length))

/** {@link GateRule} and {@link ProductRule} at run time. */
export const gateKinds = {
  multiply: {
    takes: 2,
    extend: (before, follow, first, second) => {
      if (second === undefined) requireValue('multiply', before)
      const main = second === undefined ? before : followBranch('multiply', 'branch 1', before, follow, first, 'main')
      const gate = followBranch('multiply', 'gate', sharedBehind(before, [main]), follow, second ?? first)
      return gated(before, main, gate)
    },
  } satisfies LinkKind<[AnyLayer, AnyLayer?]>,
}

/** Creates the link of a value scaled by a gate. */
const gated = (before: Link, main: Link, gate: Link): Link => {
  const [input, output] = [main.applied.output, gate.applied.output]
  if (!gates(input, output)) {
    throw new ShapeError(fill(unfit, { gate: shapeText(output), input: shapeText(input) }), 'multiply', 'gate')
  }
  return joined('multiply', before, [main, gate], input)
}

/**
 * Scales the input by a gate, channel by channel, as a layer value. With two branches, the second scales the first.
 *
 * @param gate layers that give one value for each channel
 * @example
 * multiply(block(globalAvgPool(), dense(16), relu(), dense(64), sigmoid()))
 * multiply('features', 'mask')
 */
export const multiply: {
  <Gate extends BranchValue>(gate: Gate): Layer<'multiply', [Gate]>
  <Main extends BranchValue, Gate extends BranchValue>(main: Main, gate: Gate): Layer<'multiply', [Main, Gate]>
} = layerFunction('multiply')

export type GateOrUseABlock<Input extends AnyShape, Gate, Scope> =
  GateRule<Input, Gate, Scope> extends { gate: infer Fault } ? BranchFault<Input, Gate, Fault, Scope> : AsShown<Input, Gate>

export type MainOrUseABlock<Input extends AnyShape, Main, Gate, Scope> =
  ProductRule<Input, Main, Gate, Scope> extends { main: infer Fault } ? BranchFault<Input, Main, Fault, Scope> : AsShown<Input, Main>

export type ScaleOrUseABlock<Input extends AnyShape, Main, Gate, Scope> =
  ProductRule<Input, Main, Gate, Scope> extends { gate: infer Fault } ? BranchFault<Input, Gate, Fault, Scope> : AsShown<Input, Gate>

declare module '../kind/scope-rules.js' {
  interface ScopeRules<Scope, Input extends AnyShape, Given extends Arguments> {
    multiply: Given extends readonly [infer Main, infer Gate] ? ProductRule<Input, Main, Gate, Scope> : GateRule<Input, Given[0], Scope>
  }
}
