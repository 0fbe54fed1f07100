import { input } from 'stridewise'

/* How many positions a window has on each axis of a square image, as the library says. */

/** The methods whose windows can be drawn. */
export type WindowOperation = 'conv2d' | 'depthwiseConv2d' | 'separableConv2d' | 'maxPool2d' | 'avgPool2d'

export const roundings = ['exact', 'floor', 'ceil'] as const
export type Rounding = (typeof roundings)[number]

/** Throws the library's sentence where the window does not fit. */
export const positions = (
  operation: WindowOperation,
  {
    size,
    kernel,
    dilation,
    ...windows
  }: { size: number; kernel: number; stride: number; padding: number; dilation: number; rounding: Rounding },
): number => {
  const image = input(size, size, 1)
  const dilated = { ...windows, dilation }
  const network = {
    conv2d: () => image.conv2d(1, kernel, dilated),
    depthwiseConv2d: () => image.depthwiseConv2d(kernel, dilated),
    separableConv2d: () => image.separableConv2d(1, kernel, dilated),
    maxPool2d: () => image.maxPool2d(kernel, dilated),
    avgPool2d: () => image.avgPool2d(kernel, windows),
  }[operation]()
  return network.output[0] ?? 0
}
