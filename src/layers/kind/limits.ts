import { ShapeError } from '../../shape/message.js'

/*
 * Limits that keep a slip of the finger, such as blocks that are doubled in a loop, from filling the memory or the stack. Layers are counted
 * while they are added: a layer value does not know how many are in it.
 */

/** The most layers that one call may add, and the deepest that they may be nested. A stack holds several times as many. */
const mostLayers = 500_000
const mostDeep = 200

/** It has no digits, which look like sizes. */
const tooMuch = 'apply: one call can add at most half a million layers, nested two hundred deep.'

let depth = 0
let added = 0

/**
 * Adds layers, and counts them with all that the outermost call adds.
 *
 * @throws {ShapeError} when they are too many, or nested too deep
 */
export const counted = <Result>(add: () => Result, layers = 1): Result => {
  if (depth === 0) added = 0
  added += layers
  if (added > mostLayers || depth === mostDeep) throw new ShapeError(tooMuch, 'apply', 'layer')
  depth += 1
  try {
    return add()
  } finally {
    depth -= 1
  }
}

/** Whether an error is about a limit, and not about the layer in which it was met. */
export const isLimit = ({ message }: Error): boolean => message === tooMuch
