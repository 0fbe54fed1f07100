import { batchNorm, block, concat, dropout, globalAvgPool, maxPool2d, relu } from '../index.js'
import { conv1x1, conv3x3, strided } from './layers.js'
import { type Classifier, classifier } from './model.js'

/*
 * GoogLeNet: Szegedy et al., "Going Deeper with Convolutions" (arXiv:1409.4842), table 1, as in torchvision: with batch normalization,
 * without biases, and with 3x3 filters instead of the paper's 5x5. Pools between stages round up.
 */

/** An inception module (figure 2b). The arguments are the columns of table 1. */
const inception = <
  One extends number,
  Reduce3 extends number,
  Three extends number,
  Reduce5 extends number,
  Five extends number,
  Pool extends number,
>(
  one: One,
  reduce3: Reduce3,
  three: Three,
  reduce5: Reduce5,
  five: Five,
  pool: Pool,
) =>
  concat(
    block(conv1x1(one), norm(), relu()),
    block(conv1x1(reduce3), norm(), relu(), conv3x3(three), norm(), relu()),
    block(conv1x1(reduce5), norm(), relu(), conv3x3(five), norm(), relu()),
    block(maxPool2d(3, { stride: 1, padding: 1 }), conv1x1(pool), norm(), relu()),
  )

const norm = () => batchNorm({ epsilon: 1e-3 })

const halve = () => maxPool2d(3, { stride: 2, rounding: 'ceil' })

const layers = () =>
  block(
    block(strided(64, 7, 2, 3), norm(), relu(), halve()),
    block(conv1x1(64), norm(), relu(), conv3x3(192), norm(), relu(), halve()),
    inception(64, 96, 128, 16, 32, 32),
    inception(128, 128, 192, 32, 96, 64),
    halve(),
    inception(192, 96, 208, 16, 48, 64),
    inception(160, 112, 224, 24, 64, 64),
    inception(128, 128, 256, 24, 64, 64),
    inception(112, 144, 288, 32, 64, 64),
    inception(256, 160, 320, 32, 128, 128),
    maxPool2d(2),
    inception(256, 160, 320, 32, 128, 128),
    inception(384, 192, 384, 48, 128, 128),
    globalAvgPool(),
    dropout(0.2),
  )

/**
 * GoogLeNet, or Inception v1 (arXiv:1409.4842, table 1), as in torchvision: batch normalization instead of biases, 3x3 filters instead
 * of 5x5, and no auxiliary heads, which torchvision's published count omits too.
 *
 * @example
 * googlenet() // Network<[224, 224, 3], [1000], 6624904>
 */
export const googlenet: Classifier<typeof layers, 224> = (options) => classifier(layers(), 224, options)
