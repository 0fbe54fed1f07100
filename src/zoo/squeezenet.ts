import { type AnyLayer, block, concat, conv2d, dropout, globalAvgPool, type Layer, maxPool2d, type Network, relu } from '../index.js'
import { type Builder, type ClassesFor, type Count, type ModelOptions, type Or, onImages, type ParamsOn, type SizeFor } from './model.js'

/*
 * SqueezeNet: Iandola et al., "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and <0.5MB model size" (arXiv:1602.07360),
 * table 1. The pools round up, as in Caffe.
 */

/** A 1x1 convolution that reduces the channels, then 1x1 and 3x3 side by side (figure 1). */
const fire = <Squeeze extends number, Expand extends number>(squeeze: Squeeze, expand: Expand) =>
  block(conv2d(squeeze, 1), relu(), concat(block(conv2d(expand, 1), relu()), block(conv2d(expand, 3, { padding: 1 }), relu())))

const pool = () => maxPool2d(3, { stride: 2, rounding: 'ceil' })

const features1_0 = () =>
  block(
    conv2d(96, 7, { stride: 2, rounding: 'floor' }),
    relu(),
    pool(),
    fire(16, 64),
    fire(16, 64),
    fire(32, 128),
    pool(),
    fire(32, 128),
    fire(48, 192),
    fire(48, 192),
    fire(64, 256),
    pool(),
    fire(64, 256),
  )

const features1_1 = () =>
  block(
    conv2d(64, 3, { stride: 2, rounding: 'floor' }),
    relu(),
    pool(),
    fire(16, 64),
    fire(16, 64),
    pool(),
    fire(32, 128),
    fire(32, 128),
    pool(),
    fire(48, 192),
    fire(48, 192),
    fire(64, 256),
    fire(64, 256),
  )

/** A 1x1 convolution with one filter per class, whose mean is the score. */
type Scored<Features extends Builder, Classes extends number> = Layer<'block', [ReturnType<Features>, Layer<'conv2d', [Classes, 1]>]>

const scored =
  (features: ReturnType<Builder>) =>
  (classes: number): [AnyLayer, ...AnyLayer[]] => [features, dropout(0.5), conv2d(classes, 1), relu(), globalAvgPool()]

type SqueezeNet<Features extends Builder> = <Classes extends Count = 1000, Size extends Count = 224>(
  /** `classes`, `input` (height and width) and options of this model; all have defaults. */
  options?: ModelOptions<ClassesFor<Classes>, SizeFor<Features, Size, 224>>,
) => Network<[Or<Size, 224>, Or<Size, 224>, 3], [Or<Classes, 1000>], ParamsOn<Or<Size, 224>, Scored<Features, Or<Classes, 1000>>>>

/**
 * SqueezeNet 1.0 (arXiv:1602.07360, table 1).
 *
 * @example
 * squeezenet1_0() // Network<[224, 224, 3], [1000], 1248424>
 */
export const squeezenet1_0: SqueezeNet<typeof features1_0> = (options) => onImages(scored(features1_0()), 224, options)

/**
 * SqueezeNet 1.1, the authors' later variant: smaller first filters, earlier pools, and 2.4 times less arithmetic.
 *
 * @example
 * squeezenet1_1() // Network<[224, 224, 3], [1000], 1235496>
 */
export const squeezenet1_1: SqueezeNet<typeof features1_1> = (options) => onImages(scored(features1_1()), 224, options)
