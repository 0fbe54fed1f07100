import { valuesIn } from '../../layers/kind/layer.js'
import { FormatError } from '../../network/format-error.js'
import type { GraphNode } from '../../network/graph.js'
import type { NetworkLike } from '../../network/network-like.js'
import { shown } from '../../shape/message.js'
import { weightSpecs } from '../../weights/names.js'
import { requireNetwork, requireOptions } from '../checked-input.js'
import type { Tensor } from './axes.js'
import { helpers } from './helpers.js'
import { flattenedByChannels, moduleOf } from './module.js'
import { docText, isIdentifier } from './names.js'
import { shapeText } from './shape-text.js'

export { FormatError }

/** Options of {@link toPyTorch}. */
export interface PyTorchOptions {
  /** Name of the class, default `'Network'`. */
  readonly name?: string
}

/**
 * A network as Python source: a class for PyTorch with the same layers, shapes and parameters, as one would write it by hand.
 *
 * Layers one after the other are an `nn.Sequential`. Branches are classes of their own; those that differ in numbers alone share
 * one. A network with several inputs, named outputs, kept values or shared layers has an attribute for each layer, and `forward` has a
 * line for each: the inputs are its parameters, kept values its variables, and of several outputs it returns a dict. A shared layer is one
 * attribute that is called at each use. Layers that no output needs are in the module and not in `forward`, which names them. What PyTorch has no module for is written out in front. Layers that have a name of their own keep it as attributes.
 *
 * Images have the order of PyTorch, `[height, width, channels] -> (batch, channels, height, width)`. Sequences keep their own,
 * `[length, features] -> (batch, length, features)`, also where the first layer is a convolution. The docstring of the class says what
 * goes in and comes out, and `forward` refuses another shape.
 *
 * @param network the network; its weights are not in the source
 * @param options `name` of the class
 * @throws {FormatError} for a layer that PyTorch cannot compute, and for a name that no class can have
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
 * Where the weights of a network are in the state dict of the class that {@link toPyTorch} writes.
 *
 * @param network the network
 * @returns for each tensor, by its name in `Weights`, its key
 * @throws {FormatError} for a layer that PyTorch cannot compute
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

const pythonNames = new Set(['torch', 'nn', 'OrderedDict', 'tuple', 'dict', 'int', 'float', 'object', 'slice', 'zip', 'range', 'super'])

const requireClassName = (name: unknown): void => {
  if (typeof name === 'string' && isIdentifier(name) && !pythonNames.has(name) && !Object.hasOwn(helpers, name)) return
  if (typeof name === 'string' && /^[A-Za-z_]\w*$/.test(name))
    throw new FormatError(
      `the name of a class must be another than '${name}', which Python or the file has for something else.`,
      'pytorch',
      'name',
    )
  throw new FormatError(
    `the name of a class is letters, digits and _, and no name of the file, such as 'AlexNet', not ${shown(name)}.`,
    'pytorch',
    'name',
  )
}

const countText = (count: number): string => count.toLocaleString('en-US')

/** What the docstring says of inputs or outputs: the first is called so where it has no name of its own. */
const described = (what: string, values: readonly { name: string; tensor: Tensor }[], isMain: boolean): string[] => {
  const line = (name: string, tensor: Tensor): string => `    ${docText(name)}: ${shapeText(tensor)}`
  if (isMain) return values.map(({ name, tensor }, index) => line(index === 0 ? what : name, tensor))
  return [`    ${what}s:`, ...values.map(({ name, tensor }) => `    ${line(name, tensor)}`)]
}

/** How many of the parameters no output needs. */
const unusedText = (unused: readonly GraphNode[]): string => {
  const weights = unused.flatMap((node) => node.weights).filter(({ trainable }) => trainable)
  const count = weights.reduce((sum, { shape }) => sum + valuesIn(shape), 0)
  return count === 0 ? '' : `, of which ${countText(count)} are in layers that no output needs`
}
