import { block, concat, input, keep, leakyRelu, repeat, residual } from 'stridewise'
import { convNorm } from './conv-norm.js'

/*
 * CSPDarknet-53: Wang et al., "CSPNet: A New Backbone that can Enhance Learning Capability of CNN" (arXiv:1911.11929), figure 2, as timm's
 * `cspdarknet53`; the backbone of YOLOv4. Half of a stage's channels go around its residual blocks.
 */

/** A convolution with its norm and its activation. */
const conv = <Filters extends number, Kernel extends number, Stride extends number, Padding extends number>(
  filters: Filters,
  kernel: Kernel,
  stride: Stride,
  padding: Padding,
) => block(convNorm(filters, kernel, stride, padding), leakyRelu())

/** The residual block of Darknet-53: 1x1, then 3x3. */
const dark = <Width extends number, Filters extends number>(width: Width, filters: Filters) =>
  residual(block(conv(width, 1, 1, 0), conv(filters, 3, 1, 1)))

/**
 * A stage: a convolution halves the size, two 1x1 convolutions divide the channels (one with twice the filters, and a split, in timm), and
 * one more joins the halves.
 */
const stage = <Filters extends number, Half extends number, Width extends number, Depth extends number>(
  filters: Filters,
  half: Half,
  width: Width,
  depth: Depth,
) =>
  block(
    conv(filters, 3, 2, 1),
    concat(conv(half, 1, 1, 0), block(conv(half, 1, 1, 0), repeat(depth, dark(width, half)), conv(half, 1, 1, 0))),
    conv(filters, 1, 1, 0),
  )

/** The backbone keeps what a detector reads. */
const backbone = block(
  conv(32, 3, 1, 1),
  stage(64, 64, 32, 1),
  stage(128, 64, 64, 2),
  stage(256, 128, 128, 8),
  keep('c3'),
  stage(512, 256, 256, 8),
  keep('c4'),
  stage(1024, 512, 512, 4),
  keep('c5'),
)

export const cspDarknet53 = input(256, 256, 3).apply(backbone).globalAvgPool().dense(1000)

/** The same backbone with three outputs for a detector. */
export const features = input(608, 608, 3)
  .apply(backbone)
  .outputs('c3', 'c4', 'c5')
  .expect({ c3: [76, 76, 256], c4: [38, 38, 512], c5: [19, 19, 1024] })

/** timm 1.0.29 counts 27,642,184 parameters and, at 256x256, 6,533,652,480 MACs. */
export const parameters: 27_642_184 = cspDarknet53.params
