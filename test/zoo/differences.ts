/** What differs from what was published, or is not there, and why. */

const maxvit =
  'attention works on grids of cells that lie far apart, which all share their weights; `windowAttention` has windows of neighbours, and its ' +
  'projections and biases of positions.'

/** Models of torchvision that are not in the zoo, by torchvision's names. */
export const missing: Readonly<Record<string, string>> = {
  maxvit_t: maxvit,
}

/** Where a figure differs: what is counted here minus what is published. */
export const differences: Readonly<Record<string, { readonly macs: number; readonly reason: string }>> = {
  inceptionV3: {
    // 5x5 cells * 128 * 768, then 1 cell * 768 * 25 * 128, then 768 * 1000.
    macs: 5_683_200,
    reason: "torchvision's parameters are counted with the auxiliary head, its operations without: the head runs only in training",
  },
}

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
  ...(
    [
      ['', 4_231_976, 568_740_352, 'table 6: 569 million, 4.2 million parameters'],
      ['{ input: 192 }', 4_231_976, 418_121_728, 'table 7: 418 million, 4.2 million parameters'],
      ['{ input: 160 }', 4_231_976, 290_675_200, 'table 7: 290 million, 4.2 million parameters'],
      ['{ input: 128 }', 4_231_976, 186_400_768, 'table 7: 186 million, 4.2 million parameters'],
      ['{ width: 0.75 }', 2_585_560, 325_400_448, 'table 6: 325 million, 2.6 million parameters'],
      ['{ width: 0.5 }', 1_331_592, 149_497_088, 'table 6: 149 million, 1.3 million parameters'],
      ['{ width: 0.25 }', 470_072, 41_030_272, 'table 6: 41 million, 0.5 million parameters'],
    ] as const
  ).map(([args, params, macs, where]) => ({ name: 'mobilenetV1', args, params, macs, source: `arXiv:1704.04861, ${where}` })),
  { name: 'lenet1998', params: 60_000, source: 'Proceedings of the IEEE 86(11), section II-B: 60,000 trainable parameters' },
  {
    name: 'lenet5',
    params: 61_706,
    source: 'the same with a full C3 and a dense output: 156 + 2,416 + 48,120 + 10,164 + 850',
  },
  { name: 'unet', params: 31_030_658, source: 'arXiv:1505.04597, figure 1: sizes; the parameters as Keras summarizes that figure' },
]
