import type { Reverse } from '../../arithmetic/digits.js'
import type { AnyNetwork } from '../../network/network.js'
import type { NoLayerText } from '../../network/refusals.js'
import type { LikeChannelsFirst, WithNote } from '../../shape/channels-last.js'
import type { FirstName } from '../../shape/first-name.js'
import { type Fill, fill, ShapeError } from '../../shape/message.js'
import { type SameShape, sameShape } from '../../shape/same.js'
import { type AnyShape, type Shape, type ShapeText, shapeText } from '../../shape/shape.js'
import type { BranchFault, NoLayerRule, NotInferredMark } from './branch.js'
import type { Link } from './layer.js'
import type { InputsOf, KeepingAll, NamesIn, NoValueText, TakenNameText, UnknownNameText, ValueNamed } from './named.js'
import type { FaultOf, IsSound, RuleOf } from './rule-of.js'
import { valueNamed } from './scope.js'
import type { LessShared, OtherSharedText, SharedBy } from './shared-in-types.js'
import type { AnyLayer } from './value.js'

const otherInput = 'apply: the network takes {takes}, and the shape here is {here}.'

const takesName = "apply: the network takes '{name}', and "

/**
 * The rule of `apply`: for a layer value, a network, or a function that adds layers to the current value. The mark of a default fits `any`
 * too; nothing is known of either.
 */
export type ApplyRule<Here extends AnyShape, Value, Scope> = NotInferredMark extends Value
  ? { output: Shape; params: '?' }
  : Value extends AnyLayer
    ? RuleOf<Here, Value, Scope>
    : Value extends AnyNetwork
      ? NetworkRule<Here, Value['input'], Value['output'], Value['params'], Scope>
      : Value extends string
        ? { output: Shape; params: '?'; layer: NoLayerText<'apply: ', Value> }
        : FaultAtEnd<Here, Value, NoLayerRule<Here, Value, 'apply: ', Scope>, Scope>

/** The rule of a function, with its message placed where the compiler shows it: at the end of the function's body. */
type FaultAtEnd<Here extends AnyShape, Value, Rule, Scope> = Rule extends { output: infer Output; params: infer Params; layer: infer Fault }
  ? { output: Output; params: Params; layer: { atItsEnd: BranchFault<Here, Value, Fault, Scope> } }
  : Rule

/** The rule of applying a network: the current value must have its input's shape, or values with its inputs' names must have theirs. */
type NetworkRule<Here, Input, Output, Params extends number, Scope> = Input extends { kept: unknown } | { shared: unknown }
  ? NetworkWithNames<Here, InputsOf<Input>, Input, Output, Params, Scope>
  : Input extends Shape
    ? SameShape<Input, Here> extends true
      ? { output: Output; params: ParamsOfNetwork<Params> }
      : { output: Output; params: '?'; layer: OtherInputText<Input, Here> }
    : NetworkWithNames<Here, Input, Input, Output, Params, Scope>

/** The parameters of a network as digits. */
export type ParamsOfNetwork<Params> = number extends Params ? '?' : Reverse<`${Params & number}`>

/**
 * The rule of a network with several inputs, kept values or shared layers. Its names are known after it, except those of its inputs: what a
 * tower of `parallel` gives has the name of its input, and the name keeps its meaning here. They are known after a mistake too, so that
 * it is reported once.
 */
type NetworkWithNames<Here, Takes, Input, Output, Params extends number, Scope> = [InputFault<Here, Takes, Scope>] extends [never]
  ? [Extract<keyof KeptBy<Input>, NamesIn<Scope>>] extends [NamesOfInputs<Takes, Output>]
    ? [OtherSharedText<SharedBy<Input>, SharedBy<Scope>>] extends [never]
      ? {
          output: Output
          params: ParamsOfNetwork<LessShared<Params, SharedBy<Input>, Extract<keyof SharedBy<Input>, keyof SharedBy<Scope>>>>
          scope: KeepingAll<Scope, Input>
        }
      : { output: Output; params: '?'; scope: KeepingAll<Scope, Input>; layer: OtherSharedText<SharedBy<Input>, SharedBy<Scope>> }
    : {
        output: Output
        params: '?'
        scope: KeepingAll<Scope, Input>
        layer: TakenNameText<'apply', FirstName<Exclude<Extract<keyof KeptBy<Input>, NamesIn<Scope>>, NamesOfInputs<Takes, Output>>>>
      }
  : { output: Output; params: '?'; scope: KeepingAll<Scope, Input>; layer: FirstInputFault<Here, Takes, Scope> }

