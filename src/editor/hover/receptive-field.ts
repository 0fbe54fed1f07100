import type { AnyNetwork } from '../../network/network.js'
import { receptiveFields, type View, viewsOf } from '../../receptive-field/fields.js'
import { everything, fieldOf, type Sight } from '../../receptive-field/sight.js'
import { named } from '../../shape/printable.js'

/*
 * The receptive field of a network's value as text: that of the report, and how far apart the fields of neighbours begin.
 */

/** Of more inputs than these, the fields are not shown one by one, as in the report. */
const mostFields = 4

/**
 * `67×67, step 16`; `the whole input`; of several inputs `left 11×11, right 7×7`; undefined where the value sees no input with spatial axes,
 * or is not one.
 */
export const fieldText = ({ graph }: AnyNetwork): string | undefined => {
  const views = graph.output === undefined ? undefined : viewsOf(graph).get(graph.output)
  if (views === undefined || views === 'unknown' || views.size === 0) return undefined
  if (views.size > 1) return fieldsText(graph)
  const [[name, axes]] = [...views] as [[string, readonly View[]]]
  const sizes = graph.nodes.find((node) => node.name === name)?.output ?? []
  if (axes.every(({ sight, size }, axis) => isWhole(sight, size, sizes[axis] as number))) return 'the whole input'
  const steps = axes.map((view, axis) => stepOf(view, axis))
  const [step] = steps
  const shown = steps.every((each) => each === step) ? step : steps.includes(undefined) ? undefined : steps.join('×')
  return `${axes.map(({ sight, size }) => fieldOf(sight, size)).join('×')}${shown === undefined ? '' : `, step ${shown}`}`
}

/** The fields on each of several inputs, in their order. */
const fieldsText = (graph: AnyNetwork['graph']): string | undefined => {
  const fields = graph.output === undefined ? undefined : receptiveFields(graph).get(graph.output)?.receptiveFields
  if (fields === undefined || fields === 'unknown') return undefined
  const all = Object.entries(fields).map(([name, field]) => `${named(name)} ${field.join('×')}`)
  return all.length <= mostFields ? all.join(', ') : [...all.slice(0, mostFields - 1), `${all.length - mostFields + 1} more`].join(', ')
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
