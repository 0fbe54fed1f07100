import type { OneOf } from '../../shape/message.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import type { Arguments, LayerRules } from './layer-rules.js'
import type { NoValueText } from './named.js'
import type { AnyRule, Sound } from './rule-of.js'
import type { Given } from './value.js'

/* Options that are chosen as a whole, such as `wide ? { stride: 2 } : undefined`: the rule of each choice. */

/**
 * The names of the options in each of several objects: `keyof` has only those that all of them have. For options that may be `undefined`
 * it is more than `keyof` too.
 */
export type KeysOf<Options> = Options extends undefined ? 'undefined' : keyof Options

/**
 * The rule of a method whose options may be `undefined`, or `any`: that of the layer value with each of them. The placeholder keeps the
 * compiler from working out what the rule of an unknown input may be.
 *
 * If an option has a wrong type, TypeScript infers all that options may be. Its own error is better then, so the rule says nothing.
 */
export type ChosenRule<Kind extends keyof LayerRules<Shape, Arguments>, Input extends AnyShape, Required extends Arguments, Options> =
  IsMistake<Options> extends true
    ? { output: Shape; params: '?' }
    : RuleOfEach<Kind, Input, Given<Required, Options>> extends infer Rule extends AnyRule
      ? Rule
      : never

/** Whether options are all that they may be, `NoOptions` too. */
type IsMistake<Options> = 0 extends 1 & Options ? false : [Extract<Options, number>] extends [never] ? false : true

/** Options without those of a mistake. */
export type Valid<Options> = IsMistake<Options> extends true ? undefined : Options

type RuleOfEach<Kind extends keyof LayerRules<Shape, Arguments>, Input, Each extends Arguments> = Input extends Shape
  ? Together<LayerRules<Input, Each>[Kind]>
  : { output: Shape; params: '?'; options: NoValueText<Kind> }

/** Several rules as one: those with a mistake, if there are any. */
export type Together<Rules> = [Mistaken<Rules>] extends [never] ? Rules : Mistaken<Rules>

/** The message for options stands for the whole, since an argument that is one of several objects has no place for it. */
type Mistaken<Rules> = Rules extends unknown
  ? keyof Rules extends Sound
    ? never
    : Rules extends { options: infer Faults }
      ? Omit<Rules, 'options'> & { options: Faults extends string ? Faults : OneOf<Faults[keyof Faults]> }
      : Rules
  : never
