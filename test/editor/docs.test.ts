import * as stridewise from 'stridewise'
import * as zoo from 'stridewise/zoo'
import { beforeAll, describe, expect, test } from 'vitest'
import { check } from '../support/compiler.js'
import { discrepancies } from '../support/stated.js'
import type { Editor } from './editor.js'
import { openEverywhere, versions } from './session.js'

/** The docstrings of everything public, as an editor shows them. */

const functionsOf = (module: object): string[] => Object.keys(module).filter((name) => /^[a-z]/.test(name))

/** The run-time methods of a network, without its properties, `toString`, and the layers that its type has only as values. */
const valuesOnly = ['identity', 'block', 'repeat', 'branch', 'shared']
const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(stridewise.input(1))).filter(
  (name) => !['constructor', 'input', 'output', 'params', 'graph', 'toString', ...valuesOnly].includes(name),
)

const walked = [...methods.map((name) => `network.${name}`), ...functionsOf(stridewise).map((name) => `stridewise.${name}`)]

/** Models are listed without calls, which would build each of them. Two are checked in a call. */
const models = functionsOf(zoo).map((name) => `zoo.${name}`)
const calledModels = ['lenet5', 'vgg11'].map((name) => `zoo.${name}`)

const calls = [...walked, ...calledModels]
const names = [...models, ...calls]
const text = `import * as stridewise from 'stridewise'
import * as zoo from 'stridewise/zoo'
declare const network: stridewise.Network<[8, 8, 4], [8, 8, 4], 0>
${models.map((name) => `${name}\n`).join('')}
${calls.map((name) => `${name}()\n`).join('')}
`
const editors = openEverywhere({ 'names.ts': text })

interface Documented {
  readonly name: string
  readonly documentation: string
  readonly parameters: readonly { readonly code: string; readonly documentation: string }[]
}

const documented = async (editor: Editor, name: string): Promise<Documented> => {
  const call = text.indexOf(`\n${name}()`) + 1
  const begin = call > 0 ? call : text.indexOf(`\n${name}\n`) + 1
  const hover = await editor.hover('names.ts', begin + name.indexOf('.') + 1)
  const signature = call > 0 ? await editor.signature('names.ts', begin + name.length + 1) : undefined
  return { name, documentation: hover?.documentation ?? '', parameters: signature?.parameters ?? [] }
}

/** What each compiler shows of all names. */
const shown = new Map<string, readonly Documented[]>()

beforeAll(async () => {
  for (const [version, editor] of editors) {
    const all: Documented[] = []
    for (const name of names) all.push(await documented(editor, name))
    shown.set(version, all)
  }
})

const exampleIn = (documentation: string): string => documentation.split(/@example\W/)[1] ?? ''

/** In a list of any length the compiler shows its members without the docstring; the hover still has it. */
const explained = (documentation: string, code: string, own: string): boolean => {
  const listed = /^(\.\.\.)?(?<name>[a-z]+)(_\d+)?(\?|:)/.exec(code)?.groups?.['name']
  return own !== '' || new RegExp(`@param\\W+${listed}\\b`).test(documentation)
}

describe.each(versions)('%s', (version) => {
  const missing = (of: (documented: Documented) => readonly string[]): string[] => (shown.get(version) ?? []).flatMap(of)

  test('every method and function begins with a sentence', () => {
    expect(shown.get(version)).toHaveLength(names.length)
    expect(missing(({ name, documentation }) => (/^[A-Z].*?[.:](\s|$)/s.test(documentation) ? [] : [name]))).toEqual([])
  })

  /** Whether it is a method that adds a layer. */
  const isLayer = (name: string): boolean => name.startsWith('network.') && name !== 'network.toJSON'

  test('every one has an example that calls it; a method says which network comes of it', () => {
    const lacking = missing(({ name, documentation }) => {
      const example = exampleIn(documentation)
      const called = example.includes(`${name.split('.')[1]}(`)
      return called && (!isLayer(name) || /\/\/ Network</.test(example)) ? [] : [name]
    })
    expect(lacking).toEqual([])
  })

  test('every method says what becomes of the shape and of the parameters', () => {
    const lacking = missing(({ name, documentation }) =>
      !isLayer(name) || (/shape|->|axis/i.test(documentation) && /parameters/i.test(documentation)) ? [] : [name],
    )
    expect(lacking).toEqual([])
  })

  test('every parameter is explained in signature help', () => {
    const lacking = missing(({ name, documentation, parameters }) =>
      parameters.filter(({ code, documentation: own }) => !explained(documentation, code, own)).map(({ code }) => `${name}: ${code}`),
    )
    expect(lacking).toEqual([])
  })
})

test('the examples are right', () => {
  const files = new Map<string, string>()
  const imports = `import { ${functionsOf(stridewise).join(', ')} } from 'stridewise'\n`
  for (const { name, documentation } of (shown.get('6.0') ?? []).filter((each) => walked.includes(each.name))) {
    const example = exampleIn(documentation).split('\n\n@')[0] ?? ''
    files.set(`test/${name}.ts`, `${example.includes('import ') ? '' : imports}${example}\nexport {}\n`)
  }
  const wrong = [...check(files)].flatMap(([file, checked]) => discrepancies(checked).map((each) => ({ file, ...each })))
  expect(wrong).toEqual([])
})
