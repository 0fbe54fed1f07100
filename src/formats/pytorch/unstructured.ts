import { besideOf } from '../../network/arguments.js'
import { type Graph, type GraphNode, outputsOf } from '../../network/graph.js'
import { untakenIn } from '../../network/names.js'
import { pythonText } from '../../shape/quoted.js'
import { channelsLast, ordered, outerAxes, type Tensor } from './axes.js'
import { maxLineLength } from './call.js'
import { joinOf, written } from './entries.js'
import { attributesOf, permuted, type WrittenLayer } from './modules.js'
import { distinct, docText, ownName, variableName } from './names.js'
import type { Part } from './part.js'
import { isJoin } from './series.js'
import { type ModuleInput, shapeCheck, signature } from './shape-text.js'
import type { ModuleCode } from './structured.js'

/* A network that is not a series of layers and branches: every layer is an attribute, and `forward` has a line for each. */

/** A tensor as an expression. */
interface Value {
  readonly text: string
  readonly tensor: Tensor
}

const permutedBy = (text: string, parts: readonly Part[]): string => parts.reduce((so, { call }) => permuted(so, call), text)

/** Permutes an output to channels first, unless it is a sequence. */
const inUsualOrder = ({ text, tensor }: Value): Value => {
  const parts = ordered(tensor, outerAxes(tensor.shape))
  return { text: permutedBy(text, parts), tensor: parts.at(-1)?.tensor ?? tensor }
}

const outer = (shape: Tensor['shape']): Tensor => ({ shape, axes: outerAxes(shape) })

/** A module with an attribute for each layer. */
export const unstructuredModule = (className: string, graph: Graph, byChannels: ReadonlySet<string>): ModuleCode => {
  const needed = neededIn(graph)
  const { inputs, variables } = variablesOf(graph)
  const inputNames = new Set(graph.inputs)
  const nodes = graph.nodes.filter(({ name }) => !inputNames.has(name))
  const attributes = namedAlike(graph.nodes, ownName)
  const { layers, tensors, joins, across } = layersOf(nodes, inputs, needed, byChannels)
  const { lines: made, apply, places } = attributesOf(layers, attributes.names, attributes.untaken)

  const forward: string[] = []
  const values = new Map<string, Value>(inputs.map(({ name, parameter, tensor }) => [name, { text: parameter, tensor }]))
  const set = (node: string, text: string, tensor: Tensor): void => {
    const variable = variables.names.get(node) as string
    forward.push(`${variable} = ${text}`)
    values.set(node, { text: variable, tensor })
  }
  const layerOf = new Map(layers.map((layer) => [layer.node.name, layer]))
  for (const { name, parameter, tensor } of inputs) if (variables.kept.has(name)) set(name, parameter, tensor)
  for (const node of nodes.filter(({ name }) => needed.has(name))) {
    const taken = node.inputs.map((each) => values.get(each) as Value)
    const [first] = taken as [Value]
    const tensor = tensors.get(node.name) as Tensor
    const join = joins.get(node.name)
    const layer = layerOf.get(node.name)
    if (join) {
      const texts = taken.map(({ text }, index) => permutedBy(text, join.parts[index] as readonly Part[]))
      set(
        node.name,
        join.expression.replace(/\{(\d+)\}/g, (_, index: string) => texts[Number(index)] as string),
        tensor,
      )
    } else if (layer && layer.parts.length > 0) {
      const orders = across.get(node.name)
      const texts = orders ? taken.map(({ text }, index) => permutedBy(text, orders[index] as readonly Part[])) : [first.text]
      set(node.name, apply(node.name, texts.join(', ')), tensor)
    } else if (variables.kept.has(node.name)) set(node.name, first.text, tensor)
    else values.set(node.name, { text: first.text, tensor })
  }

  const named = outputsOf(graph)
  const names = distinct([...named.slice(1).map(({ name }) => name), named[0]?.name ?? ''])
  const outputs = named.map(({ name, node }, index) => ({
    name: index === 0 && graph.output !== undefined ? (names.at(-1) as string) : name,
    ...inUsualOrder(values.get(node) as Value),
  }))
  const [main] = outputs as [(typeof outputs)[number]]
  const isOne = graph.output !== undefined && outputs.length === 1
  const unused = nodes.filter(({ name }) => !needed.has(name))
  const lines = [
    '    def __init__(self) -> None:',
    '        super().__init__()',
    ...made.map((line) => `        ${line}`),
    '',
    ...signature(
      inputs.map(({ parameter }) => parameter),
      isOne ? 'torch.Tensor' : 'dict',
    ),
    ...inputs.flatMap((input) => shapeCheck(className, input)),
    ...unusedLines(unused),
    ...forward.map((line) => `        ${line}`),
    ...(isOne ? [`        return ${main.text}`] : dictLines(outputs)),
  ]
  const [input] = inputs as [ModuleInput]
  return { classes: [], lines, base: 'nn.Module', places, inputs, outputs, unused, input: input.tensor, output: main.tensor }
}

