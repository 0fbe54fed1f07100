import type { Shape } from '../../../shape/shape.js'
import type { TfNode } from './graph-def.js'

/*
 * What stands for an output of an operator while a graph is read.
 */

/** The output of a layer. */
export interface Value {
  readonly is: 'value'
  /** The layer. */
  readonly layer: string
  /** Of one example. */
  readonly shape: Shape
  /** How many of its first axes the graph has put into the axis of the batch. */
  readonly merged: number
}

/** A formula of values and constants, which becomes a layer once something needs it as a value. */
export interface Formula {
  readonly is: 'formula'
  readonly node: TfNode
  /** What is computed: the operator's name, or a variant of it. */
  readonly op: string
  readonly parts: readonly Part[]
  readonly shape: Shape
  readonly merged: number
  /** How many operators it has, each counted at every use. */
  readonly size: number
  /** The value that it became. */
  value?: Value
}

/** Numbers of the file. */
export interface Constant {
  readonly is: 'constant'
  /** Where it is from: equal for equal numbers. */
  readonly key: string
  readonly shape: readonly number[]
  readonly isWhole: boolean
  readonly numbers: () => Float32Array | Int32Array | undefined
}

/** The size of the batch, times a number. */
export interface BatchSize {
  readonly batch: number
}

export type Size = number | BatchSize

/** Sizes that are computed of shapes: a list, or one of them. */
export interface Sizes {
  readonly is: 'sizes'
  readonly isList: boolean
  readonly sizes: readonly Size[]
}

/** A value whose positions are taken apart for a dilated convolution: SpaceToBatchND. */
export interface Spaced {
  readonly is: 'spaced'
  readonly value: Value
  readonly block: readonly number[]
  readonly pads: readonly (readonly number[])[]
}

export type Part = Value | Formula | Constant

export type Operand = Part | Sizes | Spaced

export const isBatch = (size: Size): size is BatchSize => typeof size !== 'number'
