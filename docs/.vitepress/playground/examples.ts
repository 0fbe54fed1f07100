/** What the playground can begin with: from the lecture, then from the zoo. */
export const examples: Readonly<Record<string, string>> = {
  'A stride that does not fit': `import { input } from 'stridewise'

// Point at the underlined stride, then try what the message says.
export const network = input(7, 7, 1).conv2d(8, 3, { stride: 3 })
`,
  'LeNet-5': `import { input } from 'stridewise'

export const lenet = input(28, 28, 1)
  .conv2d(6, 5, { padding: 2 }).tanh()
  .avgPool2d(2)
  .conv2d(16, 5).tanh()
  .avgPool2d(2)
  .flatten()
  .dense(120).tanh()
  .dense(84).tanh()
  .dense(10)
`,
  'AlexNet, without normalization': `import { input } from 'stridewise'

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
`,
  'VGG-16, in stages': `import { block, conv2d, input, maxPool2d, relu, repeat } from 'stridewise'

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
`,
  'A residual block': `import { batchNorm, block, conv2d, input } from 'stridewise'

export const network = input(56, 56, 64)
  .residual((x) => x.conv2d(64, 3, { padding: 1 }).relu().conv2d(64, 3, { padding: 1 }))
  .relu()
  .residual(
    (x) => x.conv2d(128, 3, { stride: 2, padding: 1, rounding: 'floor' }).relu().conv2d(128, 3, { padding: 1 }),
    block(conv2d(128, 1, { stride: 2, rounding: 'floor' }), batchNorm()),
  )
  .relu()
`,
  'Out of the zoo': `import { googlenet, mobilenetV2, resnet50 } from 'stridewise/zoo'

export const residual = resnet50()
export const inception = googlenet()
export const mobile = mobilenetV2({ classes: 10, input: 96 })
`,
}
