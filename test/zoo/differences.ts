/** What differs from what was published, or is not there, and why. */

/** Models of torchvision that are not in the zoo, by torchvision's names. */
export const missing: Readonly<Record<string, string>> = {
  convnext_base: 'not yet written',
  convnext_large: 'not yet written',
  convnext_small: 'not yet written',
  convnext_tiny: 'not yet written',
  maxvit_t: 'not yet written',
  regnet_x_16gf: 'not yet written',
  regnet_x_1_6gf: 'not yet written',
  regnet_x_32gf: 'not yet written',
  regnet_x_3_2gf: 'not yet written',
  regnet_x_400mf: 'not yet written',
  regnet_x_800mf: 'not yet written',
  regnet_x_8gf: 'not yet written',
  regnet_y_128gf: 'not yet written',
  regnet_y_16gf: 'not yet written',
  regnet_y_1_6gf: 'not yet written',
  regnet_y_32gf: 'not yet written',
  regnet_y_3_2gf: 'not yet written',
  regnet_y_400mf: 'not yet written',
  regnet_y_800mf: 'not yet written',
  regnet_y_8gf: 'not yet written',
  swin_b: 'not yet written',
  swin_s: 'not yet written',
  swin_t: 'not yet written',
  swin_v2_b: 'not yet written',
  swin_v2_s: 'not yet written',
  swin_v2_t: 'not yet written',
  vit_b_16: 'not yet written',
  vit_b_32: 'not yet written',
  vit_h_14: 'not yet written',
  vit_l_16: 'not yet written',
  vit_l_32: 'not yet written',
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
      ['', 4_231_976, 568_740_352],
      ['{ input: 192 }', 4_231_976, 418_121_728],
      ['{ input: 160 }', 4_231_976, 290_675_200],
      ['{ input: 128 }', 4_231_976, 186_400_768],
      ['{ width: 0.75 }', 2_585_560, 325_400_448],
      ['{ width: 0.5 }', 1_331_592, 149_497_088],
      ['{ width: 0.25 }', 470_072, 41_030_272],
    ] as const
  ).map(([args, params, macs]) => ({
    name: 'mobilenetV1',
    args,
    params,
    macs,
    source: 'arXiv:1704.04861, tables 6 and 7, with all digits',
  })),
]
