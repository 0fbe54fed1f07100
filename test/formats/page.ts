import { markdownTable } from 'markdown-table'
import type { AnyNetwork } from '../../src/index.js'
import { argumentNames, joiningKinds } from '../../src/network/arguments.js'
import { FormatError } from '../../src/network/format-error.js'
import type { GraphNode } from '../../src/network/graph.js'
import { neededOpset, operators } from '../../src/onnx/operators.js'
import { readOperators } from '../../src/onnx/read.js'
import { onnxModel } from '../../src/onnx/write.js'
import { weightsOfNode } from '../../src/weights/names.js'
import { layerCases } from '../support/layer-cases.js'
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

/** The operators that a kind is written with. */
const written = (kind: string, examples: readonly Example[]): string => {
  if (kind !== 'flatten' && !Object.hasOwn(operators, kind)) return 'refused: ONNX has no such layer'
  const used = new Set<string>()
  for (const { network, node } of examples) {
    for (const { name, operator } of onnxModel(network, { weights: 'inputs' }).graph.nodes) {
      if (name === node.name || (name.startsWith(`${node.name}/`) && !arrangements.test(name))) used.add(operator)
    }
  }
  const opset = Math.max(...examples.map(({ node }) => neededOpset(node)))
  return `${code(used)}${opset > 17 ? `, from opset ${opset} on${kind.startsWith('avgPool') ? ' where dilated' : ' (17: other operators)'}` : ''}`
}

/** What those operators are read as, in a file that says nothing of its network. */
const read = (kind: string, examples: readonly Example[]): string => {
  if (kind === 'stochasticDepth') return 'nothing: it only trains'
  let others = false
  const reasons = new Set<string>()
  for (const { network } of examples) {
    try {
      const kinds = readOperators(onnxModel(network), () => undefined).network.graph.nodes.map((node) => node.kind)
      if (kinds.includes(kind)) return 'itself'
      others = true
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      reasons.add(error.message.replace(/^onnx: (\w+) '[^']*': /, '$1 '))
    }
  }
  return others ? 'other layers' : `refused: ${[...reasons][0]}`
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

/** The table, as Markdown, in two parts: the formats of files with tensors, and those of other libraries' layers. */
export const tables = (): string[] => [columns.slice(0, 3), columns.slice(3)].map(tableOf)

const tableOf = (columns: readonly Column[]): string =>
  markdownTable(
    [
      ['kind', ...columns.map(({ title }) => title)],
      ...tableKinds.map((kind) => {
        const examples = layerCases.flatMap(({ network }) =>
          network.graph.nodes.filter((node) => node.kind === kind).map((node): Example => ({ network, node })),
        )
        return [`\`${kind}\``, ...columns.map(({ cell }) => cell(kind, examples))]
      }),
    ],
    { alignDelimiters: false },
  )