/** The nodes that an output needs. */
const neededIn = (graph: Graph): Set<string> => {
  const needed = new Set(outputsOf(graph).map(({ node }) => node))
  for (const { name, inputs } of [...graph.nodes].reverse()) if (needed.has(name)) for (const each of inputs) needed.add(each)
  return needed
}

/** A unique name for each node. */
const namedAlike = (nodes: readonly GraphNode[], nameOf: (name: string) => string) => {
  const untaken = untakenIn(new Set())
  return { names: new Map(nodes.map(({ name }) => [name, untaken(nameOf(name))])), untaken }
}

/** The parameters of `forward`, and the variable of each node. A kept value's variable has its name. */
const variablesOf = (graph: Graph): { inputs: ModuleInput[]; variables: { names: Map<string, string>; kept: Set<string> } } => {
  const untaken = untakenIn(new Set())
  // The single input of `inputs` has a meaningful name.
  const isOne = graph.inputs.length === 1 && graph.inputs[0] === 'input'
  const shapes = new Map(graph.nodes.map(({ name, output }) => [name, output]))
  const inputs = graph.inputs.map((name): ModuleInput => {
    const parameter = isOne ? 'x' : untaken(variableName(name))
    return { name, parameter, tensor: outer(shapes.get(name) as Tensor['shape']) }
  })
  const names = new Map<string, string>()
  const isHead = (name: string): boolean => graph.output !== undefined && Object.hasOwn(graph.outputs, name)
  for (const [name, node] of Object.entries(graph.kept)) if (!isHead(name) && !names.has(node)) names.set(node, untaken(variableName(name)))
  const kept = new Set(names.keys())
  for (const { name } of graph.nodes) if (!names.has(name)) names.set(name, untaken(variableName(name)))
  return { inputs, variables: { names, kept } }
}

/** Every layer with its modules, and every join with its expression, in the order of the network. */
const layersOf = (
  nodes: readonly GraphNode[],
  inputs: readonly ModuleInput[],
  needed: ReadonlySet<string>,
  byChannels: ReadonlySet<string>,
) => {
  const tensors = new Map(inputs.map(({ name, tensor }) => [name, tensor]))
  const joins = new Map<string, ReturnType<typeof joinOf>>()
  const across = new Map<string, readonly (readonly Part[])[]>()
  const layers: WrittenLayer[] = []
  const known = new Map(nodes.map((node) => [node.name, node]))
  for (const node of nodes) {
    // Layers that are never computed are only needed for their weights.
    if (!needed.has(node.name) && node.weights.length === 0) continue
    const taken = needed.has(node.name) ? node.inputs.map((each) => tensors.get(each) as Tensor) : node.inputShapes.map(outer)
    if (isJoin(node)) {
      const join = joinOf(node, taken)
      joins.set(node.name, join)
      tensors.set(node.name, join.tensor)
    } else {
      const owner = node.sharedWith === undefined ? node : (known.get(node.sharedWith) as GraphNode)
      const beside = besideOf(node).length > 0
      // The module takes two tensors, and each is permuted separately.
      const orders = beside ? taken.map((each) => ordered(each, channelsLast(each.shape))) : []
      const first = orders[0]?.at(-1)?.tensor ?? (taken[0] as Tensor)
      if (beside) across.set(node.name, orders)
      const { parts, tensor } = written({ ...node, weights: owner.weights }, first, byChannels)
      layers.push({ node, parts, tensor })
      tensors.set(node.name, tensor)
    }
  }
  return { layers, tensors, joins, across }
}

/** The comment that lists the omitted layers. */
const unusedLines = (unused: readonly GraphNode[]): string[] => {
  if (unused.length === 0) return []
  const lines = ['        # No output needs these layers, so they are not computed:']
  let line = ''
  for (const [index, { name }] of unused.entries()) {
    const text = docText(name) + (index === unused.length - 1 ? '.' : ',')
    if (line !== '' && line.length + text.length > maxLineLength - 12) {
      lines.push(`        # ${line}`)
      line = ''
    }
    line += `${line === '' ? '' : ' '}${text}`
  }
  return [...lines, `        # ${line}`]
}

/** The lines that return the outputs by name. */
const dictLines = (outputs: readonly { name: string; text: string }[]): string[] => {
  const members = outputs.map(({ name, text }) => `${pythonText(name)}: ${text}`)
  const line = `        return {${members.join(', ')}}`
  if (line.length <= maxLineLength) return [line]
  return ['        return {', ...members.map((member) => `            ${member},`), '        }']
}
