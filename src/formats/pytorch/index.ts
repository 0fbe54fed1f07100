import { paramsIn } from '../../layers/kind/layer.js'
import { FormatError } from '../../network/format-error.js'
import type { GraphNode } from '../../network/graph.js'
import type { NetworkLike } from '../../network/network-like.js'
import { shown } from '../../shape/message.js'
import { weightSpecs } from '../../weights/names.js'
import { requireNetwork, requireOptions } from '../checked-input.js'
import type { Tensor } from './axes.js'
import { helpers } from './helpers/index.js'
import { flattenedByChannels, moduleOf } from './module.js'
import { docText, isIdentifier } from './names.js'
import { shapeText } from './shape-text.js'

export { FormatError }

/** Options of {@link toPyTorch}. */
export interface PyTorchOptions {
  /** The name of the class, default `'Network'`. */
  readonly name?: string
}

/**
 * Converts a network to Python source: a PyTorch class with the same layers, shapes and parameters, as one would write it by hand.
 *
 * Consecutive layers become an `nn.Sequential`, and branches become classes; branches that differ only in numbers share a class. A
 * network with several inputs, named outputs, kept values or shared layers has an attribute for each layer, and `forward` has a line
 * for each. Its inputs are the parameters of `forward`, kept values are variables, and several outputs are returned as a dict. A shared
 * layer is an attribute that is called at each use. Layers that no output needs are in the module but not in `forward`, which lists
 * them in a comment. The file includes small classes for layers without a PyTorch module. Layers with explicit names keep them.
 *
 * Images are channels first, as usual in PyTorch: `[height, width, channels] -> (batch, channels, height, width)`. Sequences keep their
 * order, `[length, features] -> (batch, length, features)`, even if the first layer is a convolution. The docstring of the class
 * describes inputs and outputs, and `forward` rejects other shapes.
 *
 * @param network the network; the source does not contain its weights
 * @param options `name` of the class
 * @throws {FormatError} when PyTorch cannot represent a layer, or the name is not a valid class name
 * @example
 * toPyTorch(input(28, 28, 1).conv2d(8, 3).relu().flatten().dense(10), { name: 'Digits' })
 */
export const toPyTorch = (network: NetworkLike, options: PyTorchOptions = {}): string => {
  const written = requireNetwork('pytorch', network)
  requireOptions('pytorch', options, ['name'])
  const { name = 'Network' } = options
  requireClassName(name)
  const { classes, lines, base, inputs, outputs, unused } = moduleOf(written, name)
  const body = [...classes, ''].join('\n') + lines.join('\n')
  const used = withBases(Object.keys(helpers).filter((helper) => new RegExp(`\\b${helper}\\(`).test(body)))
  const order = flattenedByChannels(written.graph).size > 0
  const ordered = body.includes('OrderedDict(')
  const title = [
    `    """${name}.`,
    '',
    ...described('input', inputs, inputs[0]?.parameter === 'x'),
    ...described('output', outputs, written.graph.output !== undefined),
    `    parameters: ${countText(written.params)}${unusedText(unused)}`,
    ...(order ? ['', '    nn.Flatten takes the values channel by channel: so do the weights of the nn.Linear behind it.'] : []),
    '    """',
  ]
  const own = [`class ${name}(${base}):`, ...title, '', ...lines].join('\n')
  const imports = [...(ordered ? ['from collections import OrderedDict', ''] : []), 'import torch', 'from torch import nn'].join('\n')
  return `${[imports, ...used.map((helper) => helpers[helper] as string), ...classes, own].join('\n\n\n')}\n`
}

/**
 * Maps the weights of a network to the state dict keys of the class that {@link toPyTorch} writes.
 *
 * @param network the network
 * @returns the key of each tensor, by its name in `Weights`
 * @throws {FormatError} when PyTorch cannot represent a layer
 * @example
 * pyTorchKeys(input(28, 28, 1).conv2d(8, 3)) // { 'conv2d_1.weight': '0.weight', 'conv2d_1.bias': '0.bias' }
 */
export const pyTorchKeys = (network: NetworkLike): Readonly<Record<string, string>> => {
  const written = requireNetwork('pytorch', network)
  const { places } = moduleOf(written, 'Network')
  return Object.fromEntries(weightSpecs(written.graph).map(({ name, node, weight }) => [name, places.get(node)?.keys[weight] as string]))
}

/** Helpers with those that they extend before them. */
const withBases = (used: readonly string[]): string[] =>
  Object.keys(helpers).filter(
    (helper) => used.includes(helper) || used.some((each) => helpers[each]?.startsWith(`class ${each}(${helper}):`)),
  )

const pythonNames = new Set([
  'torch',
  'nn',
  'OrderedDict',
  'tuple',
  'dict',
  'int',
  'float',
  'object',
  'slice',
  'zip',
  'range',
  'super',
  '__debug__',
])

const requireClassName = (name: unknown): void => {
  if (typeof name === 'string' && isIdentifier(name) && !pythonNames.has(name) && !Object.hasOwn(helpers, name)) return
  if (typeof name === 'string' && /^[A-Za-z_]\w*$/.test(name))
    throw new FormatError(`'${name}' cannot be the name of the class: Python or the file uses it for something else.`, 'pytorch', 'name')
  throw new FormatError(
    `the name of a class is letters, digits and _, and no name of the file, such as 'AlexNet', not ${shown(name)}.`,
    'pytorch',
    'name',
  )
}

const countText = (count: number): string => count.toLocaleString('en-US')

/** The docstring lines for inputs or outputs. If there is a main one, its label is `what` instead of its name. */
const described = (what: string, values: readonly { name: string; tensor: Tensor }[], isMain: boolean): string[] => {
  const line = (name: string, tensor: Tensor): string => `    ${docText(name)}: ${shapeText(tensor)}`
  if (isMain) return values.map(({ name, tensor }, index) => line(index === 0 ? what : name, tensor))
  return [`    ${what}s:`, ...values.map(({ name, tensor }) => `    ${line(name, tensor)}`)]
}

/** The number of parameters that no output needs, as text. */
const unusedText = (unused: readonly GraphNode[]): string => {
  const count = paramsIn(unused.flatMap((node) => node.weights))
  return count === 0 ? '' : `, of which ${countText(count)} are in layers that no output needs`
}
