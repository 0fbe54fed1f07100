import { FormatError } from '../../network/format-error.js'
import type { AnyNetwork } from '../../network/network.js'
import type { NetworkLike } from '../../network/network-like.js'
import { shown } from '../../shape/message.js'
import type { Shape } from '../../shape/shape.js'
import { requireNetwork, requireOptions } from '../checked-input.js'
import { type Call, shapeKey } from './call.js'
import { commentText } from './comment.js'
import { maxDepth } from './decompose.js'
import { withFunctions } from './functions.js'
import { functionsIn, printCall, printFunction } from './print.js'
import { reserved } from './reserved.js'
import { sourceOf } from './source.js'

/** Options of {@link toTypeScript}. */
export interface TypeScriptOptions {
  /** The name of the constant, default `'network'`. */
  readonly name?: string
  /** Whether each line of the chain has the shape that it gives in a comment, default `false`. */
  readonly shapes?: boolean
}

/** The maximum number of calls in an expression. Compilers before TypeScript 7 overflow their stack at about 600. */
const callsInChain = 100

/** Layer values without a method. */
const appliedOnly = new Set(['repeat', 'block', 'identity'])

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
