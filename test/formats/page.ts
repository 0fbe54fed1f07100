import fc from 'fast-check'
import { markdownTable } from 'markdown-table'
import type { OnnxModel } from '../../src/formats/onnx/model.js'
import { readOperators } from '../../src/formats/onnx/read/read.js'
import { neededOpset, operators } from '../../src/formats/onnx/write/operators.js'
import { onnxModel } from '../../src/formats/onnx/write/write.js'
import type { AnyNetwork } from '../../src/index.js'
import { argumentNames, joiningKinds } from '../../src/network/arguments.js'
import { FormatError } from '../../src/network/format-error.js'
import type { GraphNode } from '../../src/network/graph.js'
import { weightsOfNode } from '../../src/weights/names.js'
import { shapeFor } from '../support/draw-numbers.js'
import { vocabularyMethods } from '../support/draw-vocabulary.js'
import { windowMethods } from '../support/draw-windows.js'
import { layerCases } from '../support/layer-cases.js'
import { runNetwork } from '../support/networks-drawn.js'
import { Value } from '../support/value.js'
import { kerasCell, pytorchCell } from './frameworks.js'

/** The table of formats: for each kind of layer, what becomes of it, as the code does it on small networks. */

/** A format: what it makes of a kind, from the nodes of that kind and their networks. */
interface Column {
  readonly title: string
  readonly cell: (kind: string, examples: readonly Example[]) => string
}

interface Example {
  readonly network: AnyNetwork
  readonly node: GraphNode
}

const code = (names: Iterable<string>): string => [...names].map((name) => `\`${name}\``).join(', ')

/** What only puts the axes of a value in another order, or gives it another name at the end. */
const arrangements = /\/(channels_first|channels_last|output|kernel|.*_gate\d|.*_ordered|.*_directed|biases)$/

/** The operators of a network; none where one of its settings is refused. */
const nodesOf = (network: AnyNetwork): OnnxModel['graph']['nodes'] => {
  try {
    return onnxModel(network, { weights: 'inputs' }).graph.nodes
  } catch (error) {
    if (error instanceof FormatError) return []
    throw error
  }
}

/** The operators that a kind is written with. */
const written = (kind: string, examples: readonly Example[]): string => {
  if (kind !== 'flatten' && !Object.hasOwn(operators, kind)) return 'refused: ONNX has no such layer'
  const used = new Set<string>()
  for (const { network, node } of examples) {
    for (const { name, operator } of nodesOf(network)) {
      if (name === node.name || (name.startsWith(`${node.name}/`) && !arrangements.test(name))) used.add(operator)
    }
  }
  const opset = Math.max(...examples.map(({ node }) => neededOpset(node)))
  return `${code(used)}${opset > 17 ? `, from opset ${opset} on${kind.startsWith('avgPool') ? ' where dilated' : ' (17: other operators)'}` : ''}`
}

/** Those of a list that are written in different ways. Many methods draw the same settings often. */
const different = <Drawn>(all: readonly Drawn[]): Drawn[] => [...new Map(all.map((each) => [fc.stringify(each), each])).values()]

/** Networks of one layer of a kind, with drawn settings: the same each time, as the page is. */
const drawn = (kind: string): AnyNetwork[] =>
  different(
    [...windowMethods, ...vocabularyMethods]
      .filter(({ method }) => method === kind)
      .flatMap(({ rank, args, shape }) => fc.sample(fc.tuple(shape ?? shapeFor(rank), args), { seed: 1, numRuns: 150 })),
  )
    .map(([on, given]) => runNetwork(new Value('on', [on, new Value(kind, given)])))
    .filter(
      (network): network is AnyNetwork => network !== undefined && network.params < 1e5 && (network.input as readonly number[]).length <= 4,
    )

/** The kinds of a network's layers, without those that only put its axes in another order. */
const layersOf = ({ graph }: AnyNetwork): string[] => {
  const kinds = graph.nodes.slice(1).map(({ kind }) => kind)
  const others = kinds.filter((kind) => kind !== 'permute')
  return others.length > 0 ? others : kinds
}

