import type { Shape } from '../../shape/shape.js'
import type { Axis, AxisFit, Rounding } from '../../shape/window.js'
import type { AnyLayer } from './value.js'

/** A tensor that belongs to a layer. */
export interface Weight {
  /** The weight's role: `'kernel'`, `'bias'`, `'gamma'`, `'movingMean'`, ... */
  readonly name: string
  /** The shape, channels last: a convolution's kernel is `[height, width, channels / groups, filters]`. */
  readonly shape: Shape
  /** Whether gradients update it. Running statistics are not trainable. */
  readonly trainable: boolean
}

/** A window as the receptive field and the exports need it: the hyperparameters on each axis, and how it fits. */
export interface SlidingWindow {
  readonly axes: readonly Axis[]
  readonly fits: readonly AxisFit[]
  readonly rounding: Rounding
}

/** How an output value depends on the input map along one axis. */
export interface Reach {
  /** The input cells that one output value depends on. */
  readonly span: number
  /** The distance in input cells between the ranges of neighbouring output values; below 1 if the layer enlarges the map. */
  readonly step: number
}

/**
 * Where a layer's output is stored: in memory of its `own`, over its input (`overwrites`: activations, dropout), or as a `view` of its
 * input (flatten).
 */
export type Memory = 'own' | 'overwrites' | 'view'

/** The result of applying a layer: the run-time half of a rule. */
export interface Applied {
  /** The output shape of one sample. */
  readonly output: Shape
  /** The hyperparameters by name, including defaults. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly weights: readonly Weight[]
  /** Multiply-accumulates per sample: products with weights. Biases, pools and activations count none. */
  readonly macs: number
  readonly memory: Memory
  /** The window that the layer slides, if it does. */
  readonly window?: SlidingWindow
  /** The input range of an output value on each spatial axis, unless it is a window or a single cell. */
  readonly reach?: readonly Reach[]
  /** Whether every output value depends on every input position (a dense layer, a global pool). */
  readonly seesAll?: boolean
}

/**
 * A layer and its inputs. Links are immutable, so networks share their beginnings.
 *
 * Some links are not layers: they pass a value on (`passes`), or stand for several (`values`). A graph has no nodes for these.
 */
export interface Link {
  readonly kind: string
  readonly inputs: readonly Link[]
  readonly applied: Applied
  /** Its output is that of its first input: a named value, or the place where a head branches out. */
  readonly passes?: true
  /** Several values instead of one: the inputs of a network before one is chosen, or its named outputs. */
  readonly values?: ReadonlyMap<string, Link> | undefined
  /** Links that precede it in the code but need not lead to it. The network also contains and counts their layers. */
  readonly after?: readonly Link[]
  /** The names that are known here. */
  readonly scope?: Scope | undefined
  /** For a layer inside a shared layer: where its weights are. */
  readonly shared?: SharedPlace
}

/** What names mean at a link. */
export interface Scope {
  /** The named values, the latest first. */
  readonly kept?: Kept | undefined
  /** The shared layers applied so far. */
  readonly shared?: ReadonlyMap<string, SharedLayer> | undefined
  /** The shared layer that is being applied. */
  readonly sharing?: Sharing | undefined
  /** The parts of the network's type for names, the latest first. */
  readonly typeTexts?: TypeTexts | undefined
}

/** The part of a network's first type parameter for one name, and the parts before it. */
export interface TypeTexts {
  readonly text: () => string
  readonly before: TypeTexts | undefined
}

/** A named value, and the values named before it. */
export interface Kept {
  readonly name: string
  readonly link: Link
  readonly before: Kept | undefined
}

/** A layer with weights inside a shared layer: the shared layer's name, and the index among its layers with weights. */
export interface SharedPlace {
  readonly name: string
  readonly place: number
}

/** A shared layer at its first application. */
export interface SharedLayer {
  /** The layer value; unknown for a network that was read from data. */
  readonly layer?: AnyLayer | undefined
  /** The input shape. */
  readonly input: Shape
  /** The input shapes by name, if it was first applied to several values. */
  readonly inputs?: Readonly<Record<string, Shape>> | undefined
  /** The weights of each of its layers that has any. */
  readonly weights: readonly (readonly Weight[])[]
  /** These layers as text. */
  readonly layers: readonly string[]
}

/** A shared layer while it is applied: its name, and the layers with weights so far. */
export interface Sharing {
  readonly name: string
  readonly weights: (readonly Weight[])[]
  readonly layers: string[]
}

/** A kind of layer at run time: its rule. The table of kinds has its name, which is also the name of its method, such as `conv2d`. */
export interface LayerKind<Given extends readonly unknown[] = readonly never[]> {
  /** The maximum number of arguments, options included; infinite if they form a list, as in `concat`. */
  readonly takes: Required<Given>['length']
  /** @throws {ShapeError} when the layer does not accept the input */
  readonly apply: (input: Shape, ...given: Given) => Applied
}

/** A kind that can read a kept value in addition to its input. */
export interface AcrossKind<Given extends readonly unknown[] = readonly never[]> extends LayerKind<Given> {
  /** The kept value that the arguments name, if any. */
  readonly across: (before: Link, ...given: Given) => Link | undefined
  /** `apply` with the shape of that value. */
  readonly applyAcross: (input: Shape, other: Shape, ...given: Given) => Applied
}

/** A kind made of other layers: it appends their links to a link. */
export interface LinkKind<Given extends readonly unknown[] = readonly never[]> {
  readonly takes: Required<Given>['length']
  /** @throws {ShapeError} when an inner layer does not accept its input */
  readonly extend: (before: Link, follow: (before: Link, layer: AnyLayer) => Link, ...given: Given) => Link
}

/** The number of values in a tensor of this shape. */
export const valuesIn = (shape: Shape): number => shape.reduce((product, size) => product * size, 1)

/** The number of trainable values in weights: their parameters. */
export const paramsIn = (weights: readonly Weight[]): number =>
  weights.reduce((sum, { shape, trainable }) => sum + (trainable ? valuesIn(shape) : 0), 0)

/** {@link valuesIn}, exact beyond 2^53. */
export const exactValuesIn = (shape: Shape): bigint => shape.reduce((product, size) => product * BigInt(size), 1n)
