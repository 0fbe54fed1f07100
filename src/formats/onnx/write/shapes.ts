import type { GraphNode } from '../../../network/graph.js'
import type { Shape } from '../../../shape/shape.js'
import { cellsAtEnds } from '../../cells-at-ends.js'
import type { OnnxAttribute } from '../model.js'
import { arranged, type Emitter, type Layout } from './emitter.js'
import type { Operators } from './operators.js'
import { resized } from './resize.js'

/** Layers that arrange values anew, and what joins branches. */

type Write = Operators[string]

/** Numbers for all axes of a tensor in a layout, from those of its spatial axes; the batch and the channels have `rest`. */
const everywhere = (spatial: readonly number[], layout: Layout, rest: number): number[] =>
  layout === 'first' ? [rest, rest, ...spatial] : [rest, ...spatial, rest]

const zeroPad: Write = (emit, node) => {
  const layout = emit.layoutOf(node.inputs[0] as string)
  const ends = cellsAtEnds(node)
  const before = ends.map(([cells]) => cells)
  const after = ends.map(([, cells]) => cells)
  const mode = padModes[(node.settings['mode'] ?? 'constant') as string] as string
  const attributes: Record<string, OnnxAttribute> = mode === 'constant' ? {} : { mode: { text: mode } }
  emit.keep(node, 'Pad', attributes, [emit.whole(`${node.name}/pads`, [...everywhere(before, layout, 0), ...everywhere(after, layout, 0)])])
}

/** ONNX's names of the modes that its `Pad` has at every opset. */
const padModes: Readonly<Record<string, string>> = { constant: 'constant', reflect: 'reflect', replicate: 'edge' }

/** The last place that a `Slice` backwards can end at, before the first. */
const beforeAll = -(2 ** 31)

/** Copies of cells from the other end, or mirrored, axis by axis: older opsets have no operator for them. */
const copied = (emit: Emitter, node: GraphNode, mirrored: boolean): void => {
  const layout = emit.layoutOf(node.inputs[0] as string)
  const shape = [...(node.inputShapes[0] as Shape)]
  let value = emit.take(node.inputs[0] as string, layout)
  const ends = cellsAtEnds(node)
  const last = ends.reduce((latest, [before, after], axis) => (before + after > 0 ? axis : latest), -1)
  if (last < 0) emit.put(node, layout, 'Identity', [value])
  for (const [axis, [before, after]] of ends.entries()) {
    if (before + after === 0) continue
    const place = axis + (layout === 'first' ? 2 : 1)
    const size = shape[axis] as number
    const along = (cells: number): number[] => shape.map((each, other) => (other === axis ? cells : each))
    const cells = (what: string, from: number, to: number): string => {
      const wish = `${node.name}/${what}_${axis}`
      const bounds = mirrored ? [to - 1, from === 0 ? beforeAll : from - 1] : [from, to]
      const inputs = [value, ...bounds.map((bound) => emit.whole(`${wish}/bound`, [bound])), emit.whole(`${wish}/axis`, [place])]
      const steps = mirrored ? [emit.whole(`${wish}/step`, [-1])] : []
      return emit.add('Slice', wish, { inputs: [...inputs, ...steps], shape: arranged(along(to - from), layout) })
    }
    const front = before === 0 ? [] : [mirrored ? cells('before', 0, before) : cells('before', size - before, size)]
    const back = after === 0 ? [] : [mirrored ? cells('after', size - after, size) : cells('after', 0, after)]
    const parts = [...front, value, ...back]
    shape[axis] = size + before + after
    if (axis === last) emit.put(node, layout, 'Concat', parts, { axis: { int: place } })
    else
      value = emit.add('Concat', `${node.name}/padded_${axis}`, {
        inputs: parts,
        shape: arranged(shape, layout),
        attributes: { axis: { int: place } },
      })
  }
}

const pad: Write = (emit, node) => {
  const mode = node.settings['mode'] as string
  if (!Object.hasOwn(padModes, mode)) return copied(emit, node, mode === 'symmetric')
  zeroPad(emit, node)
}

const crop: Write = (emit, node) => {
  const layout = emit.layoutOf(node.inputs[0] as string)
  const input = node.inputShapes[0] as Shape
  const cut = cellsAtEnds(node)
  const ends = cut.map(([, after], axis) => (input[axis] as number) - after)
  const axes = ends.map((_, axis) => axis + (layout === 'first' ? 2 : 1))
  emit.keep(node, 'Slice', {}, [
    emit.whole(
      `${node.name}/from`,
      cut.map(([before]) => before),
    ),
    emit.whole(`${node.name}/to`, ends),
    emit.whole(`${node.name}/axes`, axes),
  ])
}

