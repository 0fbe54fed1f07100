import { batchNorm, block, globalAvgPool, maxPool2d, relu, repeat, residual } from '../index.js'
import { conv1x1, conv3x3, grouped, strided } from './layers.js'
import { type Classifier, classifier } from './model.js'

/*
 * ResNet: He, Zhang, Ren and Sun, "Deep Residual Learning for Image Recognition" (arXiv:1512.03385), table 1; and, with other widths
 * and groups, ResNeXt (arXiv:1611.05431) and Wide ResNet (arXiv:1605.07146).
 *
 * Windows with stride 2 always get even sizes in these networks, and ignore the last cells.
 */

/** Options of the deeper ResNets. */
export interface ResNetOptions {
  /**
   * Where a bottleneck has its stride: in the first 1x1 convolution, as in the paper (`1`), or in the 3x3 convolution (`1.5`, the
   * default, as in torchvision). The shapes and parameters are the same, but not the arithmetic.
   */
  readonly version?: 1 | 1.5
}

type Version = ResNetOptions['version']

/** conv1 and the pool of conv2_x: 224 -> 112 -> 56. */
const stem = () => block(strided(64, 7, 2, 3), batchNorm(), relu(), maxPool2d(3, { stride: 2, padding: 1, rounding: 'floor' }))

/** The shortcut of a block that changes the shape (option B of section 4.1). */
const projection = <Filters extends number, Stride extends number>(filters: Filters, stride: Stride) =>
  block(strided(filters, 1, stride, 0), batchNorm())

/** Two 3x3 convolutions (figure 5, left). */
const basic = <Filters extends number>(filters: Filters) =>
  block(residual(block(conv3x3(filters), batchNorm(), relu(), conv3x3(filters), batchNorm())), relu())

/** {@link basic} with stride 2, the first block of a stage. */
const basicDown = <Filters extends number>(filters: Filters) =>
  block(residual(block(strided(filters, 3, 2, 1), batchNorm(), relu(), conv3x3(filters), batchNorm()), projection(filters, 2)), relu())

const basicStage = <Filters extends number, More extends number>(filters: Filters, more: More) =>
  block(basicDown(filters), repeat(more, basic(filters)))

/** 1x1, 3x3 and 1x1 (figure 5, right). */
const bottleneck = <Width extends number, Filters extends number>(width: Width, filters: Filters) =>
  block(residual(block(conv1x1(width), batchNorm(), relu(), conv3x3(width), batchNorm(), relu(), conv1x1(filters), batchNorm())), relu())

/** {@link bottleneck} with a projection as its shortcut, the first block of a stage. */
const bottleneckDown = <Width extends number, Filters extends number, Stride extends number>(
  width: Width,
  filters: Filters,
  stride: Stride,
  version: Version,
) => {
  const later = block(conv1x1(width), batchNorm(), relu(), strided(width, 3, stride, 1), batchNorm(), relu(), conv1x1(filters), batchNorm())
  const early = block(strided(width, 1, stride, 0), batchNorm(), relu(), conv3x3(width), batchNorm(), relu(), conv1x1(filters), batchNorm())
  return block(residual(version === 1 ? (early as never) : later, projection(filters, stride)), relu())
}

/** A stage of table 1: its first bottleneck, and the number of others. */
const stage = <Width extends number, Filters extends number, Stride extends number, More extends number>(
  width: Width,
  filters: Filters,
  stride: Stride,
  more: More,
  version?: Version,
) => block(bottleneckDown(width, filters, stride, version), repeat(more, bottleneck(width, filters)))

/** A stage of ResNeXt, with a grouped 3x3 convolution. */
const groupedStage = <Width extends number, Groups extends number, Filters extends number, Stride extends number, More extends number>(
  width: Width,
  groups: Groups,
  filters: Filters,
  stride: Stride,
  more: More,
) =>
  block(
    residual(
      block(conv1x1(width), batchNorm(), relu(), grouped(width, 3, groups, stride, 1), batchNorm(), relu(), conv1x1(filters), batchNorm()),
      projection(filters, stride),
    ),
    relu(),
    repeat(
      more,
      block(
        residual(
          block(conv1x1(width), batchNorm(), relu(), grouped(width, 3, groups, 1, 1), batchNorm(), relu(), conv1x1(filters), batchNorm()),
        ),
        relu(),
      ),
    ),
  )

const layers18 = () => block(stem(), repeat(2, basic(64)), basicStage(128, 1), basicStage(256, 1), basicStage(512, 1), globalAvgPool())

const layers34 = () => block(stem(), repeat(3, basic(64)), basicStage(128, 3), basicStage(256, 5), basicStage(512, 2), globalAvgPool())

const layers50 = (version?: Version) =>
  block(
    stem(),
    stage(64, 256, 1, 2, version),
    stage(128, 512, 2, 3, version),
    stage(256, 1024, 2, 5, version),
    stage(512, 2048, 2, 2, version),
    globalAvgPool(),
  )

const layers101 = (version?: Version) =>
  block(
    stem(),
    stage(64, 256, 1, 2, version),
    stage(128, 512, 2, 3, version),
    stage(256, 1024, 2, 22, version),
    stage(512, 2048, 2, 2, version),
    globalAvgPool(),
  )

const layers152 = (version?: Version) =>
  block(
    stem(),
    stage(64, 256, 1, 2, version),
    stage(128, 512, 2, 7, version),
    stage(256, 1024, 2, 35, version),
    stage(512, 2048, 2, 2, version),
    globalAvgPool(),
  )

