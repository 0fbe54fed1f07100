import * as stridewise from '../../index.js'
import type { AnyNetwork } from '../../network/network.js'
import { networksOfCalls } from '../evaluate/evaluate.js'
import type { Call } from '../source/calls.js'
import type { Source } from '../source/source.js'

/*
 * The network of a call whose chain takes more than layer values: functions of the text, arithmetic, choices. The text is worked out.
 */

/** Longer texts are not worked out for a hover. */
const longestText = 200_000

const known = new WeakMap<Source, ReadonlyMap<number, AnyNetwork>>()

/** The network that a call gives; undefined where that is not known without running the text, or where it gives several. */
export const workedOutAt = (source: Source, { nameStart }: Call): AnyNetwork | undefined => {
  if (source.text.length > longestText) return undefined
  const networks = known.get(source) ?? workedOut(source)
  known.set(source, networks)
  return networks.get(nameStart)
}

const workedOut = (source: Source): ReadonlyMap<number, AnyNetwork> => {
  try {
    return networksOfCalls(source, { stridewise })
  } catch {
    // What the text asks for is too deep.
    return new Map()
  }
}
