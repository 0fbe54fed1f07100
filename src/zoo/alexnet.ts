import { block, conv2d, dense, dropout, flatten, localResponseNorm, maxPool2d, relu, softmax } from '../index.js'
import { type Classifier, classifier } from './model.js'

/*
 * AlexNet: Krizhevsky, Sutskever and Hinton, "ImageNet Classification with Deep Convolutional Neural Networks" (NIPS 2012).
 *
 * Three networks have this name, with different parameter counts. The paper says 224x224, but 11x11 filters with stride 4 and no
 * padding fit 227x227: (227 - 11)/4 + 1 = 55.
 */

/** The paper's k = 2, n = 5, alpha = 10^-4 and beta = 0.75. As in PyTorch, alpha is divided by n. */
const norm = () => localResponseNorm(5, { alpha: 5e-4, beta: 0.75, k: 2 })

const oneWeirdTrick = () =>
  block(
    conv2d(64, 11, { stride: 4, padding: 2, rounding: 'floor', name: 'conv1' }),
    relu(),
    maxPool2d(3, { stride: 2, name: 'pool1' }),
    conv2d(192, 5, { padding: 2, name: 'conv2' }),
    relu(),
    maxPool2d(3, { stride: 2, name: 'pool2' }),
    conv2d(384, 3, { padding: 1, name: 'conv3' }),
    relu(),
    conv2d(256, 3, { padding: 1, name: 'conv4' }),
    relu(),
    conv2d(256, 3, { padding: 1, name: 'conv5' }),
    relu(),
    maxPool2d(3, { stride: 2, name: 'pool5' }),
    flatten(),
    dropout(0.5),
    dense(4096, { name: 'fc6' }),
    relu(),
    dropout(0.5),
    dense(4096, { name: 'fc7' }),
    relu(),
  )

const twoGpus = () =>
  block(
    conv2d(96, 11, { stride: 4, name: 'conv1' }),
    relu(),
    norm(),
    maxPool2d(3, { stride: 2, name: 'pool1' }),
    conv2d(256, 5, { padding: 2, groups: 2, name: 'conv2' }),
    relu(),
    norm(),
    maxPool2d(3, { stride: 2, name: 'pool2' }),
    conv2d(384, 3, { padding: 1, name: 'conv3' }),
    relu(),
    conv2d(384, 3, { padding: 1, groups: 2, name: 'conv4' }),
    relu(),
    conv2d(256, 3, { padding: 1, groups: 2, name: 'conv5' }),
    relu(),
    maxPool2d(3, { stride: 2, name: 'pool5' }),
    flatten(),
    dense(4096, { name: 'fc6' }),
    relu(),
    dropout(0.5),
    dense(4096, { name: 'fc7' }),
    relu(),
    dropout(0.5),
  )

const lecture = () =>
  block(
    conv2d(96, 11, { stride: 4, name: 'conv1' }),
    relu(),
    maxPool2d(3, { stride: 2, name: 'pool1' }),
    norm(),
    conv2d(256, 5, { padding: 2, name: 'conv2' }),
    relu(),
    maxPool2d(3, { stride: 2, name: 'pool2' }),
    norm(),
    conv2d(384, 3, { padding: 1, name: 'conv3' }),
    relu(),
    conv2d(384, 3, { padding: 1, name: 'conv4' }),
    relu(),
    conv2d(256, 3, { padding: 1, name: 'conv5' }),
    relu(),
    maxPool2d(3, { stride: 2, name: 'pool3' }),
    flatten(),
    dense(4096, { name: 'fc6' }),
    relu(),
    dropout(0.5),
    dense(4096, { name: 'fc7' }),
    relu(),
    dropout(0.5),
  )

/**
 * AlexNet as in torchvision: the single-GPU variant of 2014 (Krizhevsky, "One weird trick for parallelizing convolutional neural
 * networks", arXiv:1404.5997), without groups and norms.
 *
 * Its first filter does not fit 224 exactly, (224 - 11 + 2*2)/4 + 1 = 55.25, and is rounded down. torchvision pools any other size to
 * 6x6 adaptively; here the dense layers adapt to the size instead.
 *
 * @example
 * alexnet() // Network<[224, 224, 3], [1000], 61100840>
 */
export const alexnet: Classifier<typeof oneWeirdTrick, 224> = (options) => classifier(oneWeirdTrick(), 224, options)

/**
 * AlexNet as in the paper of 2012: conv2, conv4 and conv5 have two groups, one for each of two GPUs, and the norms come before the
 * pools (sections 3.2 to 3.5).
 *
 * @example
 * alexnet2012() // Network<[227, 227, 3], [1000], 60965224>
 */
export const alexnet2012: Classifier<typeof twoGpus, 227> = (options) => classifier(twoGpus(), 227, options, { after: softmax() })

/**
 * AlexNet as in lecture 7 of CS231n: no groups, and the norms come after the pools.
 *
 * @example
 * alexnetLecture() // Network<[227, 227, 3], [1000], 62378344>
 */
export const alexnetLecture: Classifier<typeof lecture, 227> = (options) => classifier(lecture(), 227, options, { after: softmax() })
