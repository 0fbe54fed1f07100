import type { LikeChannelsFirst, Noted, WithNote } from '../../shape/channels-last.js'
import type { NoOptions } from './options.js'

/*
 * The types of a method's parameters behind the first: the argument, or the message for it from the rule of the layer. They share one
 * type, which costs the compiler less than one for each family. In a function that is generic in a dimension the rule cannot run, and the
 * compiler shows the name of the first parameter's type, such as `FiltersOrUseABlock`: that one has no `Rule`, which would be written out.
 *
 * `Start` is the network's own input: if it looks like channels first, a message says so. `Noted` is written out here, since an alias
 * would cost every call. `Rule` is in a list, since the compiler must not take a union of rules apart: it would no longer see that the
 * argument is a literal.
 *
 * From options that are one of several written-out object types, the compiler infers one of them. It would infer all of them if the
 * message were in the constraint of `Options`. But constraints that differ by shape make a call on one of two networks an error.
 */

export type ConvKernelOrUseABlock<Rule, Kernel, Start> = [Rule] extends [{ kernel: infer Fault extends string }]
  ? Start extends LikeChannelsFirst
    ? WithNote<Fault, Start>
    : Fault
  : Kernel

export type OptionsOrUseABlock<Rule, Options, Start> = [Rule] extends [{ options: infer Faults extends object | string }]
  ? Start extends LikeChannelsFirst
    ? WithNote<Faults, Start>
    : Faults
  : Options

/*
 * The same for rules that the compiler cannot run for an unknown input. To compare two networks it compares their methods with all that an
 * argument may be: that is first, since the types would differ by `Start` otherwise, and all rules would be worked out.
 */

export type WideKernelOrUseABlock<Rule, Kernel, Start> = number | readonly number[] extends Kernel
  ? Kernel
  : [Rule] extends [{ kernel: infer Fault extends string }]
    ? Noted<Fault, Start>
    : Kernel

export type WideOptionsOrUseABlock<Rule, Options, Start> = NoOptions extends Options
  ? Exclude<Options, NoOptions>
  : [Rule] extends [{ options: infer Faults extends object | string }]
    ? Noted<Faults, Start>
    : Options
