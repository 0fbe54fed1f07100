import type { LikeChannelsFirst, WithNote } from '../../shape/channels-last.js'

/*
 * The types of a method's parameters: the argument, or the message for it from the rule of the layer. In a function that is generic in a
 * dimension the rule cannot run, and the compiler shows these names: use a block there.
 *
 * `Start` is the network's own input: if it looks like channels first, a message says so. `Noted` is written out here, since an alias
 * would cost every call. `Rule` is in a list, since the compiler must not take a union of rules apart: it would no longer see that the
 * argument is a literal.
 */

export type KernelOrUseABlock<Rule, Kernel, Start = unknown> = [Rule] extends [{ kernel: infer Fault extends string }]
  ? Start extends LikeChannelsFirst
    ? WithNote<Fault, Start>
    : Fault
  : Kernel

export type OptionsOrUseABlock<Rule, Options, Start = unknown> = [Rule] extends [{ options: infer Faults extends object | string }]
  ? Start extends LikeChannelsFirst
    ? WithNote<Faults, Start>
    : Faults
  : Options
