import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { root } from '../support/compiler.js'
import { expectGolden } from '../support/golden.js'
import { classic } from './classic.js'
import { marked } from './cursors.js'
import { workspaceOf } from './workspace.js'

/*
 * What the popup shows beside a list of completions, for every method: the parameters as they are declared, since nothing is inferred
 * yet. A condition of a type there is written out, unless it has a name.
 */

const networks = [
  'input(32, 32, 3).|>',
  'input(196, 64).|>',
  'input(784).|>',
  'inputs({ left: [8], right: [8] }).|>',
  "input(8, 8, 3).keep('skip').|>",
]
const { text, positions } = marked(`import { input, inputs } from 'stridewise'\n${networks.map((line) => `;${line}`).join('\n')}\n`)

const workspace = workspaceOf({ 'popup.ts': text })
const editor = await classic('6.0', 'typescript').open(workspace)

const shown = await Promise.all(
  networks.map(async (line, index) => {
    const found = await editor.completions('popup.ts', positions[index] as number)
    return { line, codes: found.map(({ code }) => code.replace(/\s+/g, ' ')) }
  }),
)
const codes = shown.flatMap((each) => each.codes)

test('the popups', () => {
  expect(codes.length).toBeGreaterThan(400)
  expectGolden('completion-details.txt', shown.map((each) => `${each.line}\n\n${each.codes.join('\n')}\n`).join('\n'))
})

// A question mark with spaces is that of a condition; `extends` alone may be that of a type parameter.
test('no condition of a type is written out', () => {
  // The options of convolutions, pools and `dense` have guards without a name: with one, AlexNet would cost more than its budget on
  // TypeScript 5.4.
  const guarded = /\((undefined|NoOptions) extends Options \? \w+(<[^>]*>)? : /g
  expect(codes.filter((code) => / \? |\binfer\b/.test(code.replaceAll(guarded, '').replaceAll(/"[^"]*"/g, '""')))).toEqual([])
})

/** The names that a user can import. */
const families = readdirSync(`${root}src/layers`).map((family) => `layers/${family}/index.ts`)
const exported = ['index.ts', ...families.filter((file) => existsSync(`${root}src/${file}`))].flatMap(
  (file) => readFileSync(`${root}src/${file}`, 'utf8').match(/^export .*$/gm) ?? [],
)
const importable = new Set(exported.flatMap((line) => line.match(/\b[A-Z]\w+/g) ?? []))

/** Names of the inside that say what they are: what a parameter takes, or what comes after the call. */
const plain = /OrUseABlock$|Given$|Of$|After$|ed$|Name$|^NoOptions$|^EachChannel$/

/** The others. The rule of a layer is an argument of types that several layers share, and of its result before the call. */
const results = /Rule$|^FlattenFrom$|^OutputsMethod$|^Identity$|^ShapeNamed$/

test('the names of types say what they are', () => {
  const others = new Set<string>()
  for (const code of codes) {
    // The type parameters of the method are the names of its arguments: `conv2d<Filters, Kernel, Options>`.
    const own = new Set([...code.matchAll(/[<,[] ?([A-Z]\w+)(?= extends | in |[,>])/g)].map(([, name]) => name))
    for (const name of code.replaceAll(/"[^"]*"/g, '').match(/\b[A-Z]\w+/g) ?? []) {
      if (!importable.has(name) && !own.has(name) && !plain.test(name) && !results.test(name)) others.add(name)
    }
  }
  expect([...others].sort()).toEqual([])
})
