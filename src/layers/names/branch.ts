import type { Fill } from '../../shape/message.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import { inside } from '../kind/inside.js'
import type { Link, LinkKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { NamedRule } from '../kind/named.js'
import type { AddCounts } from '../kind/params.js'
import type { FaultOf, IsSound, RuleOf, ScopeAfter } from '../kind/rule-of.js'
import { passThrough, valueNamed } from '../kind/scope.js'
import { type AnyLayer, type Layer, layerFunction } from '../kind/value.js'

/*
 * A branch that starts at a kept value.
 */

const inBranch = "branch '{name}', layer {position} of {count}: {fault}"

/** The rule of a branch from a name: what its layers make of the value that has it. */
type BranchOfRule<Given, Scope> = Given extends readonly [infer Name, ...infer Layers]
  ? NamedRule<Scope, Name, 'branch: '> extends infer Begin extends { output: Shape; params: string }
    ? IsSound<Begin> extends true
      ? FollowBranch<Layers, Begin['output'], '0', Scope, Name, [], Layers['length']>
      : Begin
    : never
  : { output: Shape; params: '?' }

type FollowBranch<
  Layers,
  Here extends AnyShape,
  Params extends string,
  Scope,
  Name,
  Passed extends unknown[],
  Count,
> = Layers extends readonly [infer Next, ...infer Rest]
  ? RuleOf<Here, Next, Scope> extends infer Rule extends { output: AnyShape; params: string }
    ? IsSound<Rule> extends true
      ? FollowBranch<Rest, Rule['output'], AddCounts<Params, Rule['params']>, ScopeAfter<Scope, Rule>, Name, [...Passed, Next], Count>
      : {
          output: Rule['output']
          params: '?'
          layers: Fill<
            typeof inBranch,
            { name: Name; position: `${[...Passed, Next]['length']}`; count: `${Count & number}`; fault: FaultOf<Rule> }
          >
        }
    : never
  : Layers extends readonly []
    ? { output: Here; params: Params; scope: Scope }
    : { output: Shape; params: '?' }

/** {@link BranchOfRule} at run time: it goes on from the kept value. What is here stays in the network. */
export const branchKinds = {
  branch: {
    kind: 'branch',
    takes: Number.POSITIVE_INFINITY,
    extend: (before, follow, name, ...layers) =>
      layers.reduce<Link>(
        (link, layer, index) =>
          inside(inBranch, { name, position: `${index + 1}`, count: `${layers.length}` }, () => follow(link, layer), 'layers'),
        passThrough(valueNamed('branch: ', before, name), before.scope, [before]),
      ),
  } satisfies LinkKind<[string, ...AnyLayer[]]>,
}

/**
 * A branch that starts at a kept value, for a join.
 *
 * @param name the name that `keep` gave, or an input's
 * @param layers layer values that follow on it; none for the value itself
 * @example
 * input(8, 8, 3).keep('c2').maxPool2d(2).conv2d(16, 1).upsample(2).add(branch('c2', conv2d(16, 1)), identity())
 */
export const branch: <Name extends string, Layers extends AnyLayer[]>(name: Name, ...layers: Layers) => Layer<'branch', [Name, ...Layers]> =
  layerFunction('branch')

declare module '../kind/scope-rules.js' {
  interface ScopeRules<Scope, Input extends AnyShape, Given extends Arguments> {
    branch: BranchOfRule<Given, Scope>
  }
}
