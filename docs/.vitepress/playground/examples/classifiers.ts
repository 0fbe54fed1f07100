/* Classifiers of images: from the lecture, then what came after. */

export const misfit = `import { input } from 'stridewise'

// Point at the underlined stride, then try what the message says.
export const network = input(7, 7, 1).conv2d(8, 3, { stride: 3 })
`

export const lenet = `import { input } from 'stridewise'

export const lenet = input(28, 28, 1)
  .conv2d(6, 5, { padding: 2 }).tanh()
  .avgPool2d(2)
  .conv2d(16, 5).tanh()
  .avgPool2d(2)
  .flatten()
  .dense(120).tanh()
  .dense(84).tanh()
  .dense(10)
`

export const alexnet = `import { input } from 'stridewise'

export const alexnet = input(227, 227, 3)
  .conv2d(96, 11, { stride: 4 }).relu()
  .maxPool2d(3, { stride: 2 })
  .conv2d(256, 5, { padding: 2 }).relu()
  .maxPool2d(3, { stride: 2 })
  .conv2d(384, 3, { padding: 1 }).relu()
  .conv2d(384, 3, { padding: 1 }).relu()
  .conv2d(256, 3, { padding: 1 }).relu()
  .maxPool2d(3, { stride: 2 })
  .flatten()
  .dense(4096).relu().dropout(0.5)
  .dense(4096).relu().dropout(0.5)
  .dense(1000).softmax()
`

export const vgg = `import { block, conv2d, input, maxPool2d, relu, repeat } from 'stridewise'

const stage = <Filters extends number, Times extends number>(filters: Filters, times: Times) =>
  block(repeat(times, block(conv2d(filters, 3, { padding: 1 }), relu())), maxPool2d(2))

export const vgg16 = input(224, 224, 3)
  .apply(stage(64, 2))
  .apply(stage(128, 2))
  .apply(stage(256, 3))
  .apply(stage(512, 3))
  .apply(stage(512, 3))
  .flatten()
  .dense(4096).relu()
  .dense(4096).relu()
  .dense(1000)
`

export const inception = `import { block, concat, conv2d, input, maxPool2d, relu } from 'stridewise'

const conv = <Filters extends number, Kernel extends number>(filters: Filters, kernel: Kernel) =>
  block(conv2d(filters, kernel, { padding: 'same' }), relu())

// Four branches of the same height and width, side by side.
const inception = concat(
  conv(64, 1),
  block(conv(96, 1), conv(128, 3)),
  block(conv(16, 1), conv(32, 5)),
  block(maxPool2d(3, { stride: 1, padding: 1 }), conv(32, 1)),
)

export const network = input(28, 28, 192).apply(inception)
`

export const residual = `import { batchNorm, block, conv2d, input } from 'stridewise'

export const network = input(56, 56, 64)
  .residual((x) => x.conv2d(64, 3, { padding: 1 }).relu().conv2d(64, 3, { padding: 1 }))
  .relu()
  .residual(
    (x) => x.conv2d(128, 3, { stride: 2, padding: 1, rounding: 'floor' }).relu().conv2d(128, 3, { padding: 1 }),
    block(conv2d(128, 1, { stride: 2, rounding: 'floor' }), batchNorm()),
  )
  .relu()
`

export const mobile = `import { input } from 'stridewise'

// Widen, filter each channel by itself, weigh the channels, narrow again.
export const network = input(56, 56, 24)
  .residual((x) =>
    x
      .conv2d(144, 1, { bias: false }).batchNorm().silu()
      .depthwiseConv2d(3, { padding: 1, bias: false }).batchNorm().silu()
      .multiply((wide) => wide.globalAvgPool().dense(6).silu().dense(144).sigmoid())
      .conv2d(24, 1, { bias: false }).batchNorm(),
  )
`

export const vit = `import { block, conv2d, dense, gelu, input, layerNorm, multiHeadAttention, repeat, residual } from 'stridewise'

const encoder = block(
  residual(block(layerNorm(), multiHeadAttention(3))),
  residual(block(layerNorm(), dense(768), gelu(), dense(192))),
)

// Patches of 16x16 pixels become 14 x 14 tokens, and one more for the class.
export const vit = input(224, 224, 3)
  .apply(conv2d(192, 16, { stride: 16 }))
  .toTokens()
  .classToken()
  .positionEmbedding()
  .apply(repeat(12, encoder))
  .layerNorm()
  .selectToken()
  .dense(1000)
`

export const zoo = `import { googlenet, mobilenetV2, resnet50 } from 'stridewise/zoo'

export const residual = resnet50()
export const inception = googlenet()
export const mobile = mobilenetV2({ classes: 10, input: 96 })
`
