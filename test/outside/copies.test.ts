import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isLong } from '../support/effort.js'
import { compilerNames, tsc } from '../support/tsc.js'
import { type Outside, outside } from './folder.js'

/**
 * Two halves and two copies of the package in one program. The types of one copy's halves are the same. A network of another copy is
 * refused at once, with the version that is required: compared method by method, two copies would never come to an end.
 */

/** A library that exports networks and layers, as its declarations. */
const library = `import type { AnyNetwork, Layer, Network } from 'stridewise'
import type { lenet5 } from 'stridewise/zoo'
export declare const backbone: Network<[32, 32, 3], [30, 30, 8], 224>
export declare const head: Layer<'block', [Layer<'relu', []>, Layer<'conv2d', [8, 1]>]>
export declare const classifier: ReturnType<typeof lenet5>
export declare const describe: (network: AnyNetwork) => string
`

/** Everything that a user does with them. */
const use = (from: string): string => `import { block, conv2d, input, type Network } from 'stridewise'
import { toOnnx } from 'stridewise/onnx'
import { report } from 'stridewise/report'
import { lenet5 } from 'stridewise/zoo'
import { backbone, classifier, describe, head } from '${from}'

export const annotated: Network<[32, 32, 3], [30, 30, 8], number> = backbone
const take = (network: Network<[32, 32, 3], [30, 30, 8], 224>) => network.params
export const taken = take(backbone)
const outputOf = <Output extends readonly number[]>(network: Network<[32, 32, 3], Output, number>) => network.output
export const inferred = outputOf(backbone)
export const model: typeof classifier = lenet5()
export const own: typeof backbone = input(32, 32, 3).conv2d(8, 3)

export const applied = input(30, 30, 8).apply(head).apply(block(head, conv2d(4, 1)))
export const told = [describe(backbone), describe(applied), report(backbone).totals.params, toOnnx(backbone).length]
export const list = [input(3), backbone]
export const summed = input(30, 30, 8).residual(head)
`

/** Branches that come from elsewhere: types of other copies meet inside callbacks. */
const branches = (from: string): string => `import { input } from 'stridewise'
import { backbone } from '${from}'
export const inResidual = input(30, 30, 8).residual(() => backbone)
export const inJoins = input(30, 30, 8).add(() => backbone, (x) => x)
`

const version = '9.9.9'

let folder: Outside
beforeAll(() => {
  folder = outside()
  folder.install()
  const esm = JSON.stringify({ name: 'library', version: '1.0.0', type: 'module' })
  folder.write({
    // CommonJS is the default of a new package.json.
    'package.json': JSON.stringify({ name: 'user', private: true }),
    'backbone.mts': `import { block, conv2d, input, relu } from 'stridewise'
import { lenet5 } from 'stridewise/zoo'
import type { AnyNetwork } from 'stridewise'
export const backbone = input(32, 32, 3).conv2d(8, 3)
export const head = block(relu(), conv2d(8, 1))
export const classifier = lenet5()
export const describe = (network: AnyNetwork) => network.toString()
`,
    'halves.cts': use('./backbone.mjs'),
    'library.cts': use('library'),
    'node_modules/library/package.json': JSON.stringify({ name: 'library', version: '1.0.0', type: 'module', types: './index.d.ts' }),
    'node_modules/library/index.d.ts': library,
    // Each of these finds the copy of the package that is installed under it.
    'other/package.json': esm,
    'other/index.d.ts': library,
    'same/package.json': esm,
    'same/index.d.ts': library,
    // A compiler takes two installs of one version for the same package, but not where they have other peers.
    'peers/package.json': esm,
    'peers/index.d.ts': library,
    'peers/node_modules/@tensorflow/tfjs/package.json': JSON.stringify({ name: '@tensorflow/tfjs', version: '4.21.0' }),
    ...Object.fromEntries(
      ['other', 'same', 'peers'].flatMap((name) => [
        [`${name}.mts`, use(`./${name}/index.js`)],
        [`${name}-branches.mts`, branches(`./${name}/index.js`)],
      ]),
    ),
  })
  folder.install('other', { version })
  folder.install('same')
  folder.install('peers')
})
afterAll(() => folder.remove())

const settings = '--noEmit --strict --target es2022 --lib es2022 --module nodenext --moduleResolution nodenext'.split(' ')

const copies = ['other', 'same', 'peers']
const files = ['halves.cts', 'library.cts', ...copies.flatMap((name) => [`${name}.mts`, `${name}-branches.mts`])]

/** What a compiler says of all files, without the paths of this machine, and without TypeScript's own word on .cts files that import .mts files. */
const check = (compiler: string, skipLibCheck: boolean): readonly string[] =>
  tsc(compiler, folder.path, [...settings, '--skipLibCheck', `${skipLibCheck}`, ...files])
    .map((line) => line.replaceAll(folder.path, '.'))
    .filter((line) => !line.includes('error TS1479') && !line.includes('To convert this file'))

/** With checks of the declarations of four copies in a long run only. */
const libraryChecks = isLong ? [true, false] : [true]
const runs = compilerNames.flatMap((compiler) => libraryChecks.map((skipLibCheck) => ({ compiler, skipLibCheck })))

