import * as stridewise from 'stridewise'
import * as zoo from 'stridewise/zoo'
import { describe, expect, test } from 'vitest'
import { beginners } from '../support/beginners.js'
import { sentenceOf } from '../support/call.js'
import type { Editor } from './editor.js'
import { diagnosticsByLine, type Found, fileOf } from './lines.js'
import { agreed, expectAgreedGolden, openEverywhere, versions } from './session.js'

/** Beginners' mistakes: the message of every compiler, and that of the run time. */

const lines = Object.values(beginners).flat()
const words = [...new Set(lines.join(' ').match(/(?<![\w.'])[a-z]\w*\b/g) ?? [])]
const namesIn = (entry: object): string => words.filter((name) => name in entry).join(', ')
const values = `const net = input(32, 32, 3)
const net2 = input(32, 32, 3).relu()
const vec = input(784)
const seq = input(16, 8)
`
const imports = `import { ${namesIn(stridewise)} } from 'stridewise'\nimport { ${namesIn(zoo)} } from 'stridewise/zoo'\n`
const source = fileOf(`${imports}${values}`, lines)
const editors = openEverywhere({ 'beginners.ts': source })

const cache = new Map<Editor, Promise<readonly (readonly Found[])[]>>()
const found = (editor: Editor) => {
  const all = cache.get(editor) ?? diagnosticsByLine(editor, 'beginners.ts', source, lines.length)
  cache.set(editor, all)
  return all
}

/** The compiler cannot tell a network with the argument's shape from the argument. Only the run time shows that it was built elsewhere. */
const atRunTimeAlone = [
  'net.apply(x => net2)',
  'net.concat(x => net.relu(), identity())',
  'net.add(() => net2, identity())',
  "net.branchOut('aux', () => net2)",
  'net.residual(x => net2.relu())',
]

/** The run time has the sentence of the function that is called with a network, the compiler that of the branch. */
const otherAtRunTime = beginners['functions that make networks'] ?? []

/** The run-time message. A layer value is applied, since its rules run only then. */
const atRunTime = (line: string): string => {
  const scope = { ...stridewise, ...zoo }
  const run = new Function(...Object.keys(scope), `${values}const made = ${line}\nreturn made.given ? net.apply(made) : made`)
  try {
    run(...Object.values(scope))
    return 'no error'
  } catch (error) {
    return error instanceof stridewise.ShapeError ? error.message : `${error}`
  }
}

test('there are at least 150', () => expect(new Set(lines).size).toBeGreaterThanOrEqual(150))

test('what is said', async () => {
  const sections: string[] = []
  for (const [title, own] of Object.entries(beginners)) {
    sections.push(`# ${title}\n`)
    for (const line of own) {
      const answers = await agreed(editors, async (editor) =>
        ((await found(editor))[lines.indexOf(line)] ?? []).map((each) => `TS${each.code} at ${each.underlined}: ${each.text}`).join('\n'),
      )
      // The answers of single compilers go on to the blank line.
      sections.push(`${line}\nrun time: ${atRunTime(line)}\n${answers}\n`)
    }
  }
  expectAgreedGolden('beginners.txt', sections.join('\n'))
})

test('every line is refused at run time', () => {
  // Names that a network has not are JavaScript's to refuse.
  const accepted = lines.filter((line) => atRunTime(line) === 'no error')
  expect(accepted).toEqual([])
})

describe.each(versions)('%s', (version) => {
  test('every line is refused, with the sentence of the run time or in the words of TypeScript', async () => {
    const all = await found(editors.get(version) as Editor)
    const wrong = lines.filter((line, index) => {
      const [first] = all[index] ?? []
      if (first === undefined) return !atRunTimeAlone.includes(line)
      if (otherAtRunTime.includes(line)) return false
      const sentence = sentenceOf(first)
      // Its own words stand where a value has another type than any argument, is missing or too many, or has a name that there is not.
      if (sentence === first.text)
        return !/^(Argument of type|Type|Expected |Object literal may|Property|Parameter|No overload|The last over)/.test(sentence)
      const said = atRunTime(line)
      const known = sentence.replaceAll('\\"', '"')
      // A number or a string of which the compiler keeps the type alone.
      const loose = new RegExp(
        `^${known.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/not a (number|string)\\\./, 'not .*\\.')}( Note: .*)?$`,
      )
      return !loose.test(said)
    })
    expect(wrong).toEqual([])
  })
})
