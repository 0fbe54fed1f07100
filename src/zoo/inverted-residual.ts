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
 * The parts of inverted residuals (Sandler et al., arXiv:1801.04381, section 3.3), of which MobileNet, MnasNet and EfficientNet
 * are made: a 1x1 convolution expands the channels, a depthwise one filters each by itself, and a second 1x1 projects them onto
 * few, without an activation. What came in is added where the shape stays.
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

/** A convolution with its norm and its activation. */
export const convolved = <Filters extends number, Size extends Kernel, Stride extends number, Activation extends AnyLayer>(
  filters: Filters,
  kernel: Size,
  stride: Stride,
  norm: Norm,
  activation: Activation,
) => block(strided(filters, kernel, stride, half(kernel)), norm, activation)

/** A 1x1 convolution with its norm and its activation. */
export const expanded = <Filters extends number, Activation extends AnyLayer>(filters: Filters, norm: Norm, activation: Activation) =>
  block(conv1x1(filters), norm, activation)

/** A depthwise convolution without biases. */
export const depthwise = <Size extends Kernel, Stride extends number>(
  kernel: Size,
  stride: Stride,
): Layer<'depthwiseConv2d', [Size, Strided<Stride, Half[Size]>]> =>
  depthwiseConv2d(kernel, { stride, padding: half(kernel), rounding: 'floor', bias: false })

/** A depthwise convolution with its norm and its activation. */
export const filtered = <Size extends Kernel, Stride extends number, Activation extends AnyLayer>(
  kernel: Size,
  stride: Stride,
  norm: Norm,
  activation: Activation,
) => block(depthwise(kernel, stride), norm, activation)

/**
 * Squeeze and excitation (Hu et al., arXiv:1709.01507): the means of all channels go through a layer of `squeezed` units, and
 * what comes of them scales the channels. torchvision has 1x1 convolutions on one cell for the dense layers, which is the same.
 */
export const excited = <Squeezed extends number, Channels extends number, Activation extends AnyLayer, Scale extends AnyLayer>(
  squeezed: Squeezed,
  channels: Channels,
  activation: Activation,
  scale: Scale,
) => multiply(block(globalAvgPool(), dense(squeezed), activation, dense(channels), scale))

/** A 1x1 convolution with its norm and no activation: the linear bottleneck. */
export const projected = <Filters extends number>(filters: Filters, norm: Norm) => block(conv1x1(filters), norm)

/** An inverted residual without its shortcut: `width` channels between the 1x1 convolutions. */
export const inverted = <
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
) => block(expanded(width, norm, activation), filtered(kernel, stride, norm, activation), projected(filters, norm))

/** {@link inverted} with squeeze and excitation between the filters and the projection. */
export const gated = <
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
) => block(expanded(width, norm, activation), filtered(kernel, stride, norm, activation), gate, projected(filters, norm))

/** `factor` times as many channels, as a literal. */
export const times = <Width extends number, Factor extends number>(width: Width, factor: Factor) =>
  (width * factor) as Multiply<Width, Factor>

/** One of several equal parts of the channels, as a literal. */
export const part = <Width extends number, Parts extends number>(width: Width, parts: Parts) =>
  Math.floor(width / parts) as Divide<Width, Parts>[0]

/** What follows the first of a stage's layers: all the others, or nothing. */
export const others = <Layers extends number, Value extends AnyLayer>(layers: Layers, value: Value) =>
  (layers > 1 ? repeat(layers - 1, value) : identity()) as Layers extends 1
    ? Layer<'identity', []>
    : Layer<'repeat', [Subtract<Layers, 1>, Value]>
