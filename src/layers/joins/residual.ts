import { advice, type Fill, fill, ShapeError } from '../../shape/message.js'
import { type CommonSizes, type SameShape, sameShape } from '../../shape/same.js'
import { type AnyShape, type Shape, type ShapeText, shapeText } from '../../shape/shape.js'
import { type AsShown, type BranchFault, type BranchRule, type BranchValue, type FaultIn, followBranch, joined } from '../kind/branch.js'
import type { LinkKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { NoValueText } from '../kind/named.js'
import type { AddCounts } from '../kind/params.js'
import type { IsUnsure, RuleOf, ScopeBehind, Sound } from '../kind/rule-of.js'
import { requireValue } from '../kind/scope.js'
import { sharedBehind } from '../kind/sharing.js'
import { type AnyLayer, type Layer, layerFunction } from '../kind/value.js'
import { type Bridge, bridge } from './bridge.js'
import { type PaddedOutput, paddedOutput } from './unpadded.js'

const samePadding = "padding: 'same' in the body"
const unequal = 'residual: the body gives {body}, the shortcut {shortcut}: a sum needs equal shapes. {advice}'

/** The rule of a residual connection: the sum of a body and a shortcut, which defaults to `identity()`. */
export type ResidualRule<Input extends AnyShape, Body, Shortcut, Scope> = 0 extends 1 & Body
  ? { output: Shape; params: '?' }
  : Input extends Shape
    ? Shortcut extends Identity
      ? ResidualAlone<Input, Body, RuleOf<Input, Body, Scope>, Scope>
      : ResidualBody<Input, Body, Shortcut, RuleOf<Input, Body, Scope>, Scope>
    : { output: Shape; params: '?'; body: NoValueText<'residual'> }

/** With a shortcut, where the body's shared layers are known. */
type ResidualBody<Input extends AnyShape, Body, Shortcut, Main, Scope> = keyof Main extends 'output' | 'params'
  ? ResidualOf<Input, Body, Main, BranchRule<Input, Shortcut, Scope>, Scope>
  : ResidualOf<Input, Body, Main, BranchRule<Input, Shortcut, ScopeBehind<Scope, Main>>, ScopeBehind<Scope, Main>>

/** The default shortcut: the input itself. */
export type Identity = Layer<'identity', []>

/** Without a shortcut. */
type ResidualAlone<Input extends AnyShape, Body, Main, Scope> = Main extends {
  output: infer Output extends Shape
  params: infer Params extends string
}
  ? keyof Main extends 'output' | 'params'
    ? SameShape<Output, Input> extends true
      ? Main
      : { output: CommonSizes<Output, Input>; params: Params; body: Unequal<Input, Body, Output, Input> }
    : keyof Main extends Sound
      ? SameShape<Output, Input> extends true
        ? { output: Output; params: Params; scope: ScopeBehind<Scope, Main> }
        : { output: CommonSizes<Output, Input>; params: Params; body: Unequal<Input, Body, Output, Input> }
      : { output: Output; params: Params; body: FaultIn<'residual', 'body', Main> }
  : { output: Shape; params: '?'; body: FaultIn<'residual', 'body', Main> }

type ResidualOf<Input extends AnyShape, Body, Main, Side, Scope> = Main extends {
  output: infer Output extends Shape
  params: infer Params extends string
}
  ? Side extends { output: infer Other extends Shape; params: infer Added extends string }
    ? keyof Main | keyof Side extends 'output' | 'params'
      ? SameShape<Output, Other> extends true
        ? { output: Output; params: AddCounts<Params, Added> }
        : { output: CommonSizes<Output, Other>; params: AddCounts<Params, Added>; body: Unequal<Input, Body, Output, Other> }
      : keyof Main | keyof Side extends Sound
        ? SameShape<Output, Other> extends true
          ? { output: Output; params: AddCounts<Params, Added>; scope: ScopeBehind<Scope, Side> }
          : { output: CommonSizes<Output, Other>; params: AddCounts<Params, Added>; body: Unequal<Input, Body, Output, Other> }
        : ResidualFault<Output, Params, FaultIn<'residual', 'body', Main>, FaultIn<'residual', 'shortcut', Side>>
    : { output: Output; params: '?'; shortcut: FaultIn<'residual', 'shortcut', Side> }
  : { output: Shape; params: '?'; body: FaultIn<'residual', 'body', Main> }

type ResidualFault<Output, Params, InBody, InShortcut> = [InBody] extends [never]
  ? { output: Output; params: Params; shortcut: InShortcut }
  : { output: Output; params: Params; body: InBody }

/** The message for a body and a shortcut with different output shapes. */
type Unequal<Input extends AnyShape, Body, Output, Other> = Fill<
  typeof unequal,
  {
    body: ShapeText<Output>
    shortcut: ShapeText<Other>
    advice: ResidualAdvice<Input, PaddedOutput<Input, Body, Output>, Output, Other>
  }
>

/** The fix for unequal shapes: padding if the body lacks it and then matches the shortcut, otherwise a shortcut that matches the body. */
type ResidualAdvice<Input, Padded, Output, Other> = AdviceText<
  [Padded] extends [never] ? '' : SameShape<Padded, Other> extends true ? `${typeof samePadding}, or ` : PaddedText<Bridge<Input, Padded>>,
  Bridge<Input, Output>
>

type AdviceText<Before, Shortcut> = Before extends string
  ? Shortcut extends string
    ? `Use ${Before}a shortcut of ${Shortcut}.`
    : never
  : never

type PaddedText<Shortcut> = Shortcut extends string ? `${typeof samePadding} and a shortcut of ${Shortcut}, or ` : never

/** {@link ResidualAdvice} at run time. */
const residualAdvice = (input: Shape, padded: Shape | undefined, output: Shape, other: Shape): string => {
  const withShortcut = padded && !sameShape(padded, other) ? ` and a shortcut of ${bridge(input, padded)}` : ''
  return advice([...(padded ? [samePadding + withShortcut] : []), `a shortcut of ${bridge(input, output)}`], '')
}

/** {@link ResidualRule} at run time. */
export const residualKinds = {
  residual: {
    takes: 2,
    extend: (before, follow, body, shortcut) => {
      requireValue('residual', before)
      const main = followBranch('residual', 'body', before, follow, body)
      const side = shortcut === undefined ? before : followBranch('residual', 'shortcut', sharedBehind(before, [main]), follow, shortcut)
      const { output } = main.applied
      if (!sameShape(output, side.applied.output)) {
        const [input, other] = [before.applied.output, side.applied.output]
        const advice = residualAdvice(input, paddedOutput(before, follow, body, output), output, other)
        const values = { body: shapeText(output), shortcut: shapeText(other), advice }
        throw new ShapeError(fill(unequal, values), 'residual', 'body')
      }
      return joined('add', before, [main, side], output)
    },
  } satisfies LinkKind<[AnyLayer, AnyLayer?]>,
}

/**
 * Creates a residual connection, as a layer value: the sum of a body and a shortcut (He et al. 2015).
 *
 * @param body layers whose output is added
 * @param shortcut the layers of the shortcut; by default the input itself
 * @example
 * residual(block(conv2d(64, 3, { padding: 1 }), relu(), conv2d(64, 3, { padding: 1 })))
 */
// Two signatures keep a default for the shortcut out of every hover.
export const residual: {
  /**
   * Creates a residual connection, as a layer value: the sum of the input and a body (He et al. 2015).
   *
   * @param body layers whose output is added to the input
   * @example
   * residual(block(conv2d(64, 3, { padding: 1 }), relu(), conv2d(64, 3, { padding: 1 })))
   */
  <Body extends BranchValue>(body: Body): Layer<'residual', [Body]>

  /**
   * Creates a residual connection, as a layer value: the sum of a body and a shortcut (He et al. 2015).
   *
   * @param body layers whose output is added
   * @param shortcut the layers of the shortcut
   * @example
   * residual(conv2d(64, 3, { padding: 1 }), conv2d(64, 1))
   */
  <Body extends BranchValue, Shortcut extends BranchValue>(body: Body, shortcut: Shortcut): Layer<'residual', WithShortcut<Body, Shortcut>>
} = layerFunction('residual', [], (given) => withShortcut(given))

type WithShortcut<Body, Shortcut> = 0 extends 1 & Shortcut ? [Body, Shortcut] : Shortcut extends Identity ? [Body] : [Body, Shortcut]

/** {@link WithShortcut} at run time. */
const withShortcut = (given: Arguments): Arguments => (given.length === 2 && Object(given[1]).kind === 'identity' ? [given[0]] : given)

export type ResidualBodyOrUseABlock<Input extends AnyShape, Body, Shortcut, Scope> =
  ResidualRule<Input, Body, Shortcut, Scope> extends { body: infer Fault }
    ? BranchFault<Input, Body, Fault, Scope>
    : OfChoice<Input, Body, 'body', ResidualRule<Input, Body, Shortcut, Scope>, Scope>
export type ShortcutOrUseABlock<Input extends AnyShape, Body, Shortcut, Scope> =
  ResidualRule<Input, Body, Shortcut, Scope> extends { shortcut: infer Fault }
    ? BranchFault<Input, Shortcut, Fault, Scope>
    : OfChoice<Input, Shortcut, 'shortcut', ResidualRule<Input, Body, Shortcut, Scope>, Scope>

/** A branch, or the message for a choice between branches of which one does not fit: a choice has a rule of each. */
type OfChoice<Input extends AnyShape, Value, Argument extends string, Rule, Scope> = [FaultUnder<Argument, Rule>] extends [never]
  ? AsShown<Input, Value>
  : IsUnsure<Rule> extends true
    ? AsShown<Input, Value>
    : BranchFault<Input, Value, FaultUnder<Argument, Rule>, Scope>

type FaultUnder<Argument extends string, Rule> = Rule extends { [Name in Argument]: infer Fault } ? Fault : never

declare module '../kind/scope-rules.js' {
  interface ScopeRules<Scope, Input extends AnyShape, Given extends Arguments> {
    residual: Given extends readonly [infer Body]
      ? ResidualRule<Input, Body, Identity, Scope>
      : ResidualRule<Input, Given[0], Given[1], Scope>
  }
}
