import * as stridewise from 'stridewise'
import { describe, expect, test } from 'vitest'
import { sentenceOf } from '../support/call.js'
import { graphMistakes, graphRefusedByType, graphValues } from '../support/graph-mistakes.js'
import type { Editor } from './editor.js'
import { diagnosticsByLine, type Found, fileOf } from './lines.js'
import { agreed, expectAgreedGolden, openEverywhere, versions } from './session.js'

/** Mistakes with names, inputs, outputs and shared layers: every compiler gives the run-time message, once. */

const mistakes = Object.values(graphMistakes).flat()
const notCallable = graphMistakes['no current value: layers without arguments'] ?? []

const lines = [...mistakes, ...graphRefusedByType]
const source = fileOf(`import { ${Object.keys(stridewise).join(', ')} } from 'stridewise'\n${graphValues}`, lines)
const editors = openEverywhere({ 'graphs.ts': source })

const cache = new Map<Editor, Promise<readonly (readonly Found[])[]>>()
const found = (editor: Editor) => {
  const all = cache.get(editor) ?? diagnosticsByLine(editor, 'graphs.ts', source, lines.length)
  cache.set(editor, all)
  return all
}

/** The error that is thrown when the line runs. */
const thrown = (line: string): unknown => {
  try {
    new Function(...Object.keys(stridewise), `${graphValues}return ${line}`)(...Object.values(stridewise))
  } catch (error) {
    return error
  }
  return undefined
}

test('there are at least 150, each once', () => {
  expect(mistakes.length).toBeGreaterThanOrEqual(150)
  expect(new Set(lines).size).toBe(lines.length)
})

test.each(lines)('refused at run time: %s', (line) => expect(thrown(line)).toBeInstanceOf(stridewise.ShapeError))

describe.each(versions)('%s', (version) => {
  test('each has one diagnostic, with the sentence of the run time', async () => {
    const all = await found(editors.get(version) as Editor)
    const wrong = mistakes.flatMap((line, index) => {
      const said = all[index]?.map((each) => sentenceOf(each).replaceAll('\\"', '"')) ?? []
      const { message } = thrown(line) as Error
      return said.length === 1 && said[0] === message ? [] : [{ line, said, message }]
    })
    expect(wrong).toEqual([])
  })

  test('the code is that of an argument that does not fit; without arguments, of what cannot be called', async () => {
    const all = await found(editors.get(version) as Editor)
    const wrong = mistakes.filter((line, index) => {
      const expected = notCallable.includes(line) ? [2349] : [2322, 2345]
      return !all[index]?.every(({ code }) => expected.includes(code))
    })
    expect(wrong).toEqual([])
  })

  test("what the parameter's own type refuses has one diagnostic, in the words of TypeScript", async () => {
    const all = await found(editors.get(version) as Editor)
    const own = graphRefusedByType.map((line) => [line, ...(all[lines.indexOf(line)] ?? []).map(({ text }) => text)])
    expect(own.filter(([, text, ...more]) => more.length > 0 || !/^(Expected |Argument of type|Type )/.test(text ?? ''))).toEqual([])
  })
})

test('the sentences, and where they stand', async () => {
  const sections: string[] = []
  for (const [title, own] of Object.entries(graphMistakes)) {
    sections.push(`# ${title}\n`)
    for (const line of own) {
      const answers = await agreed(editors, async (editor) =>
        ((await found(editor))[lines.indexOf(line)] ?? []).map((each) => `at ${each.underlined}: ${sentenceOf(each)}`).join('\n'),
      )
      sections.push(`${line}\n${answers}\n`)
    }
  }
  expectAgreedGolden('graph-mistakes.txt', sections.join('\n'))
})
