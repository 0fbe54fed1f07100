import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { discard, type Workspace, workspaceOf } from './editor/workspace.js'
import { isLong } from './support/effort.js'
import { expectGolden } from './support/golden.js'
import { compilerNames, tsc } from './support/tsc.js'

/** A user's library that exports networks: the emitted declarations, and whether other projects can check them. */

/** Types are inferred by the compiler. */
const inferred = `import { batchNorm, block, conv2d, dense, input, relu, repeat, residual } from 'stridewise'
import { resnet50 } from 'stridewise/zoo'

export const features = input(32, 32, 3).conv2d(10, 5, { padding: 2 }).relu().maxPool2d(2)
export const classifier = features.flatten().dense(10).softmax()
export const branched = features.concat((x) => x.conv2d(6, 1), (x) => x.maxPool2d(3, { stride: 1, padding: 1 }))
export const shape = features.output
export const params = classifier.params

export const stem = conv2d(64, 7, { stride: 2, padding: [3, [2, 3]], rounding: 'floor', name: 'stem' })
export const body = block(stem, batchNorm(), relu())
export const basic = <Filters extends number>(filters: Filters) =>
  residual(block(conv2d(filters, 3, { padding: 1 }), batchNorm(), relu()))
export const stage = <Filters extends number, Times extends number>(filters: Filters, times: Times) => repeat(times, basic(filters))

export const anySize = (size: number) => input(size, size, 3).conv2d(8, 3).globalAvgPool().dense(10)
export const fineTuned = resnet50({ classes: 37 })
export class Model {
  readonly network = classifier
  readonly head = dense(10, { bias: false })
}
export default classifier
`

/** Types are written by hand, as isolatedDeclarations requires. A wrong annotation is an error in its place. */
const annotated = `import { conv2d, input, type Layer, type Network } from 'stridewise'
import { vgg16 } from 'stridewise/zoo'

export const features: Network<[32, 32, 3], [16, 16, 10], 760> = input(32, 32, 3).conv2d(10, 5, { padding: 2 }).relu().maxPool2d(2)
export const stem: Layer<'conv2d', [64, 3, { padding: 1 }]> = conv2d(64, 3, { padding: 1 })
export const anySize = (size: number): Network<[number, number, 3], [10], 314> =>
  input(size, size, 3).conv2d(8, 3).globalAvgPool().dense(10)
export const vgg: Network<[224, 224, 3], [10], number> = vgg16({ classes: 10 })
`

const using = `import { input, type Network } from 'stridewise'
import classifier, { anySize, basic, body, branched, features, fineTuned, Model, params, shape, stage } from 'library'
import * as annotated from 'library/annotated'

export const wider: Network<[32, 32, 3], [14, 14, 20], 2580> = features.conv2d(20, 3)
export const joined: Network<[32, 32, 3], [16, 16, 16], 826> = branched
export const count: 26370 = params
export const [height, width, channels]: readonly [16, 16, 10] = shape
export const deep: Network<[56, 56, 64], [56, 56, 64], 111168> = input(56, 56, 64).apply(stage(64, 3))
export const one: Network<[56, 56, 64], [56, 56, 64], 37056> = input(56, 56, 64).apply(basic(64))
export const stem: Network<[224, 200, 3], [112, 100, 64], 9600> = input(224, 200, 3).apply(body)
export const small: Network<[number, number, 3], [10], 314> = anySize(32)
export const tuned: Network<[224, 224, 3], [37], 23583845> = fineTuned
export const same: Network<[32, 32, 3], [10], 26370> = new Model().network
export const all: Network<[32, 32, 3], [10], 26370> = classifier
export const byHand: Network<[32, 32, 3], [16, 16, 10], 760> = annotated.features
// @ts-expect-error the declarations still refuse: a 16x16 input, and stride 2
features.conv2d(20, 3, { stride: 2 })
`

const strict = ['--strict', '--exactOptionalPropertyTypes', '--target', 'es2022', '--lib', 'es2022']
const nodenext = ['--module', 'nodenext', '--moduleResolution', 'nodenext']

let workspace: Workspace
beforeAll(() => {
  workspace = workspaceOf({ 'index.ts': inferred, 'annotated.ts': annotated, 'using.ts': using })
  // The command line says everything.
  rmSync(join(workspace.folder, 'tsconfig.json'))
})
afterAll(() => discard(workspace))

const library = () => join(workspace.folder, 'node_modules/library')
const emit = (compiler: string, file: string, ...more: string[]) =>
  tsc(compiler, workspace.folder, [
    ...strict,
    ...nodenext,
    '--skipLibCheck',
    '--declaration',
    '--emitDeclarationOnly',
    '--outDir',
    library(),
    ...more,
    file,
  ])

const declared = (file: string): string => readFileSync(join(library(), file), 'utf8')

const emitted = new Map<string, string>()

describe.each(compilerNames)('%s', (compiler) => {
  beforeAll(() => {
    rmSync(library(), { recursive: true, force: true })
    mkdirSync(library())
    const exported = { '.': { types: './index.d.ts' }, './annotated': { types: './annotated.d.ts' } }
    writeFileSync(join(library(), 'package.json'), JSON.stringify({ name: 'library', type: 'module', exports: exported }))
  })

  test('emits declarations', () => {
    expect(emit(compiler, 'index.ts')).toEqual([])
    expect(emit(compiler, 'annotated.ts', ...(compiler === 'typescript-5.4' ? [] : ['--isolatedDeclarations']))).toEqual([])
    emitted.set(compiler, declared('index.d.ts'))
    // By hand is as it was written.
    expect(declared('annotated.d.ts')).toContain('export declare const features: Network<[32, 32, 3], [16, 16, 10], 760>;')
  })

  test.each(['node16', 'nodenext', 'bundler'])('its users check it with moduleResolution %s', (resolution) => {
    const module = resolution === 'bundler' ? 'esnext' : resolution
    // A short run looks at the declarations of the package in its packed form (package.test.ts), and at those emitted here as a text.
    const skipLibCheck = `${!isLong}`
    const args = ['--noEmit', '--skipLibCheck', skipLibCheck, '--module', module, '--moduleResolution', resolution]
    expect(tsc(compiler, workspace.folder, [...strict, ...args, 'using.ts'])).toEqual([])
  })

  test.skipIf(compiler === 'typescript-5.4')('without annotations isolatedDeclarations refuses', () => {
    const found = emit(compiler, 'index.ts', '--isolatedDeclarations')
    expect(found.filter((line) => line.startsWith('index.ts')).length).toBeGreaterThan(5)
  })
})

test('what is emitted is short and literal, and the same on every compiler', () => {
  const texts = [...emitted.values()]
  expect(texts).toHaveLength(compilerNames.length)
  expect(new Set(texts).size).toBe(1)
  expectGolden('declarations.txt', texts[0] as string)
  // Nothing has to be imported by a path into the package, and no name is of its inside.
  expect(texts[0]).not.toMatch(/import\("[^"]*(dist|layers)/)
})
