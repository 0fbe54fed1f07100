import { type Fill, fill, ShapeError } from '../../shape/message.js'
import { type Shape, type ShapeText, shapeText } from '../../shape/shape.js'
import { type BranchFault, type BranchRule, type FaultIn, followBranch, joined, type SameShape, sameShape } from '../kind/branch.js'
import type { LinkKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import { type AnyLayer, type Layer, layerFunction } from '../kind/value.js'

/*
 * A gate: a branch whose output scales the main path, channel by channel (squeeze and excitation, Hu et al. 2017).
 */

const unfit = 'multiply: the gate gives {gate}, and the input is {input}: a gate has one value for each channel, or the shape of its input.'

/** The rule of a gate: the input's shape, and the gate's parameters. */
export type GateRule<Input extends Shape, Gate> =
  BranchRule<Input, Gate> extends infer Rule extends { output: Shape; params: string }
    ? keyof Rule extends 'output' | 'params'
      ? Gates<Input, Rule['output']> extends true
        ? { output: Input; params: Rule['params'] }
        : { output: Input; params: Rule['params']; gate: Fill<typeof unfit, { gate: ShapeText<Rule['output']>; input: ShapeText<Input> }> }
      : { output: Input; params: '?'; gate: FaultIn<'multiply', 'gate', Rule> }
    : never

/** Whether a gate's output is broadcast to the input: `[C]`, `[1, 1, C]` with as many axes, or the input's own shape. */
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

/** {@link GateRule} at run time. */
export const gateKinds = {
  multiply: {
    kind: 'multiply',
    takes: 1,
    extend: (before, follow, gate) => {
      const link = followBranch('multiply', 'gate', () => follow(before, gate))
      const [input, output] = [before.applied.output, link.applied.output]
      if (!gates(input, output)) {
        throw new ShapeError(fill(unfit, { gate: shapeText(output), input: shapeText(input) }), 'multiply', 'gate')
      }
      return joined('multiply', [before, link], input)
    },
  } satisfies LinkKind<[AnyLayer]>,
}

/**
 * A gate as a layer value: scales its input, channel by channel.
 *
 * @param gate layers that give one value for each channel
 * @example
 * multiply(block(globalAvgPool(), dense(16), relu(), dense(64), sigmoid()))
 */
export const multiply: <Gate>(gate: Gate) => Layer<'multiply', [Gate]> = layerFunction('multiply')

export type GateOrUseABlock<Input extends Shape, Gate> =
  GateRule<Input, Gate> extends { gate: infer Fault } ? BranchFault<Input, Gate, Fault> : Gate

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    multiply: GateRule<Input, Given[0]>
  }
}
