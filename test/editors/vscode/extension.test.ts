import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { activate } from '../../../editors/vscode/src/extension.js'
import { applied } from '../../../src/editor/source/edits.js'
import { toKeras } from '../../../src/formats/keras/index.js'
import { toOnnx } from '../../../src/formats/onnx/index.js'
import { input } from '../../../src/index.js'
import { alexnetLecture } from '../../../src/zoo/index.js'
import { compilers } from '../../editor/compilers.js'
import type { Editor } from '../../editor/editor.js'
import { discard, type Workspace, workspaceOf } from '../../editor/workspace.js'
import {
  type CodeAction,
  type CodeLens,
  type CompletionItem,
  fake,
  type Hover,
  type InlayHint,
  Position,
  Range,
  Selection,
  TextDocument,
  Uri,
} from '../../support/vscode.js'
import { zipOfEntries } from '../../support/zip.js'

/* The extension with TypeScript's real hovers and errors, and a small stand-in for VS Code. */

const good = `import { block, conv2d, input, maxPool2d, relu } from 'stridewise'

const stage = (filters: 8) => block(conv2d(filters, 3, { padding: 1 }), relu(), maxPool2d(2))

export const net = input(227, 227, 3)
  .conv2d(96, 11, { stride: 4 }).relu()
  .maxPool2d(3, { stride: 2 })
  .residual((x) => x.conv2d(96, 1))

export const small = input(8, 8, 3).apply(stage(8)).flatten().dense(10)
`
const bad = `import { input } from 'stridewise'

export const net = input(7, 7, 1).conv2d(8, 3, { stride: 3 })
export const other = input(9, 9, 1).conv2d(8, 4, { stride: 3 })
`
const elsewhere = "export const net = 'no network'\n"
const written = "import { input } from 'stridewise'\n\nexport const net = input(227, 227, 3).conv2d(96, 11, { stride:  })\n"

const exported = `import { input } from 'stridewise'
const inner = input(2, 2, 1).relu()
export { inner as outer }
export default input(3, 3, 1).flatten()
`

const files = { 'exported.ts': exported, 'good.ts': good, 'bad.ts': bad, 'elsewhere.ts': elsewhere, 'written.ts': written }

type Provide<Result> = (...args: unknown[]) => Promise<readonly Result[]>
const provided = <Result>(name: string, method: string): Provide<Result> => {
  const provider = fake.providers[name] as Record<string, Provide<Result>>
  return (...args) => (provider[method] as Provide<Result>).apply(provider, args)
}

const documentOf = (name: keyof typeof files): TextDocument =>
  fake.documents.find(({ uri }) => uri.path.endsWith(`/${name}`)) as TextDocument

const everything = (document: TextDocument): Range => new Range(new Position(0, 0), document.positionAt(document.getText().length))

const hintsOf = async (document: TextDocument): Promise<readonly string[]> => {
  const hints = await provided<InlayHint>('hints', 'provideInlayHints')(document, everything(document), undefined)
  const lines = document.getText().split('\n')
  return hints.map(({ position: { line, character }, label }) => `${lines[line]?.slice(0, character).trim().slice(-12)} ${label}`)
}

vi.stubGlobal('playgroundAddress', 'https://octocat.github.io/stridewise/playground.html')

const subscriptions: { dispose: () => void }[] = []
activate({ subscriptions } as never)
afterAll(() => {
  for (const each of subscriptions) each.dispose()
  vi.unstubAllGlobals()
})

