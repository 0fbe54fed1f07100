import { describe, expect, test } from 'vitest'
import { kinds } from '../src/network/kinds.js'
import { As, type Call, covers, run, sourceOf } from './support/call.js'
import { canonical } from './support/canonical.js'
import { type CheckedLine, checkLines } from './support/check.js'
import { isLong } from './support/effort.js'
import { at, type Place, places, replaced } from './support/places.js'
import { makersImport, Value } from './support/value.js'

/**
 * Every kind, with each of its numbers, words and flags in turn as `number`, `any`, `never`, a number with a brand, and a union. The type covers all possible
 * results, without a wrong literal, `never` or `any`, and nothing is rejected, except a union with an invalid member.
 */

const others: Readonly<Record<string, readonly unknown[]>> = {
  number: [1, 2, 3, 4, 5, 6, 8, 9, 12, 0, 100, 0.25],
  boolean: [true, false],
  string: ['floor', 'ceil', 'exact', 'same', 'valid', 'nearest', 'bilinear'],
}
const wideTypes: Readonly<Record<string, readonly string[]>> = {
  number: ['number', 'any', 'never', 'Branded'],
  boolean: ['boolean', 'any', 'never'],
  string: ['any', 'never'],
}

const declarations = `${makersImport}\ntype Branded = number & { readonly brand: 'size' }`

let count = 0

/** The places in a call whose values are taken for others: all in a long run; in a short one every tenth of all calls. */
const placesIn = ({ shape, args }: Call): Place[] =>
  places([shape, args]).filter(() => {
    count += 1
    return isLong || count % 10 === 0
  })

/** A line with the outcomes that its type has to hold; none when it has to be refused. */
interface Line {
  readonly source: string
  readonly built: readonly string[]
}

const networkOf = (call: Call): string | undefined => {
  const outcome = run(call)
  return 'network' in outcome ? outcome.network : undefined
}

const linesOf = (call: Call): Line[] =>
  placesIn(call).flatMap((place) => {
    const given = at([call.shape, call.args], place)
    const having = (value: unknown): Call => {
      const [shape, args] = replaced([call.shape, call.args], place, value) as [Call['shape'], Call['args']]
      return { ...call, shape, args }
    }
    const tried = (others[typeof given] as unknown[]).filter(
      (value) => value !== given && Number.isInteger(given) === Number.isInteger(value),
    )
    const accepted = [given, ...tried].flatMap((value) => networkOf(having(value)) ?? [])
    const fits = tried.find((value) => networkOf(having(value)) !== undefined)
    // An unknown word would be refused in TypeScript's own words.
    const unfit = typeof given === 'number' ? tried.find((value) => networkOf(having(value)) === undefined) : undefined
    const as = (type: string): string => sourceOf(having(new As(given, type)))
    const union = (value: unknown): string => `${JSON.stringify(given)} | ${JSON.stringify(value)}`
    return [
      ...(wideTypes[typeof given] as string[]).map((type) => ({ source: as(type), built: accepted })),
      ...(fits === undefined ? [] : [{ source: as(union(fits)), built: [given, fits].flatMap((value) => networkOf(having(value)) ?? []) }]),
      ...(unfit === undefined ? [] : [{ source: as(union(unfit)), built: [] }]),
    ]
  })

/** The same with all options as `any`, or under any names, which may be none or all of them. */
const withAnyOptions = (call: Call): Line[] => {
  const last = call.args.at(-1)
  if (typeof last !== 'object' || last === null || Array.isArray(last) || last instanceof Value) return []
  const built = [call, { ...call, args: [...call.args.slice(0, -1), {}] }].flatMap((each) => networkOf(each) ?? [])
  return ['any', 'Record<string, any>'].map((type) => ({
    source: sourceOf({ ...call, args: [...call.args.slice(0, -1), new As({}, type)] }),
    built,
  }))
}

/** The same with each number that may be a list as lists of which the length, or only the values, are not known. */
const withLists = (call: Call): Line[] =>
  placesIn(call).flatMap((place) => {
    const given = at([call.shape, call.args], place)
    if (typeof given !== 'number' || place[0] === 0) return []
    const having = (value: unknown): Call => ({ ...call, args: replaced(call.args, place.slice(1), value) as Call['args'] })
    const axes = call.shape.length - 1
    const list = Array.from({ length: axes }, () => given)
    const pairs = list.map((each) => [each, each])
    const tuple = `[${list.map(() => 'number').join(', ')}]`
    const single = networkOf(call) ?? ''
    return [
      ...(networkOf(having(list)) === undefined
        ? []
        : [list].flatMap((value) =>
            ['number[]', 'readonly number[]', 'number | number[]', tuple, `readonly ${tuple}`].map((type) => ({ value, type })),
          )),
      ...(networkOf(having(pairs)) === undefined
        ? []
        : [pairs].flatMap((value) =>
            ['number[][]', '[number, number][]', 'readonly (readonly [number, number])[]', '(number | [number, number])[]'].map((type) => ({
              value,
              type,
            })),
          )),
    ].map(({ value, type }) => ({ source: sourceOf(having(new As(value, type))), built: [single, networkOf(having(value)) ?? ''] }))
  })

const wrongIn = ({ built }: Line, { type, diagnostics, sentence }: CheckedLine): string | undefined => {
  if (built.length === 0) return diagnostics.length === 1 ? undefined : `${diagnostics.length} diagnostics, type ${type}`
  if (diagnostics.length > 0) return `refused: ${sentence}`
  if (/\b(never|any)\b/.test(type)) return `type ${type}`
  const missing = built.find((each) => !covers(type, each))
  return missing && `type ${type}, built ${missing}`
}

describe('every kind where something is not known at compile time', () => {
  const valuesOnly = ['identity', 'block', 'repeat', 'branch', 'shared']
  const calls = canonical.flatMap(([method, shape, args]): Call[] => {
    const call = { shape, after: false, method, args, applied: true }
    return valuesOnly.includes(method) ? [call] : [call, { ...call, applied: false }]
  })

  test('every kind is among them, and possible as it stands', () => {
    expect([...new Set(canonical.map(([kind]) => kind))].sort()).toEqual([...kinds.keys()].sort())
    expect(calls.filter((call) => networkOf(call) === undefined).map(sourceOf)).toEqual([])
  })

  test.each([
    ['as methods', false],
    ['as layer values', true],
  ])('%s', (_, applied) => {
    const lines = calls
      .filter((call) => call.applied === applied)
      .flatMap((call) => [...linesOf(call), ...withAnyOptions(call), ...withLists(call)])
    const checked = new Map<string, CheckedLine>()
    for (let start = 0; start < lines.length; start += 2000) {
      const sources = [...new Set(lines.slice(start, start + 2000).map(({ source }) => source))]
      for (const [source, found] of checkLines(sources, declarations)) checked.set(source, found)
    }
    const wrong = lines.flatMap((line) => {
      const verdict = wrongIn(line, checked.get(line.source) as CheckedLine)
      return verdict ? [`${line.source}\n      ${verdict}`] : []
    })
    console.log(`gradual, ${_}: ${lines.length} lines`)
    expect(wrong.join('\n')).toBe('')
  })
})
