import type { AnyNetwork } from '../../network/network.js'
import { type View, viewsOf } from '../../receptive-field/fields.js'
import { everything, fieldOf, type Sight } from '../../receptive-field/sight.js'

/*
 * The receptive field of a network's value as text: that of the report, and how far apart the fields of neighbours begin.
 */

/** `67×67, step 16`; `the whole input`; undefined where the value sees no input with spatial axes, several, or is not one. */
export const fieldText = ({ graph }: AnyNetwork): string | undefined => {
  const views = graph.output === undefined ? undefined : viewsOf(graph).get(graph.output)
  if (views === undefined || views === 'unknown' || views.size !== 1) return undefined
  const [[name, axes]] = [...views] as [[string, readonly View[]]]
  const sizes = graph.nodes.find((node) => node.name === name)?.output ?? []
  if (axes.every(({ sight, size }, axis) => isWhole(sight, size, sizes[axis] as number))) return 'the whole input'
  const steps = axes.map((view, axis) => stepOf(view, axis))
  const [step] = steps
  const shown = steps.every((each) => each === step) ? step : steps.includes(undefined) ? undefined : steps.join('×')
  return `${axes.map(({ sight, size }) => fieldOf(sight, size)).join('×')}${shown === undefined ? '' : `, step ${shown}`}`
}

/** Whether every value sees the same cells, which are all of the input. */
const isWhole = (sight: Sight, size: number, cells: number): boolean => {
  const [first, last] = everything(sight, size)
  return sight.every(({ advance, low }) => advance === 0 && low.length === 1) && first === 0 && last === cells - 1
}

/** How many cells further on the next value sees; undefined where that differs, is a part of a cell, or the axis is another. */
const stepOf = ({ sight, axis, layout }: View, own: number): number | undefined => {
  const [part, ...others] = sight
  const isPlain = others.length === 0 && part?.low.length === 1 && axis === own && layout === undefined
  return isPlain && Number.isInteger(part.advance) && part.advance > 0 ? part.advance : undefined
}
