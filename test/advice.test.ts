import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pathOf, type Suggestion, suggestionsFor } from './support/advice.js'
import { type Call, isWide, type Outcome, run, sourceOf } from './support/call.js'
import { checkLines } from './support/check.js'
import { drawCall } from './support/draw.js'
import { casesOf, inProportion } from './support/effort.js'
import { seed } from './support/seed.js'
import { makersImport, Value } from './support/value.js'

/**
 * Suggestions in messages are correct. For random layers of every kind, each suggestion of each message is applied to the layer, and
 * the mistake is gone, at run time and for the compiler. A suggestion that the test cannot parse fails it.
 */

/** The kind of mistake, by the words of the message. */
const subjects: readonly (readonly [string, RegExp])[] = [
  ['batch', /If the 1 is the batch size/],
  ['window', /does not fit|is larger than/],
  ['groups', /(?:groups|heads) do not divide/],
  ['crop', /nothing is left of the (?:axis )?(?<axis>\w+)/],
  ['transposed', /the padding leaves nothing/],
  ['outputPadding', /outputPadding \d+ must be smaller/],
  ['pixels', /needs channels that/],
  ['join', /branch (?<axis>\d+) gives .* branch 1 .*: (?:an? \w+ needs equal shapes|only the channels may differ|a product needs)/],
  ['sum', /the body gives .* a sum needs equal shapes/],
  ['vector', /needs a vector/],
  ['tokens', /needs an input of \[tokens, features\]/],
  ['option', /there is no option/],
  ['axis', /there is no axis/],
]

const subjectOf = (sentence: string): string => {
  for (const [subject, words] of subjects) {
    const found = words.exec(sentence)
    if (found) return `${subject}${found.groups?.['axis'] ?? ''}`
  }
  return 'other'
}

/** Mistakes of the same layer that are only found after others are fixed. */
const behind: Readonly<Record<string, RegExp>> = {
  batch: /^(?!batch)/,
  groups: /^option/,
  window: /^groups/,
  outputPadding: /^(?:transposed|groups)/,
  transposed: /^groups/,
  crop: /^crop/,
  join: /^join/,
  vector: /^other/,
  tokens: /^(?:groups|other)/,
  option: /./,
}

/** For kinds with several mistakes of one sort, the words of each, in the order in which they are found. */
const inOrder: Readonly<Record<string, readonly RegExp[]>> = {
  windowAttention: [/heads do not divide/, /windows of|window must/, /shift /, /version /],
  multiHeadAttention: [/^\w+: \d+ heads do not divide/, /key and value heads do not divide|keyValueHeads must/, /headWidth must/],
  patchMerging: [/patches do not divide/, /version /],
  // A size of 0 is none, even rounded.
  upsample: [/ Use rounding: 'floor'\.$/, /alignCorners needs|needs an input of|= 0\.\d+\.$/],
}

/** Whether a layer's mistake is found behind another of the same layer. */
const isBehind = (before: string, after: string): boolean => {
  const patterns = inOrder[/^\w+/.exec(before)?.[0] ?? ''] ?? []
  const [first, second] = [before, after].map((text) => patterns.findIndex((pattern) => pattern.test(text))) as [number, number]
  return first >= 0 && second > first
}

/** Whether a mistake is another than the one before, and is found later. */
const isLater = (before: string, after: string): boolean => {
  const [one, other] = [pathOf(before), pathOf(after)]
  if (isBehind(one.rest, other.rest)) return true
  const [from, to] = [one, other].map(({ path }) => path.map(({ at }) => at)) as [number[], number[]]
  const differ = from.findIndex((at, step) => to[step] !== at)
  if (differ >= 0) return to[differ] === undefined || (to[differ] as number) > (from[differ] as number)
  // Each branch of a join is compared with the first before the next is looked at.
  const branch = /^join(\d+)$/.exec(subjectOf(one.rest))?.[1]
  if (to.length > from.length && branch !== undefined && (to[from.length] as number) >= Number(branch)) return true
  if (to.length > from.length)
    return subjectOf(one.rest) === 'join' || subjectOf(one.rest) === 'sum' ? false : subjectOf(one.rest) !== subjectOf(other.rest)
  const subject = subjectOf(one.rest)
  if (subject === subjectOf(other.rest)) return false
  return behind[subject.replace(/\d+$|(?<=^crop)\w+$/, '')]?.test(subjectOf(other.rest)) === true
}

interface Tried extends Suggestion {
  readonly from: Call
  readonly sentence: string
  readonly outcome: Outcome
}

/** What is suggested somewhere, besides a note on channels. */
const sorts = [
  ...['stride', 'padding', 'rounding', 'kernel', 'groups', 'heads', 'start', 'outputPadding', 'option name', 'crop', 'nearest channels'],
  ...['toTokens first', 'shortcut', 'padding in the body', 'padding and shortcut', 'padding in branches', 'layers at the end'],
].sort()

