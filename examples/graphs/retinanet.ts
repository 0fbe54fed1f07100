import { block, branch, conv2d, identity, input, relu, repeat, shared } from 'stridewise'
import { resnet50Stages } from './resnet.js'

/*
 * RetinaNet: Lin et al., "Focal Loss for Dense Object Detection" (arXiv:1708.02002), figure 3, as torchvision's `retinanet_resnet50_fpn`:
 * 91 classes, 9 anchors at each cell. Two heads look at all five levels of the pyramid with the same weights.
 */

const smooth = conv2d(256, 3, { padding: 1 })

/** P3 to P7 at strides of 8 to 128: P6 and P7 are made from P5. */
const pyramid = input(512, 512, 3)
  .apply(resnet50Stages)
  .conv2d(256, 1)
  .keep('m5')
  .upsample(2)
  .add(branch('c4', conv2d(256, 1)), identity())
  .keep('m4')
  .upsample(2)
  .add(branch('c3', conv2d(256, 1)), identity())
  .apply(smooth)
  .keep('p3')
  .from('m4')
  .apply(smooth)
  .keep('p4')
  .from('m5')
  .apply(smooth)
  .keep('p5')
  .conv2d(256, 3, { stride: 2, padding: 1, rounding: 'floor' })
  .keep('p6')
  .relu()
  .conv2d(256, 3, { stride: 2, padding: 1, rounding: 'floor' })
  .keep('p7')
  .expect({ p3: [64, 64, 256], p4: [32, 32, 256], p5: [16, 16, 256], p6: [8, 8, 256], p7: [4, 4, 256] })

/** Four 3x3 convolutions with ReLU. */
const tower = repeat(4, block(smooth, relu()))

/**
 * One name is one set of weights, however often it is applied: parameters count once, MACs at every level. At each cell 819 scores,
 * 91 classes for each of 9 anchors, and 36 offsets, 4 for each anchor.
 */
const classes = shared('classes', block(tower, conv2d(819, 3, { padding: 1 })))
const boxes = shared('boxes', block(tower, conv2d(36, 3, { padding: 1 })))

export const retinanet = pyramid
  .from('p3')
  .apply(classes)
  .keep('classes3')
  .from('p3')
  .apply(boxes)
  .keep('boxes3')
  .from('p4')
  .apply(classes)
  .keep('classes4')
  .from('p4')
  .apply(boxes)
  .keep('boxes4')
  .from('p5')
  .apply(classes)
  .keep('classes5')
  .from('p5')
  .apply(boxes)
  .keep('boxes5')
  .from('p6')
  .apply(classes)
  .keep('classes6')
  .from('p6')
  .apply(boxes)
  .keep('boxes6')
  .from('p7')
  .apply(classes)
  .keep('classes7')
  .from('p7')
  .apply(boxes)
  .keep('boxes7')
  .outputs('classes3', 'boxes3', 'classes4', 'boxes4', 'classes5', 'boxes5', 'classes6', 'boxes6', 'classes7', 'boxes7')
  .expect({ classes3: [64, 64, 819], boxes3: [64, 64, 36], classes7: [4, 4, 819], boxes7: [4, 4, 36] })

/**
 * torchvision publishes 34,014,999 parameters:
 *
 * - 23,454,912 of the backbone's convolutions,
 * - 918,272 + 1,770,240 of the pyramid's 1x1 and 3x3 convolutions, 1,180,160 of P6 and P7,
 * - 4,248,115 of the head of classes, 2,443,300 of the head of boxes.
 *
 * The backbone's batch normalization, 53,120 scales and shifts, is frozen there and trainable here.
 */
export const parameters: 34_068_119 = retinanet.params
