import type { AnyLayer, Layer } from '../../layers/kind/value.js'
import { argumentNames, besideOf, joiningKinds } from '../../network/arguments.js'
import type { Graph } from '../../network/graph.js'
import { untakenIn } from '../../network/names.js'
import type { AnyNetwork } from '../../network/network.js'
import type { AnyInput, Shape } from '../../shape/shape.js'
import { arrange, type Chain, type Step } from './arrange.js'
import { type Call, type CallNames, callsOf, depthOf, shortened, takesName, together } from './call.js'
import { chunkCall, withChunks } from './chunks.js'
import { decompose } from './decompose.js'
import { layerOfCall } from './layer-values.js'
import { sourceNames } from './names.js'
import type { Part, Piece } from './parts.js'
import { reserved } from './reserved.js'
import { shareParts } from './sharing.js'
import { isTower, piecesOf, type Side, sideOf, type Tower, towersByNode, towersOf } from './towers.js'
import { typeOf } from './type-text.js'
import { valueNames } from './values.js'

/** The functions that a source may import besides layers. */
const functions = [
  'input',
  'inputs',
  'parallel',
  'block',
  'branch',
  'branchOut',
  'identity',
  'repeat',
  'residual',
  'shared',
  ...joiningKinds,
]

/** The contents of a source. */
export interface Source {
  readonly begin: Call
  readonly calls: readonly Call[]
  readonly constants: readonly { readonly constant: string; readonly value: Call }[]
  /** The networks that stand side by side at the beginning, each as a constant. */
  readonly towers: readonly { readonly constant: string; readonly begin: Call; readonly calls: readonly Call[] }[]
  readonly type: string
  /** The nesting depth of the calls. */
  readonly depth: number
  /** Gives a name that no other in the source has. */
  readonly untaken: (name: string) => string
}

export const sourceOf = (network: AnyNetwork, name: string, depth: number): Source => {
  const { graph, input } = network
  const towers = towersOf(graph) ?? []
  const { pieces, layers } = shareParts(decompose(graph, depth, towers), graph)
  const values = valueNames(graph, towers)
  const isOne = Array.isArray(input)
  const { named } = values
  const { own, rest } = piecesOf(towers, pieces)
  /** The names inside a tower under which it keeps a node. */
  const keptIn = (tower: Tower, node: string): readonly string[] =>
    values.keptInside(node).flatMap((value) => (value === tower.name ? [] : [value.slice(tower.name.length + 1)]))
  /** A chain with `chunk`, where each part has a name. */
  const chunked = (chain: Chain, output: string | undefined, kept: (node: string) => readonly string[]): Chain =>
    withChunks(chain, (node) => kept(node).length === 1 || (kept(node).length === 0 && chain.called.has(node)), output)
  const chains = towers.map((tower) => {
    if (tower.nodes.size === 0) return { steps: [], called: new Set<string>() }
    const chain = arrange(own.get(tower) as readonly Piece[], { ...graph, input: tower.name, output: tower.end }, true, named)
    return chunked(chain, tower.end, (node) => keptIn(tower, node))
  })
  const aside = rest.filter(({ isAside }) => isAside)
  const outside = values.namedOutside.map((node): Piece => ({ from: node, parts: [], end: node }))
  const arranged = arrange([...aside, ...outside, ...rest.filter(({ isAside }) => !isAside)], graph, isOne, named)
  const { steps, called } = chunked(arranged, graph.output, values.kept)
  const owners = towersByNode(towers)
  const besides = graph.nodes.flatMap((node) => besideOf(node).map((beside) => [node.name, beside] as const))
  for (const [node, beside] of besides) {
    const tower = owners.get(node)
    if (tower && beside !== tower.name) values.callInside(beside)
    else if (!tower) values.call(beside)
  }
  for (const node of called) values.call(node)
  for (const [index, chain] of chains.entries()) for (const node of chain.called) if (node !== towers[index]?.name) values.callInside(node)
  const head = (each: string): string => values.heads.get(each) ?? each

  const constants = new Map<string, Call>()
  const layerValues = new Map<string, AnyLayer>()
  const allSteps = [...chains.flatMap((chain) => chain.steps), ...steps]
  const names: CallNames = {
    ...sourceNames(allSteps, takesName, graph.inputs),
    value: values.call,
    head,
    shared: (name) => constants.get(name) as Call,
  }
  const untaken = untakenIn(new Set([...functions, ...Object.keys(argumentNames), name]))
  const declared = layers.map((layer) => {
    const constant = untaken(constantName(layer.name, name))
    const value = { name: 'shared', args: [layer.name, together(layer.layers, names)] }
    layerValues.set(constant, layerOfCall(value, layerValues))
    constants.set(layer.name, { name: constant, args: [], constant: depthOf(value) })
    return { constant, value }
  })
  const calls = chainOf(steps, names, values.kept)
  if (graph.output === undefined && !(calls.length === 0 && endsIn(towers, graph))) calls.push({ name: 'outputs', args: values.outputs })
  const built = towers.map((tower, index): Source['towers'][number] => {
    const { end, nodes, input: own } = tower
    const inside = (value: string): string => value.slice(tower.name.length + 1)
    const ownNames: CallNames = {
      ...names,
      value: (node) => (node === tower.name ? 'input' : inside(values.callInside(node))),
      head: (each) => inside(head(each)),
    }
    return {
      constant: nodes.size === 0 || end === tower.name ? '' : untaken(constantName(tower.name, name)),
      begin: beginOf(own),
      calls: nodes.size === 0 ? [] : chainOf((chains[index] as Chain).steps, ownNames, (node) => keptIn(tower, node)),
    }
  })
  /** The layer value inside the constant of a shared layer. */
  const shared = (each: string): AnyLayer => {
    const { given } = layerValues.get(names.shared(each).name) as Layer<'shared', [string, AnyLayer]>
    return given[1]
  }
  const shapes = new Map(graph.nodes.map((node) => [node.name, node.output]))
  const outputs =
    graph.output === undefined
      ? Object.fromEntries(Object.values(graph.outputs).map((node, index) => [values.outputs[index] as string, shapes.get(node) as Shape]))
      : undefined
  const builtByTower = new Map(towers.map((tower, index) => [tower, built[index] as Source['towers'][number]]))
  const sideCall = (side: Side): Call => {
    const entries = Object.entries(side).map(([key, tower]): [string, Call] => {
      if (!isTower(tower)) return [key, sideCall(tower)]
      const { constant, begin } = builtByTower.get(tower) as Source['towers'][number]
      return [key, constant === '' ? begin : { name: constant, args: [], constant: 1 }]
    })
    return { name: 'parallel', args: [Object.fromEntries(entries)] }
  }
  return {
    begin: towers.length > 0 ? sideCall(sideOf(towers)) : beginOf(input),
    calls,
    constants: declared,
    towers: built.filter(({ constant }) => constant !== ''),
    type: typeOf(
      network,
      steps,
      { kept: values.kept, keptInside: values.keptInside, head, shared, outputs },
      chains.map((chain) => chain.steps),
    ),
    untaken,
    depth: [...calls, ...built.flatMap((tower) => tower.calls), ...declared.map(({ value }) => value)].reduce(
      (most, call) => Math.max(most, depthOf(call)),
      0,
    ),
  }
}

