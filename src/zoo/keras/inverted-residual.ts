import { type AnyLayer, adaptiveAvgPool, block, type Layer, multiply } from '../../index.js'
import { depthwise, norm, point, pointwise, same } from './layers.js'

/*
 * The parts of inverted residuals (Sandler et al., arXiv:1801.04381, section 3.3): a 1x1 convolution expands the channels, a depthwise
 * convolution filters each of them, and a second 1x1 convolution projects them to fewer channels.
 */

/** A convolution with its norm and an activation. */
export const convNormActivation = <Filters extends number, Kernel extends number, Activation extends AnyLayer, Stride extends number = 1>(
  [name, normName]: Names,
  filters: Filters,
  kernel: Kernel,
  activation: Activation,
  stride: Stride = 1 as Stride,
) => block(same(name, filters, kernel, stride), norm(normName), activation)

/** A 1x1 convolution that expands the channels, with its norm and an activation. */
export const expand = <Filters extends number, Activation extends AnyLayer>(
  [name, normName]: Names,
  filters: Filters,
  activation: Activation,
) => block(point(name, filters), norm(normName), activation)

/** The names of a convolution and of its norm. */
export type Names = readonly [conv: string, norm: string]

/** A depthwise convolution with its norm and an activation. */
export const depthwiseNormActivation = <Kernel extends number, Activation extends AnyLayer, Stride extends number>(
  [name, normName]: Names,
  kernel: Kernel,
  activation: Activation,
  stride: Stride,
) => block(depthwise(name, kernel, stride), norm(normName), activation)

/** A 1x1 convolution with its norm and no activation. */
export const project = <Filters extends number>([name, normName]: Names, filters: Filters) => block(point(name, filters), norm(normName))

/**
 * Squeeze and excitation (Hu et al., arXiv:1709.01507): 1x1 convolutions of the pooled map, whose result scales the channels.
 */
export const squeezeExcite = <Squeezed extends number, Channels extends number, Activation extends AnyLayer, Scale extends AnyLayer>(
  [reduce, expand]: readonly [reduce: string, expand: string],
  squeezed: Squeezed,
  channels: Channels,
  activation: Activation,
  scale: Scale,
) => multiply(block(pooled(), pointwise(reduce, squeezed), activation, pointwise(expand, channels), scale))

const pooled = (): Layer<'adaptiveAvgPool', [1]> => adaptiveAvgPool(1)