const slice: Write = (emit, node) => {
  const layout = emit.layoutOf(node.inputs[0] as string)
  const { axis, start, end } = node.settings as Record<'axis' | 'start' | 'end', number>
  const last = node.output.length - 1
  const place = layout === 'last' ? axis + 1 : axis === last ? 1 : axis + 2
  const bounds = [emit.whole(`${node.name}/from`, [start]), emit.whole(`${node.name}/to`, [end]), emit.whole(`${node.name}/axes`, [place])]
  emit.keep(node, 'Slice', {}, bounds)
}

const pixelShuffle: Write = (emit, node) =>
  emit.put(node, 'first', 'DepthToSpace', [emit.take(node.inputs[0] as string, 'first')], {
    blocksize: { int: node.settings['scale'] as number },
    mode: { text: 'CRD' },
  })

/** Pixels as channels in PyTorch's order. `SpaceToDepth` has another. */
const pixelUnshuffle: Write = (emit, node) => {
  const scale = node.settings['scale'] as number
  const channels = (node.inputShapes[0] as Shape).at(-1) as number
  const [height, width] = node.output as [number, number, number]
  const from = emit.take(node.inputs[0] as string, 'first')
  const squares = emit.reshape(`${node.name}/squares`, from, [channels, height, scale, width, scale])
  const turned = emit.add('Transpose', `${node.name}/turned`, {
    inputs: [squares],
    shape: [channels, scale, scale, height, width],
    attributes: { perm: { ints: [0, 1, 3, 5, 2, 4] } },
  })
  emit.put(node, 'first', 'Reshape', [turned, emit.whole(`${node.name}/shape`, [0, ...arranged(node.output, 'first')])])
}

/** The same values in another shape, row by row. */
const reshape: Write = (emit, node) => {
  const from = emit.take(node.inputs[0] as string, 'last')
  emit.put(node, 'last', 'Reshape', [from, emit.whole(`${node.name}/shape`, [0, ...node.output])])
}

const permute: Write = (emit, node) => {
  const from = emit.take(node.inputs[0] as string, 'last')
  const axes = node.settings['axes'] as number[]
  emit.put(node, 'last', 'Transpose', [from], { perm: { ints: [0, ...axes.map((axis) => axis + 1)] } })
}

/** The positions of an image one after the other: with its channels first, if it has them there. */
const toTokens: Write = (emit, node) => {
  const layout = emit.layoutOf(node.inputs[0] as string)
  const from = emit.take(node.inputs[0] as string, layout)
  emit.put(node, layout, 'Reshape', [from, emit.whole(`${node.name}/shape`, [0, ...arranged(node.output, layout)])])
}

/** Branches in the layout of the first. */
const branches = (emit: Emitter, node: GraphNode): { layout: Layout; inputs: string[] } => {
  const layout = emit.layoutOf(node.inputs[0] as string)
  return { layout, inputs: node.inputs.map((name) => emit.take(name, layout)) }
}

/** A join value by value. */
const elementwise =
  (operator: string, ofTwo = operator): Write =>
  (emit, node) => {
    const { layout, inputs } = branches(emit, node)
    emit.put(node, layout, inputs.length === 2 ? ofTwo : operator, inputs)
  }

const concat: Write = (emit, node) => {
  const { layout, inputs } = branches(emit, node)
  emit.put(node, layout, 'Concat', inputs, { axis: { int: layout === 'last' ? node.output.length : 1 } })
}

/** A gate is broadcast to its input where it has one value for each channel. */
const multiply: Write = (emit, node) => {
  const [input, gate] = node.inputs as [string, string]
  const layout = emit.layoutOf(input)
  const [shape, gates] = node.inputShapes as [Shape, Shape]
  const from = emit.take(input, layout)
  if (gates.length === shape.length) return emit.put(node, layout, 'Mul', [from, emit.take(gate, layout)])
  const ones = shape.slice(0, -1).map(() => 1)
  const channels = shape.at(-1) as number
  const wide = emit.reshape(`${node.name}/gate`, emit.take(gate, 'last'), layout === 'first' ? [channels, ...ones] : [...ones, channels])
  emit.put(node, layout, 'Mul', [from, wide])
}

const matmul: Write = (emit, node) =>
  emit.put(
    node,
    'last',
    'MatMul',
    node.inputs.map((name) => emit.take(name, 'last')),
  )

export const shapeOperators = {
  zeroPad,
  pad,
  crop,
  upsample: resized,
  pixelShuffle,
  pixelUnshuffle,
  reshape,
  squeeze: reshape,
  unflatten: reshape,
  unsqueeze: reshape,
  permute,
  slice,
  toTokens,
  add: elementwise('Sum', 'Add'),
  subtract: elementwise('Sub'),
  average: elementwise('Mean'),
  maximum: elementwise('Max'),
  minimum: elementwise('Min'),
  concat,
  multiply,
  matmul,
} satisfies Operators
