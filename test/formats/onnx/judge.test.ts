import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { toOnnx } from '../../../src/formats/onnx/index.js'
import { encodeModel } from '../../../src/formats/onnx/wire/encode.js'
import { onnxModel } from '../../../src/formats/onnx/write/write.js'
import { type AnyNetwork, identity, input, permute } from '../../../src/index.js'
import { initialize } from '../../../src/weights/initialize.js'
import * as zoo from '../../../src/zoo/index.js'
import { absent, ask } from '../../support/judge.js'
import { layerCases } from '../../support/layer-cases.js'
import { numbers, runModel } from '../../support/onnx.js'

/** What others say of the exported files: onnx's own checker, and torch's numbers for the same weights. */

const folder = mkdtempSync(join(tmpdir(), 'stridewise-judge-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(absent)('onnx.checker and strict shape inference', () => {
  test('of every kind of layer and of ready architectures', () => {
    const models = ['resnet50', 'densenet121', 'efficientnetB0', 'googlenet', 'convnextTiny', 'vitB16', 'shufflenetV2X1_0', 'regnetY400mf']
    const makers = zoo as unknown as Record<string, () => AnyNetwork>
    const named = models.map((name) => ({ name, network: (makers[name] as () => AnyNetwork)() }))
    const paths: string[] = []
    for (const [index, { name, network }] of [...layerCases, ...named].entries()) {
      // Debian's onnx knows the operators up to 17, and a dilated average came with 19.
      if (name === 'avgPool2d, dilation') continue
      const path = join(folder, `${index}.onnx`)
      writeFileSync(path, toOnnx(network, { opset: 17, ...(models.includes(name) ? { weights: 'inputs' } : {}) }))
      paths.push(path)
    }
    const faults = ask<Record<string, string | null>>('check', paths)
    expect(Object.entries(faults).filter(([, fault]) => fault !== null)).toEqual([])
    expect(Object.keys(faults).length).toBeGreaterThan(90)
  })
})

/** A layer, and the same in torch over `x` with its channels first and the weights `w` by what follows the last node's name. */
interface Compared {
  readonly network: AnyNetwork
  readonly torch: string
}

const image = input(9, 12, 4)
const tokens = input(6, 8)
const lstm = '(lambda m: (m.load_state_dict(w), m(x))[1])(torch.nn.LSTM(8, 5, batch_first=True))'
const gru = '(lambda m: (m.load_state_dict(w), m(x))[1])(torch.nn.GRU(8, 5, batch_first=True))'

/** Six heads of three features, three for each head of keys and values (Ainslie et al. 2023): head by head, from the definition. */
const groupedAttention = [
  '(lambda q, k, v: F.linear(torch.cat([F.softmax((q[..., 3 * i:3 * i + 3] @ k[..., 3 * (i // 3):3 * (i // 3) + 3].transpose(1, 2)) / 3 ** 0.5',
  "+ torch.full((6, 6), float('-inf')).triu(1), -1) @ v[..., 3 * (i // 3):3 * (i // 3) + 3] for i in range(6)], -1), w['out_proj.weight'], w['out_proj.bias']))",
  "(F.linear(x, w['q_proj_weight'], w['in_proj_bias'][:18]), F.linear(x, w['k_proj_weight'], w['in_proj_bias'][18:24]),",
  "F.linear(x, w['v_proj_weight'], w['in_proj_bias'][24:]))",
].join(' ')

/** A layer of torchvision's Swin Transformer, which takes images with their channels last. */
const swinLayer = (make: string): string =>
  `(lambda m, x: (m.load_state_dict(w, strict=False), m.eval()(x))[1])(__import__('torchvision.models.swin_transformer', fromlist=['nn']).${make}, x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)`