const layers50x32x4d = () =>
  block(
    stem(),
    groupedStage(128, 32, 256, 1, 2),
    groupedStage(256, 32, 512, 2, 3),
    groupedStage(512, 32, 1024, 2, 5),
    groupedStage(1024, 32, 2048, 2, 2),
    globalAvgPool(),
  )

const layers101x32x8d = () =>
  block(
    stem(),
    groupedStage(256, 32, 256, 1, 2),
    groupedStage(512, 32, 512, 2, 3),
    groupedStage(1024, 32, 1024, 2, 22),
    groupedStage(2048, 32, 2048, 2, 2),
    globalAvgPool(),
  )

const layers101x64x4d = () =>
  block(
    stem(),
    groupedStage(256, 64, 256, 1, 2),
    groupedStage(512, 64, 512, 2, 3),
    groupedStage(1024, 64, 1024, 2, 22),
    groupedStage(2048, 64, 2048, 2, 2),
    globalAvgPool(),
  )

const layersWide50 = () =>
  block(stem(), stage(128, 256, 1, 2), stage(256, 512, 2, 3), stage(512, 1024, 2, 5), stage(1024, 2048, 2, 2), globalAvgPool())

const layersWide101 = () =>
  block(stem(), stage(128, 256, 1, 2), stage(256, 512, 2, 3), stage(512, 1024, 2, 22), stage(1024, 2048, 2, 2), globalAvgPool())

/**
 * ResNet-18 (arXiv:1512.03385, table 1): basic blocks, projections where the shape changes (option B).
 *
 * @example
 * resnet18() // Network<[224, 224, 3], [1000], 11689512>
 */
export const resnet18: Classifier<typeof layers18, 224> = (options) => classifier(layers18(), 224, options)

/**
 * ResNet-34 (arXiv:1512.03385, table 1): basic blocks, projections where the shape changes (option B).
 *
 * @example
 * resnet34() // Network<[224, 224, 3], [1000], 21797672>
 */
export const resnet34: Classifier<typeof layers34, 224> = (options) => classifier(layers34(), 224, options)

/**
 * ResNet-50 (arXiv:1512.03385, table 1), v1.5 as in torchvision, with the stride in the 3x3 convolution. `version: 1` is the paper's
 * variant.
 *
 * @example
 * resnet50() // Network<[224, 224, 3], [1000], 25557032>
 */
export const resnet50: Classifier<typeof layers50, 224, ResNetOptions> = (options) =>
  classifier(layers50(options?.version), 224, options, { known: ['version'] })

/**
 * ResNet-101 (arXiv:1512.03385, table 1), v1.5 as in torchvision, with the stride in the 3x3 convolution. `version: 1` is the paper's
 * variant.
 *
 * @example
 * resnet101() // Network<[224, 224, 3], [1000], 44549160>
 */
export const resnet101: Classifier<typeof layers101, 224, ResNetOptions> = (options) =>
  classifier(layers101(options?.version), 224, options, { known: ['version'] })

/**
 * ResNet-152 (arXiv:1512.03385, table 1), v1.5 as in torchvision, with the stride in the 3x3 convolution. `version: 1` is the paper's
 * variant.
 *
 * @example
 * resnet152() // Network<[224, 224, 3], [1000], 60192808>
 */
export const resnet152: Classifier<typeof layers152, 224, ResNetOptions> = (options) =>
  classifier(layers152(options?.version), 224, options, { known: ['version'] })

/**
 * ResNeXt-50, 32x4d (Xie et al., "Aggregated Residual Transformations for Deep Neural Networks", arXiv:1611.05431, table 1):
 * 32 groups of 4 channels in the first stage.
 *
 * @example
 * resnext50_32x4d() // Network<[224, 224, 3], [1000], 25028904>
 */
export const resnext50_32x4d: Classifier<typeof layers50x32x4d, 224> = (options) => classifier(layers50x32x4d(), 224, options)

/**
 * ResNeXt-101, 32x8d (arXiv:1611.05431; torchvision's variant): 32 groups of 8 channels in the first stage.
 *
 * @example
 * resnext101_32x8d() // Network<[224, 224, 3], [1000], 88791336>
 */
export const resnext101_32x8d: Classifier<typeof layers101x32x8d, 224> = (options) => classifier(layers101x32x8d(), 224, options)

/**
 * ResNeXt-101, 64x4d (arXiv:1611.05431, table 4): 64 groups of 4 channels in the first stage.
 *
 * @example
 * resnext101_64x4d() // Network<[224, 224, 3], [1000], 83455272>
 */
export const resnext101_64x4d: Classifier<typeof layers101x64x4d, 224> = (options) => classifier(layers101x64x4d(), 224, options)

/**
 * Wide ResNet-50-2 (Zagoruyko and Komodakis, "Wide Residual Networks", arXiv:1605.07146, table 8): the 3x3 convolutions of
 * ResNet-50 have twice the channels.
 *
 * @example
 * wideResnet50_2() // Network<[224, 224, 3], [1000], 68883240>
 */
export const wideResnet50_2: Classifier<typeof layersWide50, 224> = (options) => classifier(layersWide50(), 224, options)

/**
 * Wide ResNet-101-2 (arXiv:1605.07146; torchvision's variant): the 3x3 convolutions of ResNet-101 have twice the channels.
 *
 * @example
 * wideResnet101_2() // Network<[224, 224, 3], [1000], 126886696>
 */
export const wideResnet101_2: Classifier<typeof layersWide101, 224> = (options) => classifier(layersWide101(), 224, options)
