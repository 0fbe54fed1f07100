import { fill, reworded, ShapeError } from '../../shape/message.js'
import { isLimit } from './limits.js'

/** Runs a step. An error says where the step was, and blames the argument that holds the layers. */
export const inside = <Result>(
  template: string,
  values: Readonly<Record<string, string>>,
  run: () => Result,
  argument = 'layer',
): Result => {
  try {
    return run()
  } catch (error) {
    // It keeps the lines of the call inside, which is where the mistake is.
    throw error instanceof ShapeError && !isLimit(error)
      ? reworded(error, fill(template, { ...values, fault: error.message }), argument)
      : error
  }
}
