import { PbfReader } from 'pbf'
import { FormatError } from '../formats/error.js'
import { textOf } from '../formats/text.js'
import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from './model.js'

/*
 * The bytes of a file as a model. Every length is compared with what is left of its message before anything is read, so a damaged file is
 * refused at the byte where it is damaged.
 */

/** A message being read: it ends where the message around it says. */
class Message {
  constructor(
    readonly pbf: PbfReader,
    readonly start: number,
    readonly end: number,
  ) {}

  fail(fault: string): never {
    throw new FormatError(fault, 'onnx', `byte ${this.pbf.pos}`)
  }

  /** A whole number; those beyond 2^53 are not exact, and no network has any. */
  varint(): number {
    const { pos } = this.pbf
    const value = this.pbf.readVarint(true)
    if (this.pbf.pos > this.end || this.pbf.pos - pos > 10) this.fail('is cut off in a number.')
    return value
  }

  /** The length of what follows, which has to be there. */
  length(): number {
    const length = this.varint()
    if (length < 0 || length > this.end - this.pbf.pos)
      this.fail(`is cut off: ${length} bytes should follow, and there are ${this.end - this.pbf.pos}.`)
    return length
  }

  bytes(): Uint8Array {
    const length = this.length()
    const { pos, buf } = this.pbf
    this.pbf.pos += length
    return buf.subarray(pos, pos + length)
  }

  text(): string {
    const bytes = this.bytes()
    try {
      return textOf(bytes)
    } catch {
      return this.fail('has text that is no UTF-8.')
    }
  }

  float(): number {
    if (this.end - this.pbf.pos < 4) this.fail('is cut off in a number.')
    return this.pbf.readFloat()
  }

  /** Reads the message that follows. */
  message<Result>(read: (message: Message) => Result): Result {
    const length = this.length()
    return read(new Message(this.pbf, this.pbf.pos, this.pbf.pos + length))
  }

  /** Calls a reader for each field; one that is not read is passed over. */
  fields(read: (field: number, type: number) => boolean): void {
    while (this.pbf.pos < this.end) {
      const tag = this.varint()
      const field = Math.floor(tag / 8)
      const type = tag & 7
      if (field < 1) this.fail(`has no field ${field}.`)
      if (!read(field, type)) this.skip(type)
    }
    if (this.pbf.pos !== this.end) this.fail('is longer than the message around it says.')
  }

  skip(type: number): void {
    if (type === 0) this.varint()
    else if (type === 2) this.bytes()
    else if (type === 1 || type === 5) {
      const size = type === 1 ? 8 : 4
      if (this.end - this.pbf.pos < size) this.fail('is cut off in a number.')
      this.pbf.pos += size
    } else this.fail(`has a field of the wire type ${type}, which there is not.`)
  }

  /** Whole numbers, packed or one by one. */
  wholes(type: number, into: number[]): void {
    if (type === 0) into.push(this.varint())
    else if (type === 2) this.message((packed) => packed.repeat(() => into.push(packed.varint())))
    else this.fail('has a list of another type.')
  }

  /** Floats, packed or one by one. */
  floats(type: number, into: number[]): void {
    if (type === 5) into.push(this.float())
    else if (type === 2) this.message((packed) => packed.repeat(() => into.push(packed.float())))
    else this.fail('has a list of another type.')
  }

  repeat(read: () => void): void {
    while (this.pbf.pos < this.end) read()
  }
}

/** Reads a message by what each field of it is; a field of another wire type than it should be is refused. */
const fieldsOf = (
  message: Message,
  readers: Readonly<Record<number, (type: number) => void>>,
  wanted: Readonly<Record<number, number>>,
): void =>
  message.fields((field, type) => {
    const read = readers[field]
    if (!read) return false
    const expected = wanted[field]
    if (expected !== undefined && expected !== type) message.fail(`has field ${field} of the wire type ${type}, not ${expected}.`)
    read(type)
    return true
  })

/** All numbered fields are messages, texts or bytes. */
const delimited = (...fields: number[]): Record<number, number> => Object.fromEntries(fields.map((field) => [field, 2]))

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

const readEntry = (message: Message): [string, string] => {
  const entry: [string, string] = ['', '']
  fieldsOf(
    message,
    {
      1: () => {
        entry[0] = message.text()
      },
      2: () => {
        entry[1] = message.text()
      },
    },
    delimited(1, 2),
  )
  return entry
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

const readTensor = (message: Message): OnnxTensor => {
  const found = { name: '', type: 0, location: 0 }
  const dims: number[] = []
  const external: Record<string, string> = Object.create(null)
  let raw: Uint8Array | undefined
  const floats: number[] = []
  const int32s: number[] = []
  const int64s: number[] = []
  fieldsOf(
    message,
    {
      1: (wire) => message.wholes(wire, dims),
      2: () => {
        found.type = message.varint()
      },
      3: () => message.fail('has a tensor in segments, which ONNX has given up.'),
      4: (wire) => message.floats(wire, floats),
      5: (wire) => message.wholes(wire, int32s),
      7: (wire) => message.wholes(wire, int64s),
      8: () => {
        found.name = message.text()
      },
      9: () => {
        raw = message.bytes()
      },
      13: () => {
        const [key, value] = message.message(readEntry)
        external[key] = value
      },
      14: () => {
        found.location = message.varint()
      },
    },
    { 2: 0, 8: 2, 9: 2, 13: 2, 14: 0 },
  )
  const { name, type } = found
  if (dims.some((size) => !Number.isSafeInteger(size) || size < 0))
    message.fail(`has a tensor '${name}' of the shape [${dims.join(', ')}].`)
  if (found.location === 1) return { name, dims, type, external }
  if (raw) return { name, dims, type, raw }
  const typed = { 1: () => Float32Array.from(floats), 6: () => Int32Array.from(int32s), 7: () => BigInt64Array.from(int64s, BigInt) }[
    type as 1
  ]?.()
  return typed ? { name, dims, type, raw: new Uint8Array(typed.buffer) } : { name, dims, type }
}

const readValue = (message: Message): OnnxValue => {
  const value: { name: string; type: number; dims: (number | string)[] | undefined } = { name: '', type: 0, dims: undefined }
  const readDimension = (dimension: Message): void => {
    let size: number | string = ''
    fieldsOf(
      dimension,
      {
        1: () => {
          size = dimension.varint()
        },
        2: () => {
          size = dimension.text()
        },
      },
      { 1: 0, 2: 2 },
    )
    value.dims?.push(size)
  }
  const readShape = (shape: Message): void => {
    value.dims = []
    fieldsOf(shape, { 1: () => shape.message(readDimension) }, delimited(1))
  }
  const readTensorType = (type: Message): void =>
    fieldsOf(
      type,
      {
        1: () => {
          value.type = type.varint()
        },
        2: () => type.message(readShape),
      },
      { 1: 0, 2: 2 },
    )
  const readType = (type: Message): void => fieldsOf(type, { 1: () => type.message(readTensorType) }, delimited(1))
  fieldsOf(
    message,
    {
      1: () => {
        value.name = message.text()
      },
      2: () => message.message(readType),
    },
    delimited(1, 2),
  )
  return value
}
