import type { Literal } from '../../arithmetic/natural.js'
import type { Noted } from '../../shape/channels-last.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import { type NotPositiveIn, requireWhole, type WholeMessage } from '../../shape/whole.js'
import { type GroupsFit, type GroupsMessage, requireGroups } from '../kind/groups.js'
import type { Applied, LayerKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { ValueOrUseABlock } from '../kind/named.js'
import type { LeftOut, NoOptions, OptionsGiven } from '../kind/options.js'
import type { Channels } from '../kind/rule.js'
import { type NoAxes, requireAxes } from '../kind/rule.js'
import { type Given, type Layer, layerFunction, type Without } from '../kind/value.js'
import { type AffineOptions, type AffineRule, applyAffine, type NoAffineOptions } from './affine.js'

/** Normalization of each example by itself, over groups of channels or over each channel alone. */

/** The message for each number of groups that does not divide the channels; `never` if there is none. */
type GroupsFault<Of extends number, Groups> = Groups extends number
  ? number extends Groups | Of
    ? number extends Literal<Groups> | Of
      ? never
      : GroupsFault<Of, Literal<Groups>>
    : `${Groups}` extends NotPositiveIn<`${Groups}`>
      ? WholeMessage<'groupNorm', 'groups', Groups, 1>
      : GroupsFit<Of, Of, Groups> extends true
        ? never
        : Groups extends object
          ? never
          : GroupsMessage<'groupNorm', Of, Of, Groups>
  : never

export type GroupNormRule<Input, Groups, Options> = [GroupsFault<Channels<Input>, Groups>] extends [never]
  ? AffineRule<'groupNorm', Input, Options, true>
  : { groups: GroupsFault<Channels<Input>, Groups>; output: Input; params: AffineRule<'groupNorm', Input, Options, true>['params'] }

const applyGroupNorm = (input: Shape, groups: number, options: AffineOptions = {}): Applied => {
  requireWhole('groupNorm', 'groups', groups, 1)
  const channels = input.at(-1) as number
  requireGroups('groupNorm', channels, channels, groups, 'groups')
  return applyAffine('groupNorm', input, options, true, { groups })
}

/** The rule of `instanceNorm`: a channel needs positions to be normalized over. */
export type InstanceNormRule<Input, Options> = Input extends readonly [number]
  ? { input: NoAxes<'instanceNorm', Input>; output: Input; params: '?' }
  : AffineRule<'instanceNorm', Input, Options, false>

const applyInstanceNorm = (input: Shape, options: AffineOptions = {}): Applied => {
  requireAxes('instanceNorm', input, '')
  return applyAffine('instanceNorm', input, options, false)
}

export const groupNormKinds = {
  groupNorm: { takes: 2, apply: applyGroupNorm } satisfies LayerKind<[number, AffineOptions?]>,
  instanceNorm: { takes: 1, apply: applyInstanceNorm } satisfies LayerKind<[AffineOptions?]>,
}

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    groupNorm: Given extends readonly [infer Groups, infer Options]
      ? GroupNormRule<Input, Groups, Options>
      : GroupNormRule<Input, Given[0], NoAffineOptions>
    instanceNorm: Given extends readonly [infer Options] ? InstanceNormRule<Input, Options> : InstanceNormRule<Input, NoAffineOptions>
  }
}

/**
 * Group normalization as a layer value.
 *
 * @param groups the number of groups of channels; it must divide the channels
 * @param options `affine` (default `true`), `epsilon` (1e-5), `name`
 * @example
 * groupNorm(32) // Layer<'groupNorm', [32]>
 */
export const groupNorm: <Groups extends number, Options extends AffineOptions | NoOptions = NoAffineOptions>(
  groups: Groups,
  options: LeftOut | Options,
) => Layer<'groupNorm', Given<[Groups], Options>> = layerFunction('groupNorm')

/**
 * Instance normalization as a layer value.
 *
 * @param options `affine` (default `false`), `epsilon` (1e-5), `name`
 * @example
 * instanceNorm({ affine: true }) // Layer<'instanceNorm', [{ affine: true }]>
 */
export const instanceNorm: <Options extends AffineOptions | NoOptions = NoAffineOptions>(
  options: LeftOut | Options,
) => Layer<'instanceNorm', Given<[], Options>> = layerFunction('instanceNorm')

export type GroupsOrUseABlock<Input extends AnyShape, Groups extends number, Options, Start> =
  number extends Literal<Groups>
    ? ValueOrUseABlock<'groupNorm', Input, Groups>
    : GroupNormRule<Input, Groups, Options> extends { groups: infer Fault extends string }
      ? Noted<Fault, Start>
      : ValueOrUseABlock<'groupNorm', Input, Groups>

export type GroupNormOptionsOrUseABlock<Input extends AnyShape, Groups extends number, Options, Start> = number extends Options
  ? OptionsGiven<Options>
  : Options extends Without
    ? Options
    : GroupNormRule<Input, Groups, Options> extends { options: infer Faults extends object | string }
      ? Noted<Faults, Start>
      : Options
export type InstanceOptionsOrUseABlock<Input extends AnyShape, Options, Start> = number extends Options
  ? OptionsGiven<Options>
  : Options extends Without
    ? Options
    : InstanceNormRule<Input, Options> extends { options: infer Faults extends object | string }
      ? Noted<Faults, Start>
      : Options
