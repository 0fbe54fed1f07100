import { atNode, FormatError } from '../../../network/format-error.js'
import { isObject } from '../../../shape/objects.js'
import { named } from '../../../shape/printable.js'
import { inputNames } from '../../input-names.js'
import { settledShapes } from '../../input-sizes.js'
import { assembled, type End } from './assemble.js'
import { cellReaders } from './cells.js'
import { elementwiseReaders, once } from './elementwise.js'
import { nodesOf, type Source, sizesOf, sourceOf, type TfNode } from './graph-def.js'
import { joinReaders } from './joins.js'
import type { StoredTensor } from './manifest.js'
import { matrixReaders } from './matrices.js'
import { normalizationReaders } from './normalizations.js'
import type { Constant } from './operands.js'
import { type OperatorReader, Reader } from './reader.js'
import { shapeReaders } from './shapes.js'
import { sizeReaders } from './sizes.js'
import { windowReaders } from './windows.js'

/*
 * A graph model: a GraphDef of TensorFlow, whose operators are read one after the other.
 */

/** What reads each operator. */
export const readers: Readonly<Record<string, OperatorReader>> = Object.assign(
  Object.create(null),
  windowReaders,
  matrixReaders,
  normalizationReaders,
  elementwiseReaders,
  shapeReaders,
  cellReaders,
  joinReaders,
  sizeReaders,
)

/** The network of a graph, and its weights. */
export const readGraph = (file: Readonly<Record<string, unknown>>, tensors: ReadonlyMap<string, StoredTensor>, sizes: unknown) => {
  const graph = nodesOf(file['modelTopology'])
  const read = new Reader(graph, tensors)
  const signature = signatureOf(file)
  const ends = signature.outputs.length > 0 ? signature.outputs : lastOf(graph)
  const order = inOrder(graph, ends)
  for (const node of order) for (const source of node.inputs) read.count(source)
  for (const { source } of ends) read.count(source)
  beginInputs(read, order, signature.inputs, sizes)
  for (const node of order) {
    if (read.has(node.name)) continue
    read.hold(
      node.name,
      atNode('tfjs', named(node.name), () => operandsOf(read, node)),
    )
  }
  const given: End[] = ends.map(({ name, source }) => {
    const node = graph.get(source.node) as TfNode
    return [name, atNode('tfjs', named(node.name), () => endOf(read, node, source))]
  })
  return assembled(read.nodes, given, () => read.countRead)
}

const endOf = (read: Reader, node: TfNode, source: Source): string => {
  const operand = read.operandOf(source)
  if (operand.is === 'sizes' || operand.is === 'spaced' || operand.is === 'constant')
    return node.fail('is an output, and not the output of a layer.')
  const value = read.realize(node, operand)
  return value.merged === 0 ? value.layer : node.fail('is an output, and has other axes in that of the batch.')
}

const operandsOf = (read: Reader, node: TfNode) => {
  if (node.op === 'Const') return [constantOf(read, node)]
  const reader = readers[node.op]
  if (!reader) return node.fail('is an operator that no layer here stands for.')
  const result = reader(read, node)
  return 'is' in result ? [result] : result
}

/** Numbers of the file: they stand in the files beside the model. */
const constantOf = (read: Reader, node: TfNode): Constant => {
  const tensor = read.tensors.get(node.name)
  if (!tensor) return node.fail('has its numbers in no file: weightsManifest does not name it.')
  const { shape, dtype } = tensor
  const numbers = once(tensor.read)
  let isCounted = false
  return {
    is: 'constant',
    key: node.name,
    shape,
    isWhole: dtype !== 'float32',
    numbers: () => {
      const values = numbers()
      if (values && !isCounted) {
        isCounted = true
        read.countRead += values.length
      }
      return values
    },
  }
}

interface NamedSource {
  readonly name: string
  readonly source: Source
  /** Sizes of a batch, where they are said. */
  readonly shape?: readonly number[] | undefined
}

