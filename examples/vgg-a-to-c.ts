import { input } from 'stridewise'

/*
 * The smaller VGG networks: configurations A, A-LRN, B and C in table 1 of Simonyan and Zisserman (arXiv:1409.1556).
 *
 * Table 2 gives their parameters in millions: A and A-LRN 133, B 133, C 134. The types below give all digits.
 */

/** Configuration A, 11 layers with weights. */
export const vggA = input(224, 224, 3)
  .conv2d(64, 3, { padding: 1, name: 'conv1_1' })
  .relu()
  .maxPool2d(2, { name: 'pool1' }) // Network<[224, 224, 3], [112, 112, 64], 1792>
  .conv2d(128, 3, { padding: 1, name: 'conv2_1' })
  .relu()
  .maxPool2d(2, { name: 'pool2' }) // Network<[224, 224, 3], [56, 56, 128], 75648>
  .conv2d(256, 3, { padding: 1, name: 'conv3_1' })
  .relu()
  .conv2d(256, 3, { padding: 1, name: 'conv3_2' })
  .relu()
  .maxPool2d(2, { name: 'pool3' }) // Network<[224, 224, 3], [28, 28, 256], 960896>
  .conv2d(512, 3, { padding: 1, name: 'conv4_1' })
  .relu()
  .conv2d(512, 3, { padding: 1, name: 'conv4_2' })
  .relu()
  .maxPool2d(2, { name: 'pool4' }) // Network<[224, 224, 3], [14, 14, 512], 4500864>
  .conv2d(512, 3, { padding: 1, name: 'conv5_1' })
  .relu()
  .conv2d(512, 3, { padding: 1, name: 'conv5_2' })
  .relu()
  .maxPool2d(2, { name: 'pool5' }) // Network<[224, 224, 3], [7, 7, 512], 9220480>
  .flatten() // Network<[224, 224, 3], [25088], 9220480>
  .dense(4096, { name: 'fc6' })
  .relu()
  .dropout(0.5)
  .dense(4096, { name: 'fc7' })
  .relu()
  .dropout(0.5)
  .dense(1000, { name: 'fc8' })
  .softmax() // Network<[224, 224, 3], [1000], 132863336>

/** Configuration A-LRN: A with local response normalization after its first layer, with AlexNet's settings. */
export const vggAWithNorm = input(224, 224, 3)
  .conv2d(64, 3, { padding: 1, name: 'conv1_1' })
  .relu()
  .localResponseNorm(5, { alpha: 5e-4, beta: 0.75, k: 2, name: 'norm1' })
  .maxPool2d(2, { name: 'pool1' }) // Network<[224, 224, 3], [112, 112, 64], 1792>
  .conv2d(128, 3, { padding: 1, name: 'conv2_1' })
  .relu()
  .maxPool2d(2, { name: 'pool2' }) // Network<[224, 224, 3], [56, 56, 128], 75648>
  .conv2d(256, 3, { padding: 1, name: 'conv3_1' })
  .relu()
  .conv2d(256, 3, { padding: 1, name: 'conv3_2' })
  .relu()
  .maxPool2d(2, { name: 'pool3' }) // Network<[224, 224, 3], [28, 28, 256], 960896>
  .conv2d(512, 3, { padding: 1, name: 'conv4_1' })
  .relu()
  .conv2d(512, 3, { padding: 1, name: 'conv4_2' })
  .relu()
  .maxPool2d(2, { name: 'pool4' }) // Network<[224, 224, 3], [14, 14, 512], 4500864>
  .conv2d(512, 3, { padding: 1, name: 'conv5_1' })
  .relu()
  .conv2d(512, 3, { padding: 1, name: 'conv5_2' })
  .relu()
  .maxPool2d(2, { name: 'pool5' }) // Network<[224, 224, 3], [7, 7, 512], 9220480>
  .flatten() // Network<[224, 224, 3], [25088], 9220480>
  .dense(4096, { name: 'fc6' })
  .relu()
  .dropout(0.5)
  .dense(4096, { name: 'fc7' })
  .relu()
  .dropout(0.5)
  .dense(1000, { name: 'fc8' })
  .softmax() // Network<[224, 224, 3], [1000], 132863336>

/** Configuration B, 13 layers with weights. */
export const vggB = input(224, 224, 3)
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
  .maxPool2d(2, { name: 'pool3' }) // Network<[224, 224, 3], [28, 28, 256], 1145408>
  .conv2d(512, 3, { padding: 1, name: 'conv4_1' })
  .relu()
  .conv2d(512, 3, { padding: 1, name: 'conv4_2' })
  .relu()
  .maxPool2d(2, { name: 'pool4' }) // Network<[224, 224, 3], [14, 14, 512], 4685376>
  .conv2d(512, 3, { padding: 1, name: 'conv5_1' })
  .relu()
  .conv2d(512, 3, { padding: 1, name: 'conv5_2' })
  .relu()
  .maxPool2d(2, { name: 'pool5' }) // Network<[224, 224, 3], [7, 7, 512], 9404992>
  .flatten() // Network<[224, 224, 3], [25088], 9404992>
  .dense(4096, { name: 'fc6' })
  .relu()
  .dropout(0.5)
  .dense(4096, { name: 'fc7' })
  .relu()
  .dropout(0.5)
  .dense(1000, { name: 'fc8' })
  .softmax() // Network<[224, 224, 3], [1000], 133047848>

/** Configuration C, 16 layers with weights, three of them 1x1 convolutions. */
export const vggC = input(224, 224, 3)
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
  .conv2d(256, 1, { name: 'conv3_3' })
  .relu()
  .maxPool2d(2, { name: 'pool3' }) // Network<[224, 224, 3], [28, 28, 256], 1211200>
  .conv2d(512, 3, { padding: 1, name: 'conv4_1' })
  .relu()
  .conv2d(512, 3, { padding: 1, name: 'conv4_2' })
  .relu()
  .conv2d(512, 1, { name: 'conv4_3' })
  .relu()
  .maxPool2d(2, { name: 'pool4' }) // Network<[224, 224, 3], [14, 14, 512], 5013824>
  .conv2d(512, 3, { padding: 1, name: 'conv5_1' })
  .relu()
  .conv2d(512, 3, { padding: 1, name: 'conv5_2' })
  .relu()
  .conv2d(512, 1, { name: 'conv5_3' })
  .relu()
  .maxPool2d(2, { name: 'pool5' }) // Network<[224, 224, 3], [7, 7, 512], 9996096>
  .flatten() // Network<[224, 224, 3], [25088], 9996096>
  .dense(4096, { name: 'fc6' })
  .relu()
  .dropout(0.5)
  .dense(4096, { name: 'fc7' })
  .relu()
  .dropout(0.5)
  .dense(1000, { name: 'fc8' })
  .softmax() // Network<[224, 224, 3], [1000], 133638952>
