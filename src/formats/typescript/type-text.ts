import { layerDigest } from '../../layers/kind/digest.js'
import { paramsIn } from '../../layers/kind/layer.js'
import type { AnyLayer } from '../../layers/kind/value.js'
import type { AnyNetwork } from '../../network/network.js'
import type { Shape } from '../../shape/shape.js'
import { countText, keptTypeText, shapeTypeText, sharedBehindText, sharedTypeText } from '../../shape/type-text.js'
import type { Step } from './arrange.js'
import { nodesIn, type Part } from './parts.js'

/* The type of a source as the compiler infers it, including the names that the source keeps and shares. */

/** The names in a source. */
export interface GivenNames {
  /** The names under which a node is kept. */
  readonly kept: (node: string) => readonly string[]
  /** The names under which a node is kept inside one of the networks side by side. */
  readonly keptInside: (node: string) => readonly string[]
  readonly head: (name: string) => string
  /** The layer value of a shared layer. */
  readonly shared: (name: string) => AnyLayer
  /** The shapes of the named outputs by name, if there are any. */
  readonly outputs: Readonly<Record<string, Shape>> | undefined
}

/**
 * The type of the network that the steps build.
 *
 * @param side the steps of the networks that stand side by side at the beginning; what they keep and share is one object each
 */
export const typeOf = (
  { graph, input, output, params }: AnyNetwork,
  steps: readonly Step[],
  given: GivenNames,
  side: readonly (readonly Step[])[] = [],
): string => {
  const shapes = new Map(graph.nodes.map((node) => [node.name, node.output]))
  const shapeOf = (node: string): Shape => shapes.get(node) as Shape
  /** The shared layers so far, with their part of the type. */
  const known = new Map<string, string>()
  const add = (part: Step, marks: string[]): void => {
    for (const node of endsIn(part)) marks.push(...given.kept(node).map((name) => keptTypeText(name, shapeOf(node))))
    if (part.is === 'shared' && !known.has(part.name)) {
      const text = sharedText(part, given.shared(part.name))
      known.set(part.name, text)
      marks.push(`{ shared: ${text} }`)
    }
    if (part.is === 'join') for (const { layers } of part.branches) addBranch(layers, marks)
    if (part.is === 'head') {
      addBranch(part.layers, marks)
      const node = graph.outputs[part.name] as string
      marks.push(keptTypeText(given.head(part.name), shapeOf(node)))
    }
  }
  /** Values that a branch keeps are known only inside it; its shared layers are also known after it. */
  const addBranch = (layers: readonly Part[], marks: string[]): void => {
    const before = known.size
    for (const layer of layers) add(layer, [])
    const added = [...known.values()].slice(before)
    if (added.length > 0) marks.push(sharedBehindText(added, before === 0))
  }
  const sideMarks = (all: readonly Step[]): string[] => {
    const names = all.flatMap((step): [string, Shape][] => {
      if (step.is === 'head') return [[given.head(step.name), shapeOf(graph.outputs[step.name] as string)]]
      return endsIn(step).flatMap((node) => given.keptInside(node).map((name): [string, Shape] => [name, shapeOf(node)]))
    })
    const keptNames = new Set(names.map(([kept]) => kept))
    const inputs = graph.inputs.filter((name) => !keptNames.has(name)).map((name): [string, Shape] => [name, shapeOf(name)])
    const inputNames = new Set(graph.inputs)
    const isEnd = ([name]: [string, Shape]): boolean => inputNames.has(name)
    const values = [...names.filter(isEnd), ...inputs, ...names.filter((each) => !isEnd(each))]
    for (const step of all) add(step, [])
    const shared = [...known.values()].map((text) => text.slice(2, -2))
    const kept = `{ kept: ${shapeTypeText(Object.fromEntries(values))} }`
    return shared.length > 0 ? [kept, `{ shared: { ${shared.join('; ')} } }`] : [kept]
  }
  const marks: string[] = side.length > 0 ? sideMarks(side.flat()) : []
  for (const step of steps) add(step, marks)
  const first = [shapeTypeText(input), ...marks].join(' & ')
  return `Network<${first}, ${shapeTypeText(given.outputs ?? output)}, ${countText(params)}>`
}

/** The nodes that may get names at a step. */
const endsIn = (step: Step): string[] => {
  if (step.is === 'chunk') return step.slices.map(({ name }) => name)
  return step.is === 'end' ? [step.node] : []
}

const sharedText = ({ name, layers }: Extract<Part, { readonly is: 'shared' }>, layer: AnyLayer): string => {
  const nodes = nodesIn(layers)
  const params = paramsIn(nodes.flatMap((node) => node.weights))
  const input = inputOf(layers)
  return sharedTypeText(name, input, layerDigest(layer), params)
}

/** The shape of the value that parts are applied to. */
const inputOf = (parts: readonly Part[]): Shape => {
  const [first] = parts
  if (first?.is === 'layer') return first.node.inputShapes[0] as Shape
  if (first?.is !== 'join') return []
  // A branch without layers passes on that value.
  const empty = first.branches.findIndex(({ layers }) => layers.length === 0)
  return empty >= 0 ? (first.node.inputShapes[empty] as Shape) : inputOf(first.branches[0]?.layers ?? [])
}
