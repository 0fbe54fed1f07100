import { describe, expect, test } from 'vitest'
import { type Call, covers, run, Source, sourceOf, text } from './support/call.js'
import { canonical } from './support/canonical.js'
import { type CheckedLine, checkLines } from './support/check.js'
import { sampled } from './support/effort.js'
import { makersImport, Value } from './support/value.js'

/**
 * Options that are chosen as a whole: one of several objects, an object or nothing, an object of which some may be missing. The type
 * has the shape and the count of each choice.
 */

type Options = Readonly<Record<string, unknown>>

/** The type of options, with the values as literals; `mark` makes them optional. */
const typeOf = (options: Options, mark = ''): string =>
  `{ ${Object.entries(options)
    .map(([name, value]) => `readonly ${name}${mark}: ${text(value)}`)
    .join('; ')} }`

interface Line {
  readonly source: string
  /** The networks that may be built. */
  readonly built: readonly string[]
}

/** Options with some of their names, in every way. */
const subsets = (options: Options): Options[] =>
  Object.entries(options).reduce<Options[]>((all, [name, value]) => all.flatMap((some) => [some, { ...some, [name]: value }]), [{}])

const linesOf = (call: Call): Line[] => {
  const options = call.args.at(-1) as Options
  const required = call.args.slice(0, -1)
  const names = Object.keys(options)
  const only = (name: string): Options => ({ [name]: options[name] })
  const others = names.flatMap((name) => [Object.fromEntries(Object.entries(options).filter(([each]) => each !== name)), only(name)])

  const networkOf = (given: Options | undefined): string | undefined => {
    const outcome = run({ ...call, args: given === undefined ? required : [...required, given] })
    return 'network' in outcome ? outcome.network : undefined
  }
  const lines: Line[] = []
  /** Adds a line with options that may be each of these, if all of them are possible. */
  const add = (source: string, choices: readonly (Options | undefined)[]): void => {
    const built = choices.map(networkOf).filter((each) => each !== undefined)
    if (built.length < choices.length) return
    lines.push({ source: sourceOf({ ...call, args: [...required, new Source(source)] }), built })
  }
  for (const given of [options, ...names.map(only)]) {
    const [value, type, partly] = [text(given), typeOf(given), typeOf(given, '?')]
    add(`chosen ? ${value} : undefined`, [given, undefined])
    add(`chosen ? ${value} : {}`, [given, {}])
    add(`(${value} as ${type} | undefined)`, [given, undefined])
    add(`(${value} as ${partly})`, subsets(given))
    add(`(${value} as Partial<${type}> | undefined)`, [...subsets(given), undefined])
    add(`{ ...(chosen ? (${value} as const) : {}) }`, subsets(given))
    add(`{ ...(chosen ? (${value} as const) : undefined) }`, subsets(given))
  }
  for (const other of others.filter((each) => Object.keys(each).length > 0)) {
    add(`chosen ? ${text(options)} : ${text(other)}`, [options, other])
    add(`chosen ? (${text(options)} as const) : (${text(other)} as const)`, [options, other])
    add(`{ ...(${text(other)} as ${typeOf(other)} | ${typeOf(options)}) }`, [options, other])
    // A method infers from one object type of several that are written out: docs/guide/limits.md.
    if (call.applied) add(`(${text(other)} as ${typeOf(other)} | ${typeOf(options)} | undefined)`, [options, other, undefined])
  }
  return lines
}

const isOptions = (value: unknown): value is Options =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Value)

const declarations = `${makersImport}\ndeclare const chosen: boolean`

const wrongIn = ({ built }: Line, { type, diagnostics, sentence }: CheckedLine): string | undefined => {
  if (diagnostics.length > 0) return `refused: ${sentence}`
  if (/\b(never|any)\b/.test(type)) return `type ${type}`
  const missing = built.find((each) => !covers(type, each))
  return missing && `type ${type}, built ${missing}`
}

