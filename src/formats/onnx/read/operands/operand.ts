import type { Size } from '../folding/size.js'
import type { Digits } from './views.js'

/** What the names of a file stand for while it is read. */
export type Operand =
  | ValueOperand
  | ViewOperand
  | ScoresOperand
  | ExpandedOperand
  | ConstantTensor
  | SizesOperand
  | FillOperand
  | ExpressionOperand
  | GroupsOperand
  | StepsOperand

/** The output of a layer, with its axes in some order. */
export interface ValueOperand {
  readonly is: 'value'
  /** The layer's name in the plan. */
  readonly node: string
  /** For each axis in the file, which axis of the layer's output it is; -1 for the batch. */
  readonly axes: readonly number[]
  /** Where its values are whole numbers: as the input gives them, or cut off in between, when they are places in a vocabulary and nothing else. */
  readonly whole?: 'given' | 'cut'
}

/** The output of a layer with its axes split, joined or cut, before it is known what becomes of it. */
export interface ViewOperand {
  readonly is: 'view'
  /** The layer's name in the plan. */
  readonly of: string
  readonly digits: Digits
  /** Where it begins on the layer's last axis, where that is cut. */
  readonly offset: number
  /** A factor of all its values. */
  readonly scale: number
  /** For each axis of the layer's output, at which cell it begins, where it was moved around its edge. */
  readonly rolls?: readonly number[]
  /** Set where it is what an attention gives: then `of` is the layer of its queries. */
  readonly attention?: Attention
  /** Makes it a value, by layers of its own. */
  readonly make: () => ValueOperand
}

/** What an attention gives, before its last projection. */
export interface Attention {
  /** Tokens and features, of all heads together. */
  readonly shape: readonly [tokens: number, features: number]
  readonly heads: number
  readonly queries: Projection
  readonly keys: Projection
  readonly values: Projection
  /** The factor of the products of queries and keys. */
  readonly scale: number
  /** Set where it stays within windows of an image. */
  readonly windows?: Windows
}

/** The windows of an image that an attention stays in. */
export interface Windows {
  /** The layer of the image, and that of its queries, keys and values together. */
  readonly image: string
  readonly projection: string
  /** Cells along each side of a window, and windows along each side of the image. */
  readonly size: number
  readonly counts: readonly [number, number]
  /** The numbers that are added to the products, for each head and pair of cells. */
  readonly positions?: ConstantTensor
  /** Those for each window and pair of cells. */
  readonly mask?: ConstantTensor
  /** Whether the windows have an axis of their own, apart from that of the examples. */
  readonly isApart?: boolean
}

/** A dense layer's units as those of heads. */
export interface Projection {
  /** The dense layer. */
  readonly of: string
  /** Where they begin among its units, and how far heads and units of a head are apart. */
  readonly offset: number
  readonly headStep: number
  readonly step: number
}

/** A value that is repeated along axes of size 1: what joins it with another value may do so by itself. */
export interface ExpandedOperand {
  readonly is: 'expanded'
  readonly of: ValueOperand
  readonly make: () => ValueOperand
}

/** Products of queries and keys, or the softmax of them, on their way through an attention. */
export interface ScoresOperand {
  readonly is: 'scores'
  readonly queries: ViewOperand
  readonly heads: { readonly count: number; readonly size: number }
  readonly projections: readonly [queries: Projection, keys: Projection]
  readonly keyTokens: number
  readonly scale: number
  readonly windows?: Windows
  readonly isSoftmax: boolean
  readonly make: () => ValueOperand
}

/** Numbers that stand in the file, or are fed at every run: then only their shape is known. */
export interface ConstantTensor {
  readonly is: 'tensor'
  readonly name: string
  readonly dims: readonly number[]
  readonly data: Float32Array | undefined
  /** The number that it has everywhere, where its values were not made of it. */
  readonly filled?: number
  /** Which part it is, of a tensor that was cut. */
  readonly part?: string
  /** Whether it is there once for each example, as `Expand` makes it; `dims` has 1 for those. */
  readonly repeated?: boolean
}

/** Numbers that stand in the file or are computed of sizes: whole ones, what is true or false as 1 or 0, and floats that depend on the batch. */
export interface SizesOperand {
  readonly is: 'sizes'
  readonly sizes: readonly Size[]
  readonly dims: readonly number[]
  readonly type: 'whole' | 'float' | 'truth'
}

/** One number everywhere, in a shape that depends on the batch: as the states that recurrences begin with. */
export interface FillOperand {
  readonly is: 'fill'
  readonly value: number
  readonly dims: readonly Size[]
  /** The numbers of the file that it is, where those are there once for each example: a token may be one number everywhere. */
  readonly tensor?: ConstantTensor
}

/** A step of a formula that is an activation as a whole, as text over x. */
export interface ExpressionOperand {
  readonly is: 'expression'
  readonly of: ValueOperand
  /** The number that x is multiplied by, where it is nothing else. */
  readonly factor?: number
  readonly text: string
}

/** An image whose channels are in groups, on its way through a group normalization: the operator has none of its own before opset 21. */
export interface GroupsOperand {
  readonly is: 'groups'
  readonly of: ValueOperand
  readonly groups: number
  /** Values in each. */
  readonly each: number
  /** Set once it is normalized. */
  readonly epsilon?: number
}

/** What a recurrence gives, with an axis for its one direction. */
export interface StepsOperand {
  readonly is: 'steps'
  readonly direction: number
  /** The value without that axis. */
  readonly make: () => ValueOperand
}
