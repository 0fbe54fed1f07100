import type { Source } from '../source/source.js'
import type { Answer, Answers, Question } from './answer.js'
import { fewerOf } from './fewer.js'
import { withNamedTypes } from './named-types.js'
import { isShortened, otherPlaceOf } from './shortened.js'

/*
 * Answers of a compiler that is asked by hovers, as few as will do.
 */

/** What the hover at a position says, as an answer. */
export type AnswerAt = (position: number, kind: Question['kind']) => Promise<Answer>

/** The answers to some questions. */
export const answersOfHovers = async (source: Source, questions: readonly Question[], answerAt: AnswerAt): Promise<Answers> => {
  const ask = async (position: number, kind: Question['kind']): Promise<Answer> => withNamedTypes(source, await answerAt(position, kind))
  const answerTo = async ({ kind, position }: Question): Promise<readonly [number, Answer]> => {
    const answer = await ask(position, kind)
    // The type of the result is cut off: the next call, or the variable, has it.
    const other = kind === 'call' && isShortened(answer) ? otherPlaceOf(source, position) : undefined
    if (!other) return [position, answer]
    const { type, receiver } = await ask(other.position, other.kind)
    const whole = other.kind === 'call' ? receiver : type
    return [position, whole === undefined ? answer : { ...answer, type: whole }]
  }
  const { asked, complete } = fewerOf(source, questions)
  const { answers, missing } = complete(new Map(await Promise.all(asked.map(answerTo))))
  return missing.length === 0 ? answers : new Map([...answers, ...(await Promise.all(missing.map(answerTo)))])
}
