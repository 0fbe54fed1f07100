import { describe, expect, test } from 'vitest'
import { type Call, covers, run, Source, sourceOf, text } from './support/call.js'
import { canonical } from './support/canonical.js'
import { checkLines } from './support/check.js'
import { sampled } from './support/effort.js'
import { makersImport, Value } from './support/value.js'

/**
 * Options that are chosen as a whole: one of several objects, an object or nothing, an object of which some may be missing. The type
 * holds what is built with each choice.
 */

type Options = Readonly<Record<string, unknown>>

/** An object type with the values as literals. */
const typeOf = (options: Options, mark = ''): string =>
  `{ ${Object.entries(options)
    .map(([name, value]) => `readonly ${name}${mark}: ${text(value)}`)
    .join('; ')} }`

interface Line {
  readonly way: string
  readonly source: string
  readonly built: readonly string[]
}

const linesOf = (call: Call): Line[] => {
  const options = call.args.at(-1) as Options
  const required = call.args.slice(0, -1)
  const names = Object.keys(options)
  const without = (name: string): Options => Object.fromEntries(Object.entries(options).filter(([each]) => each !== name))
  const only = (name: string): Options => ({ [name]: options[name] })
  const built = (given: Options | undefined): string | undefined => {
    const outcome = run({ ...call, args: given === undefined ? required : [...required, given] })
    return 'network' in outcome ? outcome.network : undefined
  }
  const line = (way: string, source: string, choices: readonly (Options | undefined)[]): Line => ({
    way,
    source: sourceOf({ ...call, args: [...required, new Source(source)] }),
    built: choices.map(built).filter((each) => each !== undefined),
  })
  const ways: Line[] = []
  const fitting = (choices: readonly (Options | undefined)[]): boolean => choices.every((choice) => built(choice) !== undefined)
  const add = (way: string, source: string, choices: readonly (Options | undefined)[]) => {
    if (fitting(choices)) ways.push(line(way, source, choices))
  }
  const t = text(options)
  const pairs = names.flatMap((name) => [without(name), only(name)]).filter((other) => Object.keys(other).length > 0)
  add('inline or undefined', `chosen ? ${t} : undefined`, [options, undefined])
  add('declared or undefined', `(${t} as ${typeOf(options)} | undefined)`, [options, undefined])
  add('inline or {}', `chosen ? ${t} : {}`, [options, {}])
  add('spread', `{ ...(chosen ? ${t} as const : {}) }`, [options, {}])
  add('spread of undefined', `{ ...(chosen ? ${t} as const : undefined) }`, [options, {}])
  add('optional members', `(${t} as ${typeOf(options, '?')})`, [options, {}])
  add('partial', `(${t} as Partial<${typeOf(options)}>)`, [options, {}])
  add('partial or undefined', `(${t} as Partial<${typeOf(options)}> | undefined)`, [options, {}, undefined])
  add('undefined', 'undefined', [undefined])
  for (const name of names) {
    const one = only(name)
    add(`${name} or undefined`, `chosen ? ${text(one)} : undefined`, [one, undefined])
    add(`${name} declared or undefined`, `(${text(one)} as ${typeOf(one)} | undefined)`, [one, undefined])
    add(`${name} optional`, `(${text(one)} as ${typeOf(one, '?')})`, [one, {}])
  }
  for (const other of pairs) {
    add('inline of two', `chosen ? ${t} : ${text(other)}`, [options, other])
    add('inline of two as const', `chosen ? ${t} as const : ${text(other)} as const`, [options, other])
    add('declared of two', `(${t} as ${typeOf(options)} | ${typeOf(other)})`, [options, other])
    add('declared of two, turned', `(${t} as ${typeOf(other)} | ${typeOf(options)})`, [options, other])
    add('declared of three', `(${t} as ${typeOf(options)} | ${typeOf(other)} | undefined)`, [options, other, undefined])
  }
  for (const [first, second] of names.flatMap((name, index) => names.slice(index + 1).map((next) => [only(name), only(next)] as const))) {
    add('disjoint', `chosen ? ${text(first)} : ${text(second)}`, [first, second])
    add('disjoint, declared', `(${text(first)} as ${typeOf(first)} | ${typeOf(second)})`, [first, second])
  }
  return ways
}

const isOptions = (value: unknown): value is Options =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Value)

describe('options that are chosen as a whole', () => {
  const calls = canonical
    .filter(([, , args]) => isOptions(args.at(-1)))
    .flatMap(([method, shape, args]): Call[] => {
      const call = { shape, after: false, method, args, applied: true }
      return [call, { ...call, applied: false }]
    })
  test.each([
    ['as methods', false],
    ['as layer values', true],
  ])('%s', async (_, applied) => {
    const lines = calls.filter((call) => call.applied === applied).flatMap(linesOf)
    const checked = new Map<string, ReturnType<typeof checkLines> extends Map<string, infer L> ? L : never>()
    for (let start = 0; start < lines.length; start += 400) {
      const sources = [...new Set(lines.slice(start, start + 400).map(({ source }) => source))]
      for (const [source, found] of checkLines(sources, `${makersImport}\ndeclare const chosen: boolean`)) checked.set(source, found)
    }
    const wrong = lines.flatMap(({ way, source, built }) => {
      const { type, diagnostics, sentence } = checked.get(source) as never as {type: string, diagnostics: unknown[], sentence: string}
      if (diagnostics.length > 0) return [`${way}: ${source}\n      refused: ${sentence}`]
      const missing = built.find((each) => !covers(type, each))
      return missing === undefined && !/\b(never|any)\b/.test(type) ? [] : [`${way}: ${source}\n      type ${type}, built ${missing}`]
    })
    ;(await import('node:fs')).writeFileSync(`/tmp/wt/h12-wrong-${applied}.txt`, wrong.join('\n'))
    console.log(`${lines.length} lines, ${wrong.length} wrong`)
    expect(wrong.length).toBe(0)
  })
})
