import type { Graph, GraphNode } from '../../src/network/graph.js'

/**
 * What a value sees, as a set of input cells: each layer's own formula, place by place, on an input of one axis that goes on in both
 * directions. Written without the arithmetic of intervals and periods that reports use.
 */

type Settings = Readonly<Record<string, unknown>>

/** A setting that is one number, or a list with one for the only axis. */
const only = (value: unknown): number => (Array.isArray(value) ? value[0] : value) as number

/** Zeros in front, of a padding on the only axis. */
const front = (padding: unknown): number => {
  const given = Array.isArray(padding) ? padding[0] : padding
  return typeof given === 'number' ? given : Array.isArray(given) ? given[0] : 0
}

const range = (first: number, count: number): number[] => Array.from({ length: Math.max(count, 0) }, (_, index) => first + index)

/** Places of the map before that a place of a window's map takes. */
const windowPlaces = (settings: Settings, size: number, place: number): number[] => {
  const [kernel, stride, dilation] = [only(settings['kernel']), only(settings['stride']), only(settings['dilation'] ?? 1)]
  const positions = Math.ceil(size / stride)
  const needed = Math.max((positions - 1) * stride + (kernel - 1) * dilation + 1 - size, 0)
  const before = settings['padding'] === 'same' ? Math.floor(needed / 2) : front(settings['padding'])
  return range(0, kernel).map((cell) => place * stride + cell * dilation - before)
}

/** Every input that is multiplied by a cell of the kernel and added at that place. */
const transposedPlaces = (settings: Settings, place: number): number[] => {
  const [kernel, stride, dilation] = [only(settings['kernel']), only(settings['stride']), only(settings['dilation'])]
  const span = (kernel - 1) * dilation + 1
  const cut = settings['padding'] === 'same' ? Math.max(Math.floor((span - stride) / 2), 0) : front(settings['padding'])
  const candidates = range(Math.floor((place - span) / stride) - 1, Math.ceil((2 * span + cut) / stride) + 4)
  return candidates.filter((input) => range(0, kernel).some((cell) => input * stride + cell * dilation - cut === place))
}

/** The cell that a new one copies, or those beside its centre. */
const resizedPlaces = ({ scale, method, alignCorners }: Settings, [from, to]: readonly [number, number], place: number): number[] => {
  // PyTorch's `area_pixel_compute_scale`: with aligned corners, the distance to a single cell is 0.
  const aligned = to > 1 ? (from - 1) / (to - 1) : 0
  const step = alignCorners ? aligned : scale === undefined ? from / to : 1 / only(scale)
  if (method === 'nearest') return [Math.floor(place * step + 1e-9)]
  const middle = alignCorners ? place * step : (place + 0.5) * step - 0.5
  const near = Math.round(middle)
  if (Math.abs(middle - near) < 1e-9) return [near]
  return method === 'bicubic' ? range(Math.floor(middle) - 1, 4) : [Math.floor(middle), Math.ceil(middle)]
}

const partPlaces = (cells: number, parts: number, place: number): number[] => {
  const first = Math.floor((place * cells) / parts)
  return range(first, Math.ceil(((place + 1) * cells) / parts) - first)
}

const placesOf = ({ kind, settings, inputShapes, output }: GraphNode, place: number): number[] => {
  const size = inputShapes[0]?.[0] as number
  if (/^(conv|depthwiseConv|separableConv|maxPool|avgPool)1d$/.test(kind)) return windowPlaces(settings, size, place)
  if (kind === 'convTranspose1d') return transposedPlaces(settings, place)
  if (kind === 'upsample') return resizedPlaces(settings, [size, output[0] as number], place)
  if (kind.startsWith('adaptive')) return partPlaces(size, output[0] as number, place)
  if (kind === 'zeroPad') return [place - front(settings['amount'])]
  if (kind === 'crop') return [place + front(settings['amount'])]
  return [place]
}

/** The receptive field of each node of a network on `[length, channels]`: from the first to the last cell, the most of all its values. */
export const fieldsSeen = ({ nodes }: Graph): Map<string, number> => {
  const byName = new Map(nodes.map((node) => [node.name, node]))
  const length = nodes[0]?.output[0] as number
  const known = new Map<string, ReadonlySet<number>>()
  const lengthOf = ({ output }: GraphNode): number => (output.length === 1 ? 1 : (output[0] as number))
  const seen = (node: GraphNode, place: number): ReadonlySet<number> => {
    const key = `${place} of ${node.name}`
    const before = known.get(key)
    if (before) return before
    const inputs = node.inputs.map((name) => byName.get(name) as GraphNode)
    const cells = new Set<number>()
    const see = (from: GraphNode, at: number): void => {
      // What is there once for all places, as the gates of a squeeze, is there at each.
      for (const cell of seen(from, lengthOf(from) === 1 && lengthOf(node) > 1 && inputs.length > 1 ? 0 : at)) cells.add(cell)
    }
    if (inputs.length === 0) cells.add(place)
    else if (
      /^(globalAvgPool|globalMaxPool|multiHeadAttention|lstm|meanTokens)$/.test(node.kind) ||
      isWholePool(node) ||
      isOnVector(node)
    ) {
      const from = inputs[0] as GraphNode
      const all = range(0, lengthOf(from)).flatMap((each) => [...seen(from, each)])
      // From the first to the last, with what lies between them, and no zeros around the input.
      const [first, last] = [Math.max(Math.min(...all), 0), Math.min(Math.max(...all), length - 1)]
      for (const cell of range(first, last - first + 1)) cells.add(cell)
    } else for (const from of inputs) for (const at of inputs.length > 1 ? [place] : placesOf(node, place)) see(from, at)
    known.set(key, cells)
    return cells
  }
  return new Map(
    nodes.map((node) => {
      const fields = range(0, lengthOf(node)).map((place) => {
        const cells = [...seen(node, place)]
        return cells.length === 0 ? 0 : Math.max(...cells) - Math.min(...cells) + 1
      })
      return [node.name, Math.max(...fields)]
    }),
  )
}

/** A pool to one place sees its whole input. */
const isWholePool = ({ kind, output }: GraphNode): boolean => kind.startsWith('adaptive') && output[0] === 1
const isOnVector = ({ kind, inputShapes }: GraphNode): boolean => kind === 'dense' && inputShapes[0]?.length === 1
