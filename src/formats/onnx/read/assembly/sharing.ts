import { FormatError } from '../../../../network/format-error.js'
import { named } from '../../words.js'
import type { ConstantTensor } from '../operands/operand.js'
import type { ReadNode, ReadWeight } from '../reader/layers.js'

/*
 * Layers with the same tensors of the file are one shared layer. Where they have one in common, the others may be copies.
 */

/** The layers, of which each says whose weights it has: the first layer with them is the shared layer that they all are. */
export const withSharing = (nodes: readonly ReadNode[]): ReadNode[] => {
  const owners = new Map<string, ReadNode>()
  const uses = new Map<ReadNode, ReadNode[]>()
  for (const node of nodes) {
    const found = new Set(node.weights.flatMap(({ from }) => owners.get(from.name) ?? []))
    const [owner] = found
    if (!owner) {
      for (const { from } of node.weights) owners.set(from.name, node)
      continue
    }
    if (found.size > 1 || !isSame(owner, node)) throw refusal(owner, node)
    const others = uses.get(owner)
    if (others) others.push(node)
    else uses.set(owner, [node])
  }
  const shared = new Map<ReadNode, Partial<ReadNode>>()
  for (const [owner, others] of uses) {
    // A window that fits one use exactly leaves cells over at another: both round down.
    const rounding = [owner, ...others].map(({ settings }) => settings['rounding']).find((each) => each !== 'exact')
    const settings = rounding === undefined ? owner.settings : { ...owner.settings, rounding }
    // Attention to another value may once be given its own input as that value.
    const count = Math.max(...[owner, ...others].map(({ inputs }) => inputs.length))
    const inputsOf = ({ inputs }: ReadNode): readonly string[] => (inputs.length < count ? [...inputs, ...inputs] : inputs)
    shared.set(owner, { shared: owner.name, settings, inputs: inputsOf(owner) })
    for (const other of others) shared.set(other, { shared: owner.name, sharedWith: owner.name, settings, inputs: inputsOf(other) })
  }
  return nodes.map((node) => ({ ...node, ...shared.get(node) }))
}

const refusal = (owner: ReadNode, node: ReadNode): FormatError => {
  const tensor = node.weights.find(({ from }) => owner.weights.some((weight) => weight.from.name === from.name)) as ReadWeight
  const fault = `is a weight of '${named(owner.name)}' and of '${named(node.name)}', which differ: only one layer, applied again, can share its weights.`
  return new FormatError(fault, 'onnx', named(tensor.from.name))
}

/** Whether two nodes are one layer, applied twice. */
const isSame = (one: ReadNode, other: ReadNode): boolean =>
  one.kind === other.kind &&
  settingsText(one) === settingsText(other) &&
  one.weights.length === other.weights.length &&
  one.weights.every((weight, index) => sameWeight(weight, other.weights[index] as ReadWeight))

/** Settings as text. Whether a window fits exactly depends on what it stands on. */
const settingsText = ({ settings }: ReadNode): string => {
  const { rounding, ...others } = settings
  return JSON.stringify([rounding === 'exact' || rounding === 'floor' ? 'floor' : rounding, Object.entries(others).sort()])
}

const sameWeight = (one: ReadWeight, other: ReadWeight): boolean =>
  one.suffix === other.suffix &&
  'tensor' in one === 'tensor' in other &&
  sameTensor(one.from, other.from) &&
  sameNumbers(one.tensor?.data, other.tensor?.data)

/**
 * Whether two tensors are the same part of one, in the same order. Without numbers that is so where nothing was done with them.
 *
 * Their names may differ: PyTorch's exporter writes the kernel of an `nn.Linear` on tokens once for each use, transposed, and its bias once.
 */
const sameTensor = (one: ConstantTensor, other: ConstantTensor): boolean =>
  one === other ||
  (one.part === other.part && one.dims.join() === other.dims.join() && one.data !== undefined && sameNumbers(one.data, other.data))

const sameNumbers = (one: Float32Array | undefined, other: Float32Array | undefined): boolean =>
  one === other ||
  (one !== undefined && other !== undefined && one.length === other.length && one.every((value, index) => Object.is(value, other[index])))
