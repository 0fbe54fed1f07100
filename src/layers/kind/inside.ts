import { fill, ShapeError } from '../../shape/message.js'

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
    if (!(error instanceof ShapeError)) throw error
    const whole = new ShapeError(fill(template, { ...values, fault: error.message }), error.operation, argument)
    // The lines of the call inside, which is where the mistake is.
    const { stack } = error
    if (stack) whole.stack = stack.replace(error.message, () => whole.message)
    throw whole
  }
}