describe.each(compilers)('with TypeScript $version', ({ open }) => {
  let workspace: Workspace
  let editor: Editor

  beforeAll(async () => {
    workspace = workspaceOf(files)
    editor = await open(workspace)
    fake.documents = Object.entries(files).map(([name, text]) => new TextDocument(Uri.parse(`file:///${name}`), 'typescript', text))
    const errors = new Map<string, readonly unknown[]>()
    for (const name of Object.keys(files)) {
      const document = documentOf(name as keyof typeof files)
      const found = await editor.diagnostics(name)
      errors.set(
        name,
        found.map(({ start, underlined, text, code }) => ({
          range: new Range(document.positionAt(start), document.positionAt(start + underlined.length)),
          severity: 0,
          message: text,
          code,
        })),
      )
    }
    fake.diagnostics = ({ uri }) => errors.get(uri.path.slice(1)) ?? []
    fake.hover = async ({ uri }, index) => (await editor.hover(uri.path.slice(1), index))?.code
  })
  afterAll(async () => {
    await editor.close()
    discard(workspace)
  })

  test('shapes stand behind calls, parameters and variables', async () => {
    expect(await hintsOf(documentOf('good.ts'))).toEqual([
      'rt const net 27×27×96',
      '227, 227, 3) 227×227×3',
      'stride: 4 }) 55×55×96',
      ' 4 }).relu() 55×55×96',
      'stride: 2 }) 27×27×96',
      '.residual((x 27×27×96',
      'onv2d(96, 1) 27×27×96',
      'nv2d(96, 1)) 27×27×96',
      ' const small 10',
      'put(8, 8, 3) 8×8×3',
      'ly(stage(8)) 4×4×8',
      ')).flatten() 128',
      '().dense(10) 10',
    ])
  })

  test('settings choose the hints', async () => {
    fake.settings.set('stridewise.hints', { calls: 'changes', names: false, parameters: 'layer' })
    expect((await hintsOf(documentOf('good.ts'))).slice(0, 3)).toEqual([
      '227, 227, 3) 227×227×3',
      'stride: 4 }) 55×55×96  +34,944',
      'stride: 2 }) 27×27×96',
    ])
    fake.settings.delete('stridewise.hints')
  })

  test('nothing is shown in a file that does not import the package', async () => {
    const document = documentOf('elsewhere.ts')
    expect(await hintsOf(document)).toEqual([])
    expect(await provided('lenses', 'provideCodeLenses')(document, undefined)).toEqual([])
    expect(await provided('fixes', 'provideCodeActions')(document, everything(document))).toEqual([])
  })

  test('each suggestion of a message is a fix, and one fixes all', async () => {
    const document = documentOf('bad.ts')
    const at = document.positionAt(bad.indexOf('stride: 3') + 2)
    const actions = await provided<CodeAction>('fixes', 'provideCodeActions')(document, new Range(at, at))
    expect(actions.map(({ title, isPreferred }) => `${title}${isPreferred ? ' *' : ''}`)).toEqual(
      [
        'Set stride to 1 *',
        'Set stride to 2',
        'Set stride to 4',
        'Add padding: 1',
        "Add rounding: 'floor'",
        expect.stringMatching(/all/i),
        expect.stringMatching(/all/i),
        expect.stringMatching(/all/i),
      ].slice(0, actions.length),
    )
    const [, second] = actions
    const edits =
      second?.edit?.edits.map(({ range, text }) => ({ start: document.offsetAt(range.start), end: document.offsetAt(range.end), text })) ??
      []
    expect(applied(bad, edits)).toBe(bad.replace('stride: 3', 'stride: 2'))
    expect(actions.at(-1)?.edit?.edits.length).toBeGreaterThan(1)
  })

  test('strides that fit are offered, each with its shape', async () => {
    const document = documentOf('written.ts')
    const items = await provided<CompletionItem>('completions', 'provideCompletionItems')(
      document,
      document.positionAt(written.indexOf(' })')),
      undefined,
    )
    expect(items.slice(0, 3).map(({ label }) => `${label.label} ${label.description}`)).toContain('4 55×55×96')
  })

  test('a hover has the formula', async () => {
    const document = documentOf('good.ts')
    const { provideHover } = fake.providers['hovers'] as { provideHover: (...args: unknown[]) => Promise<Hover | undefined> }
    const hover = await provideHover(document, document.positionAt(good.indexOf('conv2d(96, 11') + 2), undefined)
    expect(hover?.contents[0]?.value).toContain('(227 - 11 + 2·0)/4 + 1 = 55')
  })

  test('lenses have the totals, without a run', async () => {
    const lenses = await provided<CodeLens>('lenses', 'provideCodeLenses')(documentOf('good.ts'), undefined)
    expect(lenses.map(({ command }) => command.title)).toEqual([
      expect.stringMatching(/^227×227×3 → 27×27×96 · 44,256 parameters · 112\.\d+ M MACs · [\d.]+ MB for inference$/),
      expect.stringMatching(/^8×8×3 → 10 · 1,514 parameters · [\d.,]+ k? ?MACs · [\d.]+ kB for inference$/),
    ])
  })

  test('lenses stand at networks with other names and at a default, and a click shows them', async () => {
    const document = documentOf('exported.ts')
    const lenses = await provided<CodeLens>('lenses', 'provideCodeLenses')(document, undefined)
    expect(lenses.map(({ command }) => [command.title.split(' · ')[0], command.arguments?.[1]])).toEqual([
      ['2×2×1 → 2×2×1', 'inner'],
      ['3×3×1 → 9', 'default'],
    ])
    expect(lenses.every(({ command }) => / for inference$/.test(command.title))).toBe(true)
  })

  test('and the budgets of the configuration that they exceed', async () => {
    const titles = async () =>
      (await provided<CodeLens>('lenses', 'provideCodeLenses')(documentOf('good.ts'), undefined)).map(({ command }) => command.title)
    const configured = async (name: string, value: unknown): Promise<string[]> => {
      fake.files.set(name, new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)))
      fake.events.file.fire(undefined)
      return titles()
    }
    const over = (title: string | undefined): string | undefined => /over.*/.exec(title ?? '')?.[0]
    const [net, small] = await configured('/package.json', { name: 'user', stridewise: { budget: { params: '2k' } } })
    expect([over(net), over(small)]).toEqual(['over its budget of 2.00 k parameters', undefined])
    // The budget of one network counts for it; the file of its own name counts before package.json.
    const config = { budget: { params: '2k' }, networks: { net: { params: '50k', memory: '64KiB' }, small: { macs: 100 } } }
    expect((await configured('/stridewise.config.json', config)).map(over)).toEqual([
      'over its budget of 65.54 kB memory',
      'over its budget of 100 MACs',
    ])
    // What cannot be read is what the command reports.
    for (const wrong of ['{', '[]', '{ "budget": { "params": "many" } }', '{ "budgets": {} }', ' '.repeat(1_000_001)]) {
      expect((await configured('/stridewise.config.json', wrong)).length).toBe(2)
    }
    fake.files.delete('/stridewise.config.json')
    fake.files.delete('/package.json')
    fake.events.file.fire(undefined)
    expect((await titles()).map(over)).toEqual([undefined, undefined])
  })

  test('hints come also where the text changes while they are asked for', async () => {
    const document = documentOf('good.ts')
    const { hover } = fake
    const waiting: (() => void)[] = []
    fake.hover = async (...args) => {
      await new Promise<void>((resolve) => waiting.push(resolve))
      return hover(...args)
    }
    document.change(good)
    const before = hintsOf(document)
    await vi.waitUntil(() => waiting.length > 0)
    const first = waiting.splice(0)
    document.change(good)
    const after = hintsOf(document)
    await vi.waitUntil(() => waiting.length > 0)
    // What was asked first is answered first; the extension's own hovers must stay out of what was asked later.
    for (const answer of first) answer()
    await before
    fake.hover = hover
    for (const answer of waiting) answer()
    expect(await after).toHaveLength(13)
  })

  test('another TypeScript that knows nothing does not hide what one knows', async () => {
    const document = documentOf('good.ts')
    for (const before of ['const net: any', '(alias) const input: any', '(property) conv2d: any']) {
      fake.hoverBefore = before
      document.change(good)
      expect(await hintsOf(document)).toHaveLength(13)
    }
    fake.hoverBefore = undefined
  })

  test('while the project loads nothing is shown, and then all', async () => {
    const document = documentOf('good.ts')
    const { hover } = fake
    fake.hover = async () => '(loading...) const net: any'
    document.change(good)
    expect(await hintsOf(document)).toEqual([])
    fake.hover = hover
    let refreshed = 0
    const { onDidChangeInlayHints } = fake.providers['hints'] as { onDidChangeInlayHints: (listener: () => void) => void }
    onDidChangeInlayHints(() => {
      refreshed += 1
    })
    fake.events.diagnostics.fire({ uris: [document.uri] })
    expect(refreshed).toBe(1)
    expect(await hintsOf(document)).toHaveLength(13)
  })
})

