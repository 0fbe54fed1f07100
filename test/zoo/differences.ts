/** What differs from what was published, or is not there, and why. */

const attention =
  'and adds to every score a learned value that depends on how far two tokens are apart; `multiHeadAttention` takes one sequence of ' +
  'tokens, not many with the same weights, and has no such values.'

const swin =
  `attention works inside windows that all share their weights, ${attention} Every second layer also moves the image round its ` +
  'edges, which no kind of layer does.'

const swinV2 =
  'what is said of Swin; besides, scores are cosines, divided by a learned temperature, and the added values come out of two dense layers.'

const maxvit = `attention works inside windows, and on grids of cells that lie far apart, all with the same weights, ${attention}`

/** Models of torchvision that are not in the zoo, by torchvision's names. */
export const missing: Readonly<Record<string, string>> = {
  efficientnet_b0: 'not yet written',
  efficientnet_b1: 'not yet written',
  efficientnet_b2: 'not yet written',
  efficientnet_b3: 'not yet written',
  efficientnet_b4: 'not yet written',
  efficientnet_b5: 'not yet written',
  efficientnet_b6: 'not yet written',
  efficientnet_b7: 'not yet written',
  efficientnet_v2_l: 'not yet written',
  efficientnet_v2_m: 'not yet written',
  efficientnet_v2_s: 'not yet written',
  inception_v3: 'not yet written',
  maxvit_t: maxvit,
  mnasnet0_5: 'not yet written',
  mnasnet0_75: 'not yet written',
  mnasnet1_0: 'not yet written',
  mnasnet1_3: 'not yet written',
  mobilenet_v2: 'not yet written',
  mobilenet_v3_large: 'not yet written',
  mobilenet_v3_small: 'not yet written',
  shufflenet_v2_x0_5: 'not yet written',
  shufflenet_v2_x1_0: 'not yet written',
  shufflenet_v2_x1_5: 'not yet written',
  shufflenet_v2_x2_0: 'not yet written',
  swin_b: swin,
  swin_s: swin,
  swin_t: swin,
  swin_v2_b: swinV2,
  swin_v2_s: swinV2,
  swin_v2_t: swinV2,
}

/** Where a figure differs: what is counted here minus what is published. */
export const differences: Readonly<Record<string, { readonly macs: number; readonly reason: string }>> = {}

/** Models that torchvision does not have, and variants of its models. */
export interface Paper {
  readonly name: string
  /** Its options, as source text. */
  readonly args?: string
  readonly params: number
  readonly macs?: number
  /** Where the figures come from. */
  readonly source: string
}

export const papers: readonly Paper[] = [
  {
    name: 'alexnet2012',
    params: 60_965_224,
    macs: 724_406_816,
    source: 'NIPS 2012, section 3.5: the kernels with their biases, in two groups',
  },
  { name: 'alexnetLecture', params: 62_378_344, macs: 1_135_256_096, source: 'CS231n, lecture 7: the same without groups' },
  { name: 'vgg11Lrn', params: 132_863_336, macs: 7_609_090_048, source: 'arXiv:1409.1556, table 2: A-LRN, 133 million' },
  { name: 'vgg16C', params: 133_638_952, source: 'arXiv:1409.1556, table 2: C, 134 million' },
  { name: 'lenet1998', params: 60_000, source: 'Proceedings of the IEEE 86(11), section II-B: 60,000 trainable parameters' },
  {
    name: 'lenet5',
    params: 61_706,
    source: 'the same with a full C3 and a dense output: 156 + 2,416 + 48,120 + 10,164 + 850',
  },
  { name: 'unet', params: 31_030_658, source: 'arXiv:1505.04597, figure 1: sizes; the parameters as Keras summarizes that figure' },
]
