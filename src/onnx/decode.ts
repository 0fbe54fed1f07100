import { PbfReader } from 'pbf'
import { FormatError } from '../formats/error.js'
import { readEntry, readTensor, readValue } from './decode-tensor.js'
import { mostAttributes } from './limits.js'
import { delimited, fieldsOf, Message } from './message.js'
import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from './model.js'
import { listed } from './words.js'

/**
 * The model in the bytes of a file.
 *
 * @throws {FormatError} with the byte where the file is damaged
 */
export const decodeModel = (bytes: Uint8Array): OnnxModel => {
  const message = new Message(new PbfReader(bytes), 0, bytes.length)
  const model = { version: 0, producer: '', opset: 0, metadata: {} as Record<string, string> }
  let graph: OnnxGraph | undefined
  const opsets = new Set<number>()
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
        if (isOwn(domain)) opsets.add(version)
      },
      14: () => {
        // What else tools say of a file in their own entries is not looked at.
        const [key, value] = message.message(readEntry)
        if (key === 'stridewise.graph') model.metadata[key] = value
      },
      25: () => {
        if (isOwn(message.message(readFunction)))
          message.fail("defines an operator of ONNX's own anew, and those are read as ONNX has them.")
      },
    },
    { 1: 0, ...delimited(2, 7, 8, 14, 25) },
  )
  if (!graph) throw new FormatError('has no graph: it is no ONNX model, or is cut off.', 'onnx', '')
  if (opsets.size > 1) throw new FormatError(`says that it is of several opsets: ${listed([...opsets])}.`, 'onnx', '')
  return { ...model, opset: [...opsets][0] ?? 0, graph }
}

/** Whether a domain is that of ONNX's own operators. */
const isOwn = (domain: string): boolean => domain === '' || domain === 'ai.onnx'

/** The domain of a function that a model defines. */
const readFunction = (message: Message): string => {
  let domain = ''
  fieldsOf(
    message,
    {
      10: () => {
        domain = message.text()
      },
    },
    delimited(10),
  )
  return domain
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
      1: () => {
        if (message.count('operators')) graph.nodes.push(message.message(readNode))
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

const readNode = (message: Message): OnnxNode => {
  const node = { name: '', operator: '', domain: '', inputs: [] as string[], outputs: [] as string[] }
  const attributes: Record<string, OnnxAttribute> = Object.create(null)
  let attributeCount = 0
  const name = (): string => {
    if (!message.count('names')) message.limit('names')
    return message.text()
  }
  fieldsOf(
    message,
    {
      1: () => node.inputs.push(name()),
      2: () => node.outputs.push(name()),
      3: () => {
        node.name = message.text()
      },
      4: () => {
        node.operator = message.text()
      },
      5: () => {
        if (!message.count('attributes')) message.limit('attributes')
        attributeCount += 1
        if (attributeCount > mostAttributes) message.fail(`has an operator with more than ${mostAttributes} attributes.`)
        const [name, value] = message.message(readAttribute)
        if (name in attributes) message.failOn('the attribute', name, 'stands in one operator twice.')
        attributes[name] = value
      },
      7: () => {
        node.domain = message.text()
      },
    },
    delimited(1, 2, 3, 4, 5, 7),
  )
  return { ...node, domain: isOwn(node.domain) ? '' : node.domain, attributes }
}

const readAttribute = (message: Message): [string, OnnxAttribute] => {
  let [name, type] = ['', 0]
  const found = { float: 0, int: 0, text: '', ints: [] as number[], floats: [] as number[], texts: [] as string[] }
  let isReference = false
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
      9: () => {
        if (found.texts.push(message.text()) > mostAttributes) message.fail(`has a list of more than ${mostAttributes} texts.`)
      },
      20: () => {
        type = message.varint()
      },
      21: () => {
        isReference = message.text() !== ''
      },
    },
    { 1: 2, 2: 5, 3: 0, 4: 2, 5: 2, 9: 2, 20: 0, 21: 2 },
  )
  // A value that a function's caller gives has none of its own.
  if (isReference) return [name, { other: type }]
  const { float, int, text, ints, floats, texts } = found
  const values: Readonly<Record<number, OnnxAttribute>> = {
    1: { float },
    2: { int },
    3: { text },
    ...(tensor ? { 4: { tensor } } : {}),
    6: { floats },
    7: { ints },
    8: { texts },
  }
  return [name, values[type] ?? { other: type }]
}
