import { readdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { copyToCheck } from '../../scripts/unchecked.mjs'
import { isLong } from '../support/effort.js'
import { compilerNames, tsc } from '../support/tsc.js'
import { type Outside, outside } from './folder.js'

/** The packed declarations tell a user's compiler not to check them. Here every compiler checks them all. */

let folder: Outside
const installed = (): string => join(folder.path, 'node_modules/stridewise')

beforeAll(() => {
  folder = outside()
  folder.install()
  const { exports } = JSON.parse(readFileSync(join(installed(), 'package.json'), 'utf8')) as { exports: Record<string, object | string> }
  const entries = Object.keys(exports).filter((entry) => entry !== './package.json' && entry !== './ts-plugin')
  const imports = entries.map((entry, index) => `import * as entry${index} from 'stridewise${entry.slice(1)}'\nvoid entry${index}\n`)
  folder.write({
    'package.json': JSON.stringify({ name: 'user', private: true, type: 'module' }),
    'every.ts': imports.join(''),
    'wrong.ts': "import { input } from 'stridewise'\ninput(7, 7, 3).conv2d(8, 3, { stride: 3 })\n",
  })
  copyToCheck(join(installed(), 'dist'), join(installed(), 'checked'))
})
afterAll(() => folder.remove())

const ways = [
  ['nodenext', 'nodenext'],
  ['esnext', 'bundler'],
] as const
const runs = compilerNames.flatMap((compiler) => ways.slice(0, isLong ? 2 : 1).map((way) => [compiler, ...way] as const))
const settings = '--noEmit --strict --exactOptionalPropertyTypes --target es2022 --lib es2022 --skipLibCheck false'.split(' ')

const said = (compiler: string, module: string, resolution: string, ...files: string[]): readonly string[] =>
  tsc(compiler, folder.path, [...settings, '--module', module, '--moduleResolution', resolution, ...files])

/** Runs with the declarations that are checked in the place of the packed ones. */
const withChecks = <Result>(run: () => Result): Result => {
  const change = (from: string, to: string): void => renameSync(join(installed(), from), join(installed(), to))
  change('dist', 'packed')
  change('checked', 'dist')
  try {
    return run()
  } finally {
    change('dist', 'checked')
    change('packed', 'dist')
  }
}

test('every file of declarations is marked', () => {
  const files = readdirSync(join(installed(), 'dist'), { recursive: true, encoding: 'utf8' }).filter((name) => /\.d\.c?ts$/.test(name))
  const unmarked = files.filter((name) => !readFileSync(join(installed(), 'dist', name), 'utf8').startsWith('// @ts-nocheck'))
  expect(unmarked.sort()).toEqual(['cts', 'ts'].map((ending) => `stridewise-needs-typescript-5.4-or-newer.d.${ending}`))
})

describe.each(runs)('%s, module %s, moduleResolution %s', (compiler, module, resolution) => {
  test('finds nothing wrong in any declaration, and the mark hides no mistake of a user', () => {
    const checked = withChecks(() => said(compiler, module, resolution, 'every.ts', 'wrong.ts'))
    const [mistake = '', ...more] = checked.filter((line) => !line.startsWith(' '))
    expect(mistake).toMatch(/^wrong\.ts\(2,\d+\): error/)
    expect(more).toEqual([])
    expect(checked.join('\n')).toContain('(7 - 3 + 2*0)/3 + 1 = 2.33')
    expect(said(compiler, module, resolution, 'wrong.ts')).toEqual(checked)
  })
})

test('a compiler does check them', () => {
  folder.write({ 'node_modules/stridewise/checked/broken.d.ts': 'export declare const broken: Missing\n' })
  folder.write({ 'broken.ts': "import './node_modules/stridewise/dist/broken.js'\n" })
  expect(withChecks(() => said('typescript', 'nodenext', 'nodenext', 'broken.ts')).join('\n')).toContain("Cannot find name 'Missing'")
})
