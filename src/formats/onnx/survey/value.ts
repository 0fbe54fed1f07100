import type { OnnxNode } from '../model.js'
import type { Known } from '../read/folding/known.js'
import type { Attributes } from '../read/reader/attributes.js'

/*
 * What is known of the values of a model while its shapes are worked out, without layers.
 */

/** The sizes of a value in the file's order, for one sample where the batch is open. */
export type Sizes = readonly number[]

/** A value of a model. */
export interface Value {
  /** Left out where it is not known. */
  readonly sizes?: Sizes | undefined
  /** Its numbers, where they depend on no sample: shapes, axes, pads. */
  readonly known?: Known | undefined
  /** Whether it is a weight of the file. */
  readonly isWeight?: boolean
}

/** An operator whose outputs are asked for. */
export interface Question {
  readonly read: Attributes
  readonly node: OnnxNode
  readonly inputs: readonly Value[]
  readonly opset: number
}

/** The outputs of an operator, and its products: `undefined` for what cannot be said. */
export interface Answer {
  readonly outputs: readonly (Sizes | undefined)[]
  /** Multiply-accumulates; 0 where it has none. */
  readonly macs?: number
  /** Whether it writes nothing: its output is its input in another shape. */
  readonly isView?: boolean
}

/** The shape rule of an operator; it gives `undefined` where its inputs say too little. */
export type ShapeRule = (question: Question) => Answer | undefined

export type ShapeRules = Readonly<Record<string, ShapeRule>>

/** The sizes of an input. */
export const sizesAt = ({ inputs }: Question, index: number): Sizes | undefined => inputs[index]?.sizes

/** Whole numbers that an attribute says, or an input of newer files. */
export const listAt = ({ read, node, inputs }: Question, name: string, index: number): readonly number[] | undefined => {
  if (node.attributes[name]) return read.ints(node, name)
  const values = inputs[index]?.known?.values
  return values && Array.from(values as ArrayLike<unknown>).every((value) => typeof value === 'number')
    ? Array.from(values as ArrayLike<number>)
    : undefined
}