describe('the panel', () => {
  const document = new TextDocument(Uri.parse('file:///panel.ts'), 'typescript', good)
  const editor = { document, selection: new Selection(new Position(0, 0), new Position(0, 0)), viewColumn: 1, revealRange: () => {} }
  const at = (code: string): void => {
    const position = document.positionAt(document.getText().indexOf(code) + 1)
    editor.selection = new Selection(position, position)
    vi.useFakeTimers()
    fake.events.selection.fire({ textEditor: editor })
    vi.advanceTimersByTime(1_000)
    vi.useRealTimers()
  }
  type Told = {
    readonly kind: string
    readonly content?: string
    readonly layers?: readonly string[]
    readonly sentence?: string
    readonly layer?: string
  }
  const told = (kind: string): Told | undefined => (fake.told as Told[]).filter((each) => each.kind === kind).at(-1)

  beforeAll(() => {
    fake.documents = [document]
    fake.editors = [editor]
    fake.commands.get('stridewise.showNetwork')?.()
  })

  test('loads nothing from elsewhere, and runs only what has its nonce', () => {
    const html = fake.panel?.webview.html ?? ''
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html) ?? []
    const [, nonce = ''] = /script-src 'nonce-([0-9a-z]{30,})'/.exec(policy) ?? []
    expect(policy).toMatch(/^default-src 'none'; /)
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*/)
    expect(policy.replace("style-src-attr 'unsafe-inline'", '')).not.toContain('unsafe-inline')
    expect(nonce.length).toBeGreaterThanOrEqual(30)
    for (const [tag] of html.matchAll(/<(?:script|style)[^>]*>/g)) expect(tag).toContain(`nonce="${nonce}"`)
    expect(html).not.toMatch(/\s(?:src|href)=|url\(|@import/)
    expect(html).toContain('<div id="shown"></div>')
    expect(html).not.toContain('<main')
    expect(fake.panelOptions).toMatchObject({ enableScripts: true, localResourceRoots: [] })
  })

  test('shows the network under the cursor, and marks the layers of its code', () => {
    fake.fromPage.fire({ kind: 'ready' })
    at('export const small')
    expect(told('network')?.content).toContain('<h1>small</h1>')
    at('conv2d(96, 11')
    expect(told('network')?.content).toContain('<h1>net</h1>')
    expect(told('here')?.layers).toEqual(['conv2d_1'])
    at('stage(8)')
    expect(told('network')?.content).toContain('<h1>small</h1>')
    expect(told('here')?.layers).toEqual(['conv2d_1', 'relu_1', 'maxPool2d_1'])
  })

  test('a click on a layer selects its code', async () => {
    fake.fromPage.fire({ kind: 'layer', name: 'maxPool2d_1' })
    await vi.waitFor(() => expect(fake.selected).toBeDefined())
    const { start, end } = fake.selected as Range
    expect(good.slice(document.offsetAt(start), document.offsetAt(end))).toBe('maxPool2d(2)')
  })

  test('takes no other message, and no name of a layer that is not there', async () => {
    fake.selected = undefined
    for (const message of [
      null,
      'layer',
      { kind: 'layer' },
      { kind: 'layer', name: 3 },
      { kind: 'layer', name: '__proto__' },
      { kind: 'run' },
    ])
      fake.fromPage.fire(message)
    await Promise.resolve()
    expect(fake.selected).toBeUndefined()
  })

  test('a mistake keeps the picture, and names the layer that does not fit', () => {
    at('export const net')
    const before = fake.told.length
    document.change(good.replace('maxPool2d(3, { stride: 2 })', 'maxPool2d(3, { stride: 7 })'))
    at('export const net')
    expect(told('mistake')).toMatchObject({ layer: 'maxPool2d_1', sentence: expect.stringContaining('maxPool2d: ') })
    expect((fake.told.slice(before) as Told[]).some(({ kind }) => kind === 'network')).toBe(false)
    document.change(good)
    at('export const net')
    expect(told('network')?.content).toContain('<h1>net</h1>')
  })

  test('names of the text are escaped', () => {
    document.change(`import { input } from 'stridewise'\nexport const net = input(3).dense(2, { name: '<img src=x onerror=alert(1)>' })\n`)
    at('export const net')
    expect(told('network')?.content).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(told('network')?.content).not.toContain('<img')
  })

  test('keeps its network where it does not follow the cursor', () => {
    document.change(good)
    at('export const small')
    fake.settings.set('stridewise.panel.followsCursor', false)
    at('conv2d(96, 11')
    expect(told('network')?.content).toContain('<h1>small</h1>')
    fake.commands.get('stridewise.showNetwork')?.()
    expect(told('network')?.content).toContain('<h1>net</h1>')
    fake.settings.delete('stridewise.panel.followsCursor')
  })

  test('draws a network of thousands of layers', () => {
    document.change("import { dense, input, repeat } from 'stridewise'\nexport const net = input(8).apply(repeat(2500, dense(8)))\n")
    at('export const net')
    expect(told('network')?.content).toContain('dense_2500')
  })

  test('says what cannot be worked out', () => {
    document.change("import { input } from 'stridewise'\nexport const net = input(Math.round(3))\n")
    at('export const net')
    expect(told('nothing')?.sentence).toContain("'Math' is not known without running the file")
  })
})

