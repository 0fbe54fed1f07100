import { ShapeError } from '../../shape/message.js'
import type { Shape } from '../../shape/shape.js'
import { type Branch, type BranchFault, type BranchLike, type BranchRule, type FaultIn, followBranch } from '../kind/branch.js'
import type { LinkKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { AddCount } from '../kind/params.js'
import { type AnyLayer, type Layer, layerFunction } from '../kind/value.js'

/*
 * A head beside the main path, with an output of its own.
 */

const noName = 'branchOut: an output needs a name that is not empty.'

/** The rule of a head: the shape stays, and the head's parameters count. */
type BranchOutRule<Input extends Shape, Name, Body> = Name extends ''
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

type NameOf<Input extends Shape, Name extends string, Body> =
  BranchOutRule<Input, Name, Body> extends { name: infer Fault extends string } ? Fault : Name
type BodyOrUseABlock<Input extends Shape, Name extends string, Body> =
  BranchOutRule<Input, Name, Body> extends { body: infer Fault } ? BranchFault<Input, Body, Fault> : Body

declare module '../kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    branchOut: BranchOutRule<Input, Given[0], Given[1]>
  }
}

declare module '../../network/network.js' {
  interface Network<Input extends Shape, Output extends Shape, Params extends number> {
    /**
     * A head beside the main path, with an output of its own: an auxiliary classifier, as in GoogLeNet (Szegedy et al. 2014).
     *
     * The main path goes on unchanged, and so does its shape. Parameters and MACs: those of the head are counted. Its output stands in the graph's
     * `outputs` under that name, and its layers are named after it: `aux_dense_1`.
     *
     * @param name name of its output; one that is taken gets a number
     * @param body a layer value, or a function that goes on from here: `x => x.globalAvgPool().dense(1000)`
     * @throws {ShapeError} when a layer of the head does not fit
     * @example
     * input(14, 14, 512).branchOut('aux', x => x.globalAvgPool().dense(10)) // Network<[14, 14, 512], [14, 14, 512], 5130>
     */
    branchOut<Name extends string, Body extends BranchLike<Output> = Branch<Output>>(
      name: NameOf<Output, Name, Body>,
      body: BodyOrUseABlock<Output, Name, Body>,
    ): Network<Input, Output, AddCount<Params, BranchOutRule<Output, Name, Body>['params']>>
  }
}