const beginOf = (input: AnyInput): Call =>
  Array.isArray(input) ? { name: 'input', args: input as Shape } : { name: 'inputs', args: [input] }

/** Whether the outputs are those of the towers, which `parallel` gives by itself. */
const endsIn = (towers: readonly Tower[], { outputs }: Graph): boolean => {
  const found = Object.entries(outputs)
  return found.length === towers.length && towers.every(({ name, end }, index) => found[index]?.[0] === name && found[index]?.[1] === end)
}

/** The calls of steps. Repetitions are only found between names. */
const chainOf = (steps: readonly Step[], names: CallNames, kept: (node: string) => readonly string[]): Call[] => {
  const calls: Call[] = []
  let parts: Part[] = []
  const finish = (): void => {
    for (const call of shortened(callsOf(parts, names))) calls.push(call)
    parts = []
  }
  for (const step of steps) {
    if (step.is !== 'from' && step.is !== 'end' && step.is !== 'chunk') {
      parts.push(step)
      continue
    }
    if (step.is === 'chunk') {
      finish()
      calls.push(chunkCall(step.slices, (node) => kept(node)[0] as string))
      continue
    }
    const given = step.is === 'from' ? [names.value(step.node)] : kept(step.node)
    if (given.length > 0) finish()
    for (const valueName of given) calls.push({ name: step.is === 'from' ? 'from' : 'keep', args: [valueName] })
  }
  finish()
  return calls
}

/** A valid name of a constant for a shared layer, close to the layer's own name. */
const constantName = (shared: string, network: string): string => {
  const [first = '', ...others] = shared.split(/[^A-Za-z0-9_$]+/).filter((word) => word !== '')
  const plain = [first, ...others.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join('')
  const isName = /^[A-Za-z_$]/.test(plain) && !reserved.has(plain) && !plain.startsWith(`${network}Part`)
  return isName ? plain : `shared${plain.charAt(0).toUpperCase()}${plain.slice(1)}`
}
