import { describe, expect, test } from 'vitest'
import { made, published } from './cases.js'

/*
 * The names of layers with weights are Keras's. Some of each model are here with the shape of a weight, from the models as Keras builds
 * them.
 */

/** The names and weights that Keras has, by model: `[layer, weight, shape]`. */
const known: Readonly<Record<string, readonly (readonly [string, string, readonly number[]])[]>> = {
  ResNet50: [
    ['conv1_conv', 'kernel', [7, 7, 3, 64]],
    ['conv2_block1_0_conv', 'kernel', [1, 1, 64, 256]],
    ['conv3_block4_2_bn', 'gamma', [128]],
    ['conv5_block3_3_conv', 'bias', [2048]],
    ['predictions', 'kernel', [2048, 1000]],
  ],
  ResNet152: [['conv4_block36_1_conv', 'kernel', [1, 1, 1024, 256]]],
  ResNet50V2: [
    ['conv2_block1_preact_bn', 'gamma', [64]],
    ['conv3_block4_2_conv', 'kernel', [3, 3, 128, 128]],
    ['conv5_block3_3_conv', 'bias', [2048]],
    ['post_bn', 'gamma', [2048]],
  ],
  ResNet101V2: [['conv4_block23_2_conv', 'kernel', [3, 3, 256, 256]]],
  MobileNet: [
    ['conv1', 'kernel', [3, 3, 3, 32]],
    ['conv_dw_12_bn', 'gamma', [512]],
    ['conv_pw_13', 'kernel', [1, 1, 1024, 1024]],
    ['conv_preds', 'kernel', [1, 1, 1024, 1000]],
  ],
  MobileNetV2: [
    ['Conv1', 'kernel', [3, 3, 3, 32]],
    ['bn_Conv1', 'gamma', [32]],
    ['expanded_conv_project_BN', 'gamma', [16]],
    ['block_16_project', 'kernel', [1, 1, 960, 320]],
    ['Conv_1', 'kernel', [1, 1, 320, 1280]],
  ],
  MobileNetV3Small: [
    ['expanded_conv_squeeze_excite_conv', 'kernel', [1, 1, 16, 8]],
    ['expanded_conv_10_project', 'kernel', [1, 1, 576, 96]],
    ['conv_2', 'kernel', [1, 1, 576, 1024]],
    ['logits', 'kernel', [1, 1, 1024, 1000]],
  ],
  MobileNetV3Large: [['expanded_conv_14_squeeze_excite_conv_1', 'kernel', [1, 1, 240, 960]]],
  EfficientNetB0: [
    ['stem_conv', 'kernel', [3, 3, 3, 32]],
    ['block1a_se_reduce', 'kernel', [1, 1, 32, 8]],
    ['block6d_project_bn', 'gamma', [192]],
    ['top_conv', 'kernel', [1, 1, 320, 1280]],
  ],
  EfficientNetB7: [['block6m_expand_conv', 'kernel', [1, 1, 384, 2304]]],
  EfficientNetV2B0: [
    ['block1a_project_conv', 'kernel', [3, 3, 32, 16]],
    ['block6h_dwconv2', 'kernel', [3, 3, 1, 1152]],
  ],
  EfficientNetV2S: [
    ['block1b_project_bn', 'gamma', [24]],
    ['block6o_se_expand', 'kernel', [1, 1, 64, 1536]],
  ],
  DenseNet121: [
    ['conv2_block1_0_bn', 'gamma', [64]],
    ['conv5_block16_2_conv', 'kernel', [3, 3, 128, 32]],
    ['pool4_conv', 'kernel', [1, 1, 1024, 512]],
    ['bn', 'gamma', [1024]],
  ],
  Xception: [
    ['block1_conv2_bn', 'gamma', [64]],
    ['conv2d', 'kernel', [1, 1, 64, 128]],
    ['batch_normalization_3', 'gamma', [1024]],
    ['block12_sepconv3_bn', 'gamma', [728]],
    ['block14_sepconv2_bn', 'gamma', [2048]],
  ],
  InceptionV3: [
    ['conv2d', 'kernel', [3, 3, 3, 32]],
    ['conv2d_11', 'kernel', [1, 1, 192, 32]],
    ['batch_normalization_93', 'beta', [192]],
  ],
  InceptionResNetV2: [
    ['block35_10_conv', 'kernel', [1, 1, 128, 320]],
    ['block17_20_conv', 'bias', [1088]],
    ['block8_10_conv', 'kernel', [1, 1, 448, 2080]],
    ['conv_7b_bn', 'beta', [1536]],
  ],
  ConvNeXtTiny: [
    ['convnext_tiny_stem_conv', 'kernel', [4, 4, 3, 96]],
    ['convnext_tiny_stage_2_block_8_layernorm', 'gamma', [384]],
    ['convnext_tiny_downsampling_conv_2', 'kernel', [2, 2, 384, 768]],
    ['convnext_tiny_head_dense', 'kernel', [768, 1000]],
  ],
  VGG16: [
    ['block5_conv3', 'kernel', [3, 3, 512, 512]],
    ['fc1', 'kernel', [25088, 4096]],
    ['predictions', 'bias', [1000]],
  ],
  NASNetMobile: [
    ['stem_conv1', 'kernel', [3, 3, 3, 32]],
    ['adjust_conv_1_stem_2', 'kernel', [1, 1, 32, 11]],
    ['adjust_conv_projection_reduce_4', 'kernel', [1, 1, 264, 88]],
    ['normal_bn_1_12', 'gamma', [176]],
    ['separable_conv_2_bn_reduction_left4_reduce_8', 'gamma', [176]],
  ],
  NASNetLarge: [['separable_conv_1_bn_normal_right2_18', 'gamma', [672]]],
}

test.each(Object.entries(known))('%s', (model, layers) => {
  const nodes = new Map(made(model).graph.nodes.map((node) => [node.name, node]))
  for (const [layer, weight, shape] of layers) {
    const found = nodes.get(layer)?.weights.find(({ name }) => name === weight)
    expect([layer, weight, found?.shape]).toEqual([layer, weight, shape])
  }
})

/** Kinds whose layers take no name: Keras names the scales of ConvNeXt, and the statistics of EfficientNet. */
const nameless = ['layerScale', 'normalize']

/** Names that Keras itself numbers: those of layers without a name of their own, and MobileNet v3's last convolutions. */
const numbered = /^(conv2d|batch_normalization|conv)_\d+$/

describe('every layer with weights has a name of its own', () => {
  test.each(published)('$model', ({ model }) => {
    const layers = made(model).graph.nodes.filter(({ kind, weights }) => weights.length > 0 && !nameless.includes(kind))
    const names = new Set(layers.map(({ name }) => name))
    // Without a name it would be `batchNorm_7`, and with a taken one `conv1_2`.
    const isGenerated = ({ name, kind }: { name: string; kind: string }) => {
      const [, stem = '', number] = /^(.*)_(\d+)$/.exec(name) ?? []
      return !numbered.test(name) && (stem === kind || (names.has(stem) && Number(number) > 1))
    }
    expect(layers.filter(isGenerated).map(({ name }) => name)).toEqual([])
    const convolutions = [...names].filter((name) => /^conv2d(_\d+)?$/.test(name))
    expect(convolutions.sort()).toEqual(convolutions.map((_, index) => (index === 0 ? 'conv2d' : `conv2d_${index}`)).sort())
  })
})
