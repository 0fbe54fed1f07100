import { input, ShapeError } from 'stridewise'

/*
 * Plain JavaScript, or a dimension that is known only at run time: the same rules, with the same sentences, when the network
 * is built.
 */

const size = Number(process.argv[2] ?? 7)

try {
  const network = input(size, size, 1).conv2d(1, 3, { stride: 3 })
  console.log(`It fits: ${network.output.join('x')}, ${network.params} parameters.`)
} catch (error) {
  if (!(error instanceof ShapeError)) throw error
  console.log(error.message)
  console.log(`operation: ${error.operation}`)
  console.log(`argument: ${error.argument}`)
}
