import { PbfReader } from 'pbf'
import { FormatError } from '../network/format-error.js'
import { readEntry, readTensor, readValue } from './decode-tensor.js'
import { delimited, fieldsOf, Message } from './message.js'
import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from './model.js'

/**
 * The model in the bytes of a file.
 *
 * @throws {FormatError} with the byte where the file is damaged
 */
export const decodeModel = (bytes: Uint8Array): OnnxModel => {
  const message = new Message(new PbfReader(bytes), 0, bytes.length)
  const model = { version: 0, producer: '', opset: 0, metadata: {} as Record<string, string> }
  let graph: OnnxGraph | undefined
  fieldsOf(
    message,
    {
      1: () => {
        model.version = message.varint()
      },
      2: () => {
        model.producer = message.text()
      },
      7: () => {
        if (graph) message.fail('has two graphs.')
        graph = message.message(readGraph)
      },
      8: () => {
        const [domain, version] = message.message(readOpset)
        if (domain === '' || domain === 'ai.onnx') model.opset = version
      },
      14: () => {
        const [key, value] = message.message(readEntry)
        Object.defineProperty(model.metadata, key, { value, enumerable: true, configurable: true })
      },
    },
    { 1: 0, ...delimited(2, 7, 8, 14) },
  )
  if (!graph) throw new FormatError('has no graph: it is no ONNX model, or is cut off.', 'onnx', '')
  return { ...model, graph }
}

const readOpset = (message: Message): [string, number] => {
  const opset: [string, number] = ['', 0]
  fieldsOf(
    message,
    {
      1: () => {
        opset[0] = message.text()
      },
      2: () => {
        opset[1] = message.varint()
      },
    },
    { 1: 2, 2: 0 },
  )
  return opset
}

const readGraph = (message: Message): OnnxGraph => {
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
      1: () => graph.nodes.push(message.message(readNode)),
      2: () => {
        graph.name = message.text()
      },
      5: () => graph.initializers.push(message.message(readTensor)),
      11: () => graph.inputs.push(message.message(readValue)),
      12: () => graph.outputs.push(message.message(readValue)),
      13: () => graph.values.push(message.message(readValue)),
      15: () => message.fail('has sparse tensors, which no layer takes.'),
    },
    delimited(1, 2, 5, 11, 12, 13, 15),
  )
  return graph
}

const readNode = (message: Message): OnnxNode => {
  const node = { name: '', operator: '', domain: '', inputs: [] as string[], outputs: [] as string[] }
  const attributes: Record<string, OnnxAttribute> = Object.create(null)
  fieldsOf(
    message,
    {
      1: () => node.inputs.push(message.text()),
      2: () => node.outputs.push(message.text()),
      3: () => {
        node.name = message.text()
      },
      4: () => {
        node.operator = message.text()
      },
      5: () => {
        const [name, value] = message.message(readAttribute)
        attributes[name] = value
      },
      7: () => {
        node.domain = message.text()
      },
    },
    delimited(1, 2, 3, 4, 5, 7),
  )
  return { ...node, domain: node.domain === 'ai.onnx' ? '' : node.domain, attributes }
}

const readAttribute = (message: Message): [string, OnnxAttribute] => {
  let [name, type] = ['', 0]
  const found = { float: 0, int: 0, text: '', ints: [] as number[], floats: [] as number[] }
  let tensor: OnnxTensor | undefined
  fieldsOf(
    message,
    {
      1: () => {
        name = message.text()
      },
      2: () => {
        found.float = message.float()
      },
      3: () => {
        found.int = message.varint()
      },
      4: () => {
        found.text = message.text()
      },
      5: () => {
        tensor = message.message(readTensor)
      },
      7: (wire) => message.floats(wire, found.floats),
      8: (wire) => message.wholes(wire, found.ints),
      20: () => {
        type = message.varint()
      },
    },
    { 1: 2, 2: 5, 3: 0, 4: 2, 5: 2, 20: 0 },
  )
  const { float, int, text, ints, floats } = found
  const values: Readonly<Record<number, OnnxAttribute>> = {
    1: { float },
    2: { int },
    3: { text },
    ...(tensor ? { 4: { tensor } } : {}),
    6: { floats },
    7: { ints },
  }
  return [name, values[type] ?? { other: type }]
}
