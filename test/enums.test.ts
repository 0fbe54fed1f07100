import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { discard, type Workspace, workspaceOf } from './editor/workspace.js'
import { As, type Call, plain, sourceOf } from './support/call.js'
import { canonical } from './support/canonical.js'
import { checkLines } from './support/check.js'
import { isLong, sampled } from './support/effort.js'
import { at, places, replaced } from './support/places.js'
import { compilerNames, tsc } from './support/tsc.js'
import { makersImport } from './support/value.js'

/**
 * A member of an enum counts as its literal. `number` is assignable to it, so a check for `number` alone would treat it as unknown.
 * Each number of each kind is replaced by a member, and by a union of two. The type has to be the same as with literals.
 */

/** Every number in the canonical calls. */
const canonicalNumbers = [
  ...new Set(canonical.flatMap(([, shape, args]) => places([shape, args]).map((place) => at([shape, args], place)))),
].filter((value) => typeof value === 'number')

/** The numbers of the mistakes below, which are not in the calls. */
const others = [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 16, 63, 64, 100]
const whole = [...new Set([...canonicalNumbers, ...others])].filter(Number.isInteger)
const fractions = canonicalNumbers.filter((value) => !Number.isInteger(value))
const nameOf = (value: number): string => `N${`${value}`.replace('-', 'Minus').replace('.', 'Point')}`

const declarations = `
enum Size { ${[...whole, ...fractions].map((value) => `${nameOf(value)} = ${value}`).join(', ')}, Less = -1, Half = 0.25 }
const enum Fixed { ${whole.map((value) => `${nameOf(value)} = ${value}`).join(', ')} }
enum Side { Small = 8, Large = 16 }
declare const side: Side
declare const literal: 8 | 16
enum Counted { Length = 'eight'.length }
declare const counted: Counted
`

type Pair = readonly [withEnum: string, withLiteral: string]

/** Every place of every kind, of which a short run has a tenth. */
const pairs: Pair[] = sampled(
  canonical.flatMap(([method, shape, args]) => {
    const valuesOnly = ['identity', 'block', 'repeat', 'branch', 'shared'].includes(method)
    const calls: Call[] = (valuesOnly ? [true] : [false, true]).map((applied) => ({ shape, after: false, method, args, applied }))
    return calls.flatMap((call) =>
      places([call.shape, call.args]).flatMap((place): Pair[] => {
        const given = at([call.shape, call.args], place)
        if (typeof given !== 'number') return []
        const member = (name: string): string => {
          const as = new As(given, `${name}.${nameOf(given)}`)
          const [nextShape, nextArgs] = replaced([call.shape, call.args], place, as) as [Call['shape'], Call['args']]
          return sourceOf({ ...call, shape: nextShape, args: nextArgs })
        }
        const line = sourceOf(plain(call) as Call)
        return [[member('Size'), line], ...(Number.isInteger(given) ? [[member('Fixed'), line] as const] : [])]
      }),
    )
  }),
)

const written: Pair[] = [
  ['input(32, 32, 3).conv2d(Size.N8, Size.N3, { stride: Size.N1 })', 'input(32, 32, 3).conv2d(8, 3, { stride: 1 })'],
  ['input(Fixed.N9, Fixed.N9, 3).conv2d(8, [Fixed.N3, Fixed.N1])', 'input(9, 9, 3).conv2d(8, [3, 1])'],
  ['input(9, 9, 3).reshape(Size.N3, 3, 27)', 'input(9, 9, 3).reshape(3, 3, 27)'],
  ['input(9, 9, 3).expect(Size.N9, Size.N9, Size.N3)', 'input(9, 9, 3).expect(9, 9, 3)'],
  // A variable of an enum's type is a union of its members.
  ['input(32, 32, 3).conv2d(side, 3)', 'input(32, 32, 3).conv2d(literal, 3)'],
  ['input(side, side, 3).conv2d(4, 3)', 'input(literal, literal, 3).conv2d(4, 3)'],
  ['input(32, 32, 3).conv2d(4, 3, { padding: side })', 'input(32, 32, 3).conv2d(4, 3, { padding: literal })'],
  ['input(side).dense(side)', 'input(literal).dense(literal)'],
  ['input(32, 32, 3).flatten().dense(side).dense(10)', 'input(32, 32, 3).flatten().dense(literal).dense(10)'],
  // A member that is computed is not known.
  ['input(32, 32, 3).conv2d(counted, 3)', 'input(32, 32, 3).conv2d(wide(5), 3)'],
  ['input(32, 32, 3).conv2d(4, counted)', 'input(32, 32, 3).conv2d(4, wide(5))'],
  ['input(counted, 9, 3).relu()', 'input(wide(5), 9, 3).relu()'],
]

