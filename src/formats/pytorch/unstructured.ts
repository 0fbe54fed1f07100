import type { Graph, GraphNode } from '../../network/graph.js'
import { pythonText } from '../../shape/quoted.js'
import { ordered, outerAxes, type Tensor } from './axes.js'
import { callText, literalText } from './call.js'
import { joinOf, written } from './entries.js'
import { attributeName, distinct } from './names.js'
import type { Part } from './part.js'
import { isJoin } from './series.js'
import { shapeCheck } from './shape-text.js'
import type { Keys, ModuleCode } from './structured.js'

/*
 * A network whose branches share layers: every layer is an attribute of its own, and `forward` has a line for each.
 */

/** A tensor as an expression. */
interface Value {
  readonly text: string
  readonly tensor: Tensor
}

const permuted = (text: string, parts: readonly Part[]): string =>
  parts.reduce((permuted, { call }) => `${permuted}.permute(${call.args.map(({ value }) => literalText(value)).join(', ')})`, text)

/** The outputs of a network are channels first, except sequences. */
const toChannelsFirst = ({ text, tensor }: Value): Value => {
  const parts = ordered(tensor, outerAxes(tensor.shape))
  return { text: permuted(text, parts), tensor: parts.at(-1)?.tensor ?? tensor }
}

/** A module with an attribute for each layer. */
export const unstructuredModule = (className: string, graph: Graph, input: Tensor, byChannels: ReadonlySet<string>): ModuleCode => {
  const names = new Map(
    distinct(graph.nodes.map(({ name }) => attributeName(name))).map((name, index) => [(graph.nodes[index] as GraphNode).name, name]),
  )
  const codeLines: string[] = []
  const forward: string[] = []
  const places = new Map<string, { path: string; keys: Keys }>()
  const values = new Map<string, Value>([[graph.input, { text: 'x', tensor: input }]])

  for (const node of graph.nodes.slice(1)) {
    const name = names.get(node.name) as string
    const inputs = node.inputs.map((each) => values.get(each) as Value)
    const [first] = inputs as [Value]
    if (isJoin(node)) {
      const { parts, expression, tensor } = joinOf(
        node,
        inputs.map((each) => each.tensor),
      )
      const texts = inputs.map(({ text }, index) => permuted(text, parts[index] as readonly Part[]))
      forward.push(`${name} = ${expression.replace(/\{(\d+)\}/g, (_, index: string) => texts[Number(index)] as string)}`)
      values.set(node.name, { text: name, tensor })
      continue
    }
    const { parts, tensor } = written(node, first.tensor, byChannels)
    if (parts.length === 0) {
      values.set(node.name, { text: first.text, tensor })
      continue
    }
    const calls = parts.map(({ call }) => callText(call.callee, call.args.map(argumentText), ' '.repeat(12)))
    if (calls.length === 1) codeLines.push(`self.${name} = ${calls[0]}`)
    else codeLines.push(`self.${name} = nn.Sequential(`, ...calls.map((call) => `    ${call},`), ')')
    forward.push(`${name} = self.${name}(${first.text})`)
    values.set(node.name, { text: name, tensor })
    places.set(node.name, { path: name, keys: keysOf(name, parts) })
  }

  const end = toChannelsFirst(values.get(graph.output as string) as Value)
  const heads = Object.entries(graph.outputs).map(([name, node]) => [name, toChannelsFirst(values.get(node) as Value)] as const)
  const main = distinct([...heads.map(([name]) => name), 'output']).at(-1) as string
  const outputs = [[main, end] as const, ...heads].map(([name, { text }]) => `${pythonText(name)}: ${text}`)
  const lines = [
    '    def __init__(self) -> None:',
    '        super().__init__()',
    ...codeLines.map((line) => `        ${line}`),
    '',
    `    def forward(self, x: torch.Tensor) -> ${heads.length === 0 ? 'torch.Tensor' : 'dict'}:`,
    ...shapeCheck(className, input),
    ...forward.map((line) => `        ${line}`),
    `        return ${heads.length === 0 ? end.text : `{${outputs.join(', ')}}`}`,
  ]
  return {
    classes: [],
    lines,
    base: 'nn.Module',
    places,
    input,
    output: end.tensor,
    heads: Object.fromEntries(heads.map(([name, { tensor }]) => [name, tensor])),
  }
}

const argumentText = ({ name, value, keyword }: Part['call']['args'][number]): string =>
  keyword ? `${name}=${literalText(value)}` : literalText(value)

const keysOf = (name: string, parts: readonly Part[]): Keys =>
  Object.fromEntries(
    parts.flatMap(({ weights = {} }, index) =>
      Object.entries(weights).map(([own, key]) => [own, parts.length === 1 ? `${name}.${key}` : `${name}.${index}.${key}`]),
    ),
  )
