import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examples } from '../../docs/.vitepress/playground/examples.js'
import { evaluate } from '../../src/editor/evaluate/evaluate.js'
import { sourceOf } from '../../src/editor/source/source.js'
import { networkIn, shownShape } from '../../src/editor/types/network-type.js'
import * as stridewise from '../../src/index.js'
import { report } from '../../src/report/index.js'
import * as zoo from '../../src/zoo/index.js'
import { main } from '../editor/compilers.js'
import type { Editor } from '../editor/editor.js'
import { discard, type Workspace, workspaceOf } from '../editor/workspace.js'

/* The playground's examples, compiled, and worked out without a compiler as the page does before it is loaded. */

const fileOf = (index: number): string => `example-${index}.ts`

describe('the examples of the playground', () => {
  let workspace: Workspace
  let editor: Editor

  beforeAll(async () => {
    workspace = workspaceOf(Object.fromEntries(Object.values(examples).map((text, index) => [fileOf(index), text])))
    editor = await main.open(workspace)
  })
  afterAll(async () => {
    await editor.close()
    discard(workspace)
  })

  test('there are at least 16', () => expect(Object.keys(examples).length).toBeGreaterThanOrEqual(16))

  test.each(Object.entries(examples).map(([name, text], index) => ({ name, text, index })))('$name', async ({ name, text, index }) => {
    const errors = await editor.diagnostics(fileOf(index))
    const found = evaluate(sourceOf(text), { stridewise, 'stridewise/zoo': zoo })
    const exported = found.filter(({ isExported }) => isExported)
    expect(exported.length).toBeGreaterThan(0)
    for (const each of exported) {
      if (name === 'A stride that does not fit') {
        expect(errors.map(({ underlined }) => underlined)).toEqual(['stride'])
        expect('message' in each && errors[0]?.text).toContain('message' in each ? each.message : 'a message')
        continue
      }
      expect(errors.map((error) => error.text)).toEqual([])
      if (!('network' in each)) throw new Error(JSON.stringify(each))
      // The type says the same as the network that is drawn before there is a compiler.
      const hover = await editor.hover(fileOf(index), text.indexOf(`export const ${each.name} `) + 'export const '.length)
      const typed = networkIn(/: ([\s\S]*)$/.exec(hover?.code ?? '')?.[1])
      const { totals } = report(each.network)
      expect(typed?.params).toBe(totals.params)
      const output = each.network.output
      const shape = Array.isArray(output) ? output : new Map(Object.entries(output as Record<string, number[]>))
      expect(shownShape(typed?.output)).toBe(shownShape(shape))
    }
  })
})
