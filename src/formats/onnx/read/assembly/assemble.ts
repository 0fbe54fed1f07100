import { valuesIn } from '../../../../layers/kind/layer.js'
import { FormatError } from '../../../../network/format-error.js'
import type { Graph } from '../../../../network/graph.js'
import { Names } from '../../../../network/names.js'
import { type Plan, type PlannedNode, rebuild } from '../../../../network/rebuild.js'
import type { Shape } from '../../../../shape/shape.js'
import { flattenedBefore, flattenOrder, reorderRows, torchShape } from '../../../../weights/layout.js'
import { torchName } from '../../../../weights/names.js'
import type { Tensor, Weights } from '../../../../weights/weights.js'
import { planOf, reachedLayers } from '../../../reached-layers.js'
import type { OnnxNode } from '../../model.js'
import type { ReadNode, ReadWeight } from '../reader/layers.js'
import { lastAxes, type Reader } from '../reader/reader.js'
import { withSharing } from './sharing.js'

/*
 * The end of reading: what leads to the outputs is the network, and every weight gets its place in it.
 */

/** The layers that lead to the outputs as a plan, and the weights of those layers. */
export const assemble = (read: Reader): { plan: Plan; weights: Weights } => {
  const ends = outputsOf(read)
  if (ends.length === 0) throw new FormatError('has no output.', 'onnx', '')
  const last = ends.map(([, node]) => node)
  const nodes = withSharing(reachedLayers(read.nodes, last))
  const plan = planOf(nodes, ends)
  const { graph } = rebuild(plan, 'onnx')
  const ordered = orderedFlattens(graph)
  refuseTwoOrders(read, graph)
  const turned = new Set<string>()
  const own = inOwnOrder(plan, read, graph, ordered, turned)
  const left = new Set(graph.nodes.map(({ name }) => name))
  const wished = (name: string): string => {
    const first = read.repeated.get(name)
    if (first === undefined || left.has(first)) return name
    left.add(first)
    return first
  }
  const names = renumbered(own, graph, (name) => read.numbered.has(name) || turned.has(name), wished)
  return { plan: renamed(own, names), weights: weightsOf(nodes, read, graph, names) }
}

/**
 * For each layer its name in the network. Some were left out on the way, or stand elsewhere: those without a name in the file are numbered anew, as
 * they would be in a network that is written by hand.
 */
const renumbered = (
  plan: Plan,
  graph: Graph,
  isNumbered: (name: string) => boolean,
  wished: (name: string) => string,
): ReadonlyMap<string, string> => {
  // A permutation that was put in stands right before what takes it.
  const before = new Map<string, PlannedNode>()
  const known = new Set(graph.nodes.map(({ name }) => name))
  const planned = new Map(plan.nodes.map((node) => [node.name, node]))
  for (const node of plan.nodes)
    for (const name of node.inputs) if (!known.has(name)) before.set(node.name, planned.get(name) as PlannedNode)
  const nodes = graph.nodes.flatMap((node) => [...(before.has(node.name) ? [before.get(node.name) as PlannedNode] : []), node])
  const isInput = new Set(graph.inputs)
  const layers = nodes.filter(({ name }) => !isInput.has(name))
  const wishes = layers.map(({ name, kind }) => ({ name, kind, wish: isNumbered(name) ? undefined : wished(name) }))
  const names = new Names(
    wishes.map(({ wish }) => wish),
    graph.inputs,
  )
  return new Map(wishes.map(({ name, kind, wish }) => [name, names.next(kind, wish, undefined)]))
}

const renamed = (plan: Plan, names: ReadonlyMap<string, string>): Plan => {
  const nameOf = (name: string): string => names.get(name) ?? name
  return {
    ...plan,
    nodes: plan.nodes.map(({ shared, sharedWith, ...node }) => ({
      ...node,
      name: nameOf(node.name),
      inputs: node.inputs.map(nameOf),
      ...(shared === undefined ? {} : { shared: nameOf(shared) }),
      ...(sharedWith === undefined ? {} : { sharedWith: nameOf(sharedWith) }),
    })),
    ...(plan.output === undefined ? {} : { output: nameOf(plan.output) }),
    outputs: Object.fromEntries(Object.entries(plan.outputs ?? {}).map(([name, node]) => [name, nameOf(node)])),
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

/** Refuses layers with the same weights of which one takes an image row by row, and the other channel by channel: here both have one order. */
const refuseTwoOrders = (read: Reader, graph: Graph): void => {
  const images = flattenedBefore(graph)
  const flattens = flattenersOf(graph, images)
  const orderOf = (name: string): string | undefined => read.flattened.get(flattens.get(name) ?? '')
  for (const { name, sharedWith } of graph.nodes) {
    const image = images.get(name)
    if (sharedWith === undefined || !image || isTrivial(image) || orderOf(name) === orderOf(sharedWith)) continue
    const fault = `takes the values of an image in another order than ${sharedWith}, whose weights it has.`
    throw new FormatError(fault, 'onnx', name)
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
  const fill = { left: mostFilled }
  for (const node of graph.nodes) {
    const planned = kept.get(node.name)
    const shape = before.get(node.name)
    // The file flattened row by row, and these weights stand in PyTorch's order.
    const isTurned = shape && read.flattened.get(flattens.get(node.name) ?? '') === 'last'
    for (const { name, shape: own } of node.weights) {
      const suffix = torchName(node.kind, name)
      const weight = planned?.weights.find((each) => each.suffix === suffix)
      const { dims, data } = weight?.from ?? {}
      const tensor =
        weight?.tensor ?? (dims && data ? ({ shape: dims, dtype: 'F32', data } as const) : filledTensor(weight, own, name, fill))
      if (!tensor) continue
      const isInput = node.kind !== 'dense' || name === 'kernel'
      const turned = isTurned && isInput && valuesIn(own) > 1 ? reorderRows(tensor.data, flattenOrder(shape)) : tensor.data
      found.set(`${names.get(node.name)}.${suffix}`, { ...tensor, data: turned })
    }
  }
  return found
}

/** Values that are made of one number each, in all weights of a file: a small file may ask for more than any memory has. */
const mostFilled = 2 ** 24

/** A weight that is one number everywhere; `undefined` where it is none, or where there are too many. */
const filledTensor = (weight: ReadWeight | undefined, own: Shape, name: string, fill: { left: number }): Tensor | undefined => {
  const value = weight?.from.filled
  const count = valuesIn(own)
  if (value === undefined || count > fill.left) return undefined
  fill.left -= count
  return { shape: torchShape(name, own), dtype: 'F32', data: new Float32Array(count).fill(value) }
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
