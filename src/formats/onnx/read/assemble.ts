import { valuesIn } from '../../../layers/kind/layer.js'
import { FormatError } from '../../../network/format-error.js'
import type { Graph } from '../../../network/graph.js'
import { Names } from '../../../network/names.js'
import { type Plan, type PlannedNode, rebuild } from '../../../network/rebuild.js'
import type { Shape } from '../../../shape/shape.js'
import { flattenedBefore, flattenOrder, reorderRows } from '../../../weights/layout.js'
import { torchName } from '../../../weights/names.js'
import type { Tensor, Weights } from '../../../weights/weights.js'
import type { OnnxNode } from '../model.js'
import type { ReadNode } from './layers.js'
import { lastAxes, type Reader } from './reader.js'

/*
 * The end of reading: what leads to the outputs is the network, and every weight gets its place in it.
 */

/** The layers that lead to the outputs as a plan, and the weights of those layers. */
export const assemble = (read: Reader): { plan: Plan; weights: Weights } => {
  const [main, ...heads] = outputsOf(read)
  if (!main) throw new FormatError('has no output.', 'onnx', '')
  const needed = new Set([main, ...heads].map(([, node]) => node))
  const nodes = [...read.nodes]
    .reverse()
    .filter(({ name, kind, inputs }) => {
      if (!needed.has(name)) return kind === 'input'
      for (const before of inputs) needed.add(before)
      return true
    })
    .reverse()
  refuseShared(nodes)
  const plan: Plan = { nodes, input: 'input', output: main[1], outputs: Object.fromEntries(heads) }
  const { graph } = rebuild(plan, 'onnx')
  const turned = new Set<string>()
  const own = inOwnOrder(plan, read, graph, orderedFlattens(graph), turned)
  const names = renumbered(own, graph, (name) => read.numbered.has(name) || turned.has(name))
  return { plan: renamed(own, names), weights: weightsOf(nodes, read, graph, names) }
}

/**
 * For each layer its name in the network. Some were left out on the way, or stand elsewhere: those without a name in the file are numbered anew, as
 * they would be in a network that is written by hand.
 */
const renumbered = (plan: Plan, graph: Graph, isNumbered: (name: string) => boolean): ReadonlyMap<string, string> => {
  // A permutation that was put in stands right before what takes it.
  const before = new Map<string, PlannedNode>()
  const known = new Set(graph.nodes.map(({ name }) => name))
  const planned = new Map(plan.nodes.map((node) => [node.name, node]))
  for (const node of plan.nodes)
    for (const name of node.inputs) if (!known.has(name)) before.set(node.name, planned.get(name) as PlannedNode)
  const nodes = graph.nodes.flatMap((node) => [...(before.has(node.name) ? [before.get(node.name) as PlannedNode] : []), node])
  const names = new Names(
    nodes.slice(1).map(({ name }) => (isNumbered(name) ? undefined : name)),
    ['input'],
  )
  return new Map(
    nodes.map(({ name, kind }, index) => [name, index === 0 ? name : names.give(kind, isNumbered(name) ? undefined : name, undefined)]),
  )
}

const renamed = (plan: Plan, names: ReadonlyMap<string, string>): Plan => {
  const nameOf = (name: string): string => names.get(name) ?? name
  return {
    nodes: plan.nodes.map((node) => ({ ...node, name: nameOf(node.name), inputs: node.inputs.map(nameOf) })),
    input: plan.input,
    output: nameOf(plan.output as string),
    outputs: Object.fromEntries(Object.entries(plan.outputs ?? {}).map(([head, node]) => [head, nameOf(node)])),
  }
}

/** The layer of each output: images have their channels where those of the input have them. */
const outputsOf = (read: Reader): [string, string][] =>
  read.model.graph.outputs.map(({ name }) => {
    const node: OnnxNode = { name: '', operator: 'output', domain: '', inputs: [name], outputs: [name], attributes: {} }
    const value = read.value(node)
    const rank = value.axes.length - 1
    const isImage =
      !read.isChannelsLast &&
      value.axes[0] === -1 &&
      value.axes[1] === rank - 1 &&
      value.axes.slice(2).every((axis, place) => axis === place)
    return [name, isImage ? value.node : read.arranged(node, value, lastAxes(rank))]
  })

