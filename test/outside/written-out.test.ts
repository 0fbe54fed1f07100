import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compilerNames, tsc } from '../support/tsc.js'
import { type Outside, outside } from './folder.js'

/** The declarations of a user's library, which imports a single entry of the package: the compiler has to find a name for each type. */

/** For each entry, what a library exports with nothing else imported. A whole entry is under `every`. */
const libraries: Readonly<Record<string, string>> = {
  zoo: `import { alexnet, unet, vgg16 } from 'stridewise/zoo'
export const net = vgg16()
export const make = () => alexnet({ classes: 10 })
export const both = { deep: net.relu(), plain: unet({ classes: 1 }) }
export class Model {
  readonly net = vgg16({ input: 32 })
  build() { return this.net }
}`,
  keras: `import { vgg16 } from 'stridewise/zoo/keras'
export const net = vgg16()
export const body = vgg16({ top: false })`,
  models: `import { resnet18, vgg11 } from 'stridewise/zoo'
export { resnet50 } from 'stridewise/zoo'
export const model: typeof resnet18 = resnet18
export const models: { small: typeof resnet18; plain: typeof vgg11 } = { small: resnet18, plain: vgg11 }`,
  report: `import { vgg16 } from 'stridewise/zoo'
import { report, table, within } from 'stridewise/report'
export const counted = report(vgg16())
export const text = () => table(counted)
export const bounded = within(vgg16(), { params: 140_000_000 })`,
  ...Object.fromEntries(
    ['drawing', 'onnx', 'safetensors', 'typescript', 'pytorch', 'keras', 'tfjs'].map((entry) => [
      `every-${entry}`,
      `import * as entry from 'stridewise/${entry}'\nexport const every = { ...entry }`,
    ]),
  ),
}

let folder: Outside

beforeAll(() => {
  folder = outside()
  folder.install()
  folder.write({ 'package.json': JSON.stringify({ name: 'library', private: true, type: 'module' }) })
  for (const [name, text] of Object.entries(libraries)) folder.write({ [`src/${name}.ts`]: text, [`src/${name}.cts`]: text })
})
afterAll(() => folder.remove())

const compilerOptions = {
  declaration: true,
  emitDeclarationOnly: true,
  strict: true,
  target: 'es2022',
  skipLibCheck: true,
  module: 'nodenext',
  types: [],
}
// Up to 5.7 a CommonJS file may not import what only `import` finds; each entry has both.
const runs = compilerNames.flatMap((compiler) =>
  Object.keys(libraries).flatMap((name) => ['ts', 'cts'].map((end) => [compiler, name, end] as const)),
)

test.each(runs)('%s writes %s.%s', (compiler, name, end) => {
  const into = `${compiler}-${name}-${end}`
  const project = { compilerOptions: { ...compilerOptions, outDir: into, rootDir: 'src' }, files: [`src/${name}.${end}`] }
  folder.write({ [`${into}.json`]: JSON.stringify(project) })
  expect(tsc(compiler, folder.path, ['-p', `${into}.json`])).toEqual([])
  const [file] = readdirSync(join(folder.path, into)) as [string]
  const written = readFileSync(join(folder.path, into, file), 'utf8')
  expect(written).not.toMatch(/\bany\b|node_modules|dist\//)
})
