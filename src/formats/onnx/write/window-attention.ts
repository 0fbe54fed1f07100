import type { GraphNode } from '../../../network/graph.js'
import type { Shape } from '../../../shape/shape.js'
import type { Emitter } from './emitter.js'
import { input, linear } from './linear.js'
import type { Operators } from './operators.js'
import { reduced } from './windows.js'

/** Attention within windows, and the merging of patches: the layers of Swin Transformers (Liu et al. 2021). */

interface Sizes {
  readonly heads: number
  readonly window: number
  /** How many windows there are, cells in each, and channels of each head. */
  readonly count: number
  readonly cells: number
  readonly size: number
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

/** Values moved around the edge of an axis, as `torch.roll` does. */
const rolledIndices = (emit: Emitter, wish: string, size: number, shift: number): string =>
  emit.whole(
    wish,
    range(size).map((place) => (((place - shift) % size) + size) % size),
  )

/** The image moved by shifts of its height and width. */
const rolled = (emit: Emitter, wish: string, from: string, shape: Shape, shifts: readonly number[]): string =>
  shifts.reduce(
    (value, shift, axis) =>
      shift === 0
        ? value
        : emit.add('Gather', `${wish}_${axis}`, {
            inputs: [value, rolledIndices(emit, `${wish}_${axis}/places`, shape[axis] as number, shift)],
            shape,
            attributes: { axis: { int: axis + 1 } },
          }),
    from,
  )

/** For each pair of cells of a window, the row of the table with the biases of their relative position. */
const relativePositions = (window: number): number[] => {
  const cells = range(window * window).map((cell) => [Math.floor(cell / window), cell % window] as const)
  return cells.flatMap(([row, column]) =>
    cells.map(([other, beside]) => (row - other + window - 1) * (2 * window - 1) + (column - beside + window - 1)),
  )
}

/** Relative positions as the dense layers of version 2 take them: logarithms, from -8 to 8 before. */
const relativeCoordinates = (window: number): number[] => {
  const along = range(2 * window - 1).map((place) => (8 * (place - window + 1)) / Math.max(window - 1, 1))
  const scaled = along.map((value) => (Math.sign(value) * Math.log2(Math.abs(value) + 1)) / 3)
  return scaled.flatMap((row) => scaled.map((column) => [row, column])).flat()
}

/** For each cell of each window, which part of the image it comes from: cells of several are no neighbours. */
const regions = (height: number, width: number, window: number, [down, right]: readonly [number, number]): number[] => {
  const along = (place: number, size: number, shift: number): number =>
    shift === 0 || place < size - window ? 0 : place < size - shift ? 1 : 2
  const at = (row: number, column: number): number => 3 * along(row, height, down) + along(column, width, right)
  return range(height / window).flatMap((row) =>
    range(width / window).flatMap((column) =>
      range(window * window).map((cell) => at(row * window + Math.floor(cell / window), column * window + (cell % window))),
    ),
  )
}

/** The biases of positions, `[heads, cells, cells]`. */
const positionBiases = (emit: Emitter, node: GraphNode, { heads, window, cells }: Sizes): string => {
  const { name } = node
  const still = (operator: string, what: string, inputs: readonly string[], shape: readonly number[], attributes = {}): string =>
    emit.add(operator, `${name}/${what}`, { inputs, shape, attributes, batched: false })
  const rows = (2 * window - 1) ** 2
  const turned = (weight: string, shape: readonly number[]): string =>
    still('Transpose', `${weight}_turned`, [emit.weight(node, weight)], shape, { perm: { ints: [1, 0] } })
  const computed = (): string => {
    const coordinates = emit.floats(`${name}/coordinates`, relativeCoordinates(window), [rows, 2])
    const first = still('MatMul', 'position_product', [coordinates, turned('cpb_mlp.0.weight', [2, 512])], [rows, 512])
    const hidden = still(
      'Relu',
      'position_hidden',
      [still('Add', 'position_sum', [first, emit.weight(node, 'cpb_mlp.0.bias')], [rows, 512])],
      [rows, 512],
    )
    return still('MatMul', 'position_table', [hidden, turned('cpb_mlp.2.weight', [512, heads])], [rows, heads])
  }
  const isCosine = node.settings['version'] === 2
  const table = isCosine ? computed() : emit.weight(node, 'relative_position_bias_table')
  const places = emit.once(`relative positions of ${window}`, () => emit.whole(`${name}/positions`, relativePositions(window)))
  const pairs = still('Gather', 'position_pairs', [table, places], [cells * cells, heads], { axis: { int: 0 } })
  const byHead = still('Transpose', 'position_heads', [pairs], [heads, cells * cells], { perm: { ints: [1, 0] } })
  const biases = still(
    'Reshape',
    'position_biases',
    [byHead, emit.whole(`${name}/position_shape`, [heads, cells, cells])],
    [heads, cells, cells],
  )
  if (!isCosine) return biases
  const share = still('Sigmoid', 'position_shares', [biases], [heads, cells, cells])
  return still('Mul', 'position_scaled', [share, emit.floats(`${name}/most`, [16], [])], [heads, cells, cells])
}

/** -100 for each pair of cells of a window that are no neighbours in the image, as torchvision has it. */
const mask = (emit: Emitter, node: GraphNode, { window, count, cells }: Sizes, shifts: readonly [number, number]): string => {
  const { name, output } = node
  const [height, width] = output as [number, number]
  const parts = regions(height, width, window, shifts)
  const still = (operator: string, what: string, inputs: readonly string[]): string =>
    emit.add(operator, `${name}/${what}`, { inputs, shape: [count, 1, cells, cells], batched: false })
  return emit.once(`mask of ${[height, width, window, ...shifts]}`, () => {
    const rows = emit.floats(`${name}/regions_of_rows`, parts, [count, 1, cells, 1])
    const columns = emit.floats(`${name}/regions_of_columns`, parts, [count, 1, 1, cells])
    const apart = still('Abs', 'apart', [still('Sub', 'regions_apart', [rows, columns])])
    const others = still('Min', 'others', [apart, emit.floats(`${name}/one`, [1], [])])
    return still('Mul', 'mask', [others, emit.floats(`${name}/never`, [-100], [])])
  })
}

/** Queries, keys and values in their heads: those of version 2 have length 1 (cosines). */
const projected = (emit: Emitter, node: GraphNode, from: string, { heads, count, cells, size }: Sizes): [string, string, string] => {
  const { name, settings } = node
  const channels = heads * size
  const isCosine = settings['version'] === 2
  const bias = (): string => {
    const whole = emit.weight(node, 'qkv.bias')
    if (!isCosine) return whole
    const kept = emit.floats(
      `${name}/no_bias_of_keys`,
      range(3 * channels).map((at) => (Math.floor(at / channels) === 1 ? 0 : 1)),
    )
    return emit.add('Mul', `${name}/qkv_bias`, { inputs: [whole, kept], shape: [3 * channels], batched: false })
  }
  const rows = count * cells
  const all = linear(emit, `${name}/projected`, from, emit.weight(node, 'qkv.weight'), settings['bias'] ? bias() : undefined, [
    rows,
    channels,
    3 * channels,
  ])
  const thirds = emit.addSeveral(
    'Split',
    ['queries', 'keys', 'values'].map((what) => `${name}/${what}`),
    {
      inputs: [all, emit.whole(`${name}/thirds`, [channels, channels, channels])],
      shape: [rows, channels],
      attributes: { axis: { int: 2 } },
    },
  ) as [string, string, string]
  const unit = (of: string): string => {
    const shape = [count, cells, heads, size]
    const norm = reduced(emit, 'ReduceL2', `${of}_length`, of, [4], 1, [count, cells, heads, 1])
    const least = emit.add('Max', `${of}_length_above`, {
      inputs: [norm, emit.floats(`${of}_least`, [1e-12], [])],
      shape: [count, cells, heads, 1],
    })
    return emit.add('Div', `${of}_unit`, { inputs: [of, least], shape })
  }
  return thirds.map((third, index) => {
    const byHead = emit.reshape(`${third}_by_head`, third, [count, cells, heads, size])
    return emit.add('Transpose', `${third}_in_heads`, {
      inputs: [isCosine && index < 2 ? unit(byHead) : byHead],
      shape: index === 1 ? [count, heads, size, cells] : [count, heads, cells, size],
      attributes: { perm: { ints: index === 1 ? [0, 1, 3, 4, 2] : [0, 1, 3, 2, 4] } },
    })
  }) as [string, string, string]
}

/** What the scores are multiplied by: 1 / sqrt(d), in version 2 a learned temperature of 100 at most. */
const scale = (emit: Emitter, node: GraphNode, { heads, size }: Sizes): string => {
  const { name } = node
  if (node.settings['version'] === 1) return emit.floats(`${name}/scale`, [1 / Math.sqrt(size)], [])
  const shape = [heads, 1, 1]
  const most = emit.floats(`${name}/most_logit`, [Math.log(100)], [])
  const logit = emit.add('Min', `${name}/logit`, { inputs: [emit.weight(node, 'logit_scale'), most], shape, batched: false })
  return emit.add('Exp', `${name}/temperature`, { inputs: [logit], shape, batched: false })
}

/** Cells of an image in the order of its windows, and back: the same axes change places. */
const windowAxes = { perm: { ints: [0, 1, 3, 2, 4, 5] } }

export const windowAttention: Operators[string] = (emit, node) => {
  const { name, settings, output } = node
  const [height, width, channels] = output as [number, number, number]
  const { heads, window, shift } = settings as { heads: number; window: number; shift: number }
  const [rows, columns] = [height / window, width / window]
  const sizes = { heads, window, count: rows * columns, cells: window * window, size: channels / heads }
  const { count, cells, size } = sizes
  // A window that is as large as the image is not moved.
  const shifts = [rows > 1 ? shift : 0, columns > 1 ? shift : 0] as const
  const isShifted = shifts.some((each) => each > 0)

  const moved = rolled(
    emit,
    `${name}/moved`,
    input(emit, node),
    output,
    shifts.map((each) => -each),
  )
  const inRows = emit.reshape(`${name}/rows_of_windows`, moved, [rows, window, columns, window, channels])
  const inWindows = emit.add('Transpose', `${name}/windows`, {
    inputs: [inRows],
    shape: [rows, columns, window, window, channels],
    attributes: windowAxes,
  })
  const flat = emit.reshape(`${name}/cells`, inWindows, [count * cells, channels])
  const [queries, keys, values] = projected(emit, node, flat, sizes)
  const square = [count, heads, cells, cells]
  const step = (operator: string, what: string, inputs: readonly string[], shape: readonly number[], attributes = {}): string =>
    emit.add(operator, `${name}/${what}`, { inputs, shape, attributes })
  const scaled = step('Mul', 'scaled', [step('MatMul', 'scores', [queries, keys], square), scale(emit, node, sizes)], square)
  const placed = step('Add', 'placed', [scaled, positionBiases(emit, node, sizes)], square)
  const masked = isShifted ? step('Add', 'masked', [placed, mask(emit, node, sizes, shifts)], square) : placed
  const shares = step('Softmax', 'shares', [masked], square, { axis: { int: 4 } })
  const mixed = step('MatMul', 'mixed', [shares, values], [count, heads, cells, size])
  const turned = step('Transpose', 'turned', [mixed], [count, cells, heads, size], { perm: { ints: [0, 1, 3, 2, 4] } })
  const joined = emit.reshape(`${name}/joined`, turned, [count * cells, channels])
  const bias = settings['bias'] ? emit.weight(node, 'proj.bias') : undefined
  const out = linear(emit, `${name}/out`, joined, emit.weight(node, 'proj.weight'), bias, [count * cells, channels, channels])
  const back = step(
    'Transpose',
    'back',
    [emit.reshape(`${name}/out_windows`, out, [rows, columns, window, window, channels])],
    [rows, window, columns, window, channels],
    windowAxes,
  )
  if (!isShifted) return emit.put(node, 'last', 'Reshape', [back, emit.whole(`${name}/shape`, [0, ...output])])
  const image = emit.reshape(`${name}/image`, back, [...output])
  const last = shifts[1] > 0 ? 1 : 0
  const before = shifts[0] > 0 && last === 1 ? rolled(emit, `${name}/returned`, image, output, [shifts[0], 0]) : image
  const places = rolledIndices(emit, `${name}/places`, output[last] as number, shifts[last] as number)
  emit.put(node, 'last', 'Gather', [before, places], { axis: { int: last + 1 } })
}

/** The cells of each patch side by side, those of the first column first. */
export const patchMerging: Operators[string] = (emit, node) => {
  const { name, settings, inputShapes } = node
  const [height, width, channels] = inputShapes[0] as [number, number, number]
  const positions = [height / 2, width / 2]
  const cells = emit.reshape(`${name}/cells`, input(emit, node), [height / 2, 2, width / 2, 2, channels])
  const patches = emit.add('Transpose', `${name}/patches`, {
    inputs: [cells],
    shape: [...positions, 2, 2, channels],
    attributes: { perm: { ints: [0, 1, 3, 4, 2, 5] } },
  })
  const joined = emit.reshape(`${name}/joined`, patches, [...positions, 4 * channels])
  const attributes = { axis: { int: -1 }, epsilon: { float: 1e-5 } }
  const scaleAndShift = [emit.weight(node, 'norm.weight'), emit.weight(node, 'norm.bias')]
  const kernel = emit.once(`${emit.weight(node, 'reduction.weight')} turned`, () =>
    emit.add('Transpose', `${name}/kernel`, {
      inputs: [emit.weight(node, 'reduction.weight')],
      shape: [4 * channels, 2 * channels],
      attributes: { perm: { ints: [1, 0] } },
      batched: false,
    }),
  )
  const product = (from: string): string => emit.add('MatMul', `${name}/product`, { inputs: [from, kernel], shape: node.output })
  if (settings['version'] === 2) return emit.put(node, 'last', 'LayerNormalization', [product(joined), ...scaleAndShift], attributes)
  const normal = emit.add('LayerNormalization', `${name}/normal`, {
    inputs: [joined, ...scaleAndShift],
    shape: [...positions, 4 * channels],
    attributes,
  })
  emit.put(node, 'last', 'MatMul', [normal, kernel])
}
