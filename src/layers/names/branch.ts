import type { NoLayerText } from '../../network/refusals.js'
import type { Fill } from '../../shape/message.js'
import type { AnyShape, Shape } from '../../shape/shape.js'
import type { Anything } from '../kind/branch.js'
import { inside } from '../kind/inside.js'
import type { Link, LinkKind } from '../kind/layer.js'
import type { Arguments } from '../kind/layer-rules.js'
import type { NamedRule } from '../kind/named.js'
import { requireNoFunction } from '../kind/no-layer.js'
import type { SumWith } from '../kind/params.js'
import type { FaultOf, IsSound, RuleOf, ScopeAfter } from '../kind/rule-of.js'
import { passThrough, valueNamed } from '../kind/scope.js'
import { type AnyLayer, type Layer, layerFunction } from '../kind/value.js'

/* A branch that starts at a kept value. */

const inBranch = "branch '{name}', layer {position} of {count}: {fault}"

/** The rule of a named branch: its layers applied to the value with that name. */
type BranchRule<Given, Scope> = Given extends readonly [infer Name, ...infer Layers]
  ? NamedRule<Scope, Name, 'branch: '> extends infer Start extends { output: Shape; params: string }
    ? IsSound<Start> extends true
      ? LayersRule<Layers, Start['output'], '0', Scope, Name, [], Layers['length']>
      : Start
    : never
  : { output: Shape; params: '?' }

type LayersRule<
  Layers,
  Here extends AnyShape,
  Params extends string,
  Scope,
  Name,
  Passed extends unknown[],
  Count,
> = Layers extends readonly [infer Next, ...infer Rest]
  ? LayerRule<Here, Next, Scope> extends infer Rule extends { output: AnyShape; params: string }
    ? IsSound<Rule> extends true
      ? SumWith<Params, Rule> extends infer Total extends string
        ? LayersRule<Rest, Rule['output'], Total, ScopeAfter<Scope, Rule>, Name, [...Passed, Next], Count>
        : never
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

/** The rule of a layer in a branch, which cannot be a function of a network or another name. */
type LayerRule<Here extends AnyShape, Value, Scope> = unknown extends Value
  ? { output: Shape; params: '?' }
  : Value extends string | ((...args: never[]) => unknown)
    ? { output: Shape; params: '?'; layer: NoLayerText<'', Value> }
    : RuleOf<Here, Value, Scope>

/** {@link BranchRule} at run time. The branch starts at the kept value; the layers before it stay in the network. */
export const branchKinds = {
  branch: {
    takes: Number.POSITIVE_INFINITY,
    extend: (before, follow, name, ...layers) =>
      layers.reduce<Link>(
        (link, layer, index) =>
          inside(
            inBranch,
            { name, position: `${index + 1}`, count: `${layers.length}` },
            () => follow(link, requireNoFunction(layer)),
            'layers',
          ),
        passThrough(valueNamed('branch: ', before, name), before.scope, [before]),
      ),
  } satisfies LinkKind<[string, ...AnyLayer[]]>,
}

/**
 * Creates a branch that starts at a kept value, for a join.
 *
 * @param name the name passed to `keep`, or the name of an input
 * @param layers the layers to apply to the value; none for the value itself
 * @example
 * input(8, 8, 3).keep('c2').maxPool2d(2).conv2d(16, 1).upsample(2).add(branch('c2', conv2d(16, 1)), identity())
 */
export const branch: <Name extends string, Layers extends Anything[]>(name: Name, ...layers: Layers) => Layer<'branch', [Name, ...Layers]> =
  layerFunction('branch')

declare module '../kind/scope-rules.js' {
  interface ScopeRules<Scope, Input extends AnyShape, Given extends Arguments> {
    branch: BranchRule<Given, Scope>
  }
}