describe('"Open as architecture"', () => {
  const open = async (name: string, bytes: Uint8Array): Promise<string | undefined> => {
    fake.files.set(`/${name}`, bytes)
    const before = fake.documents.length
    await fake.commands.get('stridewise.openAsArchitecture')?.(Uri.parse(`file:///${name}`))
    return fake.documents.length > before ? fake.documents.at(-1)?.getText() : undefined
  }
  const network = input(8, 8, 3).conv2d(4, 3, { padding: 1 }).relu()

  test('opens a model of ONNX and of Keras in a document without a file', async () => {
    const expected = '.conv2d(4, 3, { padding: 1 })'
    expect(await open('model.onnx', toOnnx(network))).toContain(expected)
    expect(fake.documents.at(-1)?.uri.scheme).toBe('untitled')
    expect(await open('model.json', new TextEncoder().encode(JSON.stringify(toKeras(network))))).toContain("padding: 'same'".slice(0, 7))
  })

  test('opens the layers in a .keras file, with shapes in comments; of two lists of layers the first', async () => {
    const [first, second] = [network, input(4).dense(2)].map((each) => JSON.stringify(toKeras(each)))
    const zip = zipOfEntries([
      ['metadata.json', '{ "keras_version": "2.15.0" }'],
      ['config.json', first as string],
      ['config.json', second as string],
    ])
    const source = await open('model.keras', zip)
    expect(source).toContain('input(8, 8, 3)')
    expect(source).toMatch(/\.conv2d\(.*\) \/\/ 8x8x4$/m)
  })

  test('says what is wrong with a file', async () => {
    expect(await open('damaged.onnx', new Uint8Array([8, 7, 255]))).toBeUndefined()
    expect(await open('weights.h5', new Uint8Array([1]))).toBeUndefined()
    expect(await open('zip.keras', new Uint8Array([80, 75, 3, 4]))).toBeUndefined()
    expect(fake.errors.map((each) => each.slice(0, each.indexOf(':')))).toEqual(['damaged.onnx', 'weights.h5', 'zip.keras'])
  })
})

test('"Open in playground" puts the text behind the # of the address', async () => {
  await fake.commands.get('stridewise.openInPlayground')?.()
  expect(fake.external.at(-1)).toMatch(/^https:\/\/octocat\.github\.io\/stridewise\/playground\.html#code=[\w-]+$/)
})

test('a ready architecture is shown too', () => {
  expect(`${alexnetLecture()}`).toContain('62378344')
})
