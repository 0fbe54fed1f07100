import { pythonText } from '../../shape/quoted.js'
import { axisNamesOf, sizesOf, type Tensor } from './axes.js'
import { maxLineLength, tuple } from './call.js'

/* Shapes in the source: in the docstring, and in the checks of `forward`. */

/** `(batch, 3, 227, 227), that is (batch, channels, height, width)`. */
export const shapeText = (tensor: Tensor): string => {
  const sizes = `(batch, ${sizesOf(tensor).join(', ')})`
  const names = axisNamesOf(tensor)
  return names ? `${sizes}, that is (batch, ${names.join(', ')})` : `${sizes}, channels last ${tensor.shape.join('x')}`
}

/** An input of a module. */
export interface ModuleInput {
  readonly name: string
  /** The parameter of `forward`. */
  readonly parameter: string
  readonly tensor: Tensor
}

/**
 * The lines of `forward` that reject other shapes. With another order of axes PyTorch would often compute something else without an
 * error.
 */
export const shapeCheck = (className: string, { name, parameter, tensor }: ModuleInput): string[] => {
  const sentence = `${className} takes ${parameter === 'x' ? '' : `${name} as `}${shapeText(tensor)}, `
  return [
    `        if ${parameter}.shape[1:] != ${tuple(sizesOf(tensor).map(String))}:`,
    '            raise ValueError(',
    `                ${pythonText(sentence)}`,
    `                f"not {tuple(${parameter}.shape)}."`,
    '            )',
  ]
}

/** The first line of `forward`, with one input per line if it is too long. */
export const signature = (parameters: readonly string[], result: string): string[] => {
  const all = ['self', ...parameters.map((name) => `${name}: torch.Tensor`)]
  const line = `    def forward(${all.join(', ')}) -> ${result}:`
  if (line.length <= maxLineLength) return [line]
  return ['    def forward(', ...all.map((each) => `        ${each},`), `    ) -> ${result}:`]
}
