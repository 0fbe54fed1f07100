import { branch, conv2d, identity, input } from 'stridewise'
import { resnet50Stages } from './resnet.js'

/*
 * A feature pyramid on ResNet-50: Lin et al., "Feature Pyramid Networks for Object Detection" (arXiv:1612.03144), figure 3. Each level is
 * the next coarser one, enlarged, plus the backbone's value of its size; a 3x3 convolution smooths the sum.
 */

export const fpn = input(512, 512, 3)
  .apply(resnet50Stages)
  // From the coarsest level to the finest. 'm5' to 'm2' are the sums.
  .conv2d(256, 1)
  .keep('m5')
  .upsample(2)
  .add(branch('c4', conv2d(256, 1)), identity())
  .keep('m4')
  .upsample(2)
  .add(branch('c3', conv2d(256, 1)), identity())
  .keep('m3')
  .upsample(2)
  .add(branch('c2', conv2d(256, 1)), identity())
  // The outputs.
  .conv2d(256, 3, { padding: 1 })
  .keep('p2')
  .from('m3')
  .conv2d(256, 3, { padding: 1 })
  .keep('p3')
  .from('m4')
  .conv2d(256, 3, { padding: 1 })
  .keep('p4')
  .from('m5')
  .conv2d(256, 3, { padding: 1 })
  .keep('p5')
  .outputs('p2', 'p3', 'p4', 'p5')
  .expect({ p2: [128, 128, 256], p3: [64, 64, 256], p4: [32, 32, 256], p5: [16, 16, 256] })

/**
 * torchvision's `resnet_fpn_backbone` for ResNet-50 has 26,799,296 parameters: it freezes the batch normalization of the backbone, whose
 * 53,120 scales and shifts are trainable here.
 */
export const parameters: 26_852_416 = fpn.params
