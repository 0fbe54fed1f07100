import type { Call, Part } from '../source/calls.js'
import { meantBy } from '../source/constants.js'
import type { Source } from '../source/source.js'
import { areWritten } from '../types/fewer.js'

/*
 * Layers in the arguments of others whose own arguments only the compiler knows: `apply(conv2d(filters, 3))` with an imported constant.
 */

/** The most of them that are asked about, and of the arguments in which they are looked for. */
const mostLayers = 32
const mostArguments = 1_000

/** The calls in the arguments of some calls, also behind constants, whose arguments are not written out. */
export const unwrittenLayers = (source: Source, calls: readonly Call[]): readonly Call[] => {
  const found = new Set<Call>()
  const parts: Part[] = calls.flatMap(({ args }) => args)
  const seen = new Set<number>()
  for (let part = parts.pop(); part && found.size < mostLayers && seen.size < mostArguments; part = parts.pop()) {
    const meant = meantBy(source, part)
    if (seen.has(meant.start)) continue
    seen.add(meant.start)
    for (const call of source.calls) {
      if (call.nameStart < meant.start || meant.end < call.end) continue
      parts.push(...call.args)
      if (!areWritten(source, call)) found.add(call)
    }
  }
  return [...found]
}
