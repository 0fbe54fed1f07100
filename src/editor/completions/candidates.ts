/*
 * The values that are tried for an option or an argument, the likeliest wish first.
 */

/** What is known of the layer. */
export interface Layer {
  readonly kind: string
  /** The shape that it stands on. */
  readonly shape: readonly number[]
  /** The options that are given. */
  readonly options: Readonly<Record<string, unknown>>
  /** The arguments before the options. */
  readonly args: readonly unknown[]
}

const upTo = (last: number, first = 1): number[] => Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)

/** A hyperparameter on an axis of the input; where the value for all axes is written, on the first. */
export const onAxis = (value: unknown, axis = 0): unknown => (Array.isArray(value) ? value[axis] : value)

const numberOn = (value: unknown, axis: number | undefined, otherwise: number): number => {
  const own = onAxis(value, axis)
  return typeof own === 'number' && Number.isFinite(own) && own >= 1 ? Math.min(own, 1_000) : otherwise
}

const isPool = (kind: string): boolean => /^(?:max|avg)Pool/.test(kind)

/** The index of the kernel among the arguments of a layer that slides a window. */
export const kernelAt = (kind: string): number => (/^(?:conv|separable)/.test(kind) ? 1 : 0)

/** The divisors of a number, from the smallest; of a large one those up to 4,096. */
const divisorsOf = (value: number): number[] => upTo(Math.min(value, 4_096)).filter((each) => value % each === 0)

/** A value first, if it is there. */
const first = (values: readonly number[], preferred: number): number[] =>
  values.includes(preferred) ? [preferred, ...values.filter((each) => each !== preferred)] : [...values]

const kernelOf = ({ kind, args, shape }: Layer, axis: number | undefined): number => numberOn(args[kernelAt(kind)], axis, shape[0] ?? 1)

const channelsOf = ({ shape }: Layer): number => shape.at(-1) ?? 1

/** The most values that are offered. */
export const mostValues = 12

/** The cells between the first and the last that a window sees, both counted. */
const spanOf = (layer: Layer, axis: number | undefined): number =>
  numberOn(layer.options['dilation'], axis, 1) * (kernelOf(layer, axis) - 1) + 1

/** For a kernel of several sizes the padding of each axis that keeps the map's size. */
const keepingList = (layer: Layer): readonly unknown[] => {
  const kernel = layer.args[kernelAt(layer.kind)]
  const keeping = Array.isArray(kernel) ? kernel.map((_, axis) => (spanOf(layer, axis) - 1) / 2) : []
  return new Set(keeping).size > 1 && keeping.every(Number.isInteger) ? [keeping] : []
}

/**
 * The values that are tried, by the name of the option or argument: on an axis where one is given, else for all axes. Who writes an option
 * wants another value than its default.
 */
export const candidates: Readonly<Record<string, (layer: Layer, axis: number | undefined) => readonly unknown[]>> = {
  stride: (layer, axis) => {
    const kernel = kernelOf(layer, axis)
    return [...new Set([...upTo(8, 2), ...(kernel > 8 && kernel <= 64 ? [kernel] : []), 1])]
  },
  padding: (layer, axis) => {
    const span = spanOf(layer, axis)
    const keeping = (span - 1) / 2
    const values = first(
      [...new Set([...upTo(Math.min(Math.floor(span / 2), 8)), ...(span > 1 && span % 2 === 1 ? [keeping] : [])])],
      keeping,
    )
    return axis === undefined ? [...keepingList(layer), ...values, 'same', 0, 'valid'] : [...values, 0]
  },
  dilation: () => [2, 3, 4, 6, 1],
  rounding: () => ['floor', 'ceil', 'exact'],
  kernel: ({ kind, shape }, axis) => {
    const largest = axis === undefined ? Math.min(...shape.slice(0, -1)) : (shape[axis] ?? 1)
    const usual = isPool(kind) ? [2, 3, 4, 5, 6, 7, 8] : [3, 1, 5, 7, 9, 11, 2, 4, 6, 8]
    return [...new Set([...usual, largest])]
  },
  groups: (layer) => {
    if (layer.kind === 'groupNorm') return first(divisorsOf(channelsOf(layer)), 32)
    const [filters] = layer.args
    const common = divisorsOf(channelsOf(layer)).filter((each) => each > 1 && typeof filters === 'number' && filters % each === 0)
    // A group for each channel is a wish of its own, however many divisors there are.
    return common.length < mostValues ? [...common, 1] : [...common.slice(0, mostValues - 2), common.at(-1), 1]
  },
  outputPadding: ({ options }, axis) => {
    const [stride, dilation] = [numberOn(options['stride'], axis, 1), numberOn(options['dilation'], axis, 1)]
    return upTo(Math.max(stride, dilation) - 1, 0)
  },
  heads: (layer) =>
    first(
      divisorsOf(channelsOf(layer)).filter((each) => each <= 64),
      channelsOf(layer) / 64,
    ),
  scale: () => [2, 3, 4, 8],
}
