import type { Shape } from '../../shape/shape.js'
import type { CountOfOne } from '../kind/known.js'
import type { Weight } from '../kind/layer.js'
import { requireBoolean } from '../kind/options.js'
import type { Channels } from '../kind/rule.js'
import { type AffineParams, affineWeights } from './affine.js'

/*
 * A scale and a shift for each channel, of which either may be left out.
 */

/** The options that leave one out. */
export interface ScaleAndShiftOptions {
  /** Whether each channel has a scale that is learned, default `true`. */
  readonly scale?: boolean
  /** Whether each channel has a shift that is learned, default `true` (Keras's `center`). */
  readonly shift?: boolean
}

/** The parameters of the scale and the shift, if the layer has them. */
export type ScaleAndShiftParams<Input, Scale, Shift> = boolean extends Scale
  ? '?'
  : boolean extends Shift
    ? '?'
    : Scale extends true
      ? Shift extends true
        ? AffineParams<Input>
        : CountOfOne<Channels<Input>>
      : Shift extends true
        ? CountOfOne<Channels<Input>>
        : '0'

/**
 * The weights of the scale and the shift, if the layer has them.
 *
 * @throws {ShapeError} when an option is neither `true` nor `false`
 */
export const scaleAndShiftWeights = (operation: string, input: Shape, scale: boolean, shift: boolean): Weight[] => {
  requireBoolean(operation, 'scale', scale)
  requireBoolean(operation, 'shift', shift)
  return affineWeights(input).filter(({ name }) => (name === 'gamma' ? scale : shift))
}