describe.each(runs)('$compiler, skipLibCheck $skipLibCheck', ({ compiler, skipLibCheck }) => {
  let said: readonly string[]
  beforeAll(() => {
    said = check(compiler, skipLibCheck)
  })

  /** The lines with a mistake in a file, from 1. */
  const mistakesIn = (file: string): number[] =>
    said.filter((line) => line.startsWith(`${file}(`)).map((line) => Number(/\((\d+),/.exec(line)?.[1]))

  test('every mistake is in a file of the user, and has an end', () => {
    for (const line of said) expect(line).toMatch(/^( |(other|peers|same)(-branches)?\.mts\(\d+,\d+\): error TS(2741|2345|2322):)/)
    expect(said.join('\n')).not.toMatch(/excessive|infinite/i)
  })

  test('the ES module and the CommonJS half of one copy are the same types', () => {
    expect([mistakesIn('halves.cts'), mistakesIn('library.cts')]).toEqual([[], []])
  })

  test('two installs of the same version are one', () => expect(mistakesIn('same.mts')).toEqual([]))

  test.each(['other', 'peers'])('a network of another copy is refused: %s', (name) => {
    // 5.4 takes two installs of one version for the same package, whatever their peers.
    const isSame = name === 'peers' && compiler === 'typescript-5.4'
    expect(mistakesIn(`${name}.mts`)).toEqual(isSame ? [] : [7, 9, 11, 12, 13])
  })

  test('with the version that is required', () => {
    const ofOther = said.filter((line) => /^(other\.mts| )/.test(line)).join('\n')
    for (const key of ['0_1_0', version.replaceAll('.', '_')])
      expect(ofOther).toContain(`Property '[one_copy_of_stridewise_${key}]' is missing in type`)
  })
})

/** Node has one build for both ways to load it; with the condition of bundlers it loads the ES module build besides. */
const builds = [
  { conditions: [], areTwo: false },
  { conditions: ['--conditions=module'], areTwo: true },
]

describe.each(builds)('at run time, with the conditions $conditions', ({ conditions, areTwo }) => {
  const run = (file: string, text: string): unknown => {
    folder.write({ [file]: text })
    return JSON.parse(execFileSync(process.execPath, [...conditions, file], { cwd: folder.path, encoding: 'utf8' }))
  }

  test('errors of one half are errors of the other', () => {
    const text = `
import { createRequire } from 'node:module'
import * as core from 'stridewise'
import * as onnx from 'stridewise/onnx'
import * as reports from 'stridewise/report'
const require = createRequire(import.meta.url)
const halves = [{ ...core, ...onnx, ...reports }, { ...require('stridewise'), ...require('stridewise/onnx'), ...require('stridewise/report') }]
const thrown = (run) => { try { run() } catch (error) { return error } }
const found = halves.flatMap((half) => [
  ['ShapeError', thrown(() => half.input(0))],
  ['FormatError', thrown(() => half.fromOnnx(new Uint8Array(3)))],
  ['BudgetError', thrown(() => half.within(half.input(3).dense(3), { params: 1 }))],
].flatMap(([name, error]) => halves.map((other) => [name, error instanceof other[name], error instanceof Error, error.name])))
const plain = new Error('no')
console.log(JSON.stringify({
  classesDiffer: halves[0].ShapeError !== halves[1].ShapeError,
  found,
  others: halves.flatMap(({ ShapeError, FormatError }) => [plain instanceof ShapeError, null instanceof ShapeError, found[0][1] instanceof FormatError,
    thrown(() => core.input(0)) instanceof class extends ShapeError {}]),
}))`
    const found = run('errors.mjs', text) as { classesDiffer: boolean; found: unknown[][]; others: boolean[] }
    expect(found.classesDiffer).toBe(areTwo)
    expect(found.found).toHaveLength(12)
    for (const [name, isInstance, isError, own] of found.found) expect([isInstance, isError, own]).toEqual([true, true, name])
    expect(found.others).toEqual(Array(8).fill(false))
  })

  test('layers of one half are applied by the other, also kinds that were defined by hand', () => {
    const text = `
import { createRequire } from 'node:module'
import { block, conv2d, defineLayer, input, relu } from 'stridewise'
const common = createRequire(import.meta.url)('stridewise')
const scale = defineLayer('scale', (input) => ({ output: input, weights: [{ name: 'factor', shape: [1], trainable: true }] }))
const network = common.input(8, 8, 3).apply(block(conv2d(4, 3), relu(), scale()))
const notCalled = (() => { try { common.input(3).apply(relu) } catch (error) { return error.message } })()
const again = (() => { try { defineLayer('scale', (input) => ({ output: input })) } catch (error) { return error.message } })()
console.log(JSON.stringify({ text: String(network), notCalled, again, other: common.defineLayer('scale', (input) => ({ output: input }))().kind }))`
    expect(run('kinds.mjs', text)).toEqual({
      text: 'Network<[8, 8, 3], [6, 6, 4], 113>',
      notCalled: 'apply: relu is a function: call it, relu().',
      again: "There is a layer of the kind 'scale' already.",
      other: 'scale',
    })
  })
})
