import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plain } from '../../src/cli/load/erased/plain.js'
import { type Project, projectOf } from '../support/command.js'
import { root } from '../support/compiler.js'

/* TypeScript files run without Babel where erasing their types is all that they need, and come out as Babel has them. */

interface Transformed {
  readonly code: string
}

const require = createRequire(import.meta.url)
const { erased } = require(join(root, 'dist/cli/erased.cjs')) as { erased: (source: string) => Transformed | undefined }
const babel = require(join(root, 'dist/cli/jiti/dist/babel.cjs')) as (options: object) => Transformed

/** Runs the code as jiti does; what it imports is what `modules` has. */
const exportsOf = async ({ code }: Transformed, modules: Readonly<Record<string, unknown>>): Promise<unknown> => {
  const exports: Record<string, unknown> = {}
  const body = `return async function (exports, jitiImport) { ${code}\n}`
  await new Function(body)()(exports, (path: string) => modules[path])
  return Object.entries(exports).map(([name, value]) => [name, typeof value === 'function' ? `${value.name} of ${value.length}` : value])
}

const modules = { a: { __esModule: true, default: 'the default', one: 1, two: (x: number) => x }, b: { three: 3 } }

const same = [
  'const size: number = 3\nexport const twice = size * 2, text: string = "a" as string\n',
  "import { one, two as other, type Three } from 'a'\nimport { three } from 'b'\nexport const sum: Three = one + other(three)\n",
  "import type { One } from 'a'\nimport { Two } from 'nowhere'\nexport const make = (one: One): Two | undefined => undefined\n",
  "import whole, { one } from 'a'\nexport const both = [whole, one]\n",
  'export let count = 0\nexport const add = (): void => { count += 1 }\nadd()\nexport var last: any\nlast = count\n',
  'export function first(x: number): number\nexport function first(x: string): string\nexport function first(x: any): any { return x }\n',
  'export async function later<T>(x: T, ...rest: readonly T[]): Promise<T> { return x }\nexport function* each(): Generator<number> {}\n',
  'let count: number = 0\nfunction add(): void {}\ntype C = 1\nexport { count, add as other, type C }\nexport {}\ncount += 1\n',
  'export default function named(this: void) {}\n',
  'export default { a: 1 } satisfies object\n',
  'interface A { readonly a: number }\nexport type B = keyof A\nexport interface C extends A {}\ndeclare const d: number\nexport const e = 1\n',
  'export const generic = <const T,>(x: T) => x, cast = generic<[1, 2]>([1, 2]), sure = (cast as number[])!.length!\n',
  'export const is = (\n  x: unknown,\n): x is {\n  a: number\n} => typeof x === "object"\n',
  'export const less = 1 < 2, more = (3) > (2), map = new Map<string, Array<number>>([["a", [1]]]).size\n',
  'export const regular = /a<b>/g.test("a<b>"), half = 4 / 2 / 1\n',
  'const type = 1, as = 2, of = 3, satisfies = 4, declare = 5\nexport const sum = type + as + of + satisfies + declare\n',
  'export const arrow = () => {}\n(4)\n',
  'export const x = await Promise.resolve(4)\nlabel: for (const y of [1] as const) { break label }\n',
  "import { one } from 'a'\nconst inner = (one: number) => one\nexport const shadowed = inner(2)\n",
  "import { one } from 'a'\nexport const short = { one }\n",
  "import 'a'\nconst nothing: undefined = undefined\nvoid nothing\n",
]

/** The code exports the same as Babel's. */
const expectAsBabel = async (found: Transformed | undefined, source: string): Promise<void> => {
  expect(found).toBeDefined()
  const expected = babel({ source, filename: '/a.ts', ts: true, async: true })
  expect(await exportsOf(found as Transformed, modules)).toEqual(await exportsOf(expected, modules))
}

test.each(same)('as Babel has it: %j', async (source) => {
  await expectAsBabel(erased(source), source)
})

describe('files without TypeScript', () => {
  const found = [
    "import { one, two as other } from 'a'\n\n/** A constant. import, export, `class`. */\nexport const sum = other(one)\n",
    '/*\n * export const no = 1\n */\n// export const none = 2\nexport const first = (x) => x\n  .valueOf()\nexport const second = first(2)\n',
    'const inner = () => { return 3 }\nexport async function later(a, b) { return a }\nexport function now() { return inner() }\n',
    "import { three } from 'b'\r\nexport const four = three + 1\r\n",
  ]

  test.each(found)('as Babel has it: %j', async (source) => {
    await expectAsBabel(plain(source), source)
  })

  test.each([
    'export const a = 1, b = 2\n',
    'export const a = 1,\n  b = 2\n',
    'export const a = f<number>(1)\n',
    'export const { a } = { a: 1 }\n',
    'export const a = `\nexport const b = 1\n`\n',
    'export const a = 1 /* 2\n*/ + 3\n',
    '/*\n*/ export const a = 1\n',
    'export let a = 1\n',
    'export const a: number = 1\n',
    'export default 1\n',
    "import { one } from 'a'\nexport const b = 1\n",
    "import whole from 'a'\nexport const b = whole\n",
    "import {\n  one,\n} from 'a'\nexport const b = one\n",
    "const a = 1\nimport { one } from 'a'\nexport const b = one\n",
    'class A {}\n',
    'return\n',
    '/* no end\n',
  ])('for the parser: %j', (source) => expect(plain(source)).toBeUndefined())
})

