import type { Reverse } from '../../arithmetic/digits.js'
import type { Subtract } from '../../arithmetic/subtract.js'
import type { AnyNetwork } from '../../network/network.js'
import type { NoLayerText } from '../../network/refusals.js'
import { type Fill, fill, type OneOf, ShapeError } from '../../shape/message.js'
import { type SameShape, sameShape } from '../../shape/same.js'
import { type AnyShape, type Shape, type ShapeText, shapeText } from '../../shape/shape.js'
import type { BranchFault, NoLayerRule } from './branch.js'
import type { Link } from './layer.js'
import type { InputsOf, KeepingAll, NamesIn, NoValueText, TakenNameText, ValueNamed } from './named.js'
import type { FaultOf, IsSound, RuleOf } from './rule-of.js'
import { keptAt } from './scope.js'
import type { AnyLayer } from './value.js'

const otherInput = 'apply: the network takes {takes}, and the shape here is {here}.'

const noInput = "apply: the network takes '{name}', and nothing is kept as '{name}' here."

/** The rule of what is applied: a layer value, a network, or a function that goes on from here. */
export type ApplyRule<Here extends AnyShape, Value, Scope> = 0 extends 1 & Value
  ? { output: Shape; params: '?' }
  : Value extends AnyLayer
    ? RuleOf<Here, Value, Scope>
    : Value extends AnyNetwork
      ? NetworkRule<Here, Value['input'], Value['output'], Value['params'], Scope>
      : Value extends string
        ? { output: Shape; params: '?'; layer: NoLayerText<'apply: ', Value> }
        : AtItsEnd<Here, Value, NoLayerRule<Here, Value, 'apply: ', Scope>, Scope>

/** The rule of a function with its sentence where it stands: at the end of the function's body. */
type AtItsEnd<Here extends AnyShape, Value, Rule, Scope> = Rule extends { output: infer Output; params: infer Params; layer: infer Fault }
  ? { output: Output; params: Params; layer: { atItsEnd: BranchFault<Here, Value, Fault, Scope> } }
  : Rule

/** The rule of a network's layers, which take the shape that its input has, or values by the names of its inputs. */
type NetworkRule<Here, Begin, Output, Params extends number, Scope> = Begin extends { kept: unknown } | { shared: unknown }
  ? KeepingNetwork<Here, InputsOf<Begin>, Begin, Output, Params, Scope>
  : Begin extends Shape
    ? SameShape<Begin, Here> extends true
      ? { output: Output; params: CountOfNetwork<Params> }
      : { output: Output; params: '?'; layer: OtherInput<Begin, Here> }
    : KeepingNetwork<Here, Begin, Begin, Output, Params, Scope>

type CountOfNetwork<Params> = number extends Params ? '?' : Reverse<`${Params & number}`>

/** The rule of a network with several inputs, or one that keeps values or shares layers: its names are known behind it. */
type KeepingNetwork<Here, Takes, Begin, Output, Params extends number, Scope> = [InputFault<Here, Takes, Scope>] extends [never]
  ? [Extract<keyof KeptBy<Begin>, NamesIn<Scope>>] extends [never]
    ? {
        output: Output
        params: CountOfNetwork<LessShared<Params, SharedBy<Begin>, Extract<keyof SharedBy<Begin>, keyof SharedBy<Scope>>>>
        scope: KeepingAll<Scope, Begin>
      }
    : { output: Output; params: '?'; layer: TakenNameText<'apply', Extract<keyof KeptBy<Begin>, NamesIn<Scope>>> }
  : { output: Output; params: '?'; layer: OneOf<InputFault<Here, Takes, Scope>> }

type KeptBy<Scope> = Scope extends { kept: infer Kept } ? Kept : {}
type SharedBy<Scope> = Scope extends { shared: infer Shared } ? Shared : {}

/** The sentence of an input that gets no value, or one of another shape. */
type InputFault<Here, Takes, Scope> = Takes extends Shape
  ? ShapeFault<Takes, Here>
  : { [Name in keyof Takes]: NamedInputFault<Name, Takes[Name], Here extends Shape ? {} : Here, Scope> }[keyof Takes]

/** `Values` are those that stand here in place of one: an input takes that of its name first, then what is kept. */
type NamedInputFault<Name, Takes, Values, Scope> = Name extends keyof Values
  ? ShapeFault<Takes, Values[Name]>
  : [ValueNamed<Scope, Name>] extends [never]
    ? Fill<typeof noInput, { name: Name }>
    : ShapeFault<Takes, ValueNamed<Scope, Name>>

type ShapeFault<Takes, Here> = SameShape<Takes, Here> extends true ? never : OtherInput<Takes, Here>

/** The sentence for a value of another shape, and for several where one is needed. */
type OtherInput<Takes, Here> = Here extends Shape
  ? Fill<typeof otherInput, { takes: ShapeText<Takes>; here: ShapeText<Here> }>
  : NoValueText<'apply'>

/** Parameters without those of shared layers that are counted already. */
export type LessShared<Params extends number, Shared, Names> = [Names] extends [never]
  ? Params
  : OneOf<Names> extends infer Name
    ? Name extends keyof Shared
      ? Shared[Name] extends { params: infer Count extends number }
        ? Subtract<Params, Count> extends infer Left extends number
          ? LessShared<Left, Shared, Exclude<Names, Name>>
          : number
        : number
      : number
    : never

/** The value that an input of an applied network takes: that of its name. */
export const inputNamed = (before: Link, name: string, takes: Shape): Link => {
  const value = before.values?.get(name) ?? keptAt(before, name)
  if (!value) throw new ShapeError(fill(noInput, { name }), 'apply', 'layer')
  requireInput(takes, value.applied.output)
  return value
}

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
export type LayerOrUseABlock<Here extends AnyShape, Value, Scope> =
  ApplyRule<Here, Value, Scope> extends infer Rule ? (IsSound<Rule> extends true ? Fitting<Value> : FaultOf<Rule>) : never

/**
 * What fits, as a hover shows it: a layer value has its type shown already as the method's type argument. `Value` must stand bare in it, since the compiler infers it from here.
 */
type Fitting<Value> = Value extends AnyLayer ? AnyLayer : Value
