import type { Shape } from '../../shape/shape.js'
import type { Axis, AxisFit, Rounding } from '../../shape/window.js'
import type { AnyLayer } from './value.js'

/** A tensor of numbers that a layer owns. */
export interface Weight {
  /** What it is: `'kernel'`, `'bias'`, `'gamma'`, `'movingMean'`, ... */
  readonly name: string
  /** Its shape, channels last: a convolution's kernel is `[height, width, channels / groups, filters]`. */
  readonly shape: Shape
  /** Whether training changes it by gradients; running statistics are not trainable. */
  readonly trainable: boolean
}

/** A window as the receptive field and the exports need it: its axes, settled, and how it fits each. */
export interface SlidingWindow {
  readonly axes: readonly Axis[]
  readonly fits: readonly AxisFit[]
  readonly rounding: Rounding
}

/** How a value sees the map before it on one axis. */
export interface Reach {
  /** Cells of the map before that a value sees. */
  readonly span: number
  /** How far apart there the views of two neighbours begin, in cells: below 1 where a layer enlarges the map. */
  readonly step: number
}

/**
 * Where a layer's output lies: in memory of its `own`, over its input (`overwrites`: activations, dropout), or it is its
 * input looked at another way (`view`: flatten).
 */
export type Memory = 'own' | 'overwrites' | 'view'

/** What a layer makes of its input: the run-time half of a rule. */
export interface Applied {
  /** Shape of the output of one example. */
  readonly output: Shape
  /** The hyperparameters with their defaults filled in, by their names. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly weights: readonly Weight[]
  /** Multiply-accumulates for one example: products with weights; biases, pools and activations count none. */
  readonly macs: number
  readonly memory: Memory
  /** Where the layer slides a window, that window. */
  readonly window?: SlidingWindow
  /** How far a value sees on each spatial axis, where that is neither its own cell alone nor a window's. */
  readonly reach?: readonly Reach[]
  /** Every output value sees every input position (a dense layer, a global pool). */
  readonly seesAll?: boolean
}

/**
 * A layer on the links before it. Links are never changed, so networks share their beginnings.
 *
 * Some links are no layers: they pass a value on (`passes`), or stand for several (`values`). A graph has no nodes of theirs.
 */
export interface Link {
  readonly kind: string
  readonly inputs: readonly Link[]
  readonly applied: Applied
  /** Its output is that of its first input: a value that gets a name, a place where a head branches out. */
  readonly passes?: true
  /** Several values in place of one: the inputs of a network before one of them is taken, or its named outputs. */
  readonly values?: ReadonlyMap<string, Link>
  /** Links that were written before it and need not lead to it: the network holds and counts their layers too. */
  readonly after?: readonly Link[]
  /** The names that mean something here. */
  readonly scope?: Scope
  /** Whose weights it has, where a shared layer made it: the shared layer's name, and its place among the layers with weights in it. */
  readonly shared?: SharedPlace
}

/** What names mean at a link. */
export interface Scope {
  /** The values that have a name, the latest first. */
  readonly kept?: Kept | undefined
  /** The shared layers that were applied up to here. */
  readonly shared?: ReadonlyMap<string, SharedLayer> | undefined
  /** The shared layer that is being applied. */
  readonly sharing?: Sharing | undefined
  /** What a network's type says of names, the latest first. */
  readonly said?: Said | undefined
}

/** What a network's first type parameter says of a name, and what it said before. */
export interface Said {
  readonly text: () => string
  readonly before: Said | undefined
}

/** A value with a name, and those that were named before it. */
export interface Kept {
  readonly name: string
  readonly link: Link
  readonly before: Kept | undefined
}

/** One of the layers with weights in a shared layer. */
export interface SharedPlace {
  readonly name: string
  readonly place: number
}

/** A shared layer where it was applied first. */
export interface SharedLayer {
  /** The layer value; a network that was read from data does not know it. */
  readonly layer?: AnyLayer | undefined
  /** Shape of what it was applied to. */
  readonly input: Shape
  /** Shape of its output there; a network that was read from data does not know it. */
  readonly output?: Shape | undefined
  /** The weights of each of its layers that has some. */
  readonly weights: readonly (readonly Weight[])[]
}

/** A shared layer while it is applied: its name, and the weights of its layers so far. */
export interface Sharing {
  readonly name: string
  readonly weights: (readonly Weight[])[]
}

/** A kind of layer at run time: its name and its rule. */
export interface LayerKind<Given extends readonly unknown[] = readonly never[]> {
  /** The name of the method and of the kind, `'conv2d'`. */
  readonly kind: string
  /** How many arguments there are at most, options included; without end where each is one of a list, as in `concat`. */
  readonly takes: Required<Given>['length']
  /** @throws {ShapeError} when the layer cannot stand on that input. */
  readonly apply: (input: Shape, ...given: Given) => Applied
}

/** A kind that may take a kept value beside its input. */
export interface AcrossKind<Given extends readonly unknown[] = readonly never[]> extends LayerKind<Given> {
  /** The kept value that its arguments name, where they name one. */
  readonly across: (before: Link, ...given: Given) => Link | undefined
  /** `apply` with that value's shape. */
  readonly applyAcross: (input: Shape, other: Shape, ...given: Given) => Applied
}

/** A kind that is made of other layers: it puts links of their kinds behind a link. */
export interface LinkKind<Given extends readonly unknown[] = readonly never[]> {
  readonly kind: string
  readonly takes: Required<Given>['length']
  /** @throws {ShapeError} when a layer inside cannot stand where it does. */
  readonly extend: (before: Link, follow: (before: Link, layer: AnyLayer) => Link, ...given: Given) => Link
}

/** How many values a tensor of that shape has. */
export const valuesIn = (shape: Shape): number => shape.reduce((product, size) => product * size, 1)

/** {@link valuesIn}, exact where numbers are not. */
export const exactValuesIn = (shape: Shape): bigint => shape.reduce((product, size) => product * BigInt(size), 1n)
