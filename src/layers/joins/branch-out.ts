import { ShapeError } from '../../shape/message.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import {
  type AsShown,
  type BranchFault,
  type BranchRule,
  type BranchValue,
  type FaultIn,
  followBranch,
  type NameBefore,
} from '../kind/branch.js'
import type { Link, LinkKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { IsBlank, Keeping, TakenNames, TakenNameText } from '../kind/named.js'
import type { IsUnsure, ScopeBehind, Sound } from '../kind/rule-of.js'
import { requireNewName, withKeptValue } from '../kind/scope.js'
import { scopeBehind } from '../kind/sharing.js'
import { type AnyLayer, copied, type Layer, layerFunction } from '../kind/value.js'

/* A head beside the main path, with its own output. */

const noName = 'branchOut: needs a name that is not empty, then the layers.'

/** The rule of a head: the shape is unchanged, and the head's parameters count. */
export type BranchOutRule<Input extends AnyShape, Name, Body, Scope> = 0 extends 1 & Body
  ? { output: Input; params: '?'; scope: Keeping<Scope, Name, Shape> }
  : [Name] extends [string]
    ? IsBlank<Name> extends true
      ? { output: Input; params: '?'; name: typeof noName }
      : [Name] extends [TakenNames<Scope>]
        ? { output: Input; params: '?'; name: TakenNameText<'branchOut', Name> }
        : BranchRule<Input, Body, Scope> extends infer Rule extends { output: Shape; params: string }
          ? (Rule extends unknown ? keyof Rule : never) extends Sound
            ? { output: Input; params: Rule['params']; scope: Keeping<ScopeBehind<Scope, Rule>, Name, Rule['output']> }
            : IsUnsure<Rule> extends true
              ? { output: Input; params: '?'; scope: Keeping<Scope, Name, Shape> }
              : { output: Input; params: '?'; body: FaultIn<'branchOut', OutputName<Name>, Rule>; scope: Keeping<Scope, Name, Shape> }
          : {
              output: Input
              params: '?'
              body: FaultIn<'branchOut', OutputName<Name>, BranchRule<Input, Body, Scope>>
              scope: Keeping<Scope, Name, Shape>
            }
    : { output: Input; params: '?' }

type OutputName<Name> = Name extends string ? (string extends Name ? 'output ?' : `output '${Name}'`) : never

/** The link where a head branches out: it passes on its first input, and its second input is the end of the head. */
export const headLink = (before: Link, name: string, head: Link): Link => ({
  kind: 'branchOut',
  inputs: [before, head],
  passes: true,
  applied: copied({ output: before.applied.output, settings: { name }, weights: [], macs: 0, memory: 'view' }),
  ...(before.values ? { values: before.values } : {}),
  scope: withKeptValue(scopeBehind(before.scope, [head]), name, head),
})

/** {@link BranchOutRule} at run time. */
export const branchOutKinds = {
  branchOut: {
    takes: 2,
    extend: (before, follow, name, body) => {
      if (typeof name !== 'string' || name.trim() === '') throw new ShapeError(noName, 'branchOut', 'name')
      requireNewName('branchOut', before, name)
      const head = followBranch('branchOut', `output '${name}'`, before, follow, body, 'body')
      return headLink(before, name, head)
    },
  } satisfies LinkKind<[string, AnyLayer]>,
}

/**
 * Creates a head beside the main path, as a layer value.
 *
 * @param name name of its output
 * @param body layers of the head
 * @example
 * branchOut('aux', block(globalAvgPool(), dense(1000)))
 */
export const branchOut: <Name extends BranchValue, Body extends BranchValue>(
  name: NameBefore<Name, typeof noName>,
  body: Body,
) => Layer<'branchOut', [Name, Body]> = layerFunction('branchOut')

export type NameOrUseABlock<Input extends AnyShape, Name, Body, Scope> =
  BranchOutRule<Input, Name, Body, Scope> extends { name: infer Fault extends string } ? Fault : NameBefore<Name, typeof noName>
export type BodyOrUseABlock<Input extends AnyShape, Name, Body, Scope> =
  BranchOutRule<Input, Name, Body, Scope> extends { body: infer Fault } ? BranchFault<Input, Body, Fault, Scope> : AsShown<Input, Body>

declare module '../kind/scope-rules.js' {
  interface ScopeRules<Scope, Input extends AnyShape, Given extends Arguments> {
    branchOut: BranchOutRule<Input, Given[0], Given[1], Scope>
  }
}
