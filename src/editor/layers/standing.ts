import { argumentNames } from '../../network/arguments.js'
import { kinds } from '../../network/kinds.js'
import { isShapes, type NetworkType } from '../types/network-type.js'
import { tried } from './rule.js'

/*
 * Which layers cannot stand on a shape, whatever their arguments are.
 */

/** The arguments with which a layer asks least of its input. */
export const least: Readonly<Record<string, unknown>> = {
  ...{ filters: 1, kernel: 1, units: 1, size: 1, amount: 0, scale: 1, start: 0, heads: 1, index: 0, vocabulary: 1, features: 1 },
  ...{ groups: 1, slope: 0.1, alpha: 1, rate: 0 },
}

/** The kinds of layers that are asked: those whose arguments are not a list of any length, which says nothing of the shape. */
export const askedKinds: readonly string[] = Object.entries(argumentNames)
  .filter(([, names]) => names.every((name) => name in least))
  .map(([kind]) => kind)

/** The methods that need a current value besides those of single layers. */
const needValue = ['keep', 'chunk', 'split', 'residual']

/** The methods that cannot stand where there are several values and no current one, behind `inputs`, `parallel` and `outputs`. */
const withoutValue: ReadonlySet<string> = new Set([...[...kinds].filter(([, kind]) => 'apply' in kind).map(([name]) => name), ...needValue])

/** The methods that cannot stand on a shape. A size that is not known rules nothing out. */
export const unfitMethods = (shape: NonNullable<NetworkType['output']>): ReadonlySet<string> => {
  if (isShapes(shape)) return withoutValue
  const sizes = shape.map((size) => size ?? 1)
  const isUnfit = (kind: string): boolean =>
    tried(
      kind,
      sizes,
      argumentNames[kind as keyof typeof argumentNames].map((name) => least[name]),
    ) === undefined
  return new Set(askedKinds.filter(isUnfit))
}