type KeptBy<Scope> = Scope extends { kept: infer Kept } ? Kept : {}

/** The names that the network may keep although a value here has them: those of its inputs, unless an output has the name. */
type NamesOfInputs<Takes, Output> = Takes extends Shape ? never : Exclude<keyof Takes, Output extends Shape ? never : keyof Output>

/** The message for an input that gets no value, or a value of another shape. */
type InputFault<Here, Takes, Scope> = Takes extends Shape ? ShapeFault<Takes, Here> : InputFaults<Here, Takes, Scope>[keyof Takes]

type InputFaults<Here, Takes, Scope> = { [Name in keyof Takes]: NamedInputFault<Name, Takes[Name], Here extends Shape ? {} : Here, Scope> }

/** {@link InputFault} of a single input: of several, the first in the order of their names. */
type FirstInputFault<Here, Takes, Scope> = Takes extends Shape ? ShapeFault<Takes, Here> : FaultByFirstName<InputFaults<Here, Takes, Scope>>

/** Of the messages by name, that of the first name that has one. */
type FaultByFirstName<Faults> = {
  [Name in keyof Faults]: `${Name & (string | number)}` extends FirstName<FaultyIn<Faults>> ? Faults[Name] : never
}[keyof Faults]

type FaultyIn<Faults> = { [Name in keyof Faults]: [Faults[Name]] extends [never] ? never : `${Name & (string | number)}` }[keyof Faults]

/**
 * `Values` are the current values if there are several: an input takes the value of its name from these first, then from the kept
 * values.
 */
type NamedInputFault<Name, Takes, Values, Scope> = (Name extends keyof Values ? Values[Name] : ValueNamed<Scope, Name>) extends infer Here
  ? [Here] extends [never]
    ? UnknownNameText<Fill<typeof takesName, { name: Name }>, Name, Scope>
    : SameShape<Takes, Here> extends true
      ? never
      : Fill<typeof otherInput, { takes: `${ShapeText<Takes>} as '${Name & (string | number)}'`; here: ShapeText<Here> }>
  : never

type ShapeFault<Takes, Here> = SameShape<Takes, Here> extends true ? never : OtherInputText<Takes, Here>

/** The message for a value of another shape, or for several values where one is needed. */
type OtherInputText<Takes, Here> = Here extends Shape
  ? Fill<typeof otherInput, { takes: ShapeText<Takes>; here: ShapeText<Here> }>
  : NoValueText<'apply'>

/** The value for an input of an applied network: the value with the same name. */
export const inputNamed = (before: Link, name: string, takes: Shape): Link => {
  const value = before.values?.get(name) ?? valueNamed(fill(takesName, { name }), before, name, 'layer')
  requireInput(takes, value.applied.output, ` as '${name}'`)
  return value
}

/**
 * {@link NetworkRule} at run time, for the input's shape.
 *
 * @param as the name of the input, if the network has several
 * @throws {ShapeError} with both shapes if they differ
 */
export const requireInput = (takes: Shape, here: Shape, as = ''): void => {
  if (sameShape(takes, here)) return
  throw new ShapeError(fill(otherInput, { takes: shapeText(takes) + as, here: shapeText(here) }), 'apply', 'layer')
}

/** The applied layer if it is valid here, otherwise the message. */
export type LayerOrUseABlock<Here extends AnyShape, Value, Scope> =
  ApplyRule<Here, Value, Scope> extends infer Rule
    ? IsSound<Rule> extends true
      ? LayerAsShown<Value>
      : Scope extends LikeChannelsFirst
        ? NotedText<FaultOf<Rule>, Scope>
        : FaultOf<Rule>
    : never

/** A message with its note. The end of a function's body has it already. */
type NotedText<Fault, Scope> = Fault extends string ? WithNote<Fault, Scope> : Fault

/**
 * The applied layer as a hover shows it, as for a branch (`AsShown`). `unknown` and `{}` are no layers.
 */
type LayerAsShown<Value> = Value extends AnyLayer ? AnyLayer : {} extends Value ? AnyLayer : Value
