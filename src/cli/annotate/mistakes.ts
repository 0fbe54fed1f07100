import type { Problem } from '../output/problem.js'
import { isAboutShapes, isAboutSyntax, messageOf } from '../types/check-types.js'
import { nodesOf } from './comments.js'
import type { Complaint, TypedFile } from './typed-file.js'

/*
 * Which of the compiler's complaints make the shapes of a file unknown.
 */

/**
 * Mistakes in shapes, in syntax, and in the calls that make networks and layers, such as an argument that is missing: the
 * compiler gives those a type all the same, but they throw when they run. Other type errors leave the shapes as they are.
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

/** Whether a complaint is about names, types and arguments, TypeScript's codes from 2000 to 2999, and not about style. */
const isAboutMeaning = ({ code }: Complaint): boolean => code >= 2000 && code < 3000

/** Whether a place is in a call that gives a network or a layer, or in one of a chain that begins with such a call. */
const layerCallsIn = (typed: TypedFile): ((at: number) => boolean) => {
  const { calls } = nodesOf(typed)
  const spans = typed.typesOf(calls).map((type, index) => {
    const call = calls[index] as (typeof calls)[number]
    return { start: call.getStart(typed.source), end: call.end, isLayer: /^(?:import\("[^"]*"\)\.)?(?:Network|Layer)</.test(type) }
  })
  // Calls of a chain begin at the same place: in input(7).dens(3).relu() what follows the misspelt name has no type.
  const starts = new Set(spans.filter(({ isLayer }) => isLayer).map(({ start }) => start))
  return (at) => spans.some(({ start, end }) => starts.has(start) && start <= at && at < end)
}