/** What goes in and comes out, where the file says it. */
const signatureOf = ({
  signature,
  userDefinedMetadata,
}: Readonly<Record<string, unknown>>): { inputs: NamedSource[]; outputs: NamedSource[] } => {
  const inner = isObject(userDefinedMetadata) ? userDefinedMetadata['signature'] : undefined
  const stated = isObject(signature) ? signature : isObject(inner) ? inner : {}
  const listOf = (value: unknown): NamedSource[] =>
    Object.entries(isObject(value) ? value : {}).flatMap(([name, tensor]) => {
      const place = isObject(tensor) ? tensor['name'] : undefined
      if (typeof place !== 'string' || !isObject(tensor))
        throw new FormatError('must say the operator of each input and output.', 'tfjs', 'signature')
      return [{ name, source: sourceOf(place), shape: sizesOf(tensor['tensorShape']) }]
    })
  return { inputs: listOf(stated['inputs']), outputs: listOf(stated['outputs']) }
}

/** The operators that nothing takes. */
const lastOf = (graph: ReadonlyMap<string, TfNode>): NamedSource[] => {
  const taken = new Set([...graph.values()].flatMap(({ inputs }) => inputs.map(({ node }) => node)))
  return [...graph.keys()]
    .filter((name) => !taken.has(name) && !/^(Const|NoOp|Placeholder.*)$/.test(graph.get(name)?.op ?? ''))
    .map((name) => ({ name, source: { node: name, output: 0 } }))
}

/** The operators that lead to the outputs, each behind what it takes. */
const inOrder = (graph: ReadonlyMap<string, TfNode>, ends: readonly NamedSource[]): TfNode[] => {
  if (ends.length === 0) throw new FormatError('has no output.', 'tfjs', '')
  const state = new Map<string, 'open' | 'done'>()
  const ordered: TfNode[] = []
  const find = (name: string): TfNode => {
    const node = graph.get(name)
    if (!node) throw new FormatError('there is no operator of this name.', 'tfjs', named(name))
    return node
  }
  for (const { source } of ends) {
    const waiting = [find(source.node)]
    while (waiting.length > 0) {
      const node = waiting.at(-1) as TfNode
      if (state.get(node.name) === 'done') {
        waiting.pop()
        continue
      }
      const missing = node.inputs.filter(({ node: name }) => state.get(name) !== 'done')
      if (missing.length === 0) {
        state.set(node.name, 'done')
        ordered.push(node)
        waiting.pop()
        continue
      }
      if (state.get(node.name) === 'open')
        node.fail('takes itself, by way of other operators: it is a loop, which no layer here stands for.')
      state.set(node.name, 'open')
      for (const { node: name } of missing) waiting.push(find(name))
    }
  }
  return ordered
}

const beginInputs = (read: Reader, order: readonly TfNode[], stated: readonly NamedSource[], sizes: unknown): void => {
  const known = new Map(stated.map((input) => [input.source.node, input]))
  const placeholders = order.filter(({ op }) => op === 'Placeholder')
  // Inputs that no operator takes are inputs of the network all the same.
  const all = [
    ...stated,
    ...placeholders.filter(({ name }) => !known.has(name)).map(({ name }): NamedSource => ({ name, source: { node: name, output: 0 } })),
  ]
  if (all.length === 0) throw new FormatError('has no input.', 'tfjs', '')
  const names = inputNames(all.map(({ name }) => name))
  const shapes = settledShapes(
    'tfjs',
    all.map(({ name, source, shape }) => ({ name, sizes: exampleOf(read.graph.get(source.node), name, shape) })),
    sizes,
  )
  for (const [index, { source }] of all.entries()) read.hold(source.node, [read.input(names[index] as string, shapes[index] as number[])])
}

/** The sizes of one example of an input. */
const exampleOf = (node: TfNode | undefined, name: string, stated: readonly number[] | undefined): (number | undefined)[] | undefined => {
  if (!node?.op.startsWith('Placeholder')) throw new FormatError('is an input that is no Placeholder of the graph.', 'tfjs', named(name))
  const shape = node.shape('shape') ?? stated
  if (shape === undefined || (shape.length === 0 && stated === undefined)) return undefined
  const [, ...sizes] = shape.length === 0 ? (stated ?? []) : shape
  if (sizes.length === 0) return node.fail('is an input of one axis or none: its examples must stand on the first, and have sizes behind.')
  return sizes.map((size) => (size > 0 ? size : undefined))
}