/** Refuses a tensor that is a weight of two layers: layers here have weights of their own, and the count of parameters would be wrong. */
const refuseShared = (nodes: readonly ReadNode[]): void => {
  const owners = new Map<string, string>()
  for (const { name, weights } of nodes) {
    for (const { from } of weights) {
      const owner = owners.get(from.name)
      if (owner !== undefined && owner !== name)
        throw new FormatError(`is a weight of ${owner} and of ${name}: layers here share none.`, 'onnx', from.name)
      owners.set(from.name, name)
    }
  }
}

/** The layers that flatten into PyTorch's order, as the weights behind them have it. */
const orderedFlattens = (graph: Graph): ReadonlySet<string> => {
  const before = flattenedBefore(graph)
  return new Set(graph.nodes.filter(({ name }) => before.has(name)).flatMap(({ inputs }) => inputs))
}

/** Whether the order in which an image is flattened makes no difference. */
const isTrivial = (shape: Shape): boolean => shape.at(-1) === 1 || valuesIn(shape) === shape.at(-1)

/** The plan with a permutation before each layer that flattens channel by channel where this package flattens row by row. */
const inOwnOrder = (plan: Plan, read: Reader, graph: Graph, ordered: ReadonlySet<string>, added: Set<string>): Plan => {
  const shapes = new Map(graph.nodes.map(({ name, inputShapes }) => [name, inputShapes[0]]))
  const nodes = plan.nodes.flatMap((node) => {
    const shape = shapes.get(node.name)
    if (read.flattened.get(node.name) !== 'first' || !shape || ordered.has(node.name) || isTrivial(shape)) return [node]
    const rank = shape.length
    const axes = [rank - 1, ...Array.from({ length: rank - 1 }, (_, axis) => axis)]
    const turned = `${node.name}/channels_first`
    added.add(turned)
    return [
      { name: turned, kind: 'permute', settings: { axes }, inputs: node.inputs },
      { ...node, inputs: [turned] },
    ]
  })
  return { ...plan, nodes }
}

/** The weights under PyTorch's names and in its layouts. */
const weightsOf = (nodes: readonly ReadNode[], read: Reader, graph: Graph, names: ReadonlyMap<string, string>): Weights => {
  const before = flattenedBefore(graph)
  const flattens = flattenersOf(graph, before)
  const kept = new Map(nodes.map((node) => [node.name, node]))
  const found = new Map<string, Tensor>()
  for (const node of graph.nodes) {
    const planned = kept.get(node.name)
    const shape = before.get(node.name)
    // The file flattened row by row, and these weights stand in PyTorch's order.
    const isTurned = shape && read.flattened.get(flattens.get(node.name) ?? '') === 'last'
    for (const { name, shape: own } of node.weights) {
      const suffix = torchName(node.kind, name)
      const weight = planned?.weights.find((each) => each.suffix === suffix)
      const { dims, data } = weight?.from ?? {}
      const tensor = weight?.tensor ?? (dims && data ? ({ shape: dims, dtype: 'F32', data } as const) : undefined)
      if (!tensor) continue
      const isInput = node.kind !== 'dense' || name === 'kernel'
      const turned = isTurned && isInput && valuesIn(own) > 1 ? reorderRows(tensor.data, flattenOrder(shape)) : tensor.data
      found.set(`${names.get(node.name)}.${suffix}`, { ...tensor, data: turned })
    }
  }
  return found
}

/** For each node that takes a flattened image in its order, the layer that flattened it. */
const flattenersOf = (graph: Graph, before: ReadonlyMap<string, Shape>): Map<string, string> => {
  const found = new Map<string, string>()
  const kinds = new Map(graph.nodes.map(({ name, kind }) => [name, kind]))
  for (const { name, inputs } of graph.nodes) {
    const input = inputs[0] as string
    if (before.has(name)) found.set(name, kinds.get(input) === 'flatten' ? input : (found.get(input) as string))
  }
  return found
}
