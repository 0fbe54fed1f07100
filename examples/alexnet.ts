import { input } from 'stridewise'

/*
 * AlexNet (Krizhevsky, Sutskever and Hinton 2012). Three networks go by that name; they differ in their parameters.
 *
 * The paper says 224x224, but 11x11 filters with stride 4 and no padding fit 227x227: (227 - 11)/4 + 1 = 55.
 */

/** The paper's k = 2, n = 5, alpha = 10^-4 and beta = 0.75; here, as in PyTorch, alpha is divided by n. */
const norm = { alpha: 5e-4, beta: 0.75, k: 2 }

/** The lecture's first step: "what is the output volume size?" 55x55x96; 11*11*3*96 = 34,848 weights, 34,944 with biases. */
export const conv1 = input(227, 227, 3).conv2d(96, 11, { stride: 4, name: 'conv1' }) // Network<[227, 227, 3], [55, 55, 96], 34944>

/** The lecture's second step: 27x27x96, and no parameters: a pool has none. */
export const pool1 = conv1.maxPool2d(3, { stride: 2, name: 'pool1' }) // Network<[227, 227, 3], [27, 27, 96], 34944>

/** CS231n, lecture 7, case study: the whole network, all filters seeing all channels, norm layers included. */
export const alexnetLecture = input(227, 227, 3)
  .conv2d(96, 11, { stride: 4, name: 'conv1' }) // Network<[227, 227, 3], [55, 55, 96], 34944>
  .relu()
  .maxPool2d(3, { stride: 2, name: 'pool1' }) // Network<[227, 227, 3], [27, 27, 96], 34944>
  .localResponseNorm(5, { ...norm, name: 'norm1' })
  .conv2d(256, 5, { padding: 2, name: 'conv2' }) // Network<[227, 227, 3], [27, 27, 256], 649600>
  .relu()
  .maxPool2d(3, { stride: 2, name: 'pool2' }) // Network<[227, 227, 3], [13, 13, 256], 649600>
  .localResponseNorm(5, { ...norm, name: 'norm2' })
  .conv2d(384, 3, { padding: 1, name: 'conv3' })
  .relu()
  .conv2d(384, 3, { padding: 1, name: 'conv4' })
  .relu()
  .conv2d(256, 3, { padding: 1, name: 'conv5' }) // Network<[227, 227, 3], [13, 13, 256], 3747200>
  .relu()
  .maxPool2d(3, { stride: 2, name: 'pool3' }) // Network<[227, 227, 3], [6, 6, 256], 3747200>
  .flatten() // Network<[227, 227, 3], [9216], 3747200>
  .dense(4096, { name: 'fc6' })
  .relu()
  .dropout(0.5)
  .dense(4096, { name: 'fc7' })
  .relu()
  .dropout(0.5)
  .dense(1000, { name: 'fc8' })
  .softmax() // Network<[227, 227, 3], [1000], 62378344>

/** The paper's own: conv2, conv4 and conv5 in two groups, one on each of two GPUs; norm before pool (sections 3.2 to 3.5). */
export const alexnet2012 = input(227, 227, 3)
  .conv2d(96, 11, { stride: 4, name: 'conv1' })
  .relu()
  .localResponseNorm(5, { ...norm, name: 'norm1' })
  .maxPool2d(3, { stride: 2, name: 'pool1' })
  .conv2d(256, 5, { padding: 2, groups: 2, name: 'conv2' }) // Network<[227, 227, 3], [27, 27, 256], 342400>
  .relu()
  .localResponseNorm(5, { ...norm, name: 'norm2' })
  .maxPool2d(3, { stride: 2, name: 'pool2' })
  .conv2d(384, 3, { padding: 1, name: 'conv3' })
  .relu()
  .conv2d(384, 3, { padding: 1, groups: 2, name: 'conv4' })
  .relu()
  .conv2d(256, 3, { padding: 1, groups: 2, name: 'conv5' })
  .relu()
  .maxPool2d(3, { stride: 2, name: 'pool5' })
  .flatten()
  .dense(4096, { name: 'fc6' })
  .relu()
  .dropout(0.5)
  .dense(4096, { name: 'fc7' })
  .relu()
  .dropout(0.5)
  .dense(1000, { name: 'fc8' })
  .softmax() // Network<[227, 227, 3], [1000], 60965224>

/**
 * torchvision's `alexnet`: the single-GPU variant of 2014 ("One weird trick for parallelizing convolutional neural networks").
 *
 * Its first filter does not fit 224 exactly, (224 - 11 + 2*2)/4 + 1 = 55.25, and PyTorch rounds down: said here in the open.
 * torchvision's adaptive average pool to 6x6 changes nothing at 224, where the maps are 6x6 already, and is left out.
 */
export const alexnetTorchvision = input(224, 224, 3)
  .conv2d(64, 11, { stride: 4, padding: 2, rounding: 'floor', name: 'conv1' }) // Network<[224, 224, 3], [55, 55, 64], 23296>
  .relu()
  .maxPool2d(3, { stride: 2, name: 'pool1' })
  .conv2d(192, 5, { padding: 2, name: 'conv2' })
  .relu()
  .maxPool2d(3, { stride: 2, name: 'pool2' })
  .conv2d(384, 3, { padding: 1, name: 'conv3' })
  .relu()
  .conv2d(256, 3, { padding: 1, name: 'conv4' })
  .relu()
  .conv2d(256, 3, { padding: 1, name: 'conv5' })
  .relu()
  .maxPool2d(3, { stride: 2, name: 'pool5' })
  .expect(6, 6, 256)
  .flatten()
  .dropout(0.5)
  .dense(4096, { name: 'fc6' })
  .relu()
  .dropout(0.5)
  .dense(4096, { name: 'fc7' })
  .relu()
  .dense(1000, { name: 'fc8' }) // Network<[224, 224, 3], [1000], 61100840>
