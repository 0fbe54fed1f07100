import { argumentsOfCall, kindOfCall } from '../layers/rule.js'
import type { Call, Part } from '../source/calls.js'
import { meantBy } from '../source/constants.js'
import { isBehindStatement } from '../source/declared.js'
import { optionsAt } from '../source/edits.js'
import { type Source, tokenAt } from '../source/source.js'
import { unknownValue } from '../source/values.js'
import type { Answer, Answers, Question } from './answer.js'
import { isShortened } from './shortened.js'

/*
 * Questions that need no hover of their own: the hover of a method has the type that it is called on, too, which is that of the call
 * before it. So every second call of a chain is asked, and few names.
 */

/** The questions that are asked, and how the answers to all follow from theirs. */
export interface Fewer {
  readonly asked: readonly Question[]
  /** The answers to all; and the questions whose answers do not follow, which have to be asked, too. */
  readonly complete: (answers: Answers) => { readonly answers: Answers; readonly missing: readonly Question[] }
}

/** Which answer has the type of another place. */
interface Told {
  readonly by: number
  readonly as: 'type' | 'receiver'
  /** The call that gives the type that the place is called on. */
  readonly receiver?: number
}

/** Of some questions those whose answers tell the answers to all. */
export const fewerOf = (source: Source, questions: readonly Question[]): Fewer => {
  const wanted = new Set(questions.map(({ position }) => position))
  const calls = source.calls.filter(({ nameStart }) => wanted.has(nameStart))
  const told = new Map<number, Told>()
  const next = new Map(calls.flatMap((call) => (call.receiver ? [[call.receiver, call] as const] : [])))
  // From the end of each chain: a call is asked if the one behind it is not.
  for (const call of [...calls].reverse()) {
    const [by, receiver] = [next.get(call)?.nameStart, call.receiver?.nameStart]
    const isTold = by !== undefined && !told.has(by) && receiver !== undefined && wanted.has(receiver) && areWritten(source, call)
    if (isTold) told.set(call.nameStart, { by, as: 'receiver', receiver })
  }
  const dots = new Map(calls.flatMap((call) => (call.dot === undefined ? [] : [[call.dot, call] as const])))
  // Of the calls that begin at a place, the last one of the chain.
  const begun = new Map(calls.map((call) => [call.start, call]))
  for (const { kind, position } of questions) {
    const found = kind === 'name' ? toldName(source, position, dots, begun) : undefined
    if (found) told.set(position, found)
  }
  return {
    asked: questions.filter(({ position }) => !told.has(position)),
    complete: (given) => {
      const answers = new Map(given)
      const missing: Question[] = []
      for (const question of questions) {
        const { by, as, receiver } = told.get(question.position) ?? {}
        if (by === undefined || as === undefined) continue
        const type = given.get(by)?.[as]
        const before = receiver === undefined ? undefined : given.get(receiver)?.type
        const answer: Answer = { ...(type === undefined ? {} : { type }), ...(before === undefined ? {} : { receiver: before }) }
        if (isShortened(answer)) missing.push(question)
        else answers.set(question.position, answer)
      }
      return { answers, missing }
    },
  }
}

/** Whether nobody needs the types of a call's arguments, since they are written out. */
export const areWritten = (source: Source, call: Call): boolean => {
  if (call.name === 'apply') return !call.args.some((part) => isFromElsewhere(source, part))
  return optionsAt(kindOfCall(source, call)) === undefined || !argumentsOfCall(source, call, undefined).includes(unknownValue)
}

/** Whether an argument is a name whose value does not stand in the text: one that is imported. */
const isFromElsewhere = (source: Source, part: Part): boolean => {
  const { first, last } = meantBy(source, part)
  return first === last && source.tokens[first]?.kind === 'name'
}

/** Words before the name of a variable or a field, whose type is that of its value: that of a parameter is another's. */
const beforeNames = new Set(['const', 'let', 'var', 'static', 'readonly', 'public', 'private', 'protected', 'override'])

/** The call that has the type of a name: the value in `const net = input(7)`, and what is called on `x` in `(x) => x.relu()`. */
const toldName = (
  source: Source,
  position: number,
  dots: ReadonlyMap<number, Call>,
  begun: ReadonlyMap<number, Call>,
): Told | undefined => {
  const { tokens } = source
  const at = tokenAt(source, position)
  if (at === undefined) return undefined
  if (tokens[at + 1]?.text === '=') {
    if (!beforeNames.has(tokens[at - 1]?.text ?? '')) return undefined
    const call = begun.get(tokens[at + 2]?.start ?? -1)
    const behind = call && tokenBehind(source, call.end)
    return call && behind !== undefined && isBehindStatement(source, behind) ? { by: call.nameStart, as: 'type' } : undefined
  }
  const arrow = tokens[at + 1]?.text === ')' ? at + 2 : at + 1
  const [sign, own, dot] = tokens.slice(arrow, arrow + 3)
  const method = sign?.text === '=>' && own?.text === tokens[at]?.text ? dots.get(dot?.start ?? -1) : undefined
  return method && method.start === own?.start ? { by: method.nameStart, as: 'receiver' } : undefined
}

/** The index of the first token behind a place, which may be behind the last. */
const tokenBehind = ({ tokens }: Source, end: number): number => {
  let [low, high] = [0, tokens.length]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((tokens[middle]?.start ?? end) < end) low = middle + 1
    else high = middle
  }
  return low
}
