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

const numberOf = (value: unknown, otherwise: number): number => {
  const [first] = [value].flat(2)
  return typeof first === 'number' && Number.isFinite(first) && first >= 1 ? Math.min(first, 1_000) : otherwise
}

const isPool = (kind: string): boolean => /^(?:max|avg)Pool/.test(kind)

/** The divisors of a number, from the smallest; of a large one those up to 4,096. */
const divisorsOf = (value: number): number[] => upTo(Math.min(value, 4_096)).filter((each) => value % each === 0)

/** A value first, if it is there. */
const first = (values: readonly number[], preferred: number): number[] =>
  values.includes(preferred) ? [preferred, ...values.filter((each) => each !== preferred)] : [...values]

const kernelOf = ({ kind, args, shape }: Layer): number => numberOf(args[/^(?:conv|separable)/.test(kind) ? 1 : 0], shape[0] ?? 1)

const channelsOf = ({ shape }: Layer): number => shape.at(-1) ?? 1

/** The values that are tried, by the name of the option or argument. Who writes an option wants another value than its default. */
export const candidates: Readonly<Record<string, (layer: Layer) => readonly unknown[]>> = {
  stride: (layer) => {
    const kernel = kernelOf(layer)
    const values = [...new Set([...upTo(8, 2), ...(kernel > 8 && kernel <= 64 ? [kernel] : [])])]
    return [...values, 1]
  },
  padding: (layer) => {
    const span = numberOf(layer.options['dilation'], 1) * (kernelOf(layer) - 1) + 1
    const keeping = (span - 1) / 2
    const values = first(upTo(Math.min(Math.floor(span / 2), 8)), keeping)
    return [...values, 'same', 0]
  },
  dilation: () => [2, 3, 4, 6, 1],
  rounding: () => ['floor', 'ceil', 'exact'],
  kernel: ({ kind, shape }) => {
    const largest = Math.min(...shape.slice(0, -1))
    const usual = isPool(kind) ? [2, 3, 4, 5, 6, 7, 8] : [3, 1, 5, 7, 9, 11, 2, 4, 6, 8]
    return [...new Set([...usual, largest])]
  },
  groups: (layer) => {
    if (layer.kind === 'groupNorm') return first(divisorsOf(channelsOf(layer)), 32)
    const [filters] = layer.args
    const channels = channelsOf(layer)
    const common = divisorsOf(channels).filter((each) => typeof filters === 'number' && filters % each === 0)
    return [...common.filter((each) => each > 1), 1]
  },
  outputPadding: (layer) => {
    const stride = numberOf(layer.options['stride'], 1)
    return upTo(Math.max(stride, numberOf(layer.options['dilation'], 1)) - 1, 0)
  },
  heads: (layer) =>
    first(
      divisorsOf(channelsOf(layer)).filter((each) => each <= 64),
      channelsOf(layer) / 64,
    ),
  scale: () => [2, 3, 4, 8],
}

/** The most values that are offered. */
export const mostValues = 12
