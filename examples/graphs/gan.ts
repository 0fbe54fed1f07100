import { input, inputs, shared } from 'stridewise'

/*
 * A generator and a discriminator: Radford, Metz and Chintala, "Unsupervised Representation Learning with Deep Convolutional Generative
 * Adversarial Networks" (arXiv:1511.06434), figure 1, for 64x64 images and with the sizes of PyTorch's DCGAN tutorial.
 */

/** 100 random numbers become an image. */
export const generator = input(1, 1, 100)
  .convTranspose2d(512, 4, { bias: false })
  .batchNorm()
  .relu()
  .convTranspose2d(256, 4, { stride: 2, padding: 1, bias: false })
  .batchNorm()
  .relu()
  .convTranspose2d(128, 4, { stride: 2, padding: 1, bias: false })
  .batchNorm()
  .relu()
  .convTranspose2d(64, 4, { stride: 2, padding: 1, bias: false })
  .batchNorm()
  .relu()
  .convTranspose2d(3, 4, { stride: 2, padding: 1, bias: false })
  .tanh() // 64x64x3

/** How real an image looks. */
export const discriminator = input(64, 64, 3)
  .conv2d(64, 4, { stride: 2, padding: 1, bias: false })
  .leakyRelu(0.2)
  .conv2d(128, 4, { stride: 2, padding: 1, bias: false })
  .batchNorm()
  .leakyRelu(0.2)
  .conv2d(256, 4, { stride: 2, padding: 1, bias: false })
  .batchNorm()
  .leakyRelu(0.2)
  .conv2d(512, 4, { stride: 2, padding: 1, bias: false })
  .batchNorm()
  .leakyRelu(0.2)
  .conv2d(1, 4, { bias: false })
  .sigmoid() // 1x1x1

/** The generator's images, judged: what its training step runs. `apply` checks that the output of one is the input of the other. */
export const judged = generator.apply(discriminator)
//           ^? const judged: Network<[1, 1, 100], [1, 1, 1], 6342272>

/** Both judgements of the discriminator's training step: one discriminator, of generated and of real images. */
const judge = shared('discriminator', discriminator)
export const both = inputs({ noise: [1, 1, 100], real: [64, 64, 3] })
  .from('noise')
  .apply(generator)
  .apply(judge)
  .keep('ofGenerated')
  .from('real')
  .apply(judge)
  .keep('ofReal')
  .outputs('ofGenerated', 'ofReal')

/** Those of the tutorial: 3,576,704 and 2,765,568. In `both` the discriminator counts once. */
export const parameters: [3_576_704, 2_765_568, 6_342_272, 6_342_272] = [generator.params, discriminator.params, judged.params, both.params]
