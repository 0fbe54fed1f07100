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
 * Today's LeNet-5 differs from the paper. In the paper pools have parameters, C3 is connected to only some of the maps, and the output
 * layer compares its input with fixed bitmaps.
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

/** A pool with a coefficient and a bias for each map, which is a 1x1 depthwise convolution. */
const subsample = <const Name extends string>(name: Name) => block(avgPool2d(2), depthwiseConv2d(1, { name }), tanh())

/** Selects consecutive maps of the six in S2, by cropping those before and after them. */
const selectMaps = <Before extends number, After extends number>(before: Before, after: After) =>
  block(permute(2, 0, 1), crop<[[Before, After], 0]>([[before, after], 0]), permute(1, 2, 0))

/** A map of C3, computed from some of the maps of S2. */
const convOn = <Seen extends AnyLayer>(seen: Seen) => block(seen, conv2d(1, 5))

/** C3, one entry per column of table I. */
const c3 = () =>
  concat(
    convOn(selectMaps(0, 3)),
    convOn(selectMaps(1, 2)),
    convOn(selectMaps(2, 1)),
    convOn(selectMaps(3, 0)),
    convOn(concat(selectMaps(0, 5), selectMaps(4, 0))),
    convOn(concat(selectMaps(0, 4), selectMaps(5, 0))),
    convOn(selectMaps(0, 2)),
    convOn(selectMaps(1, 1)),
    convOn(selectMaps(2, 0)),
    convOn(concat(selectMaps(0, 5), selectMaps(3, 0))),
    convOn(concat(selectMaps(0, 4), selectMaps(4, 0))),
    convOn(concat(selectMaps(0, 3), selectMaps(5, 0))),
    convOn(concat(selectMaps(0, 4), selectMaps(3, 1))),
    convOn(concat(selectMaps(1, 3), selectMaps(4, 0))),
    convOn(concat(selectMaps(0, 5), selectMaps(2, 2), selectMaps(5, 0))),
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
    /** Distances from fixed centers: the output layer of LeNet-5 in the paper. */
    radialBasis: { output: [Given[0]]; params: '0' }
  }
}

/** Squared distances from bitmaps of 7x12 pixels, one for each class. Their values are set by hand and not trained. */
const radialBasis = /* @__PURE__ */ defineLayer('radialBasis', ([features = 0]: Shape, classes: number) => ({
  output: [classes],
  settings: { classes },
  weights: [{ name: 'centers', shape: [features, classes], trainable: false }],
  macs: features * classes,
}))

type LeNet<Body extends Builder, Kind extends 'dense' | 'radialBasis'> = <Classes extends Count = 10, Size extends Count = 32>(
  /** `classes`, `input` (height and width) and options of this model; all have defaults. */
  options?: ModelOptions<ClassesFor<Classes>, SizeFor<Body, Size, 32, 1>>,
) => Network<
  [Or<Size, 32>, Or<Size, 32>, 1],
  [Or<Classes, 10>],
  ParamsAfter<0, [Or<Size, 32>, Or<Size, 32>, 1], Layer<'block', [ReturnType<Body>, Layer<Kind, [Or<Classes, 10>]>]>>
>

/** The defaults of all LeNets: gray images and ten digits. */
const digits = { channels: 1, classes: 10 }

/**
 * LeNet-5 as it is usually built today: every filter of C3 sees all maps, pools have no parameters, and a dense layer computes the
 * scores.
 *
 * @example
 * lenet5() // Network<[32, 32, 1], [10], 61706>
 */
export const lenet5: LeNet<typeof today, 'dense'> = (options) => onImages((classes) => [today(), dense(classes)], 32, options, [], digits)

/**
 * LeNet-5 as in the paper of 1998 (section II-B and table I): 60,000 parameters, and 840 fixed values in the output layer.
 *
 * The memory in a report includes the copies that select the maps for C3.
 *
 * @example
 * lenet1998() // Network<[32, 32, 1], [10], 60000>
 */
export const lenet1998: LeNet<typeof paper, 'radialBasis'> = (options) =>
  onImages((classes) => [paper(), radialBasis(classes)], 32, options, [], digits)
