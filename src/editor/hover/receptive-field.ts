import type { Applied } from '../../layers/kind/layer.js'

/*
 * How many cells of the input a value of a plain chain sees on each axis, and how far apart the views of neighbours begin: each layer
 * widens a view by (span - 1) steps and multiplies the step (Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural
 * Networks", Distill 2019).
 */

/** What a value sees on one axis. */
export interface View {
  readonly cells: number
  readonly step: number
}

/** What a value sees on each axis; `'all'` where it sees every cell; undefined where it is not known. */
export type Field = readonly View[] | 'all' | undefined

/** What a value of an input sees: itself. */
export const ownField = (shape: readonly number[]): Field => shape.slice(0, -1).map(() => ({ cells: 1, step: 1 }))

/** Kinds that keep the order of the axes, so that a view stays on its axis. */
const keepsAxes = (input: readonly number[], output: readonly number[]): boolean => input.length === output.length

/** What a value sees behind one more layer. */
export const widened = (field: Field, kind: string, input: readonly number[], { output, window, reach, seesAll }: Applied): Field => {
  if (field === 'all') return field
  // Behind a layer that puts axes together, a value that sees all of them sees the whole input.
  if (seesAll && field?.length !== 0) return 'all'
  if (field === undefined) return undefined
  if (!keepsAxes(input, output)) return undefined
  // Neighbours in an enlarged map share cells, so how many a window over them sees depends on where it lies. The report counts them.
  if ((window || reach) && isEnlarged(field)) return undefined
  if (window) {
    return field.map(({ cells, step }, index) => {
      const span = window.fits[index]?.span ?? 1
      return { cells: cells + (span - 1) * step, step: step * (window.axes[index]?.stride ?? 1) }
    })
  }
  if (reach) {
    return field.map(({ cells, step }, index) => {
      const { span = 1, step: each = 1 } = reach[index] ?? {}
      return { cells: cells + (span - 1) * step, step: step * each }
    })
  }
  return sizesOf(input) === sizesOf(output) || atEdges.has(kind) ? field : undefined
}

const isEnlarged = (field: readonly View[]): boolean => field.some(({ step }) => step < 1)

/** Kinds that add and cut cells at the edges. */
const atEdges = new Set(['zeroPad', 'crop'])

const sizesOf = (shape: readonly number[]): string => shape.slice(0, -1).join('x')

/** A field as text: `67×67, step 16`. */
export const fieldText = (field: Field): string | undefined => {
  if (field === undefined || field === 'all') return field === 'all' ? 'the whole input' : undefined
  if (field.length === 0 || isEnlarged(field)) return undefined
  const steps = field.map(({ step }) => step)
  const step = steps.every((each) => each === steps[0]) ? `${steps[0]}` : steps.join('×')
  return `${field.map(({ cells }) => cells).join('×')}, step ${step}`
}