/** Mistakes: the sentence is the one for the literal. */
const mistakes: Pair[] = [
  ['input(7, 7, 3).conv2d(8, Size.N3, { stride: Size.N3 })', 'input(7, 7, 3).conv2d(8, 3, { stride: 3 })'],
  ['input(Size.Less, 7, 3)', 'input(-1, 7, 3)'],
  ['input(7, 7, 3).conv2d(Size.N0, 3)', 'input(7, 7, 3).conv2d(0, 3)'],
  ['input(7, 7, 3).conv2d(8, Size.Half)', 'input(7, 7, 3).conv2d(8, 0.25)'],
  ['input(7, 7, 3).conv2d(8, [3, Size.N0])', 'input(7, 7, 3).conv2d(8, [3, 0])'],
  ['input(7, 7, 3).conv2d(8, 3, { padding: Size.Less })', 'input(7, 7, 3).conv2d(8, 3, { padding: -1 })'],
  ['input(7, 7, 3).conv2d(8, 3, { groups: Size.N2 })', 'input(7, 7, 3).conv2d(8, 3, { groups: 2 })'],
  ['input(7, 7, 3).conv2d(8, 3, Size.N2)', 'input(7, 7, 3).conv2d(8, 3, 2)'],
  ['input(7, 7, 3).maxPool2d(Size.N2)', 'input(7, 7, 3).maxPool2d(2)'],
  ['input(7).dense(Size.Half)', 'input(7).dense(0.25)'],
  ['input(7).dropout(Size.N2)', 'input(7).dropout(2)'],
  ['input(7, 7, 3).stochasticDepth(Size.Less)', 'input(7, 7, 3).stochasticDepth(-1)'],
  ['input(7, 7, 3).expect(Size.N7, Size.N8, 3)', 'input(7, 7, 3).expect(7, 8, 3)'],
  ['input(7, 7, 3).reshape(Size.N7, Size.N8, 3)', 'input(7, 7, 3).reshape(7, 8, 3)'],
  ['input(7, 7, 3).flatten(Size.N9)', 'input(7, 7, 3).flatten(9)'],
  ['input(7, 7, 3).unflatten(Size.N9, 2, 4)', 'input(7, 7, 3).unflatten(9, 2, 4)'],
  ['input(7, 7, 8).unflatten(2, Size.N2, Size.N5)', 'input(7, 7, 8).unflatten(2, 2, 5)'],
  ['input(7, 7, 8).permute(Size.N0, 1, 5)', 'input(7, 7, 8).permute(0, 1, 5)'],
  ['input(7, 7, 8).pixelShuffle(Size.N3)', 'input(7, 7, 8).pixelShuffle(3)'],
  ['input(7, 7, 8).groupNorm(Size.N3)', 'input(7, 7, 8).groupNorm(3)'],
  ['input(7, 8).multiHeadAttention(Size.N3)', 'input(7, 8).multiHeadAttention(3)'],
  ['input(7, 8).selectToken(Size.N9)', 'input(7, 8).selectToken(9)'],
  ['input(7, 7, 8).crop(Size.N4)', 'input(7, 7, 8).crop(4)'],
  ['input(7, 7, 8).upsample(Size.N0)', 'input(7, 7, 8).upsample(0)'],
  ['input(7, 7, 8).adaptiveAvgPool([Size.N0, 1])', 'input(7, 7, 8).adaptiveAvgPool([0, 1])'],
  ['input(7, 8).embedding(Size.N0, 4)', 'input(7, 8).embedding(0, 4)'],
  ['input(7, 8).lstm(Size.Less)', 'input(7, 8).lstm(-1)'],
  ['input(7, 7, 8).apply(repeat(Size.N0, relu()))', 'input(7, 7, 8).apply(repeat(0, relu()))'],
  [
    'input(9, 9, 4).convTranspose2d(8, 3, { stride: 2, outputPadding: Size.N2 })',
    'input(9, 9, 4).convTranspose2d(8, 3, { stride: 2, outputPadding: 2 })',
  ],
]

describe('a member of an enum is its literal', () => {
  const all = [...pairs, ...written]
  const checked = checkLines([...new Set([...all, ...mistakes].flat())], `${makersImport}\n${declarations}`)

  test('in every place of every kind', () => {
    expect(all.length).toBeGreaterThan(isLong ? 500 : 50)
    const wrong = all.flatMap(([line, literal]) => {
      const [found, expected] = [checked.get(line), checked.get(literal)]
      if (found?.diagnostics.length === 0 && found.type === expected?.type) return []
      return [`${line}: ${found?.type}, ${found?.sentence}, not ${expected?.type}`]
    })
    expect(wrong).toEqual([])
  })

  test.each(mistakes)('%s is refused as %s is', (line, literal) => {
    expect(checked.get(literal)?.sentences).toHaveLength(1)
    expect(checked.get(line)?.sentences).toEqual(checked.get(literal)?.sentences)
  })
})

/** The same on every compiler, against the built package: two types are compared as the compiler compares them. */
describe.each(compilerNames)('on %s', (compiler) => {
  let workspace: Workspace
  beforeAll(() => {
    const lines = [...pairs, ...written].map(
      ([line, literal], index) => `const e${index} = ${line}\nconst l${index} = ${literal}\nsame<typeof e${index}, typeof l${index}>(true)`,
    )
    // Functions, not constants: for each use of a constant the compiler looks through all statements before it.
    const same = 'declare function same<A, B>(is: (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false): void'
    workspace = workspaceOf({ 'enums.ts': '' })
    rmSync(join(workspace.folder, 'tsconfig.json'))
    const head = `import { input } from 'stridewise'\n${makersImport}\ndeclare function wide(value: number): number\n${declarations}\n${same}\n`
    writeFileSync(join(workspace.folder, 'enums.ts'), `${head}${lines.join('\n')}\n`)
  })
  afterAll(() => discard(workspace))

  test('every pair has one type', () => {
    const settings = [
      '--noEmit',
      '--strict',
      '--target',
      'es2022',
      '--lib',
      'es2022',
      '--module',
      'nodenext',
      '--moduleResolution',
      'nodenext',
    ]
    expect(tsc(compiler, workspace.folder, [...settings, '--skipLibCheck', 'enums.ts'])).toEqual([])
  })
})
