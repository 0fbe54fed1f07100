import type { GraphNode } from '../../../network/graph.js'
import type { NodeKind } from '../../../network/kinds.js'
import type { Emitter } from './emitter.js'
import { scaleOperators } from './scales.js'
import { shapeOperators } from './shapes.js'
import { tokenOperators } from './tokens.js'
import { valueOperators } from './values.js'
import { windowOperators } from './windows.js'

/** For each kind of layer, what writes its operators; it leaves the node's output held. */
export type Operators = Readonly<Record<string, (emit: Emitter, node: GraphNode) => void>>

/** Every kind of node but `flatten`, which is written where the order of its values is known. */
export const operators: Readonly<Record<Exclude<NodeKind, 'flatten'>, Operators[string]>> = {
  ...windowOperators,
  ...valueOperators,
  ...scaleOperators,
  ...shapeOperators,
  ...tokenOperators,
}

/** Operators that came with a later opset than 17, or were mended in one. */
export const neededOpset = ({ kind, settings }: GraphNode): number => {
  if (kind === 'gelu') return 20
  if (kind === 'mish') return 18
  const dilations = [settings['dilation']].flat() as number[]
  return kind.startsWith('avgPool') && dilations.some((dilation) => dilation > 1) ? 19 : 17
}