const compared: Readonly<Record<string, Compared>> = {
  conv2d: {
    network: image.conv2d(6, [3, 5], { groups: 2, stride: [2, 1], padding: [1, 2], dilation: [1, 2], rounding: 'floor' }),
    torch: "F.conv2d(x, w['weight'], w['bias'], stride=(2, 1), padding=(1, 2), dilation=(1, 2), groups=2)",
  },
  depthwiseConv2d: { network: image.depthwiseConv2d(3, { multiplier: 2 }), torch: "F.conv2d(x, w['weight'], w['bias'], groups=4)" },
  separableConv2d: {
    network: image.separableConv2d(5, 3, { multiplier: 2 }),
    torch: "F.conv2d(F.conv2d(x, w['depthwise.weight'], groups=4), w['pointwise.weight'], w['pointwise.bias'])",
  },
  convTranspose2d: {
    network: image.convTranspose2d(6, 3, { stride: 2, padding: 1, outputPadding: 1, groups: 2 }),
    torch: "F.conv_transpose2d(x, w['weight'], w['bias'], stride=2, padding=1, output_padding=1, groups=2)",
  },
  'maxPool2d, rounded up': {
    network: image.maxPool2d(3, { stride: 2, padding: 1, rounding: 'ceil' }),
    torch: 'F.max_pool2d(x, 3, 2, 1, ceil_mode=True)',
  },
  'maxPool2d, dilated': {
    network: image.maxPool2d(3, { stride: 1, padding: 1, dilation: 2 }),
    torch: 'F.max_pool2d(x, 3, 1, 1, dilation=2)',
  },
  'avgPool2d, padding counts': { network: image.avgPool2d(3, { stride: 1, padding: 1 }), torch: 'F.avg_pool2d(x, 3, 1, 1)' },
  'avgPool2d, padding does not count': {
    network: image.avgPool2d(3, { stride: 2, padding: 1, rounding: 'ceil', countIncludePad: false }),
    torch: 'F.avg_pool2d(x, 3, 2, 1, ceil_mode=True, count_include_pad=False)',
  },
  'avgPool2d, rounded up': {
    network: image.avgPool2d(4, { stride: 3, padding: 1, rounding: 'ceil' }),
    torch: 'F.avg_pool2d(x, 4, 3, 1, ceil_mode=True)',
  },
  'adaptiveAvgPool, parts': { network: image.adaptiveAvgPool([4, 7]), torch: 'F.adaptive_avg_pool2d(x, (4, 7))' },
  'adaptiveMaxPool, more': { network: image.adaptiveMaxPool([11, 5]), torch: 'F.adaptive_max_pool2d(x, (11, 5))' },
  globalMaxPool: { network: image.globalMaxPool(), torch: 'x.amax((2, 3))' },
  'upsample, nearest': { network: image.upsample([2, 3]), torch: 'F.interpolate(x, scale_factor=(2, 3))' },
  'upsample, bilinear': { network: image.upsample(2, { method: 'bilinear' }), torch: "F.interpolate(x, scale_factor=2, mode='bilinear')" },
  'upsample, linear': {
    network: input(7, 3).upsample(3, { method: 'bilinear' }),
    torch: "F.interpolate(x, scale_factor=3, mode='linear')",
  },
  'upsample, trilinear': {
    network: input(3, 4, 5, 2).upsample(2, { method: 'bilinear' }),
    torch: "F.interpolate(x, scale_factor=2, mode='trilinear')",
  },
  'upsample, nearest to a size': { network: image.upsample({ size: [5, 13] }), torch: 'F.interpolate(x, size=(5, 13))' },
  'upsample, bilinear by a fraction': {
    network: image.upsample(1.3, { method: 'bilinear', rounding: 'floor' }),
    torch: "F.interpolate(x, scale_factor=1.3, mode='bilinear')",
  },
  'upsample, bilinear, corners aligned': {
    network: image.upsample({ size: [5, 13] }, { method: 'bilinear', alignCorners: true }),
    torch: "F.interpolate(x, size=(5, 13), mode='bilinear', align_corners=True)",
  },
  'upsample, bicubic': {
    network: image.upsample({ size: [20, 7] }, { method: 'bicubic' }),
    torch: "F.interpolate(x, size=(20, 7), mode='bicubic')",
  },
  'upsample, bicubic, corners aligned': {
    network: image.upsample(2, { method: 'bicubic', alignCorners: true }),
    torch: "F.interpolate(x, scale_factor=2, mode='bicubic', align_corners=True)",
  },
  pixelUnshuffle: {
    network: image.pixelShuffle(2).conv2d(3, 1).pixelUnshuffle(2),
    torch: "F.pixel_unshuffle(F.conv2d(F.pixel_shuffle(x, 2), w['weight'], w['bias']), 2)",
  },
  pixelShuffle: { network: image.pixelShuffle(2), torch: 'F.pixel_shuffle(x, 2)' },
  'zeroPad, crop': {
    network: image
      .zeroPad([
        [1, 2],
        [0, 3],
      ])
      .crop([
        [0, 1],
        [2, 0],
      ]),
    torch: 'F.pad(x, (0, 3, 1, 2))[:, :, :-1, 2:]',
  },
  'dense after flatten': { network: image.flatten().dense(7), torch: "F.linear(x.flatten(1), w['weight'], w['bias'])" },
  'flatten, row by row': { network: image.flatten(), torch: 'x.permute(0, 2, 3, 1).flatten(1)' },
  permute: { network: image.permute(1, 2, 0), torch: 'x.permute(0, 2, 3, 1).permute(0, 2, 3, 1)' },
  batchNorm: {
    network: image.batchNorm({ epsilon: 0.01 }),
    torch: "F.batch_norm(x, w['running_mean'], w['running_var'], w['weight'], w['bias'], eps=0.01)",
  },
  layerNorm: { network: tokens.layerNorm(), torch: "F.layer_norm(x, (8,), w['weight'], w['bias'])" },
  rmsNorm: { network: tokens.rmsNorm(), torch: "x / (x.square().mean(-1, keepdim=True) + 1e-6).sqrt() * w['weight']" },
  groupNorm: { network: image.groupNorm(2), torch: "F.group_norm(x, 2, w['weight'], w['bias'])" },
  instanceNorm: { network: image.instanceNorm({ affine: true }), torch: "F.instance_norm(x, weight=w['weight'], bias=w['bias'])" },
  localResponseNorm: {
    network: image.localResponseNorm(3, { alpha: 0.5, beta: 0.6, k: 2 }),
    torch: 'F.local_response_norm(x, 3, alpha=0.5, beta=0.6, k=2)',
  },
  prelu: { network: image.prelu(), torch: "F.prelu(x, w['weight'])" },
  'activations with numbers': { network: image.leakyRelu(0.2).elu(0.7), torch: 'F.elu(F.leaky_relu(x, 0.2), 0.7)' },
  'activations without': {
    network: image.gelu().mish().silu().selu().softplus().hardSwish().hardSigmoid().tanh().sigmoid().relu6(),
    torch: 'F.relu6(torch.sigmoid(torch.tanh(F.hardsigmoid(F.hardswish(F.softplus(F.selu(F.silu(F.mish(F.gelu(x))))))))))',
  },
  'softmax, logSoftmax': { network: image.softmax().logSoftmax(), torch: 'F.log_softmax(F.softmax(x, 1), 1)' },
  lstm: { network: tokens.lstm(5), torch: `${lstm}[0]` },
  'lstm, last step': { network: tokens.lstm(5, { returnSequences: false }), torch: `${lstm}[1][0][0]` },
  'lstm, both directions': {
    network: tokens.lstm(5, { bidirectional: 'concat' }),
    torch: '(lambda m: (m.load_state_dict(w), m(x))[1])(torch.nn.LSTM(8, 5, batch_first=True, bidirectional=True))[0]',
  },
  'gru, both directions, added, last step': {
    network: tokens.gru(5, { bidirectional: 'sum', returnSequences: false }),
    torch: '(lambda m: (m.load_state_dict(w), m(x))[1])(torch.nn.GRU(8, 5, batch_first=True, bidirectional=True))[1].sum(0)',
  },
  gru: { network: tokens.gru(5), torch: `${gru}[0]` },
  multiHeadAttention: {
    network: tokens.multiHeadAttention(2),
    torch: '(lambda m: (m.load_state_dict(w), m(x, x, x)[0])[1])(torch.nn.MultiheadAttention(8, 2, batch_first=True))',
  },
  'multiHeadAttention, keys of as many features': {
    network: tokens.multiHeadAttention(4, { keys: 'input', bias: false }),
    torch:
      '(lambda m: (m.load_state_dict(w), m(x, x.view_as(x), x)[0])[1])(torch.nn.MultiheadAttention(8, 4, bias=False, batch_first=True))',
  },
  'multiHeadAttention, causal': {
    network: tokens.multiHeadAttention(2, { causal: true }),
    torch:
      '(lambda m: (m.load_state_dict(w), m(x, x, x, attn_mask=torch.ones(6, 6, dtype=torch.bool).triu(1))[0])[1])(torch.nn.MultiheadAttention(8, 2, batch_first=True))',
  },
  'multiHeadAttention, groups of wide heads, causal': {
    network: tokens.multiHeadAttention(6, { keyValueHeads: 2, headWidth: 3, causal: true }),
    torch: groupedAttention,
  },
  patchMerging: {
    network: input(8, 12, 4).patchMerging(),
    torch: swinLayer('PatchMerging(4)'),
  },
  windowAttention: { network: input(9, 12, 4).windowAttention(2, 3), torch: swinLayer('ShiftedWindowAttention(4, [3, 3], [0, 0], 2)') },
  'windowAttention, moved': {
    network: input(9, 12, 4).windowAttention(2, 3, { shift: 1 }),
    torch: swinLayer('ShiftedWindowAttention(4, [3, 3], [1, 1], 2)'),
  },
  'patchMerging of version 2': { network: input(8, 12, 4).patchMerging({ version: 2 }), torch: swinLayer('PatchMergingV2(4)') },
  'windowAttention of version 2': {
    network: input(9, 12, 4).windowAttention(2, 3, { version: 2, shift: 1 }),
    torch: swinLayer('ShiftedWindowAttentionV2(4, [3, 3], [1, 1], 2)'),
  },
  'windowAttention, moved along one axis': {
    network: input(4, 8, 6).windowAttention(3, 4, { shift: 2, bias: false }),
    torch: swinLayer('ShiftedWindowAttention(6, [4, 4], [2, 2], 3, qkv_bias=False, proj_bias=False)'),
  },
  matmul: { network: tokens.matmul(identity(), permute(1, 0)), torch: 'torch.matmul(x, x.transpose(1, 2))' },
  'matmul, images': {
    network: image.matmul(permute(0, 2, 1), identity()),
    torch: 'torch.matmul(x.permute(0, 2, 1, 3), x.permute(0, 2, 3, 1))',
  },
  'classToken, positionEmbedding': {
    network: tokens.classToken().dense(3),
    torch: "F.linear(torch.cat([w['token'].expand(2, 1, 8), x], 1), w['weight'], w['bias'])",
  },
}

