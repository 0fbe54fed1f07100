import { batchNorm, block, conv2d, identity, input, keep, leakyRelu, repeat, residual } from 'stridewise'

/*
 * YOLOv3: Redmon and Farhadi, "YOLOv3: An Incremental Improvement" (arXiv:1804.02767), with the layers of the authors' yolov3.cfg: 80
 * classes, 3 anchors at each cell, boxes at three scales.
 */

/** A convolution without biases that keeps the size, its norm and its activation. */
const conv = <Filters extends number, Kernel extends number, Padding extends number>(filters: Filters, kernel: Kernel, padding: Padding) =>
  block(conv2d(filters, kernel, { padding, bias: false }), batchNorm(), leakyRelu(0.1))

/** A stage of Darknet-53 (table 1): a convolution halves the size, then come residual blocks. */
const stage = <Filters extends number, Half extends number, Times extends number>(filters: Filters, half: Half, times: Times) =>
  block(
    conv2d(filters, 3, { stride: 2, padding: 1, rounding: 'floor', bias: false }),
    batchNorm(),
    leakyRelu(0.1),
    repeat(times, residual(block(conv(half, 1, 0), conv(filters, 3, 1)))),
  )

/** Darknet-53 without its classifier: keeps its values at strides of 8 and 16. */
const darknet53 = block(
  conv(32, 3, 1),
  stage(64, 32, 1),
  stage(128, 64, 2),
  stage(256, 128, 8),
  keep('stride8'),
  stage(512, 256, 8),
  keep('stride16'),
  stage(1024, 512, 4),
)

/** Five convolutions at one scale; from here one way leads to the boxes, the other to the next scale. */
const five = <Half extends number, Filters extends number>(half: Half, filters: Filters) =>
  block(conv(half, 1, 0), conv(filters, 3, 1), conv(half, 1, 0), conv(filters, 3, 1), conv(half, 1, 0))

/** 255 values at each cell: 4 for the box, 1 for the object and 80 for the classes, for each of 3 anchors. */
const detect = <Filters extends number>(filters: Filters) => block(conv(filters, 3, 1), conv2d(255, 1))

export const yolov3 = input(416, 416, 3)
  .apply(darknet53)
  .apply(five(512, 1024))
  .keep('neck32')
  .apply(detect(1024))
  .keep('large')
  .from('neck32')
  .apply(conv(256, 1, 0))
  .upsample(2)
  .concat(identity(), 'stride16')
  .apply(five(256, 512))
  .keep('neck16')
  .apply(detect(512))
  .keep('medium')
  .from('neck16')
  .apply(conv(128, 1, 0))
  .upsample(2)
  .concat(identity(), 'stride8')
  .apply(five(128, 256))
  .apply(detect(256))
  .keep('small')
  .outputs('large', 'medium', 'small')
  .expect({ large: [13, 13, 255], medium: [26, 26, 255], small: [52, 52, 255] })

/**
 * The authors' file of weights has 62,001,757 numbers (248,007,048 bytes, of which 20 are its header). 52,608 of them are the running
 * means and variances of the batch normalization, which are not trained and not counted here.
 */
export const parameters: 61_949_149 = yolov3.params
