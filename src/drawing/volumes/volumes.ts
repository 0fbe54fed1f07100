import { type Graph, type GraphNode, outputsOf } from '../../network/graph.js'
import type { Shape } from '../../shape/shape.js'
import { type Category, categoryOf } from './category.js'
import { few, hasNames, labelsOf } from './labels.js'
import type { Style } from './styles.js'

/** What is drawn as one: a layer, with the normalizations and activations that only dress its output. */
export interface Volume {
  /** Name of the layer. */
  readonly name: string
  readonly node: GraphNode
  readonly category: Category
  /** The layers that dress it, in their order. */
  readonly dressing: readonly GraphNode[]
  /** Names of the volumes before it. */
  readonly inputs: readonly string[]
  /** What is said of it beside what it is: the shared layer that made it, the names of its value and of the outputs that it gives. */
  readonly labels: readonly string[]
  /** Whether its value is an output of the network. */
  readonly isOutput: boolean
  /** Whether it is drawn flat, with its text inside: as a block, or as a layer of a graph, whose shape stands beside a line. */
  readonly flat?: 'block' | 'layer'
  /** How many equal layers it stands for, where it stands for several. */
  readonly times?: number
  /** The output of its last copy, where it is part of a block that is drawn once for several. */
  readonly lastOutput?: Shape
}

/**
 * The volumes of a graph, each after those before it.
 *
 * @param style in a graph of layers none is part of another
 */
export const volumesOf = (graph: Graph, style: Style = 'volumes'): Volume[] => {
  const readers = readersOf(graph)
  /** For each layer, the name of the volume that it is part of. */
  const partOf = new Map<string, string>()
  const volumes = new Map<string, Volume & { dressing: GraphNode[]; labels: string[] }>()
  const labels = labelsOf(graph)
  const outputs = new Set(outputsOf(graph).map(({ node }) => node))
  const flat = style === 'volumes' ? {} : { flat: style === 'blocks' ? ('block' as const) : ('layer' as const) }
  const labelsOn = (name: string): string[] => {
    const { layer = [], outputs = [] } = labels.get(name) ?? {}
    return [...layer, ...(outputs.length === 0 ? [] : [`output ${few(outputs)}`])]
  }
  for (const node of graph.nodes) {
    const source = node.inputs[0]
    const home = source === undefined ? undefined : volumes.get(partOf.get(source) as string)
    if (style !== 'graph' && home && source !== undefined && dresses(node) && readers.get(source) === 1) {
      home.dressing.push(node)
      // Of a shared block, each of its layers says so.
      for (const each of labelsOn(node.name)) if (!home.labels.includes(each)) home.labels.push(each)
      partOf.set(node.name, home.name)
      continue
    }
    const inputs = [...new Set(node.inputs.map((name) => partOf.get(name) as string))]
    volumes.set(node.name, {
      name: node.name,
      node,
      category: categoryOf(node.kind),
      dressing: [],
      inputs,
      labels: labelsOn(node.name),
      isOutput: outputs.has(node.name),
      ...flat,
    })
    partOf.set(node.name, node.name)
  }
  return [...volumes.values()]
}

/** Whether a layer only dresses what comes before it: the same shape, and no picture of its own. */
const dresses = ({ kind, inputs, inputShapes, output }: GraphNode): boolean =>
  inputs.length === 1 && ['normalization', 'activation'].includes(categoryOf(kind)) && `${inputShapes[0]}` === `${output}`

/** How many layers read each output; the network's outputs are read once more. */
const readersOf = (graph: Graph): Map<string, number> => {
  const { nodes, output, outputs } = graph
  const readers = new Map<string, number>()
  const read = (name: string) => readers.set(name, (readers.get(name) ?? 0) + 1)
  for (const { inputs } of nodes) inputs.forEach(read)
  for (const name of Object.values(outputs)) read(name)
  // An output that a layer takes which reaches none is no mere step on the way to that.
  if (output !== undefined && (!readers.has(output) || hasNames(graph))) read(output)
  return readers
}

/** Stretches of the chain: between two of them there is one volume only that everything after it comes from. All inputs are in the first. */
export const stretchesOf = (volumes: readonly Volume[]): Volume[][] => {
  const first = firstEndOf(volumes)
  const lastReader = new Map<string, number>()
  volumes.forEach(({ inputs }, index) => {
    for (const input of inputs) lastReader.set(input, index)
  })
  const stretches: Volume[][] = []
  let stretch: Volume[] = []
  // How far anything before the volume at hand is still read.
  let reach = 0
  volumes.forEach((volume, index) => {
    stretch.push(volume)
    if (reach <= index && index >= first) {
      stretches.push(stretch)
      stretch = []
    }
    reach = Math.max(reach, lastReader.get(volume.name) ?? 0)
  })
  return stretch.length > 0 ? [...stretches, stretch] : stretches
}

/** Whether a volume is an input of the network. */
export const isInput = ({ node }: Volume): boolean => node.kind === 'input' && node.inputs.length === 0

/** The index of the first volume that the first stretch can end with: where all inputs that are read have come together. */
const firstEndOf = (volumes: readonly Volume[]): number => {
  const read = new Set(volumes.flatMap(({ inputs }) => inputs))
  /** For each volume another one of its group, or itself. */
  const towards = new Map<string, string>()
  const groupOf = (name: string): string => {
    let at = name
    for (let next = towards.get(at) as string; next !== at; next = towards.get(at) as string) {
      // Half as far the next time.
      towards.set(at, towards.get(next) as string)
      at = next
    }
    return at
  }
  const lastInput = volumes.reduce((last, volume, index) => (isInput(volume) ? index : last), 0)
  let groups = volumes.filter((volume) => isInput(volume) && read.has(volume.name)).length
  for (const [index, { name, inputs }] of volumes.entries()) {
    const joined = new Set(inputs.map(groupOf))
    towards.set(name, name)
    for (const group of joined) towards.set(group, name)
    groups -= Math.max(joined.size - 1, 0)
    if (index >= lastInput && groups <= 1) return index
  }
  return Number.POSITIVE_INFINITY
}
