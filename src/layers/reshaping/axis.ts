import { type Fill, fill, type ListOf, listOf, ShapeError, shown } from '../../shape/message.js'
import { type Shape, type ShapeText, shapeText } from '../../shape/shape.js'

/** An axis by its index, from 0. */

const noSuchAxis = '{operation}: the input is {shape}: there is no axis {axis}, only {axes}.'

/** The message for an axis that the input does not have. */
export type NoSuchAxis<Operation, Input extends Shape, Axis extends number> = Fill<
  typeof noSuchAxis,
  { operation: Operation; shape: ShapeText<Input>; axis: `${Axis}`; axes: ListOf<{ [Index in keyof Input]: Index }> }
>

/**
 * {@link NoSuchAxis} at run time.
 *
 * @throws {ShapeError} for the argument `axis`
 */
export const requireAxis = (operation: string, input: Shape, axis: number): void => {
  if (Number.isInteger(axis) && axis >= 0 && axis < input.length) return
  const axes = listOf(input.map((_, index) => `${index}`))
  throw new ShapeError(fill(noSuchAxis, { operation, shape: shapeText(input), axis: shown(axis), axes }), operation, 'axis')
}