/** Branches that often differ, in their size, their channels or their axes. */
const branch = fc
  .array(
    fc.oneof(
      fc
        .record({
          filters: fc.constantFrom(4, 8),
          kernel: fc.integer({ min: 1, max: 5 }),
          stride: fc.constantFrom(1, 1, 2),
          padding: fc.constantFrom(0, 0, 1, 'same'),
        })
        .map(({ filters, kernel, ...options }) => new Value('conv2d', [filters, kernel, { ...options, rounding: 'floor' }])),
      fc.constantFrom(2, 3).map((kernel) => new Value('maxPool2d', [kernel, { stride: 2, rounding: 'floor' }])),
      fc.constantFrom(...['identity', 'relu', 'toTokens', 'flatten', 'globalAvgPool'].map((kind) => new Value(kind, []))),
      fc.constantFrom(1, 2).map((cells) => new Value('crop', [cells])),
      fc.constantFrom(2, 3).map((factor) => new Value('upsample', [factor])),
      fc.constantFrom([5, 6], 4).map((size) => new Value('adaptiveMaxPool', [size])),
    ),
    { minLength: 1, maxLength: 2 },
  )
  .map((layers) => (layers.length === 1 ? (layers[0] as Value) : new Value('block', layers)))

const joins: fc.Arbitrary<Call> = fc
  .record({
    shape: fc.tuple(fc.integer({ min: 4, max: 20 }), fc.integer({ min: 4, max: 20 }), fc.constantFrom(4, 8)).map((shape) => [...shape]),
    method: fc.constantFrom('residual', 'add', 'concat'),
    args: fc.array(branch, { minLength: 2, maxLength: 3 }),
  })
  .map(({ shape, method, args }) => ({ shape, method, args: method === 'residual' ? args.slice(1) : args, after: false, applied: true }))

/** A shape with its batch size, which is seldom drawn. */
const withBatch: Call = { shape: [1, 32, 32, 3], method: 'conv2d', args: [8, 3], after: false, applied: false }

/** Calls with one mistake each, which is seldom drawn alone. */
const seldom: readonly Call[] = (
  [
    [[8, 6], 'multiHeadAttention', [4]],
    [[8, 12], 'multiHeadAttention', [6, { keyValueHeads: 4 }]],
    [[14, 14, 8], 'windowAttention', [3, 7]],
    [[14, 14, 8], 'windowAttention', [4, 5]],
    [[7, 8, 4], 'patchMerging', []],
    [[3, 4, 2], 'pad', [5, { mode: 'reflect' }]],
    [[4, 4, 2], 'flatten', [4]],
    [[4, 4, 2], 'affine', [{ scale: false, shift: false }]],
  ] as const
).map(([shape, method, args]) => ({ shape: [...shape], method, args: [...args], after: false, applied: false }))

const tried = [
  withBatch,
  ...seldom,
  ...fc.sample(fc.oneof({ arbitrary: drawCall, weight: 5 }, { arbitrary: joins, weight: 2 }), {
    seed,
    numRuns: casesOf('advice on every kind'),
  }),
]
  .filter((call) => !isWide(call))
  .flatMap((call): Tried[] => {
    const outcome = run(call)
    if (!('sentence' in outcome)) return []
    const { sentence } = outcome
    return suggestionsFor(call, sentence).map((suggestion) => ({ ...suggestion, from: call, sentence, outcome: run(suggestion.call) }))
  })

const shown = ({ from, sentence, text, call, outcome }: Tried): string =>
  `${sourceOf(from)}\n  ${sentence}\n  with ${text}: ${sourceOf(call)}\n  ${'sentence' in outcome ? outcome.sentence : outcome.network}`

describe('every suggestion', () => {
  test('is drawn, of every sort, and is all that one of them needs', () => {
    const kinds = (some: readonly Tried[]) => [...new Set(some.map(({ kind }) => kind))].sort()
    expect(kinds(tried)).toEqual(expect.arrayContaining(sorts))
    const promised = (some: readonly Tried[]) => kinds(some).filter((kind) => kind !== 'channels last')
    expect(promised(tried.filter(({ outcome }) => 'network' in outcome))).toEqual(promised(tried))
    expect(tried.length).toBeGreaterThan(inProportion('advice on every kind', 10_000))
  })

  test('makes the mistake go, and brings none that stands before it', () => {
    // The note says how shapes are written, and not that all fits then: what it brings has no note again.
    const untrue = tried.filter(
      ({ kind, sentence, outcome }) =>
        'sentence' in outcome && !(kind === 'channels last' ? !outcome.sentence.includes('Note:') : isLater(sentence, outcome.sentence)),
    )
    expect(untrue.slice(0, 5).map(shown)).toEqual([])
    const accepted = tried.filter(({ outcome }) => 'network' in outcome)
    expect(accepted.length / tried.length).toBeGreaterThan(0.6)
  })

  test('compiles', () => {
    const step = Math.ceil(tried.length / casesOf('compiled advice'))
    const some = tried.filter(({ outcome }, index) => 'network' in outcome && index % step === 0)
    const checked = checkLines(
      some.map(({ call }) => sourceOf(call)),
      makersImport,
    )
    const refused = some.filter(({ call }) => checked.get(sourceOf(call))?.sentence !== undefined)
    expect(refused.slice(0, 5).map((each) => `${shown(each)}\n  ${checked.get(sourceOf(each.call))?.sentence}`)).toEqual([])
  })
})
