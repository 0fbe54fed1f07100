import { PbfReader } from 'pbf'
import { FormatError } from '../../../network/format-error.js'
import type { OnnxGraph, OnnxModel } from '../model.js'
import { listed } from '../words.js'
import { readGraph } from './decode-graph.js'
import { isOwn } from './decode-node.js'
import { readEntry } from './decode-tensor.js'
import { delimited, fieldsOf, Message } from './message.js'

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