describe.skipIf(absent)("torch's numbers for the same weights", () => {
  test('agree to 1e-4 for every kind that computes', async () => {
    const cases: object[] = []
    const outputs: { name: string; shape: readonly number[]; data: number[]; isFirst: boolean }[] = []
    for (const [name, { network, torch }] of Object.entries(compared)) {
      const weights = new Map(initialize(network))
      // Values that no two weights share, and variances above zero.
      for (const [index, [key, tensor]] of [...weights].entries()) {
        const data = numbers(tensor.data.length, index + 7).map((value) => (key.endsWith('running_var') ? 1.5 + value : value))
        weights.set(key, { ...tensor, data })
      }
      const model = onnxModel(network, { weights, opset: 18 })
      const results = await runModel(encodeModel(model), model, 2)
      const result = results[model.graph.outputs[0]?.name as string]
      const shape = network.input as readonly number[]
      const rank = shape.length
      const isFirst = rank > 2 || name === 'upsample, linear'
      const x = numbers(2 * shape.reduce((so, size) => so * size, 1))
      const axes = Array.from({ length: rank - 1 }, (_, axis) => axis + 1)
      cases.push({
        x: [...x],
        shape: [2, ...shape],
        weights: Object.fromEntries(
          [...weights].map(([key, { shape, data }]) => [
            key.startsWith('classToken') ? 'token' : key.slice(key.indexOf('.') + 1),
            { shape, data: [...data] },
          ]),
        ),
        expression: isFirst ? `(lambda x: ${torch})(x.permute(0, ${rank}, ${axes.join(', ')}))` : torch,
      })
      outputs.push({ name, shape: result?.dims ?? [], data: [...((result?.data ?? []) as Float32Array)], isFirst })
    }
    const answers = ask<{ shape: number[]; data: number[] }[]>('run', cases)
    for (const [index, { name, shape, data, isFirst }] of outputs.entries()) {
      const answer = answers[index] as { shape: number[]; data: number[] }
      const isRowByRow = ['flatten, row by row', 'permute', 'matmul, images'].includes(name)
      const wanted = isFirst && shape.length > 2 && !isRowByRow ? channelsLast(answer) : answer.data
      expect([name, [...shape].sort()]).toEqual([name, [...answer.shape].sort()])
      expect([name, Math.max(...data.map((value, at) => Math.abs(value - (wanted[at] as number))))]).toSatisfy(
        ([, worst]: [string, number]) => worst < 1e-4,
        name,
      )
    }
  })
})

/** Torch's values with their channels last. */
const channelsLast = ({ shape, data }: { shape: number[]; data: number[] }): number[] => {
  const [batch, channels, ...sizes] = shape as [number, number, ...number[]]
  const positions = sizes.reduce((so, size) => so * size, 1)
  return Array.from({ length: data.length }, (_, at) => {
    const example = Math.floor(at / (channels * positions))
    const position = Math.floor((at % (channels * positions)) / channels)
    const channel = at % channels
    return example < batch ? (data[(example * channels + channel) * positions + position] as number) : Number.NaN
  })
}