/** Sentences without what differs from one network to the next. */
const general = (message: string): string =>
  message
    .replace(/^onnx: (\w+) '[^']*': /, '$1 ')
    .replace(/\[[\d, N]*\]/g, '[...]')
    .replace(/takes ('[^']*'|\S+), which is no/g, 'takes something, which is no')
    .replace(/'\w+_\d+([./]\w+)?'/g, 'something')
    .replace(/(axis|opset|by|multiplies|takes|has|gives|the power of) -?[\d.]+(e-?\d+)?/g, '$1 ...')
    // What to do about it is not why.
    .replace(/(?<!\.)\. .*$/, '')

/** What those operators are read as, in files that say nothing of their network: all examples, and layers with drawn settings. */
const read = (kind: string, examples: readonly Example[]): string => {
  if (kind === 'stochasticDepth') return 'nothing: it only trains'
  const [found, reasons] = [new Set<'itself' | 'other layers'>(), new Set<string>()]
  for (const network of new Set(examples.map((example) => example.network))) {
    let model: OnnxModel
    try {
      model = onnxModel(network)
    } catch {
      // What is not written is not read.
      continue
    }
    try {
      const kinds = layersOf(readOperators(model, () => undefined).network)
      // A layer alone comes back alone.
      const isAlone = layersOf(network).length > 1 || kinds.length === 1
      found.add(kinds.includes(kind) && isAlone ? 'itself' : 'other layers')
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      // Other layers of the same network may be what is refused.
      const place = /'([^']*)'/.exec(error.place)?.[1] ?? ''
      const own = network.graph.nodes.filter((node) => node.kind === kind)
      if (place === '' || own.some(({ name }) => place === name || place.startsWith(`${name}/`))) reasons.add(general(error.message))
    }
  }
  const refused = [...reasons].sort().map((reason) => reason.replace(/\.$/, ''))
  if (found.size === 0) return `refused: ${refused[0]}.`
  const read = found.has('itself') ? (found.size > 1 ? 'itself, or other layers' : 'itself') : 'other layers'
  return refused.length === 0 ? read : `${read}; refused where ${refused.join(', or ')}`
}

const columns: readonly Column[] = [
  { title: 'tensors in safetensors', cell: (kind, examples) => tensors(kind, examples) },
  { title: 'ONNX operators', cell: written },
  { title: 'read from ONNX as', cell: read },
  { title: 'PyTorch', cell: pytorchCell },
  { title: 'Keras and TensorFlow.js', cell: kerasCell },
]

const tensors = (_: string, examples: readonly Example[]): string => {
  const names = examples.flatMap(({ node }) => weightsOfNode(node).map(({ name }) => name.slice(node.name.length + 1)))
  return code(new Set(names))
}

/** Every kind that there is in graphs. */
export const tableKinds: readonly string[] = [...Object.keys(argumentNames), ...joiningKinds]

/** Examples of a kind: those of all layers, and drawn ones. */
const examplesOf = (kind: string): Example[] =>
  [...layerCases.map(({ network }) => network), ...drawn(kind)].flatMap((network) =>
    network.graph.nodes.filter((node) => node.kind === kind).map((node): Example => ({ network, node })),
  )

/** The cells of kinds, as Markdown, in two tables: the formats of files with tensors, and those of other libraries' layers. */
export const tables = (kinds: readonly string[]): string[] => {
  const rows = kinds.map((kind) => {
    const examples = examplesOf(kind)
    return [`\`${kind}\``, ...columns.map(({ cell }) => cell(kind, examples))]
  })
  return [
    [0, 3],
    [3, columns.length],
  ].map(([from = 0, to]) => {
    const titles = columns.slice(from, to).map(({ title }) => title)
    return markdownTable([['kind', ...titles], ...rows.map(([kind = '', ...cells]) => [kind, ...cells.slice(from, to)])], {
      alignDelimiters: false,
    })
  })
}
