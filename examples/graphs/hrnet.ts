import { add, batchNorm, block, branch, conv2d, from, identity, input, keep, relu, repeat, residual } from 'stridewise'

/*
 * HRNet-W18: Wang et al., "Deep High-Resolution Representation Learning for Visual Recognition" (arXiv:1908.07919), figure 2, as timm's
 * `hrnet_w18`. Up to four resolutions run side by side, and every module exchanges what they found.
 */
