import {
  type AnyLayer,
  block,
  type Divide,
  dense,
  depthwiseConv2d,
  globalAvgPool,
  identity,
  type Layer,
  type Multiply,
  multiply,
  repeat,
  type Subtract,
} from '../index.js'
import { conv1x1, type Strided, strided } from './layers.js'

/*
 * The parts of inverted residuals (Sandler et al., arXiv:1801.04381, section 3.3), the blocks of MobileNet, MnasNet and EfficientNet: a
 * 1x1 convolution expands the channels, a depthwise convolution filters each of them, and a second 1x1 convolution projects them to
 * fewer channels, without an activation. If the shape is unchanged, the input is added.
 */

/** A batch normalization with the epsilon of its network. */
export type Norm = Layer<'batchNorm', []>

/** The padding with which a kernel of odd size keeps the size: (kernel - 1)/2. */
interface Half {
  1: 0
  3: 1
  5: 2
  7: 3
}

export type Kernel = keyof Half

const half = <Size extends Kernel>(kernel: Size) => ((kernel - 1) / 2) as Half[Size]

/** A convolution with a norm and an activation. */
export const convNormActivation = <Filters extends number, Size extends Kernel, Stride extends number, Activation extends AnyLayer>(
  filters: Filters,
  kernel: Size,
  stride: Stride,
  norm: Norm,
  activation: Activation,
) => block(strided(filters, kernel, stride, half(kernel)), norm, activation)

/** A 1x1 convolution with a norm and an activation. */
export const expand = <Filters extends number, Activation extends AnyLayer>(filters: Filters, norm: Norm, activation: Activation) =>
  block(conv1x1(filters), norm, activation)

/** A depthwise convolution without biases. */
export const depthwise = <Size extends Kernel, Stride extends number>(
  kernel: Size,
  stride: Stride,
): Layer<'depthwiseConv2d', [Size, Strided<Stride, Half[Size]>]> =>
  depthwiseConv2d(kernel, { stride, padding: half(kernel), rounding: 'floor', bias: false })

/** A depthwise convolution with a norm and an activation. */
export const depthwiseNormActivation = <Size extends Kernel, Stride extends number, Activation extends AnyLayer>(
  kernel: Size,
  stride: Stride,
  norm: Norm,
  activation: Activation,
) => block(depthwise(kernel, stride), norm, activation)

/**
 * Squeeze and excitation (Hu et al., arXiv:1709.01507): the channel means go through a layer with `squeezed` units, and the result
 * scales the channels. torchvision uses 1x1 convolutions on a single position instead of dense layers, which is equivalent.
 */
export const squeezeExcite = <Squeezed extends number, Channels extends number, Activation extends AnyLayer, Scale extends AnyLayer>(
  squeezed: Squeezed,
  channels: Channels,
  activation: Activation,
  scale: Scale,
) => multiply(block(globalAvgPool(), dense(squeezed), activation, dense(channels), scale))

/** A 1x1 convolution with a norm and no activation: the linear bottleneck. */
export const project = <Filters extends number>(filters: Filters, norm: Norm) => block(conv1x1(filters), norm)

/** An inverted residual without its shortcut, with `width` channels between the 1x1 convolutions. */
export const invertedLayers = <
  Width extends number,
  Size extends Kernel,
  Stride extends number,
  Filters extends number,
  Activation extends AnyLayer,
>(
  width: Width,
  kernel: Size,
  stride: Stride,
  filters: Filters,
  norm: Norm,
  activation: Activation,
) => block(expand(width, norm, activation), depthwiseNormActivation(kernel, stride, norm, activation), project(filters, norm))

/** {@link invertedLayers} with squeeze and excitation before the projection. */
export const gatedInvertedLayers = <
  Width extends number,
  Size extends Kernel,
  Stride extends number,
  Filters extends number,
  Activation extends AnyLayer,
  Gate extends AnyLayer,
>(
  width: Width,
  kernel: Size,
  stride: Stride,
  filters: Filters,
  norm: Norm,
  activation: Activation,
  gate: Gate,
) => block(expand(width, norm, activation), depthwiseNormActivation(kernel, stride, norm, activation), gate, project(filters, norm))

/** `factor` times as many channels, as a literal. */
export const multiplyWidth = <Width extends number, Factor extends number>(width: Width, factor: Factor) =>
  (width * factor) as Multiply<Width, Factor>

/** One of several equal parts of the channels, as a literal. */
export const divideWidth = <Width extends number, Parts extends number>(width: Width, parts: Parts) =>
  Math.floor(width / parts) as Divide<Width, Parts>[0]

/** The layers of a stage after the first, or nothing if there are none. */
export const repeatRest = <Layers extends number, Value extends AnyLayer>(layers: Layers, value: Value) =>
  (layers > 1 ? repeat(layers - 1, value) : identity()) as Layers extends 1
    ? Layer<'identity', []>
    : Layer<'repeat', [Subtract<Layers, 1>, Value]>
