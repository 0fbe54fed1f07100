import { Chain, type Config, joinLayer, type KerasLayer, type Writer } from '../layer.js'

/** Joins. */

const joined =
  (className: string, config: Config = {}): Writer =>
  (_, node, inputs) =>
    new Chain(node, joinLayer(node, 'join', className, config, inputs, node.output))

/** TensorFlow.js has no `Subtract`: it is a sum with what is subtracted times -1, which is the same number. */
const subtract: Writer = (_, node, inputs) => {
  const [first, second] = inputs as [KerasLayer, KerasLayer]
  const minus = new Chain(node, second).add('minus', 'Rescaling', { scale: -1, offset: 0 }, second.output).last
  return new Chain(node, joinLayer(node, 'join', 'Add', {}, [first, minus], node.output))
}

/** A gate with one value for each channel is one with a single position. */
const multiply: Writer = (_, node, inputs) => {
  const [main, gate] = inputs as [KerasLayer, KerasLayer]
  const positions = main.output.slice(0, -1).map(() => 1)
  const wide =
    gate.output.length < main.output.length
      ? new Chain(node, gate).reshape('gate', [...positions, gate.output.at(-1) as number]).last
      : gate
  return new Chain(node, joinLayer(node, 'join', 'Multiply', {}, [main, wide], node.output))
}

export const joinWriters = {
  add: joined('Add'),
  subtract,
  average: joined('Average'),
  maximum: joined('Maximum'),
  minimum: joined('Minimum'),
  concat: joined('Concatenate', { axis: -1 }),
  multiply,
} satisfies Readonly<Record<string, Writer>>
