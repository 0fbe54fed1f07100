import { layerOf } from '../../layers/kind/value.js'
import { kinds } from '../../network/kinds.js'
import { unknownValue } from '../source/values.js'
import { valueOfType } from './literal-type.js'
import { partsOf } from './shape-text.js'

/*
 * A layer's type as the layer that it stands for: `Layer<"conv2d", [8, 3]>`, `Layer<"block", [Layer<"relu", []>]>`.
 */

/** Layers in layers are read so far. */
const deepest = 20

/** The layer that a type stands for; {@link unknownValue} where something in it is not a literal. */
export const layerOfType = (type: string | undefined, depth = 0): unknown => {
  const inside = type === undefined ? undefined : /^(?:import\("[^"]*"\)\.)?(?:[\p{L}\p{N}$_]+\.)*Layer<(.*)>$/su.exec(type.trim())?.[1]
  const [kind, list, ...others] = inside === undefined || depth > deepest ? [] : partsOf(inside, ',')
  const name = /^"(\w+)"$/.exec(kind ?? '')?.[1]
  const items = /^(?:readonly )?\[([\s\S]*)\]$/.exec(list ?? '')?.[1]
  if (name === undefined || items === undefined || others.length > 0 || !kinds.has(name)) return unknownValue
  const args = partsOf(items, ',')
    .filter((part) => part !== '')
    .map((part) => (/Layer</.test(part) ? layerOfType(part, depth + 1) : valueOfType(part)))
  return args.includes(unknownValue) ? unknownValue : layerOf(name, args)
}
