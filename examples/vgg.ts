import { input } from 'stridewise'

/*
 * VGG-16 and VGG-19: configurations D and E in table 1 of Simonyan and Zisserman, "Very Deep Convolutional Networks for
 * Large-Scale Image Recognition" (arXiv:1409.1556). Stages of 3x3 convolutions keep the size, the 2x2 pool after each stage
 * halves it, three dense layers follow.
 *
 * Table 2 gives their parameters in millions: D 138, E 144. The types below give all digits.
 */

/** Configuration D, 16 layers with weights: VGG-16, the network of the lecture's table. */
export const vgg16 = input(224, 224, 3)
  .conv2d(64, 3, { padding: 1, name: 'conv1_1' })
  .relu()
  .conv2d(64, 3, { padding: 1, name: 'conv1_2' })
  .relu()
  .maxPool2d(2, { name: 'pool1' }) // Network<[224, 224, 3], [112, 112, 64], 38720>
  .conv2d(128, 3, { padding: 1, name: 'conv2_1' })
  .relu()
  .conv2d(128, 3, { padding: 1, name: 'conv2_2' })
  .relu()
  .maxPool2d(2, { name: 'pool2' }) // Network<[224, 224, 3], [56, 56, 128], 260160>
  .conv2d(256, 3, { padding: 1, name: 'conv3_1' })
  .relu()
  .conv2d(256, 3, { padding: 1, name: 'conv3_2' })
  .relu()
  .conv2d(256, 3, { padding: 1, name: 'conv3_3' })
  .relu()
  .maxPool2d(2, { name: 'pool3' }) // Network<[224, 224, 3], [28, 28, 256], 1735488>
  .conv2d(512, 3, { padding: 1, name: 'conv4_1' })
  .relu()
  .conv2d(512, 3, { padding: 1, name: 'conv4_2' })
  .relu()
  .conv2d(512, 3, { padding: 1, name: 'conv4_3' })
  .relu()
  .maxPool2d(2, { name: 'pool4' }) // Network<[224, 224, 3], [14, 14, 512], 7635264>
  .conv2d(512, 3, { padding: 1, name: 'conv5_1' })
  .relu()
  .conv2d(512, 3, { padding: 1, name: 'conv5_2' })
  .relu()
  .conv2d(512, 3, { padding: 1, name: 'conv5_3' })
  .relu()
  .maxPool2d(2, { name: 'pool5' }) // Network<[224, 224, 3], [7, 7, 512], 14714688>
  .flatten() // Network<[224, 224, 3], [25088], 14714688>
  .dense(4096, { name: 'fc6' })
  .relu()
  .dropout(0.5)
  .dense(4096, { name: 'fc7' })
  .relu()
  .dropout(0.5)
  .dense(1000, { name: 'fc8' })
  .softmax() // Network<[224, 224, 3], [1000], 138357544>

/** Configuration E, 19 layers with weights: VGG-19. */
export const vgg19 = input(224, 224, 3)
  .conv2d(64, 3, { padding: 1, name: 'conv1_1' })
  .relu()
  .conv2d(64, 3, { padding: 1, name: 'conv1_2' })
  .relu()
  .maxPool2d(2, { name: 'pool1' }) // Network<[224, 224, 3], [112, 112, 64], 38720>
  .conv2d(128, 3, { padding: 1, name: 'conv2_1' })
  .relu()
  .conv2d(128, 3, { padding: 1, name: 'conv2_2' })
  .relu()
  .maxPool2d(2, { name: 'pool2' }) // Network<[224, 224, 3], [56, 56, 128], 260160>
  .conv2d(256, 3, { padding: 1, name: 'conv3_1' })
  .relu()
  .conv2d(256, 3, { padding: 1, name: 'conv3_2' })
  .relu()
  .conv2d(256, 3, { padding: 1, name: 'conv3_3' })
  .relu()
  .conv2d(256, 3, { padding: 1, name: 'conv3_4' })
  .relu()
  .maxPool2d(2, { name: 'pool3' }) // Network<[224, 224, 3], [28, 28, 256], 2325568>
  .conv2d(512, 3, { padding: 1, name: 'conv4_1' })
  .relu()
  .conv2d(512, 3, { padding: 1, name: 'conv4_2' })
  .relu()
  .conv2d(512, 3, { padding: 1, name: 'conv4_3' })
  .relu()
  .conv2d(512, 3, { padding: 1, name: 'conv4_4' })
  .relu()
  .maxPool2d(2, { name: 'pool4' }) // Network<[224, 224, 3], [14, 14, 512], 10585152>
  .conv2d(512, 3, { padding: 1, name: 'conv5_1' })
  .relu()
  .conv2d(512, 3, { padding: 1, name: 'conv5_2' })
  .relu()
  .conv2d(512, 3, { padding: 1, name: 'conv5_3' })
  .relu()
  .conv2d(512, 3, { padding: 1, name: 'conv5_4' })
  .relu()
  .maxPool2d(2, { name: 'pool5' }) // Network<[224, 224, 3], [7, 7, 512], 20024384>
  .flatten() // Network<[224, 224, 3], [25088], 20024384>
  .dense(4096, { name: 'fc6' })
  .relu()
  .dropout(0.5)
  .dense(4096, { name: 'fc7' })
  .relu()
  .dropout(0.5)
  .dense(1000, { name: 'fc8' })
  .softmax() // Network<[224, 224, 3], [1000], 143667240>