describe('options that are chosen as a whole', () => {
  const calls = sampled(canonical.filter(([, , args]) => isOptions(args.at(-1))))

  test.each([
    ['as methods', false],
    ['as layer values', true],
  ])('%s', (_, applied) => {
    const lines = calls.flatMap(([method, shape, args]) => linesOf({ shape, after: false, method, args, applied }))
    const wrong: string[] = []
    for (let start = 0; start < lines.length; start += 400) {
      const some = lines.slice(start, start + 400)
      const checked = checkLines([...new Set(some.map(({ source }) => source))], declarations)
      for (const line of some) {
        const verdict = wrongIn(line, checked.get(line.source) as CheckedLine)
        if (verdict) wrong.push(`${line.source}\n      ${verdict}`)
      }
    }
    expect(lines.length).toBeGreaterThan(20)
    expect(wrong.join('\n')).toBe('')
  })
})

const conv2d = (stride: number): string =>
  `conv2d: a 3x3 filter with stride ${stride} does not fit a 7x7 input: (7 - 3 + 2*0)/${stride} + 1 = 2.33.`

/** Each line, with its type or the beginning of its sentence. */
const written: readonly (readonly [line: string, expected: string])[] = [
  ['input(7, 7, 3).conv2d(4, 3, chosen ? { stride: 2 } : undefined)', 'Network<[7, 7, 3], [5, 5, 4] | [3, 3, 4], 112>'],
  ['input(7, 7, 3).apply(conv2d(4, 3, chosen ? { stride: 2 } : undefined))', 'Network<[7, 7, 3], [5, 5, 4] | [3, 3, 4], 112>'],
  [
    'input(7, 7, 3).apply(block(conv2d(4, 3, chosen ? { stride: 2 } : undefined), relu()))',
    'Network<[7, 7, 3], [5, 5, 4] | [3, 3, 4], 112>',
  ],
  ['input(7, 7, 3).conv2d(4, 3, undefined)', 'Network<[7, 7, 3], [5, 5, 4], 112>'],
  ['input(7, 7, 3).conv2d(4, 3, chosen ? { stride: 3 } : undefined)', conv2d(3)],
  [
    'input(9, 9, 3).conv2d(4, 3, { ...({} as { stride: 2 } | { stride: 1; padding: 1 }) })',
    'Network<[9, 9, 3], [4, 4, 4] | [9, 9, 4], 112>',
  ],
  [
    'input(9, 9, 3).conv2d(4, 3, { ...({} as { padding: 1 } | { padding: 1; stride: 2 }) })',
    'Network<[9, 9, 3], [9, 9, 4] | [5, 5, 4], 112>',
  ],
  ['input(9, 9, 3).maxPool2d(3, { ...({} as { stride: 2 } | { stride: 2; padding: 1 }) })', 'Network<[9, 9, 3], [4, 4, 3] | [5, 5, 3], 0>'],
  ['input(6).dense(4, chosen ? { bias: false } : undefined)', 'Network<[6], [4], 28 | 24>'],
  ['input(9, 9, 4).batchNorm(chosen ? { scale: false } : undefined)', 'Network<[9, 9, 4], [9, 9, 4], 8 | 4>'],
]

/** The shapes and counts in a type: a union has no order. */
const partsOf = (type: string): string[] => (type.match(/\[[^\]]*\]|\d+(?= \||>)/g) ?? []).sort()

describe('written out', () => {
  const checked = checkLines(
    written.map(([line]) => line),
    declarations,
  )
  test.each(written)('%s', (line, expected) => {
    const { type, sentences, sentence } = checked.get(line) as CheckedLine
    if (expected.startsWith('Network')) {
      expect(sentences).toEqual([])
      expect(partsOf(type)).toEqual(partsOf(expected))
      return
    }
    expect(sentences).toHaveLength(1)
    expect(sentence).toContain(expected)
  })
})
