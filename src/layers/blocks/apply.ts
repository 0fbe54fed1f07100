import type { Reverse } from '../../arithmetic/digits.js'
import type { AnyNetwork } from '../../network/network.js'
import { type Fill, fill, ShapeError } from '../../shape/message.js'
import { type Shape, type ShapeText, shapeText } from '../../shape/shape.js'
import { type BranchFault, type NoLayerRule, type SameShape, sameShape } from '../kind/branch.js'
import type { FaultOf, IsSound, RuleOf } from '../kind/rule-of.js'
import type { AnyLayer } from '../kind/value.js'

const otherInput = 'apply: the network takes {takes}, and the shape here is {here}.'

/** The rule of what is applied: a layer value, a network, or a function that goes on from here. */
export type ApplyRule<Here extends Shape, Value> = Value extends AnyLayer
  ? RuleOf<Here, Value>
  : Value extends AnyNetwork
    ? NetworkRule<Here, Value['input'], Value['output'], Value['params']>
    : AtItsEnd<Here, Value, NoLayerRule<Here, Value, 'apply: '>>

/** The rule of a function with its sentence where it stands: at the end of the function's body. */
type AtItsEnd<Here extends Shape, Value, Rule> = Rule extends { output: infer Output; params: infer Params; layer: infer Fault }
  ? { output: Output; params: Params; layer: { atItsEnd: BranchFault<Here, Value, Fault> } }
  : Rule

/** The rule of a network's layers, which take the shape that its input has. */
type NetworkRule<Here extends Shape, Begin extends Shape, Output extends Shape, Params extends number> =
  SameShape<Begin, Here> extends true
    ? { output: Output; params: number extends Params ? '?' : Reverse<`${Params}`> }
    : { output: Output; params: '?'; layer: Fill<typeof otherInput, { takes: ShapeText<Begin>; here: ShapeText<Here> }> }

/**
 * Refuses to apply a network whose input has another shape: {@link NetworkRule} at run time.
 *
 * @throws {ShapeError} with both shapes
 */
export const requireInput = (takes: Shape, here: Shape): void => {
  if (sameShape(takes, here)) return
  throw new ShapeError(fill(otherInput, { takes: shapeText(takes), here: shapeText(here) }), 'apply', 'layer')
}

/** What is applied where it fits; the sentence where it does not. */
export type LayerOrUseABlock<Here extends Shape, Value> =
  ApplyRule<Here, Value> extends infer Rule ? (IsSound<Rule> extends true ? Fitting<Value> : FaultOf<Rule>) : never

/**
 * What fits, as a hover shows it: a layer value has its type shown already as the method's type argument. `Value` must stand bare in it, since the compiler infers it from here.
 */
type Fitting<Value> = Value extends AnyLayer ? AnyLayer : Value
