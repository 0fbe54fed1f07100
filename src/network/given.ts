import type { Arguments } from '../layers/layer-rules.js'
import { isLayerFunction, type Layer } from '../layers/value.js'
import { fill, ShapeError } from '../shape/message.js'
import { described, isLayer } from './described.js'
import { kindOf } from './kinds.js'

/*
 * What only plain JavaScript can get wrong: too many arguments, and other things where a layer value is needed.
 */

const tooMany = '{operation}: takes {most}, not {count}.{advice}'
const noLayer = '{where}needs a layer value such as conv2d(8, 3), not {given}.{advice}'
const unknownKind = "{where}there is no layer of the kind '{kind}'. Add it with defineLayer('{kind}', ...)."
const notCalled = '{where}{name} is a function: call it, {name}({inside}).'

/**
 * Refuses arguments beyond those that an operation takes, which would be dropped.
 *
 * @throws {ShapeError} with how many it takes
 */
export const requireCount = (operation: string, takes: number, given: Arguments): void => {
  if (given.length <= takes) return
  const most = takes === 0 ? 'no arguments' : `at most ${takes} argument${takes === 1 ? '' : 's'}`
  const advice = given.slice(takes).some(isLayer) ? ' Join layers with block(...).' : ''
  throw new ShapeError(fill(tooMany, { operation, most, count: `${given.length}`, advice }), operation, 'arguments')
}

/**
 * Refuses what is no layer value, or one of a kind of which nothing is known.
 *
 * @param where how the sentence begins: `'apply: '`, or nothing inside a block or a branch, which say where they are themselves
 * @throws {ShapeError} with what it is
 */
export function requireLayer(where: string, value: unknown): asserts value is Layer<string, Arguments> {
  if (isLayer(value) && kindOf(value.kind)) return
  throw new ShapeError(faultOf(where, value), 'apply', 'layer')
}

const faultOf = (where: string, value: unknown): string => {
  if (isLayer(value)) return fill(unknownKind, { where, kind: value.kind })
  if (isLayerFunction(value)) {
    const { name } = value
    return fill(notCalled, { where, name, inside: kindOf(name)?.takes === 0 ? '' : '...' })
  }
  const given = described(value)
  return fill(noLayer, { where, given, advice: adviceFor[given] ?? '' })
}

/** What to do with what is no layer, but has layers in it. */
const adviceFor: Readonly<Record<string, string>> = {
  'a list': ' Spread it: ...list.',
  'a network': ' Make a block(...) of its layers.',
}
