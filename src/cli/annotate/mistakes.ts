import type { Problem } from '../output/problem.js'
import { isAboutShapes, isAboutSyntax, messageOf } from '../types/check-types.js'
import { nodesOf } from './comments.js'
import type { Complaint, TypedFile } from './typed-file.js'

/* Decides which compiler errors make the shapes of a file unknown. */

/**
 * Mistakes in shapes, in syntax, and in calls that create networks and layers, such as a missing argument: the compiler still assigns a
 * type to such a call, but it throws at run time. Other type errors do not affect the shapes.
 */
export const mistakesIn = (file: string, text: string, typed: TypedFile): Problem[] => {
  const complaints = typed.complaints().map((complaint) => ({ complaint, problem: problemOf(file, text, complaint) }))
  const concernsLayers = complaints.some(({ complaint }) => isAboutMeaning(complaint)) ? layerCallsIn(typed) : () => false
  return complaints
    .filter(
      ({ complaint, problem }) =>
        isAboutShapes(problem) || isAboutSyntax(problem) || (isAboutMeaning(complaint) && concernsLayers(complaint.at)),
    )
    .map(({ problem }) => problem)
}

const problemOf = (file: string, text: string, { at, code, text: message }: Complaint): Problem => {
  const before = text.slice(0, at).split(/\r\n|\n|\r/)
  return { file, line: before.length, column: (before.at(-1) as string).length + 1, message: messageOf(`TS${code}`, message) }
}

/** Whether an error is semantic, about names, types or arguments: TypeScript's codes 2000 to 2999. */
const isAboutMeaning = ({ code }: Complaint): boolean => code >= 2000 && code < 3000

/** Whether a position is in a call that returns a network or a layer, or in a chain that starts with such a call. */
const layerCallsIn = (typed: TypedFile): ((at: number) => boolean) => {
  const { calls } = nodesOf(typed)
  const spans = typed.typesOf(calls).map((type, index) => {
    const call = calls[index] as (typeof calls)[number]
    return { start: call.getStart(typed.source), end: call.end, isLayer: /^(?:import\("[^"]*"\)\.)?(?:Network|Layer)</.test(type) }
  })
  // The calls of a chain start at the same position. In input(7).dens(3).relu() the calls after the misspelled name have no type.
  const starts = new Set(spans.filter(({ isLayer }) => isLayer).map(({ start }) => start))
  return (at) => spans.some(({ start, end }) => starts.has(start) && start <= at && at < end)
}
