import { mostBound } from '../../settings.js'
import type { OnnxNode } from '../model.js'
import type { ValueOperand } from './operands/operand.js'
import type { Reader, Readers } from './reader/reader.js'
import { rescaled } from './scales.js'

/** Values kept within bounds: relu and relu6 as they are, other bounds with a rescale before and behind them. */

type Read = Readers[string]

/** The ends of single precision: a bound there is none. */
const largest = 3.4028234e38

/** A layer without settings on a value. */
const on = (read: Reader, node: OnnxNode, kind: string, value: ValueOperand): ValueOperand => ({
  ...value,
  node: read.add(node, kind, {}, [value.node]),
})

/** Values from one bound to another. The last of its layers has the operator's name. */
const bounded = (read: Reader, node: OnnxNode, value: ValueOperand, low: number, high: number): ValueOperand => {
  const [hasLow, hasHigh] = [!(low <= -largest), !(high >= largest)]
  if (!hasLow && !hasHigh) return value
  if (low === 0 && !hasHigh) return on(read, node, 'relu', value)
  if (low === 0 && high === 6) return on(read, node, 'relu6', value)
  const bounds = [...(hasLow ? [low] : []), ...(hasHigh ? [high] : [])]
  if ((hasLow && hasHigh && !(low < high)) || bounds.some((bound) => !(Math.abs(bound) <= mostBound))) {
    if (bounds.some(Number.isNaN)) return read.fail(node, 'its bounds must be numbers.')
    const range = hasLow && hasHigh ? `from ${low} to ${high}` : hasLow ? `from ${low} on` : `up to ${high}`
    return read.fail(node, `keeps values ${range}; bounds must be in order, and from -${mostBound} to ${mostBound}.`)
  }
  const inner = { ...node, name: '' }
  if (!hasHigh) return rescaled(read, node, on(read, inner, 'relu', rescaled(read, inner, value, 1, -low)), 1, low)
  if (!hasLow) return rescaled(read, node, on(read, inner, 'relu', rescaled(read, inner, value, -1, high)), -1, high)
  const scale = (high - low) / 6
  return rescaled(read, node, on(read, inner, 'relu6', rescaled(read, inner, value, 1 / scale, -low / scale)), scale, low)
}

const clip: Read = (read, node) => {
  read.known(node, 'min', 'max')
  const end = (index: number, name: string, none: number): number => {
    if (node.inputs[index]) return read.scalar(node, index) ?? read.fail(node, `its ${name} must stand in the file, as one number.`)
    return read.float(node, name, none)
  }
  const low = end(1, 'min', Number.NEGATIVE_INFINITY)
  const high = end(2, 'max', Number.POSITIVE_INFINITY)
  read.hold(node, bounded(read, node, read.value(node), low, high))
}

/** `max(0, min(1, alpha x + beta))`: hardSigmoid is `relu6(x + 3) / 6`. */
const hardSigmoid: Read = (read, node) => {
  read.known(node, 'alpha', 'beta')
  const [alpha, beta] = [read.float(node, 'alpha', 0.2), read.float(node, 'beta', 0.5)]
  if (!Number.isFinite(alpha) || !Number.isFinite(beta)) return read.fail(node, 'its alpha and beta must be finite numbers.')
  const isOwn = Math.abs(alpha - 1 / 6) <= 1e-6 && Math.abs(beta - 0.5) <= 1e-6
  const inner = { ...node, name: '' }
  const value = read.value(node)
  read.hold(node, on(read, node, 'hardSigmoid', isOwn ? value : rescaled(read, inner, value, 6 * alpha, 6 * (beta - 0.5))))
}

export const boundedReaders: Readers = { Clip: clip, HardSigmoid: hardSigmoid }
