import { axisNamesOf, sizesOf, type Tensor } from './axes.js'
import { tuple } from './call.js'

/*
 * Shapes in the source: what the docstring says, and what `forward` requires.
 */

/** `(batch, 3, 227, 227), that is (batch, channels, height, width)`. */
export const shapeText = (tensor: Tensor): string => {
  const sizes = `(batch, ${sizesOf(tensor).join(', ')})`
  const names = axisNamesOf(tensor)
  return names ? `${sizes}, that is (batch, ${names.join(', ')})` : `${sizes}, channels last ${tensor.shape.join('x')}`
}

/** The lines of `forward` that refuse another shape: in another order of the axes PyTorch would often compute something else. */
export const shapeCheck = (name: string, input: Tensor): string[] => [
  `        if x.shape[1:] != ${tuple(sizesOf(input).map(String))}:`,
  '            raise ValueError(',
  `                "${name} takes ${shapeText(input)}, "`,
  '                f"not {tuple(x.shape)}."',
  '            )',
]
