import {
  type AnyLayer,
  avgPool2d,
  block,
  concat,
  conv2d,
  crop,
  defineLayer,
  dense,
  depthwiseConv2d,
  flatten,
  type Layer,
  type Network,
  permute,
  type Shape,
  tanh,
} from '../index.js'
import type { ParamsAfter } from '../layers/kind/rule-of.js'
import { type Builder, type ClassesFor, type Count, type ModelOptions, type Or, onImages, type SizeFor } from './model.js'

/*
 * LeNet-5: LeCun, Bottou, Bengio and Haffner, "Gradient-Based Learning Applied to Document Recognition" (Proceedings of the IEEE
 * 86(11), 1998), section II-B.
 *
 * What is called LeNet-5 today differs from the paper: in the paper a pool has parameters, C3 sees only some of the maps, and the
 * output compares with drawings that are not trained.
 */

const today = () =>
  block(
    conv2d(6, 5, { name: 'C1' }),
    tanh(),
    avgPool2d(2, { name: 'S2' }),
    conv2d(16, 5, { name: 'C3' }),
    tanh(),
    avgPool2d(2, { name: 'S4' }),
    conv2d(120, 5, { name: 'C5' }),
    tanh(),
    flatten(),
    dense(84, { name: 'F6' }),
    tanh(),
  )

/** A pool with a coefficient and a bias for each map: that is a 1x1 depthwise convolution. */
const subsample = <const Name extends string>(name: Name) => block(avgPool2d(2), depthwiseConv2d(1, { name }), tanh())

/** Neighbouring ones of the six maps of S2, those before and after them cut off. */
const maps = <Before extends number, After extends number>(before: Before, after: After) =>
  block(permute(2, 0, 1), crop<[[Before, After], 0]>([[before, after], 0]), permute(1, 2, 0))

/** A map of C3, on some of the maps of S2. */
const on = <Seen extends AnyLayer>(seen: Seen) => block(seen, conv2d(1, 5))

/** C3: the columns of table I. */
const c3 = () =>
  concat(
    on(maps(0, 3)),
    on(maps(1, 2)),
    on(maps(2, 1)),
    on(maps(3, 0)),
    on(concat(maps(0, 5), maps(4, 0))),
    on(concat(maps(0, 4), maps(5, 0))),
    on(maps(0, 2)),
    on(maps(1, 1)),
    on(maps(2, 0)),
    on(concat(maps(0, 5), maps(3, 0))),
    on(concat(maps(0, 4), maps(4, 0))),
    on(concat(maps(0, 3), maps(5, 0))),
    on(concat(maps(0, 4), maps(3, 1))),
    on(concat(maps(1, 3), maps(4, 0))),
    on(concat(maps(0, 5), maps(2, 2), maps(5, 0))),
    conv2d(1, 5),
  )

const paper = () =>
  block(
    conv2d(6, 5, { name: 'C1' }),
    tanh(),
    subsample('S2'),
    c3(),
    tanh(),
    subsample('S4'),
    conv2d(120, 5, { name: 'C5' }),
    tanh(),
    flatten(),
    dense(84, { name: 'F6' }),
    tanh(),
  )

declare module '../layers/kind/layer-rules.js' {
  interface LayerRules<Input extends Shape, Given extends import('../layers/kind/layer-rules.js').Arguments> {
    /** Distances from fixed centers, the output of LeNet-5 in the paper. */
    radialBasis: { output: [Given[0]]; params: '0' }
  }
}

/** Squared distances from drawings of 7x12 pixels, one for each class: their values are set by hand, and not trained. */
const radialBasis = /* @__PURE__ */ defineLayer('radialBasis', ([features = 0]: Shape, classes: number) => ({
  output: [classes],
  settings: { classes },
  weights: [{ name: 'centers', shape: [features, classes], trainable: false }],
  macs: features * classes,
}))

type LeNet<Body extends Builder, Kind extends 'dense' | 'radialBasis'> = <Classes extends Count = 10, Size extends Count = 32>(
  /** `classes`, `input` (height and width) and what is particular to the model; all have defaults. */
  options?: ModelOptions<ClassesFor<Classes>, SizeFor<Body, Size, 32, 1>>,
) => Network<
  [Or<Size, 32>, Or<Size, 32>, 1],
  [Or<Classes, 10>],
  ParamsAfter<0, [Or<Size, 32>, Or<Size, 32>, 1], Layer<'block', [ReturnType<Body>, Layer<Kind, [Or<Classes, 10>]>]>>
>

/** What all LeNets are made for. */
const digits = { channels: 1, classes: 10 }

/**
 * LeNet-5 as it is usually built today: every filter of C3 sees all maps, pools have no parameters, a dense layer scores.
 *
 * @example
 * lenet5() // Network<[32, 32, 1], [10], 61706>
 */
export const lenet5: LeNet<typeof today, 'dense'> = (options) => onImages((classes) => [today(), dense(classes)], 32, options, [], digits)

/**
 * LeNet-5 as the paper of 1998 has it (section II-B and table I): 60,000 parameters, and 840 fixed values in the output.
 *
 * Memory in a report includes the copies that choose the maps for C3.
 *
 * @example
 * lenet1998() // Network<[32, 32, 1], [10], 60000>
 */
export const lenet1998: LeNet<typeof paper, 'radialBasis'> = (options) =>
  onImages((classes) => [paper(), radialBasis(classes)], 32, options, [], digits)
