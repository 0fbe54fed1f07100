import { valuesIn } from '../layers/kind/layer.js'
import type { Graph, GraphNode } from '../network/graph.js'
import type { Shape } from '../shape/shape.js'
import { everything, fieldOf, joined, ownCell, type Sight, sameCells, through } from './sight.js'
import { isTrivial, stepOf } from './steps.js'

/**
 * Receptive fields: how many cells of an input a value sees on each spatial axis, from the first to the last; the most of all values of
 * a map.
 *
 * Every value sees an interval of cells, which each layer widens by its window (Araujo, Norris and Sim, "Computing Receptive Fields
 * of Convolutional Neural Networks", Distill 2019). Branches are joined place by place, with the cells by which crops and padding
 * shift them. Not cut off at the input's size: with padding, a field may be larger than the image.
 */
export interface View {
  /** The axis of the layer's map along which this axis of the input lies; `undefined` where it lies along none. */
  readonly axis: number | undefined
  /** Places along that axis, or along the axis that it was before it was put together with others. */
  readonly size: number
  readonly sight: Sight
  /** How it was put together with others in one axis, as `flatten` does: only what lies alike can be joined place by place. */
  readonly layout?: string
}

/** What a layer sees of each input, by the input's name: a view for each spatial axis. */
type Views = ReadonlyMap<string, readonly View[]>

/** Of a layer that sees more inputs than these, the fields are not computed. */
const mostInputs = 16

/** The receptive fields of a layer, as a report has them. */
export interface Fields {
  /** On the only input with spatial axes that the layer sees; empty where there is none, or more than one. */
  readonly receptiveField: readonly number[]
  /** Where the layer sees several inputs with spatial axes: on each of them, by its name; `'unknown'` for more than 16. */
  readonly receptiveFields?: Readonly<Record<string, readonly number[]>> | 'unknown'
}

/** The receptive fields of each node, by name. */
export const receptiveFields = (graph: Graph): Map<string, Fields> => {
  const given = new Map(graph.inputs.map((name, index) => [name, index]))
  const inOrder = ([one]: [string, unknown], [other]: [string, unknown]) => (given.get(one) as number) - (given.get(other) as number)
  const fieldsOf = (of: Views | 'unknown'): Fields => {
    if (of === 'unknown') return { receptiveField: [], receptiveFields: 'unknown' }
    const each = [...of].map(([name, axes]): [string, number[]] => [name, axes.map(({ sight, size }) => fieldOf(sight, size))])
    if (each.length < 2) return { receptiveField: each[0]?.[1] ?? [] }
    return { receptiveField: [], receptiveFields: Object.fromEntries(each.sort(inOrder)) }
  }
  return new Map([...viewsOf(graph)].map(([name, of]) => [name, fieldsOf(of)]))
}

/** What each node sees, by name. */
export const viewsOf = ({ nodes, inputs }: Graph): ReadonlyMap<string, Views | 'unknown'> => {
  const given = new Set(inputs)
  const sizes = new Map<string, Shape>()
  const views = new Map<string, Views | 'unknown'>()
  for (const node of nodes) {
    if (given.has(node.name)) {
      const size = node.output.slice(0, -1)
      sizes.set(node.name, size)
      const own = size.map((size, axis): View => ({ axis, size, sight: ownCell }))
      views.set(node.name, new Map(own.length === 0 ? [] : [[node.name, own]]))
    } else {
      const before = node.inputs.map((name) => views.get(name) as Views | 'unknown')
      views.set(node.name, viewsFrom(node, before, sizes))
    }
  }
  return views
}

const viewsFrom = (node: GraphNode, before: readonly (Views | 'unknown')[], sizes: ReadonlyMap<string, Shape>): Views | 'unknown' => {
  const known = before.filter((each) => each !== 'unknown')
  const seen = new Set(known.flatMap((each) => [...each.keys()]))
  if (known.length < before.length || seen.size > mostInputs) return 'unknown'
  const given = node.kind === 'matmul' ? known.map((each, index) => summedUp(each, node, index)) : known
  return new Map(
    [...seen].map((input) => [input, (sizes.get(input) as Shape).map((size, axis) => viewFrom(node, ofAxis(given, input, axis), size))]),
  )
}

/** What one of two matrices sees in their product: all along the axis that is summed up, the first's columns and the second's rows. */
const summedUp = (views: Views, { inputShapes }: GraphNode, index: number): Views => {
  const summed = (inputShapes[index] as Shape).length - 1 - index
  return new Map(
    [...views].map(([name, axes]) => [name, axes.map((view) => (view.axis === summed ? { ...mixed(view), axis: undefined } : view))]),
  )
}

/** What the inputs of a layer see along an axis of one of the network's inputs: those of them that see it. */
const ofAxis = (before: readonly Views[], input: string, axis: number): View[] =>
  before.flatMap((views) => {
    const view = views.get(input)?.[axis]
    return view ? [view] : []
  })

