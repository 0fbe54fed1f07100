import { PbfWriter } from 'pbf'
import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from '../model.js'

/*
 * A model as bytes. The numbers of the fields are those of onnx.proto3; the wire format is left to pbf.
 */

/** The model as the bytes of a file. */
export const encodeModel = (model: OnnxModel): Uint8Array => {
  const pbf = new PbfWriter()
  pbf.writeVarintField(1, model.version)
  pbf.writeStringField(2, model.producer)
  pbf.writeMessage(7, writeGraph, model.graph)
  pbf.writeMessage(8, (opset, inner) => inner.writeVarintField(2, opset), model.opset)
  for (const entry of Object.entries(model.metadata)) pbf.writeMessage(14, writeEntry, entry)
  return pbf.finish()
}

const writeEntry = ([key, value]: readonly [string, string], pbf: PbfWriter): void => {
  pbf.writeStringField(1, key)
  pbf.writeStringField(2, value)
}

const writeGraph = (graph: OnnxGraph, pbf: PbfWriter): void => {
  for (const node of graph.nodes) pbf.writeMessage(1, writeNode, node)
  pbf.writeStringField(2, graph.name)
  for (const tensor of graph.initializers) pbf.writeMessage(5, writeTensor, tensor)
  for (const value of graph.inputs) pbf.writeMessage(11, writeValue, value)
  for (const value of graph.outputs) pbf.writeMessage(12, writeValue, value)
  for (const value of graph.values) pbf.writeMessage(13, writeValue, value)
}

const writeNode = (node: OnnxNode, pbf: PbfWriter): void => {
  for (const name of node.inputs) pbf.writeStringField(1, name)
  for (const name of node.outputs) pbf.writeStringField(2, name)
  pbf.writeStringField(3, node.name)
  pbf.writeStringField(4, node.operator)
  for (const entry of Object.entries(node.attributes)) pbf.writeMessage(5, writeAttribute, entry)
  if (node.domain !== '') pbf.writeStringField(7, node.domain)
}

const writeAttribute = ([name, value]: readonly [string, OnnxAttribute], pbf: PbfWriter): void => {
  pbf.writeStringField(1, name)
  if ('float' in value) {
    pbf.writeFloatField(2, value.float)
    pbf.writeVarintField(20, 1)
  } else if ('int' in value) {
    pbf.writeVarintField(3, value.int)
    pbf.writeVarintField(20, 2)
  } else if ('text' in value) {
    pbf.writeStringField(4, value.text)
    pbf.writeVarintField(20, 3)
  } else if ('tensor' in value) {
    pbf.writeMessage(5, writeTensor, value.tensor)
    pbf.writeVarintField(20, 4)
  } else if ('graph' in value) {
    pbf.writeMessage(6, writeGraph, value.graph)
    pbf.writeVarintField(20, 5)
  } else if ('floats' in value) {
    pbf.writePackedFloat(7, [...value.floats])
    pbf.writeVarintField(20, 6)
  } else if ('ints' in value) {
    pbf.writePackedVarint(8, [...value.ints])
    pbf.writeVarintField(20, 7)
  } else if ('texts' in value) {
    for (const text of value.texts) pbf.writeStringField(9, text)
    pbf.writeVarintField(20, 8)
  }
}

const writeTensor = (tensor: OnnxTensor, pbf: PbfWriter): void => {
  pbf.writePackedVarint(1, [...tensor.dims])
  pbf.writeVarintField(2, tensor.type)
  pbf.writeStringField(8, tensor.name)
  if (tensor.raw) pbf.writeBytesField(9, tensor.raw)
  if (tensor.external) {
    for (const entry of Object.entries(tensor.external)) pbf.writeMessage(13, writeEntry, entry)
    pbf.writeVarintField(14, 1)
  }
}

const writeValue = (value: OnnxValue, pbf: PbfWriter): void => {
  pbf.writeStringField(1, value.name)
  pbf.writeMessage(2, writeType, value)
}

const writeType = (value: OnnxValue, pbf: PbfWriter): void => {
  pbf.writeMessage(1, writeTensorType, value)
}

const writeTensorType = (value: OnnxValue, pbf: PbfWriter): void => {
  pbf.writeVarintField(1, value.type)
  if (value.dims) pbf.writeMessage(2, writeShape, value.dims)
}

const writeShape = (dims: readonly (number | string)[], pbf: PbfWriter): void => {
  for (const dim of dims) pbf.writeMessage(1, writeDimension, dim)
}

const writeDimension = (dim: number | string, pbf: PbfWriter): void => {
  if (typeof dim === 'number') pbf.writeVarintField(1, dim)
  else pbf.writeStringField(2, dim)
}
