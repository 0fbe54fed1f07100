// A layer of one's own: a maxout (Goodfellow et al. 2013), which keeps the largest of every few channels.
//
// Its rule has two halves. The half in types is added to LayerRules; the half for the run time is registered by defineLayer.
import { type Arguments, block, type Count, conv2d, type Divide, defineLayer, input, type Shape, ShapeError } from 'stridewise'

declare module 'stridewise' {
  interface LayerRules<Input extends Shape, Given extends Arguments> {
    maxout: MaxoutRule<Input, Given[0]>
    channelScale: { output: Input; params: Count<ChannelsOf<Input>> }
  }
}

type ChannelsOf<Input extends Shape> = Input extends readonly [...unknown[], infer Channels extends number] ? Channels : number

/** The channels are divided by the pieces; where that leaves a rest, the sentence stands under the argument's name. */
type MaxoutRule<Input extends Shape, Pieces extends number> = Input extends readonly [
  ...infer Sizes extends number[],
  infer Channels extends number,
]
  ? Divide<Channels, Pieces> extends [infer Kept extends number, infer Rest extends number]
    ? Rest extends 0
      ? { output: [...Sizes, Kept]; params: '0' }
      : { output: [...Sizes, Kept]; params: '0'; pieces: `maxout: ${Pieces} pieces do not divide ${Channels} channels.` }
    : { output: number[]; params: '0' }
  : { output: number[]; params: '0' }

export const maxout = defineLayer('maxout', (shape: Shape, pieces: number) => {
  const channels = shape.at(-1) ?? 0
  if (channels % pieces !== 0) {
    throw new ShapeError(`maxout: ${pieces} pieces do not divide ${channels} channels.`, 'maxout', 'pieces')
  }
  return { output: [...shape.slice(0, -1), channels / pieces], settings: { pieces } }
})

/** One factor for each channel. */
export const channelScale = defineLayer('channelScale', (shape: Shape) => ({
  output: shape,
  weights: [{ name: 'factor', shape: shape.slice(-1), trainable: true }],
  memory: 'overwrites' as const,
}))

export const network = input(28, 28, 3).apply(block(conv2d(96, 3, { padding: 1 }), maxout(2), channelScale()))
//           ^? const network: Network<[28, 28, 3], [28, 28, 48], 2736>

// @ts-expect-error maxout: 5 pieces do not divide 96 channels.
export const misfit = () => input(28, 28, 96).apply(maxout(5))
