import type { GraphNode } from '../../network/graph.js'
import type { Tensor } from './axes.js'
import { type Call, callText, literalText } from './call.js'
import type { Part } from './part.js'
import type { Keys } from './structured.js'

/* The attributes of a module with one attribute per layer, and their calls in `forward`. A shared layer is a single attribute. */

/** A layer with its modules on its input tensor. */
export interface WrittenLayer {
  readonly node: GraphNode
  readonly parts: readonly Part[]
  readonly tensor: Tensor
}

/** What `__init__` creates, and the expressions that call it. */
export interface Attributes {
  readonly lines: readonly string[]
  /** The expression of a layer's output, given that of its input. */
  readonly apply: (layer: string, input: string) => string
  readonly places: ReadonlyMap<string, { readonly path: string; readonly keys: Keys }>
}

const indent = ' '.repeat(12)

const textOf = ({ callee, args }: Call): string => callText(callee, args.map(argumentText), indent)

const argumentText = ({ name, value, keyword }: Call['args'][number]): string =>
  keyword ? `${name}=${literalText(value)}` : literalText(value)

const textsOf = ({ parts }: WrittenLayer): string[] => parts.map(({ call }) => textOf(call))

/** The expression of a tensor with permuted axes. */
export const permuted = (text: string, { args }: Call): string =>
  `${text}.permute(${args.map(({ value }) => literalText(value)).join(', ')})`

const holdsWeights = ({ weights = {} }: Part): boolean => Object.keys(weights).length > 0

/**
 * Creates the attributes of layers.
 *
 * @param names the attribute of each layer
 * @param untaken makes an attribute name unique
 */
export const attributesOf = (
  layers: readonly WrittenLayer[],
  names: ReadonlyMap<string, string>,
  untaken: (name: string) => string,
): Attributes => {
  const lines: string[] = []
  const calls = new Map<string, (input: string) => string>()
  const places = new Map<string, { path: string; keys: Keys }>()
  const owned = new Map<string, readonly { attribute: string; text: string }[]>()
  const alike = sharedAlike(layers)

  /** Writes one attribute for all modules of a layer. */
  const writeWhole = (layer: WrittenLayer, name: string): void => {
    const texts = textsOf(layer)
    if (texts.length === 1) lines.push(`self.${name} = ${texts[0]}`)
    else lines.push(`self.${name} = nn.Sequential(`, ...texts.map((text) => `    ${text},`), ')')
    calls.set(layer.node.name, (input) => `self.${name}(${input})`)
    places.set(layer.node.name, { path: name, keys: keysOf(name, layer.parts) })
  }

  /** Writes an attribute for each module. Modules with shared weights are written by the layer that owns the weights. */
  const writeParts = ({ node, parts }: WrittenLayer, name: string): void => {
    const isOwner = node.sharedWith === undefined
    const owners = isOwner ? [] : (owned.get(node.sharedWith) ?? [])
    const own: { attribute: string; text: string }[] = []
    const keys: Record<string, string> = {}
    let heldParts = 0
    const steps = parts.map((part): ((input: string) => string) => {
      if (part.call.callee === 'Permute') return (input) => permuted(input, part.call)
      const text = textOf(part.call)
      const owner = holdsWeights(part) ? owners[heldParts++] : undefined
      if (owner?.text === text) return (input) => `self.${owner.attribute}(${input})`
      const isFirst = isOwner && holdsWeights(part) && own.length === 0
      const free = isFirst ? name : untaken(`${name}_${part.role || 'layer'}`)
      lines.push(`self.${free} = ${owner ? `Tied(${text}, self.${owner.attribute})` : text}`)
      if (isOwner && holdsWeights(part)) {
        own.push({ attribute: free, text })
        for (const [weight, key] of Object.entries(part.weights ?? {})) keys[weight] = `${free}.${key}`
      }
      return (input) => `self.${free}(${input})`
    })
    calls.set(node.name, (input) => steps.reduce((text, step) => step(text), input))
    if (!isOwner) return
    owned.set(node.name, own)
    places.set(node.name, { path: own[0]?.attribute ?? name, keys })
  }

  for (const layer of layers) {
    const { node, parts } = layer
    const owner = node.sharedWith ?? node.name
    const name = names.get(node.name) as string
    if (parts.length === 0) continue
    if (alike.get(owner) === false) writeParts(layer, name)
    else if (node.sharedWith === undefined) writeWhole(layer, name)
    else calls.set(node.name, calls.get(owner) as (input: string) => string)
  }
  return { lines, apply: (layer, input) => (calls.get(layer) as (input: string) => string)(input), places }
}

/** For each layer with shared weights, whether all its uses have the same modules. */
const sharedAlike = (layers: readonly WrittenLayer[]): Map<string, boolean> => {
  const texts = new Map(layers.filter(({ node }) => node.shared !== undefined).map((layer) => [layer.node.name, textsOf(layer).join('\n')]))
  const alike = new Map<string, boolean>()
  for (const { node } of layers) {
    const { name, sharedWith } = node
    if (sharedWith !== undefined) alike.set(sharedWith, (alike.get(sharedWith) ?? true) && texts.get(name) === texts.get(sharedWith))
  }
  return alike
}

const keysOf = (name: string, parts: readonly Part[]): Keys =>
  Object.fromEntries(
    parts.flatMap(({ weights = {} }, index) =>
      Object.entries(weights).map(([own, key]) => [own, parts.length === 1 ? `${name}.${key}` : `${name}.${index}.${key}`]),
    ),
  )
