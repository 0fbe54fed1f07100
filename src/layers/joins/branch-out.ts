import { ShapeError } from '../../shape/message.js'
import type { Shape } from '../../shape/shape.js'
import { type BranchFault, type BranchRule, type FaultIn, followBranch } from '../kind/branch.js'
import type { LinkKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import { type AnyLayer, type Layer, layerFunction } from '../kind/value.js'

/*
 * A head beside the main path, with an output of its own.
 */

const noName = 'branchOut: an output needs a name that is not empty.'

/** The rule of a head: the shape stays, and the head's parameters count. */
export type BranchOutRule<Input extends Shape, Name, Body> = Name extends ''
  ? { output: Input; params: '?'; name: typeof noName }
  : BranchRule<Input, Body> extends infer Rule extends { output: Shape; params: string }
    ? keyof Rule extends 'output' | 'params'
      ? { output: Input; params: Rule['params'] }
      : { output: Input; params: '?'; body: FaultIn<'branchOut', OutputName<Name>, Rule> }
    : never

type OutputName<Name> = Name extends string ? (string extends Name ? 'output ?' : `output '${Name}'`) : never

/** {@link BranchOutRule} at run time: a link that passes its first input on, and holds the head as its second. */
export const branchOutKinds = {
  branchOut: {
    kind: 'branchOut',
    takes: 2,
    extend: (before, follow, name, body) => {
      if (typeof name !== 'string' || name === '') throw new ShapeError(noName, 'branchOut', 'name')
      const head = followBranch('branchOut', `output '${name}'`, () => follow(before, body), 'body')
      const { output } = before.applied
      return { kind: 'branchOut', inputs: [before, head], applied: { output, settings: { name }, weights: [], macs: 0, memory: 'view' } }
    },
  } satisfies LinkKind<[string, AnyLayer]>,
}

/**
 * A head beside the main path, as a layer value.
 *
 * @param name name of its output
 * @param body layers of the head
 * @example
 * branchOut('aux', block(globalAvgPool(), dense(1000)))
 */
export const branchOut: <Name extends string, Body>(name: Name, body: Body) => Layer<'branchOut', [Name, Body]> = layerFunction('branchOut')

export type NameOf<Input extends Shape, Name extends string, Body> =
  BranchOutRule<Input, Name, Body> extends { name: infer Fault extends string } ? Fault : Name
export type BodyOrUseABlock<Input extends Shape, Name extends string, Body> =
  BranchOutRule<Input, Name, Body> extends { body: infer Fault } ? BranchFault<Input, Body, Fault> : Body

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    branchOut: BranchOutRule<Input, Given[0], Given[1]>
  }
}
