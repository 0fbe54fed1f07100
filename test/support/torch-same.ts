import { pyTorchKeys } from '../../src/formats/pytorch/index.js'
import { moduleOf } from '../../src/formats/pytorch/module.js'
import type { AnyNetwork } from '../../src/index.js'
import { weightSpecs } from '../../src/weights/names.js'
import type { TorchAnswer } from './torch.js'

/** What PyTorch makes of a network, against what the network says of itself. */

/** A shape as a module takes and gives it, behind a batch of 2: images with the channels first, sequences as they are here. */
const outerShape = (shape: readonly number[]): number[] =>
  shape.length === 2 ? [2, ...shape] : [2, shape.at(-1) as number, ...shape.slice(0, -1)]

/** A shape as PyTorch has it inside a module; tokens may be there either way round. */
const torchShapes = (shape: readonly number[]): number[][] => {
  const first = [2, shape.at(-1) as number, ...shape.slice(0, -1)]
  return shape.length === 2 ? [first, [2, ...shape]] : [first]
}

const count = (network: AnyNetwork, trainable: boolean): number =>
  network.graph.nodes
    .flatMap(({ weights }) => weights)
    .filter((weight) => weight.trainable === trainable)
    .reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0)

/** What PyTorch found, and what it should have, in the same order: shapes after every layer, parameters, and the keys of the weights. */
export const torchFindings = (network: AnyNetwork, answer: TorchAnswer): { readonly found: unknown[]; readonly wanted: unknown[] } => {
  const { graph } = network
  if (answer.error !== undefined) return { found: [answer.error], wanted: ['no error'] }
  const shapes = new Map(graph.nodes.map(({ name, output }) => [name, output]))
  const outputs = Array.isArray(answer.output) ? { output: answer.output } : answer.output
  const pairs: [found: unknown, wanted: unknown][] = []
  const expected = {
    ...Object.fromEntries(Object.entries(graph.outputs).map(([name, node]) => [name, shapes.get(node)])),
    output: network.output,
  }
  pairs.push([Object.keys(outputs).sort(), Object.keys(expected).sort()])
  for (const [name, shape] of Object.entries(expected))
    pairs.push([
      [name, outputs[name]],
      [name, outerShape(shape as number[])],
    ])
  for (const [node, { path }] of moduleOf(network, 'Model').places) {
    const shape = shapes.get(node) as readonly number[]
    const found = answer.paths[path] ?? []
    pairs.push([
      [node, [...found].sort()],
      [node, [2, ...shape].sort()],
    ])
    // Tokens may lie either way round.
    const isOneOf = torchShapes(shape).some((each) => each.join() === found.join())
    if (shape.length <= 2)
      pairs.push([
        [node, isOneOf],
        [node, true],
      ])
  }
  pairs.push([answer.params, network.params], [answer.buffers, count(network, false)])
  const keys = pyTorchKeys(network)
  pairs.push([answer.keys, Object.values(keys).sort()])
  for (const { name, shape } of weightSpecs(graph))
    pairs.push([
      [name, answer.shapes[keys[name] as string]],
      [name, shape],
    ])
  return { found: pairs.map(([each]) => each), wanted: pairs.map(([, each]) => each) }
}
