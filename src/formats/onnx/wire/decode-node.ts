import type { OnnxAttribute, OnnxGraph, OnnxNode, OnnxTensor } from '../model.js'
import { readTensor } from './decode-tensor.js'
import { mostAttributes } from './limits.js'
import { delimited, fieldsOf, type Message } from './message.js'

/** The operators of a model, and their attributes. */

/** Whether a domain is that of ONNX's own operators. */
export const isOwn = (domain: string): boolean => domain === '' || domain === 'ai.onnx'

/** @param readGraph reads the branches of an operator, which stand in its attributes */
export const readNode = (message: Message, readGraph: (message: Message) => OnnxGraph): OnnxNode => {
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
        const [name, value] = message.message((attribute) => readAttribute(attribute, readGraph))
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

const readAttribute = (message: Message, readGraph: (message: Message) => OnnxGraph): [string, OnnxAttribute] => {
  let [name, type] = ['', 0]
  const found = { float: 0, int: 0, text: '', ints: [] as number[], floats: [] as number[], texts: [] as string[] }
  let isReference = false
  let tensor: OnnxTensor | undefined
  let graph: OnnxGraph | undefined
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
      6: () => {
        graph = message.message(readGraph)
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
    { 1: 2, 2: 5, 3: 0, 4: 2, 5: 2, 6: 2, 9: 2, 20: 0, 21: 2 },
  )
  // A value that a function's caller gives has none of its own.
  if (isReference) return [name, { other: type }]
  const { float, int, text, ints, floats, texts } = found
  const values: Readonly<Record<number, OnnxAttribute>> = {
    1: { float },
    2: { int },
    3: { text },
    ...(tensor ? { 4: { tensor } } : {}),
    ...(graph ? { 5: { graph } } : {}),
    6: { floats },
    7: { ints },
    8: { texts },
  }
  return [name, values[type] ?? { other: type }]
}
