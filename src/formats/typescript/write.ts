import type { AnyLayer, Layer } from '../../layers/kind/value.js'
import { argumentNames, besideOf, joiningKinds } from '../../network/arguments.js'
import { FormatError } from '../../network/format-error.js'
import type { Graph } from '../../network/graph.js'
import { untakenIn } from '../../network/names.js'
import type { AnyNetwork } from '../../network/network.js'
import type { NetworkLike } from '../../network/network-like.js'
import { shown } from '../../shape/message.js'
import type { AnyInput, Shape } from '../../shape/shape.js'
import { requireNetwork, requireOptions } from '../checked-input.js'
import { arrange, type Chain, type Step } from './arrange.js'
import { type Call, type CallNames, callsOf, depthOf, shapeKey, shortened, takesName, together } from './call.js'
import { chunkCall, withChunks } from './chunks.js'
import { commentText } from './comment.js'
import { decompose, maxDepth } from './decompose.js'
import { withFunctions } from './functions.js'
import { layerOfCall } from './layer-values.js'
import { sourceNames } from './names.js'
import type { Part, Piece } from './parts.js'
import { functionsIn, printCall, printFunction } from './print.js'
import { shareParts } from './sharing.js'
import { isTower, piecesOf, type Side, sideOf, type Tower, towersByNode, towersOf } from './towers.js'
import { typeOf } from './type-text.js'
import { valueNames } from './values.js'

/** Options of {@link toTypeScript}. */
export interface TypeScriptOptions {
  /** The name of the constant, default `'network'`. */
  readonly name?: string
  /** Whether each line of the chain has the shape that it gives in a comment, default `false`. */
  readonly shapes?: boolean
}

/** The maximum number of calls in an expression. Compilers before TypeScript 7 overflow their stack at about 600. */
const callsInChain = 100

/** Reserved words, which cannot be names. */
const reserved = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function ' +
    'if implements import in instanceof interface let new null package private protected public return static super switch this throw true try ' +
    'typeof undefined var void while with yield'
  ).split(' '),
)

/** Layer values without a method. */
const appliedOnly = new Set(['repeat', 'block', 'identity'])

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

/**
 * Converts a network to the source of an architecture file, whose type has the network's shapes and parameters.
 *
 * Branches become `residual`, `concat`, `add` and `multiply`, repetitions become `repeat`, and blocks that differ only in numbers become
 * a function. Default options are omitted. If branches are not nested, values get names: those that the network keeps, or those of
 * their layers. A shared layer becomes a constant.
 *
 * @throws {FormatError} when the network contains a custom layer
 * @example
 * const { network } = fromOnnx(readFileSync('resnet50.onnx'))
 * writeFileSync('resnet50.ts', toTypeScript(network, { name: 'resnet50' })) // export const resnet50 = input(224, 224, 3)...
 */
export const toTypeScript = (network: NetworkLike, options: TypeScriptOptions = {}): string => {
  const checkedNetwork = requireNetwork('typescript', network)
  requireOptions('typescript', options, ['name', 'shapes'])
  const { name = 'network', shapes = false } = options
  if (typeof name === 'string' && reserved.has(name))
    throw new FormatError(`'${name}' cannot be the name: it is a reserved word.`, 'typescript', '')
  if (typeof name !== 'string' || !/^[A-Za-z_$][\w$]*$/.test(name))
    throw new FormatError(`name must be a name of TypeScript, not ${shown(name)}.`, 'typescript', '')

  const complete = withWeights(checkedNetwork)
  let source = sourceOf(complete, name, depths[0])
  for (const depth of depths.slice(1)) if (source.depth > maxDepth) source = sourceOf(complete, name, depth)
  const { constants, begin, type } = source
  const { calls, functions: own } = withFunctions(source.calls, source.untaken)
  const chained = [...calls, ...source.towers.flatMap((tower) => tower.calls)]
  const used = new Set([
    ...[begin, ...source.towers.map((tower) => tower.begin)].map((call) => call.name),
    ...begin.args.flatMap(functionsIn),
    ...own.flatMap(({ body }) => functionsIn(body)),
    ...constants.flatMap(({ value }) => functionsIn(value)),
    ...chained.flatMap(({ name: method, args, isOwn }) =>
      isOwn ? [] : [...(appliedOnly.has(method) ? [method] : []), ...args.flatMap(functionsIn)],
    ),
  ])
  if (used.has(name)) throw new FormatError(`'${name}' cannot be the name: the source imports it.`, 'typescript', '')

  const statements = statementsOf(name, begin, calls, { shapes, isExported: true })
  const declared = [...constants.map(({ constant, value }) => printCall(value, '', `const ${constant} = `)), ...own.map(printFunction)]
  const towers = source.towers.map((tower) => statementsOf(tower.constant, tower.begin, tower.calls, { shapes }).join('\n\n'))
  const comment = `/** ${commentText(type)} */`
  const imports = `import { ${[...used].sort().join(', ')} } from 'stridewise'`
  return `${[imports, ...declared, ...towers, `${comment}\n${statements.join('\n\n')}`].join('\n\n')}\n`
}

/** A chain of calls as a constant, or as several where it is too long for one. */
const statementsOf = (
  name: string,
  begin: Call,
  calls: readonly Call[],
  { shapes, isExported = false }: { readonly shapes: boolean; readonly isExported?: boolean },
): string[] => {
  const parts: (readonly Call[])[] = []
  for (let at = 0; at < calls.length; at += callsInChain) parts.push(calls.slice(at, at + callsInChain))
  if (parts.length === 0) parts.push([])
  return parts.map((part, index) => {
    const isLast = index === parts.length - 1
    const head = `${isLast && isExported ? 'export ' : ''}const ${isLast ? name : partName(name, index + 1)} = `
    return [
      index === 0 ? printCall(begin, '', head) : head + partName(name, index),
      ...part.map((call) => withShape(asMethod(call), shapes ? call[shapeKey] : undefined)),
    ].join('\n')
  })
}

/** The nesting depths to try, before repetitions are found. If the calls become too deep, the next smaller depth is tried. */
const depths = [maxDepth, 16, 11, 7] as const

/** A network in which layers that reuse the weights of others list them too. */
const withWeights = (network: AnyNetwork): AnyNetwork => {
  const { graph, input, output, params } = network
  if (graph.nodes.every(({ sharedWith }) => sharedWith === undefined)) return network
  const weights = new Map(graph.nodes.map((node) => [node.name, node.weights]))
  const nodes = graph.nodes.map((node) => (node.sharedWith === undefined ? node : { ...node, weights: weights.get(node.sharedWith) ?? [] }))
  return { graph: { ...graph, nodes }, input, output, params }
}

/** The contents of a source. */
interface Source {
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

const sourceOf = (network: AnyNetwork, name: string, depth: number): Source => {
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

const partName = (name: string, part: number): string => `${name}Part${part}`

/** A call with the shape that it gives behind it, `// 56x56x64`; of a call of several lines behind the first. */
const withShape = (text: string, shape: Shape | undefined): string => {
  if (shape === undefined) return text
  const [first, ...others] = text.split('\n')
  return [`${first} // ${shape.join('x')}`, ...others].join('\n')
}

/** A call as a method of a network. */
const asMethod = (call: Call): string => {
  const isValue = appliedOnly.has(call.name) || call.constant !== undefined || call.isOwn === true
  return printCall(isValue ? { name: 'apply', args: [call] } : call, '  ', '.')
}
