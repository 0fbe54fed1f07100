import type { Applied, LayerKind } from '../../layers/kind/layer.js'
import { kindOf } from '../../network/kinds.js'
import type { Call, Part } from '../source/calls.js'
import { optionsAt } from '../source/edits.js'
import { isMethod, isOfKind, type Source } from '../source/source.js'
import { unknownValue, valueAt } from '../source/values.js'
import type { Answer } from '../types/answer.js'
import { valueOfType } from '../types/literal-type.js'

/*
 * The package's own rules, tried on shapes: what a layer gives, and whether it can stand somewhere.
 */

/** What a layer of that kind gives on a shape; undefined where it cannot stand there, and for what is no layer of its own. */
export const tried = (kind: string, shape: readonly number[], args: readonly unknown[]): Applied | undefined => {
  const found = kindOf(kind) as LayerKind<unknown[]> | undefined
  if (!found || !('apply' in found) || args.includes(unknownValue) || args.length > found.takes) return undefined
  try {
    return found.apply(shape, ...args)
  } catch {
    // A sentence for the user; here only that it does not fit.
    return undefined
  }
}

/** What the package calls the layer of a call, which may have another name in its file. */
export const kindOfCall = (source: Source, call: Call): string => {
  const renamed = isMethod(source, call) ? undefined : [...source.imports.names.keys()].find((name) => isOfKind(source, call, name))
  return renamed ?? call.name
}

/** The arguments of a call as values: as they are written, else as the compiler knows them, else unknown. */
export const argumentsOfCall = (source: Source, call: Call, answer: Answer | undefined): readonly unknown[] => {
  const hasTypes = optionsAt(kindOfCall(source, call)) !== undefined
  return call.args.map((part, index) => knownValue(source, part, hasTypes ? answer?.args?.[index] : undefined))
}

const knownValue = (source: Source, part: Part, type: string | undefined): unknown => {
  const written = valueAt(source, part)
  return written === unknownValue ? valueOfType(type) : written
}
