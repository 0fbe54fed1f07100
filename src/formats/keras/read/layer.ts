import type { LayerKind } from '../../../layers/kind/layer.js'
import { argumentsOf } from '../../../network/arguments.js'
import { atNode } from '../../../network/format-error.js'
import { kindOf } from '../../../network/kinds.js'
import type { PlannedNode } from '../../../network/rebuild.js'
import { ShapeError } from '../../../shape/message.js'
import type { Shape } from '../../../shape/shape.js'
import { untaken } from '../names.js'

/** A value of the network that is read: the node that gives it, and its shape. */
export interface Value {
  readonly node: string
  readonly shape: Shape
}

/** The nodes that are read, one after the other. */
export class Plan {
  readonly nodes: PlannedNode[] = []
  readonly #taken = new Set<string>()

  /** Reserves the names of the file's layers, so that no other node gets one of them. */
  constructor(layers: readonly string[]) {
    for (const name of layers) this.#taken.add(name)
  }

  input(name: string, shape: Shape): Value {
    this.nodes.push({ name, kind: 'input', settings: {}, inputs: [], output: shape })
    return { node: name, shape }
  }

  /** A node of the file's layer, with its name. */
  add(layer: string, kind: string, settings: Readonly<Record<string, unknown>>, input: Value): Value {
    const { shape, settled: resolved } = applied(layer, kind, settings, input.shape)
    this.nodes.push({ name: layer, kind, settings: resolved, inputs: [input.node] })
    return { node: layer, shape }
  }

  /** A node that the layer has besides: its activation. */
  addAfter(layer: string, kind: string, settings: Readonly<Record<string, unknown>>, input: Value): Value {
    const name = untaken(`${layer}_${kind}`, this.#taken)
    const { shape, settled: resolved } = applied(layer, kind, settings, input.shape)
    this.nodes.push({ name, kind, settings: resolved, inputs: [input.node] })
    return { node: name, shape }
  }

  join(layer: string, kind: string, inputs: readonly Value[], shape: Shape): Value {
    this.nodes.push({ name: layer, kind, settings: {}, inputs: inputs.map(({ node }) => node) })
    return { node: layer, shape }
  }
}

/**
 * What a layer makes of a shape. Keras rounds windows down without a word: here that is said, where it is so.
 *
 * @throws {FormatError} when it cannot stand there
 */
const applied = (layer: string, kind: string, settings: Readonly<Record<string, unknown>>, input: Shape) => {
  const run = (resolved: Readonly<Record<string, unknown>>) => {
    const known = argumentsOf(kind, resolved) as NonNullable<ReturnType<typeof argumentsOf>>
    const args = Object.keys(known.options).length === 0 ? known.args : [...known.args, known.options]
    return { shape: (kindOf(kind) as LayerKind<unknown[]>).apply(input, ...args).output, settled: resolved }
  }
  return atNode('keras', layer, () => {
    if (!/^(conv|depthwiseConv|separableConv|maxPool|avgPool)\dd$/.test(kind)) return run(settings)
    try {
      return run(settings)
    } catch (error) {
      if (error instanceof ShapeError && settings['rounding'] === undefined) return run({ ...settings, rounding: 'floor' })
      throw error
    }
  })
}

/** One number where all axes have the same. */
export const oneOrEach = (values: readonly number[]): number | readonly number[] =>
  values.every((value) => value === values[0]) ? (values[0] as number) : values

/** Settings without those that are standard anyway. */
export const settingsOf = (all: Readonly<Record<string, unknown>>, standard: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(all).filter(([name, value]) => !(Object.hasOwn(standard, name) && standard[name] === value)))
