import { describe, expect, test } from 'vitest'
import type { Editor } from './editor.js'
import { diagnosticsByLine, type Found, fileOf } from './lines.js'
import { inJavaScript, mistakes, preamble } from './mistakes.js'
import { agreed, expectAgreedGolden, openEverywhere, versions } from './session.js'

/** Every mistake that a user can make: the underlined source and the message, on every compiler. */

const lines = Object.values(mistakes).flat()
const typescript = fileOf(preamble, lines)
const imports = "import { block, conv2d, input, relu } from 'stridewise'\n"
const javascript = fileOf(`// @ts-check\n${imports}`, inJavaScript)
const editors = openEverywhere({ 'mistakes.ts': typescript, 'mistakes.js': javascript })

const cache = new Map<Editor, Promise<readonly (readonly Found[])[]>>()
const inTypeScript = (editor: Editor) => {
  const found = cache.get(editor) ?? diagnosticsByLine(editor, 'mistakes.ts', typescript, lines.length)
  cache.set(editor, found)
  return found
}

const shown = (found: readonly Found[]): string =>
  found.map(({ code, column, underlined, text }) => `${' '.repeat(column)}${'~'.repeat(underlined.length)}\nTS${code} ${text}`).join('\n')

test('the messages', async () => {
  const sections: string[] = []
  for (const [title, own] of Object.entries(mistakes)) {
    sections.push(`# ${title}\n`)
    for (const line of own) {
      const answers = await agreed(editors, async (editor) => shown((await inTypeScript(editor))[lines.indexOf(line)] ?? []))
      sections.push(`${line}\n${answers}\n`)
    }
  }
  sections.push('# plain JavaScript\n')
  for (const [index, line] of inJavaScript.entries()) {
    const answers = await agreed(editors, async (editor) =>
      shown((await diagnosticsByLine(editor, 'mistakes.js', javascript, inJavaScript.length))[index] ?? []),
    )
    sections.push(`${line}\n${answers}\n`)
  }
  expectAgreedGolden('messages.txt', sections.join('\n'))
})

const two = mistakes['two mistakes, two diagnostics'] ?? []

/** Where TypeScript 7.0 compares two networks by their methods, in its own words, it shortens them. */
const compared = 'wants(input(224, 224, 3))'

describe.each(versions)('%s', (version) => {
  test('one diagnostic for each mistake', async () => {
    const found = await inTypeScript(editors.get(version) as Editor)
    const wrong = lines.filter((line, index) => found[index]?.length !== (two.includes(line) ? 2 : 1))
    expect(wrong).toEqual([])
  })

  test('no message is cut off', async () => {
    const found = await inTypeScript(editors.get(version) as Editor)
    const cut = lines.filter(
      (line, index) => line !== compared && found[index]?.some(({ text }) => /to type '.*\.\.\.|"\.\.\.|\.\.\.'/.test(text)),
    )
    expect(cut).toEqual([])
  })
})