const viewFrom = (node: GraphNode, before: readonly View[], whole: number): View => {
  const [first] = before as [View]
  const { kind, seesAll, inputShapes, output } = node
  if (seesAll) {
    const ends = before.map(({ sight, size }) => everything(sight, size))
    const [low, high] = [Math.min(...ends.map(([least]) => least)), Math.max(...ends.map(([, most]) => most))]
    const axis = output.length === inputShapes[0]?.length ? first.axis : undefined
    // It sees the input and no zeros around it.
    return { axis, size: axis === undefined ? 1 : (output[axis] as number), sight: cellsWithin(low, high, whole) }
  }
  if (node.inputs.length > 1) return joinedViews(before, output)
  if (node.memory === 'view') return reshapedView(first, inputShapes[0] as Shape, output)
  if (kind === 'permute')
    return { ...first, axis: first.axis === undefined ? undefined : (node.settings['axes'] as number[]).indexOf(first.axis) }
  if (kind === 'selectToken') return selectedView(first, node.settings['index'] as number)
  return layerView(node, first)
}

/** The cells of the input from one to another; none where there are only zeros. */
const cellsWithin = (low: number, high: number, whole: number): Sight => {
  const [first, last] = [Math.max(low, 0), Math.min(high, whole - 1)]
  return first <= last ? sameCells(first, last) : sameCells(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)
}

/** What all values of a map see, for a layer that mixes them. */
const mixed = (view: View): View => ({ ...view, sight: sameCells(...everything(view.sight, view.size)) })

/** Branches that are added, multiplied or concatenated: place by place where they lie alike. */
const joinedViews = (before: readonly View[], output: Shape): View => {
  const main = before.find(({ axis }) => axis !== undefined) ?? (before[0] as View)
  const isAlike = (view: View): boolean => view.axis === main.axis && view.layout === main.layout && view.size === main.size
  const sights = before.map((view) => (isAlike(view) ? view : mixed(view)).sight)
  return { ...main, sight: joined(sights, main.axis === undefined || main.layout ? main.size : (output[main.axis] as number)) }
}

/** How long the description of a layout may get, where it is changed again and again. */
const longestLayout = 200

/** Values in the order that they have, on other axes: an axis stays where it is as long, and as much lies before it. */
const reshapedView = (view: View, input: Shape, output: Shape): View => {
  if (view.axis === undefined) return view
  const [outer, size] = [valuesIn(input.slice(0, view.axis)), input[view.axis] as number]
  const starts = output.map((_, axis) => valuesIn(output.slice(0, axis)))
  const same = output.findIndex((each, axis) => each === size && starts[axis] === outer)
  if (same >= 0) return { ...view, axis: same }
  const around = output.findIndex(
    (each, axis) => outer % (starts[axis] as number) === 0 && ((starts[axis] as number) * each) % (outer * size) === 0,
  )
  const layout = JSON.stringify([input, view.axis, view.layout])
  const together = { ...view, axis: around < 0 ? undefined : around, layout }
  return layout.length > longestLayout ? { ...mixed(together), layout: '' } : together
}

/** The token of one place, as a vector. */
const selectedView = (view: View, index: number): View => {
  if (view.axis !== 0 || view.layout !== undefined) return { ...view, axis: view.axis === 1 ? 0 : undefined }
  const here = through(view.sight, {
    period: 1,
    advance: 0,
    windowAt: () => ({ first: index, count: 1, dilation: 1 }),
    within: [index, index],
  })
  return { axis: undefined, size: 1, sight: here }
}

/** Kinds that work on each channel by itself; all others take an axis that lies where channels are as a whole. */
const keepsChannels = ({ kind, memory }: GraphNode): boolean =>
  (memory === 'overwrites' && !/softmax/i.test(kind)) ||
  /^(batchNorm|layerScale|affine|rescale|normalize|positionEmbedding|classToken|crop|slice|zeroPad|pad|upsample|(max|avg|adaptiveMax|adaptiveAvg)Pool(\dd)?)$/.test(
    kind,
  )

/** A layer on one input. */
const layerView = (node: GraphNode, view: View): View => {
  const { output, inputShapes } = node
  // An axis without a position in the image, or a custom layer that changes the number of axes.
  if (view.axis === undefined || output.length !== inputShapes[0]?.length) return keepsChannels(node) ? view : mixed(view)
  if (view.axis === output.length - 1) return keepsChannels(node) ? view : { ...mixed(view), axis: undefined }
  const step = stepOf(node, view.axis)
  if (view.layout !== undefined) return step === undefined || isTrivial(step) ? view : mixed(view)
  return { axis: view.axis, size: output[view.axis] as number, sight: step ? through(view.sight, step) : view.sight }
}
