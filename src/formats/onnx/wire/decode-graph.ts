import type { OnnxGraph, OnnxNode, OnnxTensor, OnnxValue } from '../model.js'
import { readNode } from './decode-node.js'
import { readTensor, readValue } from './decode-tensor.js'
import { delimited, fieldsOf, type Message } from './message.js'

/** How deep messages stand in each other: a branch is three deeper than its operator's graph. */
const deepest = 40

/** A graph: that of the model, or a branch of an operator in it. */
export const readGraph = (message: Message): OnnxGraph => {
  if (message.depth > deepest) message.fail(`has graphs in each other more than ${deepest} deep.`)
  const graph = {
    name: '',
    nodes: [] as OnnxNode[],
    initializers: [] as OnnxTensor[],
    inputs: [] as OnnxValue[],
    outputs: [] as OnnxValue[],
    values: [] as OnnxValue[],
  }
  fieldsOf(
    message,
    {
      1: () => {
        if (message.count('operators')) graph.nodes.push(message.message((node) => readNode(node, readGraph)))
        else message.pass()
      },
      2: () => {
        graph.name = message.text()
      },
      5: () => graph.initializers.push(message.message(readTensor)),
      11: () => graph.inputs.push(message.message(readValue)),
      12: () => {
        if (message.count('outputs')) graph.outputs.push(message.message(readValue))
        else message.pass()
      },
      13: () => graph.values.push(message.message(readValue)),
      15: () => message.fail('has sparse tensors, which no layer takes.'),
    },
    delimited(1, 2, 5, 11, 12, 13, 15),
  )
  message.limit('operators')
  message.limit('outputs')
  return graph
}
