import { FormatError } from '../../../network/format-error.js'
import { isObject } from '../../../shape/objects.js'
import { named } from '../../../shape/printable.js'
import { text } from '../../keras/config.js'

/*
 * A GraphDef as JSON: operators, what they take, and their attributes. https://www.tensorflow.org/guide/intro_to_graphs
 */

/** An output of an operator: that of a number, from 0. */
export interface Source {
  readonly node: string
  readonly output: number
}

/** Operators that a graph can have. */
const mostNodes = 50_000

/** Letters of a name. */
export const mostLetters = 1000

/** What one operator takes, and what all together. */
const mostInputs = { ofOne: 50_000, ofAll: 400_000 } as const

/** An operator of a graph. */
export class TfNode {
  constructor(
    readonly name: string,
    readonly op: string,
    readonly inputs: readonly Source[],
    readonly attributes: Readonly<Record<string, unknown>>,
  ) {}

  /** @throws {FormatError} at the operator */
  fail(sentence: string): never {
    throw new FormatError(`${named(this.op)}: ${sentence}`, 'tfjs', named(this.name))
  }

  /** An attribute: the value of one of the fields of an AttrValue. */
  #field(name: string, field: string): unknown {
    const attribute = Object.hasOwn(this.attributes, name) ? this.attributes[name] : undefined
    return isObject(attribute) && Object.hasOwn(attribute, field) ? attribute[field] : undefined
  }

  whole(name: string, standard?: number): number {
    return wholeOf(this.#field(name, 'i')) ?? standard ?? this.fail(`${name} must be a whole number.`)
  }

  number(name: string, standard: number): number {
    const value = this.#field(name, 'f') ?? this.#field(name, 'i')
    return value === undefined ? standard : (numberOf(value) ?? this.fail(`${name} must be a number.`))
  }

  boolean(name: string): boolean {
    const value = this.#field(name, 'b')
    return value === undefined || typeof value === 'boolean' ? value === true : this.fail(`${name} must be true or false.`)
  }

  /** A text: its bytes as base64, or as a list of numbers. */
  text(name: string, standard: string): string {
    const value = this.#field(name, 's')
    return value === undefined ? standard : (textOf(value) ?? this.fail(`${name} must be a text.`))
  }

  texts(name: string): string[] {
    return this.#list(name, 's').map((value) => textOf(value) ?? this.fail(`${name} must be texts.`))
  }

  wholes(name: string): number[] {
    return this.#list(name, 'i').map((value) => wholeOf(value) ?? this.fail(`${name} must be whole numbers.`))
  }

  #list(name: string, field: string): unknown[] {
    const list = this.#field(name, 'list')
    const values = isObject(list) && Object.hasOwn(list, field) ? list[field] : []
    return Array.isArray(values) ? values : this.fail(`${name} must be a list.`)
  }

  /** An element type, `'DT_FLOAT'`. */
  type(name: string): string {
    const value = this.#field(name, 'type')
    return typeof value === 'string' ? value : (typeNames[value as number] ?? '')
  }

  /** A shape, -1 for sizes that are open; `undefined` where even their number is. */
  shape(name: string): number[] | undefined {
    return sizesOf(this.#field(name, 'shape'))
  }
}

/** A TensorShapeProto: its sizes. */
export const sizesOf = (value: unknown): number[] | undefined => {
  if (!isObject(value) || value['unknownRank'] === true) return undefined
  const dims = value['dim'] ?? []
  if (!Array.isArray(dims) || dims.length > 16) return undefined
  const sizes = dims.map((dim) => (isObject(dim) ? wholeOf(dim['size'] ?? 0) : undefined))
  return sizes.every((size) => size !== undefined) ? sizes : undefined
}

/** Some writers have the numbers of the types in place of their names. */
const typeNames: Readonly<Record<number, string>> = {
  1: 'DT_FLOAT',
  2: 'DT_DOUBLE',
  3: 'DT_INT32',
  4: 'DT_UINT8',
  7: 'DT_STRING',
  9: 'DT_INT64',
  10: 'DT_BOOL',
  19: 'DT_HALF',
}

/** 64-bit numbers stand in JSON as texts. */
export const wholeOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value
  return Number.isSafeInteger(number) ? (number as number) : undefined
}

const numberOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value.length < 40 ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value.length < 4096 ? fromBase64(value) : undefined
  if (!Array.isArray(value) || value.length > 4096 || !value.every((byte) => Number.isInteger(byte) && byte >= 0 && byte < 256))
    return undefined
  return String.fromCharCode(...(value as number[]))
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Every JavaScript can do it, and the names of attributes are short. */
const fromBase64 = (text: string): string | undefined => {
  let [result, bits, count] = ['', 0, 0]
  for (const letter of text.replace(/=+$/, '')) {
    const value = letters.indexOf(letter)
    if (value < 0) return undefined
    bits = (bits * 64 + value) % 65_536
    count += 6
    if (count < 8) continue
    count -= 8
    result += String.fromCharCode(Math.floor(bits / 2 ** count) % 256)
  }
  return result
}

/**
 * The operators of a graph, by their names.
 *
 * @throws {FormatError} for what is no graph
 */
export const nodesOf = (topology: unknown): Map<string, TfNode> => {
  const list = isObject(topology) ? topology['node'] : undefined
  if (!Array.isArray(list) || list.length === 0) throw new FormatError('modelTopology must have a list of operators, node.', 'tfjs', '')
  if (list.length > mostNodes) throw new FormatError(`has ${list.length} operators: more than ${mostNodes} are not read.`, 'tfjs', '')
  const nodes = new Map<string, TfNode>()
  let inputs = 0
  for (const [index, value] of list.entries()) {
    const node = nodeOf(value, index)
    if (nodes.has(node.name)) throw new FormatError('there are two operators of this name.', 'tfjs', named(node.name))
    inputs += node.inputs.length
    if (node.inputs.length > mostInputs.ofOne || inputs > mostInputs.ofAll)
      node.fail(
        `takes more than any network: at most ${mostInputs.ofOne} values for one operator and ${mostInputs.ofAll} for all are read.`,
      )
    nodes.set(node.name, node)
  }
  return nodes
}

const nodeOf = (value: unknown, index: number): TfNode => {
  const { name, op, input = [], attr = {} } = isObject(value) ? value : {}
  if (typeof name === 'string' && name.length > mostLetters)
    throw new FormatError(`operator ${index + 1} has a name of ${name.length} letters.`, 'tfjs', '')
  if (typeof name !== 'string' || name === '' || typeof op !== 'string')
    throw new FormatError(`operator ${index + 1} must have a name and an op, and is ${text(value)}.`, 'tfjs', '')
  if (!Array.isArray(input) || !input.every((each) => typeof each === 'string') || !isObject(attr))
    throw new FormatError('must have a list of names as input, and attributes as attr.', 'tfjs', named(name))
  return new TfNode(name, op, input.flatMap(sourcesOf), attr)
}

/** `'conv1'`, `'split:1'`, `'split:output:1'`; what only waits for another operator, `'^conv1'`, takes nothing. */
const sourcesOf = (input: string): Source[] => (input.startsWith('^') ? [] : [sourceOf(input)])

export const sourceOf = (input: string): Source => {
  const [, node = input, , output = '0'] = /^(.*?)(:[A-Za-z_]\w*)?(?::(\d{1,6}))?$/s.exec(input) ?? []
  return { node, output: Number(output) }
}
