import { valuesIn } from '../../../layers/kind/layer.js'
import { type Chain, type Config, type KerasWeight, requireFew } from '../layer.js'

/** What a convolution in groups consists of. */
export interface GroupedConvolution {
  readonly groups: number
  readonly filters: number
  readonly className: string
  readonly config: Config
  /** The kernel of a group, from 0: of its share of the channels and its filters. */
  readonly kernel: (group: number) => KerasWeight
  readonly bias: boolean
  readonly output: readonly number[]
}

/** TensorFlow.js takes no notice of groups: each is a convolution of its own on its share of the channels. */
export const inGroups = (chain: Chain, { groups, filters, className, config, kernel, bias, output }: GroupedConvolution): Chain => {
  const channels = chain.shape.at(-1) as number
  const [share, own] = [channels / groups, filters / groups]
  const biasOf = (group: number): KerasWeight[] =>
    bias ? [{ name: 'bias', shape: [own], values: (values) => values('bias').slice(group * own, (group + 1) * own) }] : []
  if (groups === 1) return chain.add('conv', className, { filters, ...config }, output, [kernel(0), ...biasOf(0)])
  requireFew(chain.node, groups, 'groups', 'Use at most 1024.')
  const each = Array.from({ length: groups }, (_, group) => {
    const role = `group_${group + 1}`
    const part = channelsOf(chain.branch(), group * share, (group + 1) * share, role)
    return part.add(role, className, { filters: own, ...config }, [...output.slice(0, -1), own], [kernel(group), ...biasOf(group)])
  })
  return chain.join('concat', 'Concatenate', { axis: -1 }, each, output)
}

/** Some of the channels: row by row, the last axis is the width of an image with one channel. */
const channelsOf = (chain: Chain, from: number, to: number, role: string): Chain => {
  const { shape } = chain
  const channels = shape.at(-1) as number
  const positions = valuesIn(shape) / channels
  const cropping = [
    [0, 0],
    [from, channels - to],
  ]
  return chain
    .reshape(`${role}_in`, [positions, channels, 1])
    .add(`${role}_channels`, 'Cropping2D', { cropping }, [positions, to - from, 1])
    .reshape(`${role}_out`, [...shape.slice(0, -1), to - from])
}
