import { expect, test } from 'vitest'
import { hintPlaces } from '../../../src/editor/hints/hints.js'
import { hoverQuestions } from '../../../src/editor/hover/section.js'
import { type Source, sourceOf } from '../../../src/editor/source/source.js'
import type { Answer, Answers, Question } from '../../../src/editor/types/answer.js'
import { fewerOf } from '../../../src/editor/types/fewer.js'

/** Which places are asked about, and what follows from their answers. */

const head = "import { input, relu } from 'stridewise'\n"

const allOf = (source: Source): readonly Question[] => hintPlaces(source, { start: 0, end: source.text.length })

const nameOf = ({ text }: Source, { position }: Question): string => /^\w+/.exec(text.slice(position))?.[0] ?? ''

/** Answers as a compiler would give them: each call says what it is called on. */
const answersTo = (source: Source, questions: readonly Question[]): Answers =>
  new Map(
    questions.map((question): [number, Answer] => {
      const call = source.calls.find(({ nameStart }) => nameStart === question.position)
      const before = call?.receiver ? `N<${call.receiver.name}>` : call?.dot === undefined ? undefined : 'N<x>'
      const type = `N<${nameOf(source, question)}>`
      return [question.position, { type, ...(before === undefined ? {} : { receiver: before }) }]
    }),
  )

const asked = (code: string): readonly string[] => {
  const source = sourceOf(head + code)
  return fewerOf(source, allOf(source)).asked.map((question) => nameOf(source, question))
}

test.each([
  ['every second call of a chain', 'f(input(7).one().two().three().four())', ['f', 'input', 'two', 'four']],
  ['not a variable whose value is a call', 'const net = input(7).one()\nnet.two()', ['input', 'one', 'two']],
  ['a variable with another type than its value', 'const net = input(7).one() as N', ['net', 'input', 'one']],
  ['a variable of a property', 'const net = input(7).one().output', ['net', 'input', 'one']],
  ['not a parameter that a method is called on', 'input(7).residual((x) => x.one().two())', ['input', 'residual', 'one', 'two']],
  ['a parameter with a value, whose type may be another', 'f((net = input(7).one()) => 2)', ['f', 'net', 'input', 'one']],
  ['a part with a value', 'const { net = input(7).one() } = nets', ['net', 'input', 'one']],
  ['not a field whose value is a call', 'class A { readonly net = input(7).one() }', ['input', 'one']],
  ['a parameter that something else is called on', 'input(7).residual((x) => y.one(x))', ['input', 'residual', 'x', 'one']],
  ['a layer whose arguments are not written out', 'f(input(7).conv2d(n, 3).relu().relu())', ['f', 'input', 'conv2d', 'relu']],
  ['a layer whose arguments are written out', 'f(input(7).conv2d(8, 3, { stride: 2 }).relu())', ['f', 'input', 'relu']],
])('%s', (_, code, expected) => expect([...asked(code)].sort()).toEqual([...expected].sort()))

test('all answers follow, with what each call is called on', () => {
  const source = sourceOf(`${head}const net = input(7).one().two().residual((x) => x.three()).four()`)
  const questions = allOf(source)
  const { asked: some, complete } = fewerOf(source, questions)
  expect(some.length).toBeLessThan(questions.length)
  const { answers, missing } = complete(answersTo(source, some))
  expect(missing).toEqual([])
  const typeAt = (name: string) => answers.get(source.text.search(new RegExp(`\\b${name}\\b(?=[(. =)])`)))
  expect(typeAt('one')).toEqual({ type: 'N<one>', receiver: 'N<input>' })
  expect(typeAt('residual')).toMatchObject({ type: 'N<residual>', receiver: 'N<two>' })
  expect(answers.size).toBe(questions.length)
})

test('what is cut off does not follow, and is asked', () => {
  const source = sourceOf(`${head}f(input(7).one().two())`)
  const { asked: some, complete } = fewerOf(source, allOf(source))
  const answers = new Map(some.map(({ position }) => [position, { type: 'N<...>', receiver: 'N<[7, ... 3 more ...]>' }]))
  expect(complete(answers).missing.map((question) => nameOf(source, question))).toEqual(['one'])
})

test('a chain of 200 calls takes about half as many hovers', () => {
  const source = sourceOf(`${head}input(7)${'.conv2d(8, 3, { padding: 1 })'.repeat(200)}`)
  const questions = allOf(source)
  expect(questions).toHaveLength(201)
  expect(fewerOf(source, questions).asked).toHaveLength(101)
})

test('the hover of a call takes those before it only where they are not written out', () => {
  const source = sourceOf(`${head}input(7)${'.conv2d(8, 3)'.repeat(20)}.conv2d(n, 3).relu().dense(4)`)
  const questions = hoverQuestions(source, source.calls.at(-1) as (typeof source.calls)[number])
  expect(questions.map((question) => nameOf(source, question))).toEqual(['input', 'conv2d', 'dense'])
})
