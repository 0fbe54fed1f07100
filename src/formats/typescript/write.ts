import { FormatError } from '../../network/format-error.js'
import type { NetworkLike } from '../../network/network-like.js'
import { shown } from '../../shape/message.js'
import type { Shape } from '../../shape/shape.js'
import { requireNetwork, requireOptions } from '../checked-input.js'
import { type Call, callsOf, depthOf, shortened, takesName } from './call.js'
import { decompose, deepest, tooDeep } from './decompose.js'
import { sourceNames } from './names.js'
import { functionsIn, printed } from './print.js'

/** Options of {@link toTypeScript}. */
export interface TypeScriptOptions {
  /** Name of the constant, default `'network'`. */
  readonly name?: string
}

/** How many calls stand in one expression: compilers before TypeScript 7 overflow their stack at near 600. */
const callsInChain = 100

/** Words of the language, which are no names. */
const reserved = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function ' +
    'if implements import in instanceof interface let new null package private protected public return static super switch this throw true try ' +
    'typeof undefined var void while with yield'
  ).split(' '),
)

/** Layers that are values only: methods of a network they are not. */
const appliedOnly = new Set(['repeat', 'block', 'identity'])

/**
 * A network as the source of an architecture file, which has the network's shapes and parameters in its type.
 *
 * Branches become `residual`, `concat`, `add` and `multiply`, what follows itself becomes `repeat`; options that a layer has anyway are left out.
 *
 * @throws {FormatError} with a node that no nesting of branches can say, or a layer that was defined by hand
 * @example
 * const { network } = fromOnnx(readFileSync('resnet50.onnx'))
 * writeFileSync('resnet50.ts', toTypeScript(network, { name: 'resnet50' })) // export const resnet50 = input(224, 224, 3)...
 */
export const toTypeScript = (network: NetworkLike, options: TypeScriptOptions = {}): string => {
  const { graph, input, output, params } = requireNetwork('typescript', network)
  requireOptions('typescript', options, ['name'])
  const { name = 'network' } = options
  if (typeof name === 'string' && reserved.has(name))
    throw new FormatError(`name must be another than '${name}', which is a word of the language.`, 'typescript', '')
  if (typeof name !== 'string' || !/^[A-Za-z_$][\w$]*$/.test(name))
    throw new FormatError(`name must be a name of TypeScript, not ${shown(name)}.`, 'typescript', '')

  const layers = decompose(graph)
  const calls = shortened(callsOf(layers, sourceNames(layers, takesName)))
  if (calls.some((call) => depthOf(call) > deepest)) throw new FormatError(tooDeep, 'typescript', graph.output ?? '')
  const parts: Call[][] = []
  for (let at = 0; at < calls.length; at += callsInChain) parts.push(calls.slice(at, at + callsInChain))
  if (parts.length === 0) parts.push([])

  const statements = parts.map((part, index) => {
    const isLast = index === parts.length - 1
    const begin = index === 0 ? `input(${(input as Shape).join(', ')})` : partName(name, index)
    const head = `${isLast ? 'export ' : ''}const ${isLast ? name : partName(name, index + 1)} = ${begin}`
    return [head, ...part.map(asMethod)].join('\n')
  })
  const used = new Set([
    'input',
    ...calls.flatMap(({ name: method, args }) => [...(appliedOnly.has(method) ? [method] : []), ...args.flatMap(functionsIn)]),
  ])
  if (used.has(name)) throw new FormatError(`name must be another than '${name}', which the source imports.`, 'typescript', '')
  const type = `Network<[${(input as Shape).join(', ')}], [${(output as Shape).join(', ')}], ${params}>`
  return `import { ${[...used].sort().join(', ')} } from 'stridewise'\n\n/** ${type} */\n${statements.join('\n\n')}\n`
}

const partName = (name: string, part: number): string => `${name}Part${part}`

const asMethod = (call: Call): string => printed(appliedOnly.has(call.name) ? { name: 'apply', args: [call] } : call, '  ', '.')