test.each([
  'class A {}\n',
  'enum A { b }\n',
  'namespace A { export const b = 1 }\n',
  "import * as all from 'a'\nexport const b = all\n",
  "export { one } from 'a'\n",
  "export * from 'a'\n",
  "import { one } from 'a'\nexport { one }\n",
  'const f = (x: unknown) => x\nconst a = f\nexport { a }\n(4)\n',
  'interface A {}\nexport { A }\n',
  "const a = 1\nexport { a as 'b c' }\n",
  'export const { a } = { a: 1 }\n',
  'export const a = import.meta.url\n',
  "export const a = await import('a')\n",
  "const a = 1\nimport 'a'\nexport { a }\n",
  "import a = require('a')\n",
  "import a from './a.json' with { type: 'json' }\nexport const b = a\n",
  'export default () => 1\nexport default function () {}\n',
  // Without its type, a line would go on in the next.
  'const f = (x: unknown) => x\nexport const a = f\ntype B = 1;\n(4)\n',
  'const f = (x: unknown) => x\nexport const a = f as unknown\n(4)\n',
  'export const a = 1\ntype B = 1\n-4\n',
  'export const a = 1\ntype B = 1\n+4\n',
  'export const a = 1\ntype B = 1\n`x`\n',
  'export const a = 1\ntype B = 1\n/x/\n',
  'export const a = 1\ntype B = 1\n[2]\n',
  'export const a = 1\nreturn\n',
  'export const a =\n',
])('for Babel: %j', (source) => expect(erased(source)).toBeUndefined())

describe('files that run', () => {
  const net = 'export const network = input(4).dense(2)\n'
  const good = `import { input } from 'stridewise'\n${net}`
  let project: Project
  beforeAll(() => {
    project = projectOf({
      'plain.ts': good,
      'required.ts': `const { input } = require('stridewise')\n${net}`,
      'beside.ts': "import { network as inner } from './plain'\nexport const network = inner.relu()\n",
      'extension.ts': "import { network as inner } from './plain.js'\nexport const network = inner.relu()\n",
      // Each needs what the other has, but not before both have run.
      'one.ts':
        "import { input } from 'stridewise'\nimport { units } from './two'\nexport const build = () => input(4).dense(units())\nexport const network = build()\n",
      'two.ts': "import { build } from './one'\nexport const units = () => (typeof build === 'function' ? 2 : 3)\n",
      'missing.ts': "import { inptu } from 'stridewise'\nexport const network = inptu(4)\n",
      'aliased/tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
      'aliased/shapes.ts': 'export const units: number = 2\n',
      'aliased/net.ts': "import { units } from '@/shapes'\nexport const network = units\n",
    })
  })
  afterAll(() => project.remove())

  const totals = async (file: string): Promise<string> => {
    const { code, stdout, stderr } = await project.run(['report', file, '--format', 'csv'])
    return code === 0 ? (stdout.split('\n')[2] ?? '') : stderr
  }

  test.each(['plain.ts', 'required.ts', 'one.ts'])('%s', async (file) =>
    expect(await totals(file)).toContain(`${file},network,dense_1,dense`),
  )
  test.each(['beside.ts', 'extension.ts'])('what lies beside: %s', async (file) =>
    expect(await totals(file)).toContain(`${file},network,dense_1,dense`),
  )

  test('a name that a package does not have', async () =>
    expect(await totals('missing.ts')).toMatch(/^error missing\.ts:2:24: it threw TypeError: .*inptu\)? is not a function\n$/))

  test('paths of tsconfig.json', async () => {
    const { stderr } = await project.run(['report', 'aliased/net.ts'])
    expect(stderr).toContain('network is 2')
  })
})

describe('the process of a file', () => {
  let project: Project
  beforeAll(() => {
    project = projectOf({
      'good.ts': "import { input } from 'stridewise'\nexport const network = input(4).dense(2)\n",
      // Writes to where the answer goes.
      'garbage.ts': "import { writeSync } from 'node:fs'\nwriteSync(3, Buffer.from([2, 0, 0, 0, 1, 2]))\nprocess.exit()\n",
      'long.ts': "import { writeSync } from 'node:fs'\nwriteSync(3, Buffer.from([255, 255, 255, 255, 1, 2]))\n",
    })
  })
  afterAll(() => project.remove())

  test.each(['garbage.ts', 'long.ts'])('what is no answer is none: %s', async (file) => {
    const { code, stderr } = await project.runAlone(['report', file])
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^error \S+: it exited before its exports could be read/)])
  })

  test('one that is not needed after all does not keep the command', async () => {
    const { code, stderr } = await project.runAlone(['report', 'good.ts', '--wrong'])
    expect([code, stderr]).toEqual([2, "error unknown option '--wrong'\n('stridewise help report' explains it)\n"])
  })
})
