/* Networks with several inputs, outputs or long skips, and those of other things than images. */

export const unet = `import { block, conv2d, identity, input, relu } from 'stridewise'

const twice = <Filters extends number>(filters: Filters) =>
  block(conv2d(filters, 3, { padding: 1 }), relu(), conv2d(filters, 3, { padding: 1 }), relu())

// keep gives a value a name, and concat takes it up again on the way back.
export const unet = input(256, 256, 1)
  .apply(twice(32)).keep('level1').maxPool2d(2)
  .apply(twice(64)).keep('level2').maxPool2d(2)
  .apply(twice(128)).keep('level3').maxPool2d(2)
  .apply(twice(256))
  .convTranspose2d(128, 2, { stride: 2 }).concat('level3', identity()).apply(twice(128))
  .convTranspose2d(64, 2, { stride: 2 }).concat('level2', identity()).apply(twice(64))
  .convTranspose2d(32, 2, { stride: 2 }).concat('level1', identity()).apply(twice(32))
  .conv2d(2, 1)
`

export const detector = `import { block, branch, conv2d, identity, input, relu } from 'stridewise'

const down = <Filters extends number>(filters: Filters) =>
  block(conv2d(filters, 3, { stride: 2, padding: 1, rounding: 'floor' }), relu())

// A pyramid: each level joins what comes from below with what was kept on the way down.
export const pyramid = input(256, 256, 3)
  .apply(down(32)).apply(down(64))
  .apply(down(128)).keep('c3')
  .apply(down(256)).keep('c4')
  .apply(down(512))
  .conv2d(64, 1).keep('p5')
  .upsample(2).add(branch('c4', conv2d(64, 1)), identity()).keep('p4')
  .upsample(2).add(branch('c3', conv2d(64, 1)), identity()).keep('p3')
  .outputs('p3', 'p4', 'p5')
`

export const siamese = `import { block, conv2d, dense, flatten, inputs, maxPool2d, relu, shared, sigmoid } from 'stridewise'

// One set of weights, applied to both images.
const encoder = shared(
  'encoder',
  block(conv2d(32, 10), relu(), maxPool2d(2), conv2d(64, 7), relu(), maxPool2d(2), flatten(), dense(128)),
)

export const siamese = inputs({ left: [105, 105, 1], right: [105, 105, 1] })
  .from('left').apply(encoder).keep('a')
  .from('right').apply(encoder).keep('b')
  .subtract('a', 'b')
  .dense(1)
  .apply(sigmoid())
`

export const sensors = `import { input, parallel } from 'stridewise'

const image = input(64, 64, 3)
  .conv2d(16, 3, { padding: 1 }).relu().maxPool2d(2)
  .conv2d(32, 3, { padding: 1 }).relu().maxPool2d(2)
  .globalAvgPool()

const sensors = input(12).dense(32).relu()

export const both = parallel({ image, sensors }).concat('image', 'sensors').dense(1)
`

export const audio = `import { input } from 'stridewise'

// A second of sound, 16,000 samples, and 35 words to tell apart.
export const words = input(16000, 1)
  .conv1d(128, 80, { stride: 16 }).batchNorm().relu()
  .maxPool1d(4, { rounding: 'floor' })
  .conv1d(128, 3).batchNorm().relu()
  .maxPool1d(4, { rounding: 'floor' })
  .conv1d(256, 3).batchNorm().relu()
  .maxPool1d(4, { rounding: 'floor' })
  .globalAvgPool()
  .dense(35)
`

export const lstm = `import { input } from 'stridewise'

// A review of 200 words, each one of 10,000, and whether it is a good one.
export const reviews = input(200)
  .embedding(10000, 64)
  .lstm(64)
  .lstm(32, { returnSequences: false })
  .dense(1)
  .sigmoid()
`

export const video = `import { input } from 'stridewise'

// Sixteen frames of 112x112 pixels: windows slide over time, too.
export const clips = input(16, 112, 112, 3)
  .conv3d(64, 3, { padding: 1 }).relu()
  .maxPool3d([1, 2, 2])
  .conv3d(128, 3, { padding: 1 }).relu()
  .maxPool3d(2)
  .conv3d(256, 3, { padding: 1 }).relu()
  .maxPool3d(2)
  .globalAvgPool()
  .dense(101)
`

export const generator = `import { input } from 'stridewise'

// From 100 random numbers to an image of 32x32 pixels.
export const generator = input(100)
  .dense(4096)
  .reshape(4, 4, 256).batchNorm().relu()
  .convTranspose2d(128, 4, { stride: 2, padding: 1 }).batchNorm().relu()
  .convTranspose2d(64, 4, { stride: 2, padding: 1 }).batchNorm().relu()
  .convTranspose2d(3, 4, { stride: 2, padding: 1 }).tanh()
`
