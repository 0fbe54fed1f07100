import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FrameError, Frames, framed } from '../../src/cli/lsp/frames.js'
import { changesIn } from '../../src/cli/lsp/params.js'
import { Server } from '../../src/cli/lsp/server.js'
import { OpenText } from '../../src/cli/lsp/text.js'
import { longestText } from '../../src/editor/source/tokens.js'
import type { LanguageServer } from '../editor/language-server.js'
import { startServer } from '../editor/ways/lsp.js'
import { discard, type Workspace, workspaceOf } from '../editor/workspace.js'
import { root } from '../support/compiler.js'
import { isLong } from '../support/effort.js'

/** The language server as a process: what it is sent, what it answers to what is wrong, and how it ends. */

describe('messages', () => {
  test('come in pieces of any size, several at a time', () => {
    const messages = [{ text: 'a' }, { text: 'ü×→'.repeat(2_000) }, {}]
    const bytes = Buffer.concat(messages.map(framed))
    for (const size of [1, 7, 4_096, bytes.length]) {
      const found: unknown[] = []
      const frames = new Frames((text) => found.push(JSON.parse(text)))
      for (let at = 0; at < bytes.length; at += size) frames.push(bytes.subarray(at, at + size))
      expect(found).toEqual(messages)
    }
  })

  test.each([
    'hello\r\n\r\n',
    'Content-Length: -1\r\n\r\n',
    'Content-Length: 99999999999999\r\n\r\n',
    'Content-Length: 640000000\r\n\r\n',
    'x'.repeat(5_000),
  ])('that cannot be read are refused: %.30s', (text) => expect(() => new Frames(() => {}).push(Buffer.from(text))).toThrow(FrameError))
})

test('places count UTF-16 units, in lines of every ending', () => {
  const file = new OpenText('file:///a.ts', '/a.ts', 'typescript', 1, 'a\r\n𝛼b\rc\n')
  for (let index = 0; index <= file.text.length; index += 1) {
    const { line, character } = file.placeOf(index)
    if (file.text[index - 1] === '\r' && file.text[index] === '\n') continue
    expect(file.indexOf({ line, character })).toBe(index)
  }
  expect(file.placeOf(file.text.indexOf('b'))).toEqual({ line: 1, character: 2 })
  expect(file.indexOf({ line: 0, character: 99 })).toBeLessThanOrEqual(2)
  expect(file.indexOf({ line: 99, character: 0 })).toBe(file.text.length)
})

describe('what a client sends', () => {
  const sent: Record<string, unknown>[] = []
  const server = new Server({ version: '0', standalone: false, send: (message) => sent.push(message as never), exit: () => {} })
  const answerTo = async (message: unknown): Promise<unknown> => {
    sent.length = 0
    server.receive(typeof message === 'string' ? message : JSON.stringify(message))
    await new Promise((resolve) => setImmediate(resolve))
    return sent[0]?.['error'] ?? sent[0]?.['result'] ?? sent[0]?.['params']
  }

  test('is looked at before it is used', async () => {
    expect(await answerTo({ id: 1, method: 'textDocument/hover', params: {} })).toEqual({
      code: -32002,
      message: 'The server is not initialized.',
    })
    expect(await answerTo({ id: 2, method: 'initialize', params: null })).toMatchObject({ serverInfo: { name: 'stridewise' } })
    expect(await answerTo({ id: 3, method: 'initialize', params: {} })).toMatchObject({ code: -32602 })
    expect(await answerTo('{ not JSON')).toEqual({ code: -32700, message: 'A message is not JSON.' })
    expect(await answerTo('[1, 2]')).toEqual({ code: -32600, message: 'A message has no method.' })
    expect(await answerTo({ id: 4, method: 'constructor' })).toEqual({ code: -32601, message: 'The server does not know this method.' })
    for (const position of [
      undefined,
      3,
      {},
      { line: -1, character: 0 },
      { line: 1.5, character: 0 },
      { line: 0, character: 1e300 },
      { line: '0', character: 0 },
    ]) {
      const params = { textDocument: { uri: 'file:///a.ts' }, position }
      expect(await answerTo({ id: 5, method: 'textDocument/hover', params })).toMatchObject({
        code: -32602,
        message: expect.stringMatching(/^\w+ must be a whole number from 0\.$/),
      })
    }
    const position = { line: 0, character: 0 }
    expect(await answerTo({ id: 6, method: 'textDocument/hover', params: { position } })).toEqual({
      code: -32602,
      message: 'textDocument.uri must be an address.',
    })
    for (const uri of ['untitled:1', 'file://host/%00', 'https://a/b.ts', 'file:///gone.ts']) {
      expect(await answerTo({ id: 7, method: 'textDocument/hover', params: { textDocument: { uri }, position } })).toBeUndefined()
    }
    expect(
      await answerTo({ method: 'textDocument/didOpen', params: { textDocument: { uri: 'file:///a.ts', languageId: 1, text: 2 } } }),
    ).toEqual({
      type: 2,
      message: 'stridewise: languageId must be a text.',
    })
    // An answer to a request with such an id could not be written.
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
    for (const id of [deep, '{}', 'true', JSON.stringify('x'.repeat(2_000))]) {
      expect(await answerTo(`{"id":${id},"method":"textDocument/hover"}`)).toEqual({
        code: -32600,
        message: 'The id of a request must be a number or a short text.',
      })
    }
    expect(await answerTo({ id: 8, method: 'shutdown' })).toBeUndefined()
    expect(await answerTo({ id: 9, method: 'textDocument/hover', params: {} })).toEqual({
      code: -32600,
      message: 'The server is shut down.',
    })
  })
})

describe('settings', () => {
  const toldOf = (initializationOptions: unknown, changed?: unknown): readonly string[] => {
    const sent: { method?: string; params?: { message: string } }[] = []
    const server = new Server({ version: '0', standalone: false, send: (message) => sent.push(message), exit: () => {} })
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
    const say = (message: object) => server.receive(JSON.stringify(message).replace('"a deep list"', deep))
    say({ id: 1, method: 'initialize', params: { initializationOptions } })
    say({ method: 'initialized', params: {} })
    for (let times = 0; times < 2 && changed !== undefined; times += 1) {
      say({ method: 'workspace/didChangeConfiguration', params: { settings: { stridewise: changed } } })
    }
    server.end()
    return sent.flatMap(({ method, params }) => (method === 'window/showMessage' && params ? [params.message] : []))
  }

  test('what is wrong in them is said once, and what they accept', () => {
    expect(toldOf({ hints: { calls: 'all', names: 'yes', colour: 1 }, runs: true })).toEqual([
      'stridewise: There is no setting runs. The settings are hints and run.',
      'stridewise: The setting hints.calls must be "every", "changes" or "none", not "all".',
      'stridewise: The setting hints.names must be true or false, not "yes".',
      'stridewise: There is no setting hints.colour. The settings are hints.calls, hints.names and hints.parameters.',
    ])
    const changed = { hints: { parameters: 'sum' }, codeLens: true, run: 'always' }
    expect(toldOf({ hints: { parameters: 'sum' } }, changed)).toEqual([
      'stridewise: The setting hints.parameters must be "none", "layer", "total" or "both", not "sum".',
      'stridewise: The setting run must be true or false, not "always".',
    ])
    expect(toldOf({ hints: 'none' })).toEqual([
      'stridewise: The setting hints must be an object with calls, names and parameters, or false, not "none".',
    ])
    expect(toldOf('hints')).toEqual(['stridewise: The settings must be an object, not "hints".'])
  })

  test('what is right in them is not mentioned, nor what is not set', () => {
    for (const options of [
      undefined,
      null,
      {},
      { hints: false },
      { hints: null, run: null },
      { hints: { calls: 'none', names: null }, run: true },
    ]) {
      expect(toldOf(options, options)).toEqual([])
    }
  })

  test('whatever a client sends, it is initialized', () => {
    expect(toldOf({ hints: { calls: 'a deep list' }, ['\u202e\n'.repeat(100)]: 1 })).toEqual([
      expect.stringMatching(/^stridewise: There is no setting (?:\\u\{202e\}\\n)+.{0,10}\.\.\.\. The settings are hints and run\.$/),
      'stridewise: The setting hints.calls must be "every", "changes" or "none", not a list.',
    ])
  })
})

test('files that changed outside of the editor are passed on as the protocol has them, and nothing else', () => {
  const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)
  const changes = [{ uri: 'file:///a.ts', type: 2, more: deep }, deep, { uri: 3, type: 1 }, { uri: 'file:///b.ts', type: 9 }]
  expect(changesIn({ changes })).toEqual([{ uri: 'file:///a.ts', type: 2 }])
  expect(changesIn(deep)).toEqual([])
})

test('a text that becomes too long is read no more: places in the one before would be others', () => {
  const sent: { method?: string }[] = []
  const server = new Server({ version: '0', standalone: true, send: (message) => sent.push(message), exit: () => {} })
  const say = (message: object) => server.receive(JSON.stringify(message))
  say({ id: 1, method: 'initialize', params: {} })
  const uri = 'file:///a.ts'
  say({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'typescript', version: 1, text: 'let a = 1' } } })
  sent.length = 0
  const contentChanges = [{ text: 'a'.repeat(longestText + 1) }]
  say({ method: 'textDocument/didChange', params: { textDocument: { uri, version: 2 }, contentChanges } })
  expect(sent).toMatchObject([{ method: 'textDocument/publishDiagnostics', params: { uri, diagnostics: [] } }])
  server.end()
})

test('a text that no longer imports the package has no mistakes any more', () => {
  const sent: { method?: string }[] = []
  const server = new Server({ version: '0', standalone: true, send: (message) => sent.push(message), exit: () => {} })
  const say = (message: object) => server.receive(JSON.stringify(message))
  say({ id: 1, method: 'initialize', params: {} })
  const uri = 'file:///a.ts'
  const text = "import { input } from 'stridewise'\ninput(8, 8, 3).conv2d(3, 3, { stride: 2 })\n"
  say({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'typescript', version: 1, text } } })
  sent.length = 0
  const contentChanges = [{ text: text.replace(/^/, '// ') }]
  say({ method: 'textDocument/didChange', params: { textDocument: { uri, version: 2 }, contentChanges } })
  const told = sent.filter(({ method }) => method === 'textDocument/publishDiagnostics')
  expect(told).toMatchObject([{ params: { uri, version: 2, diagnostics: [] } }])
  server.end()
})

test('a request that is answered already cannot be cancelled', async () => {
  const sent: Record<string, unknown>[] = []
  const server = new Server({ version: '0', standalone: false, send: (message) => sent.push(message as never), exit: () => {} })
  const receive = async (message: object): Promise<void> => {
    server.receive(JSON.stringify(message))
    await new Promise((resolve) => setImmediate(resolve))
  }
  await receive({ id: 1, method: 'initialize', params: {} })
  await receive({ method: '$/cancelRequest', params: { id: 7 } })
  await receive({ id: 7, method: 'textDocument/codeLens', params: { textDocument: { uri: 'file:///a.ts' } } })
  expect(sent.at(-1)).toEqual({ jsonrpc: '2.0', id: 7, result: [] })
})

const text = "import { input } from 'stridewise'\nexport const net = input(7, 7, 3).conv2d(8, 3)\n"

describe('the process', () => {
  let workspace: Workspace
  let server: LanguageServer
  const uriOf = (name: string): string => pathToFileURL(join(workspace.folder, name)).href
  const open = (name: string, content: string) =>
    server.tell('textDocument/didOpen', { textDocument: { uri: uriOf(name), languageId: 'typescript', version: 1, text: content } })
  const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } }
  const hints = async (name: string) =>
    (await server.ask<{ label: string }[]>('textDocument/inlayHint', { textDocument: { uri: uriOf(name) }, range })).map(
      ({ label }) => label,
    )
  const children = (): number[] => {
    const { pid } = server.process
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  }
  const isRunning = (pid: number): boolean => {
    try {
      return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
    } catch {
      return false
    }
  }
  /** Waits until a process has ended, however long that takes. */
  const ended = async (pid: number): Promise<void> => {
    while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 20))
  }

  beforeAll(async () => {
    workspace = workspaceOf({ 'net.ts': text, 'plain.ts': 'export const three = [1, 2, 3].map((x) => x.toFixed(1))\n' })
    server = await startServer('typescript-7.1', workspace)
  })
  afterAll(() => discard(workspace))

  test.runIf(process.platform === 'linux')('starts no compiler for a file that does not import the package', async () => {
    open('plain.ts', workspace.files.get('plain.ts') as string)
    expect(await hints('plain.ts')).toEqual([])
    expect(children()).toEqual([])
  })

  test('follows what is written, and shows the totals of an export', async () => {
    open('net.ts', text)
    expect(await hints('net.ts')).toEqual(['5×5×8', '7×7×3', '5×5×8'])
    const changed = text.replace('8, 3)', '8, 3, { padding: 1 })')
    server.tell('textDocument/didChange', { textDocument: { uri: uriOf('net.ts'), version: 2 }, contentChanges: [{ text: changed }] })
    expect(await hints('net.ts')).toEqual(['7×7×8', '7×7×3', '7×7×8'])
    const lenses = await server.ask<{ command: { title: string } }[]>('textDocument/codeLens', { textDocument: { uri: uriOf('net.ts') } })
    expect(lenses.map(({ command }) => command.title)).toEqual(['7×7×3 → 7×7×8 · 224 parameters'])
    server.tell('workspace/didChangeConfiguration', {
      settings: { stridewise: { hints: { calls: 'changes', names: false, parameters: 'both' } } },
    })
    expect(await hints('net.ts')).toEqual(['7×7×3', '7×7×8  +224 = 224'])
  })

  test.runIf(process.platform === 'linux')('starts its compiler again when that ends, and says so', async () => {
    const [child] = children() as [number]
    process.kill(child, 'SIGKILL')
    await ended(child)
    const { message } = (await server.told('window/showMessage')) as { message: string }
    expect(message).toBe('stridewise: TypeScript 7.1.0-beta: it was ended by SIGKILL. The next request starts it again.')
    expect(await hints('net.ts')).toEqual(['7×7×3', '7×7×8  +224 = 224'])
  })

  test.runIf(process.platform === 'linux')('ends its compiler when the editor goes without a word', async () => {
    const [child] = children() as [number]
    expect(isRunning(child)).toBe(true)
    const code = new Promise((resolve) => server.process.on('exit', resolve))
    server.process.stdin?.end()
    expect(await code).toBe(1)
    await ended(child)
  })

  test.runIf(process.platform === 'linux')('ends its compiler on a signal', async () => {
    const other = workspaceOf({ 'net.ts': text })
    const one = await startServer('typescript-7.0', other)
    const uri = pathToFileURL(join(other.folder, 'net.ts')).href
    one.tell('textDocument/didOpen', { textDocument: { uri, languageId: 'typescript', version: 1, text } })
    await one.ask('textDocument/inlayHint', { textDocument: { uri }, range })
    const { pid } = one.process
    const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').map(Number) as [number]
    const code = new Promise((resolve) => one.process.on('exit', resolve))
    one.process.kill('SIGTERM')
    expect(await code).toBe(143)
    await ended(child)
    discard(other)
  })
})

describe('running files for their totals', () => {
  const good = "import { input } from 'stridewise'\nexport const net = input(7, 7, 3).conv2d(8, 3)\n"
  const throwing = `${good}throw new Error('stop here.')\n`
  const titlesIn = async (server: LanguageServer, uri: string): Promise<readonly string[]> => {
    const lenses = await server.ask<{ command: { title: string } }[]>('textDocument/codeLens', { textDocument: { uri } })
    return lenses.map(({ command }) => command.title)
  }
  const inFolder = async (
    files: Readonly<Record<string, string>>,
    extra: Readonly<Record<string, string>>,
    use: (server: LanguageServer, open: (name: string) => string) => Promise<void>,
  ): Promise<void> => {
    const workspace = workspaceOf(files)
    for (const [name, text] of Object.entries(extra)) writeFileSync(join(workspace.folder, name), text)
    const server = await startServer('typescript', workspace, { run: true })
    const open = (name: string): string => {
      const uri = pathToFileURL(join(workspace.folder, name)).href
      server.tell('textDocument/didOpen', { textDocument: { uri, languageId: 'typescript', version: 1, text: workspace.files.get(name) } })
      return uri
    }
    try {
      await use(server, open)
    } finally {
      await server.close()
      discard(workspace)
    }
  }

  test('a file that throws is told of once, until it runs', () =>
    inFolder({ 'throwing.ts': throwing, 'good.ts': good }, {}, async (server, open) => {
      const uri = open('throwing.ts')
      expect(await server.told('window/showMessage')).toEqual({
        type: 2,
        message: 'stridewise: throwing.ts:3: it threw Error: stop here. MACs and memory are not shown.',
      })
      expect(await titlesIn(server, uri)).toEqual(['7×7×3 → 5×5×8 · 224 parameters'])
      writeFileSync(fileURLToPath(uri), throwing.replace('stop here', 'stop there'))
      server.tell('textDocument/didSave', { textDocument: { uri } })
      const other = open('good.ts')
      // The server runs one file after the other.
      while ((await titlesIn(server, other))[0]?.includes('MACs') !== true) await new Promise((resolve) => setTimeout(resolve, 50))
      expect(server.times('window/showMessage')).toBe(1)
    }))

  test('a broken configuration is told of, and only the budgets are missing', () =>
    inFolder({ 'good.ts': good }, { 'stridewise.config.json': '{ "budget": { "params": "many" } }' }, async (server, open) => {
      const uri = open('good.ts')
      const { message } = (await server.told('window/showMessage')) as { message: string }
      expect(message).toMatch(/^stridewise: good\.ts: .*stridewise\.config\.json.* Budgets are not shown\.$/)
      expect(await titlesIn(server, uri)).toEqual(['7×7×3 → 5×5×8 · 224 parameters · 5.40 k MACs · 2.28 kB for inference'])
    }))
})

/** A server with TypeScript's own answers, on a compiler of either kind. */
describe.each(isLong ? ['typescript', 'typescript-7.1'] : ['typescript'])('a server that stands alone, on %s', (module) => {
  // The stride is the mistake; that the body has another shape comes of it.
  const nested =
    "import { input } from 'stridewise'\nexport const net = input(56, 56, 64).residual((x) => x.conv2d(128, 3, { stride: 2, padding: 1 }))\n"
  const broken = "import { input } from 'stridewise'\nexport const net = input(7, 7, 3).conv2d(8, 3\n"
  const exported = `import { input } from 'stridewise'
import { inner, inner as imported } from './inner.js'
const first = input(7, 7, 3).conv2d(8, 3)
export let second = first.relu(), third = first.flatten()
namespace nets { export const hidden = first }
export { first as other, imported, nets }
export { inner as again } from './inner.js'
export default inner.flatten()
  .dense(2)
`
  const objects = `import { input } from 'stridewise'
const first = input(7, 7, 3).relu()
export const nets = { first, second: first.flatten(), 'third one': input(3), inside: { fourth: input(4) }, build: () => input(5), size: 3 }
export default { whole: input(6).dense(2), first }
export function make(units = 10) {
  return input(3).dense(units)
}
export const built = () => input(4).dense(2)
export const needs = (units: number) => input(3).dense(units)
export async function later() {
  return input(3)
}
`
  const long = `import { input } from 'stridewise'
export const net = input(7, 7, 8)
${'  .conv2d(8, 3, { padding: 1 })\n'.repeat(150)}`
  const spread = `import { input } from 'stridewise'
const base = { padding: 3 } as const
export const net = input(224, 224, 3).conv2d(64, 7, { ...base, stri })
`
  const common = `import sw = require('stridewise')
const net = sw.input(4)
export = net
`
  let workspace: Workspace
  let server: LanguageServer
  beforeAll(async () => {
    const inner = "import { input } from 'stridewise'\nexport const inner = input(2, 2, 1)\n"
    workspace = workspaceOf({
      'nested.ts': nested,
      'broken.ts': broken,
      'exported.ts': exported,
      'common.cts': common,
      'objects.ts': objects,
      'inner.ts': inner,
      'long.ts': long,
      'spread.ts': spread,
    })
    server = await startServer(module, workspace, {}, ['--standalone'])
  })
  afterAll(async () => {
    await server.close()
    discard(workspace)
  })
  const open = (name: string): string => {
    const uri = pathToFileURL(join(workspace.folder, name)).href
    server.tell('textDocument/didOpen', { textDocument: { uri, languageId: 'typescript', version: 1, text: workspace.files.get(name) } })
    return uri
  }

  test('the fixes of the inner mistake come first, and one of them is preferred', async () => {
    const uri = open('nested.ts')
    const place = { line: 1, character: nested.split('\n')[1]?.indexOf('stride') as number }
    const actions = await server.ask<{ title: string; isPreferred: boolean; edit: { changes: object } }[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: place, end: place },
      context: { diagnostics: [] },
    })
    expect(actions[0]?.title).toMatch(/^Set (?:padding|stride) to /)
    expect(actions.filter(({ isPreferred }) => isPreferred)).toHaveLength(1)
    expect(JSON.stringify(actions)).not.toContain('layers that give')
  })

  test.each([
    [
      'exported.ts',
      [
        'first: 7×7×3 → 5×5×8 · 224 parameters',
        'second: 7×7×3 → 5×5×8 · 224 parameters',
        'third: 7×7×3 → 200 · 224 parameters',
        'imported: 2×2×1 → 2×2×1 · 0 parameters',
        'inner: 2×2×1 → 2×2×1 · 0 parameters',
        'default: 2×2×1 → 2 · 10 parameters',
      ],
    ],
    ['common.cts', ['net: 4 → 4 · 0 parameters']],
    [
      'objects.ts',
      [
        'first: 7×7×3 → 7×7×3 · 0 parameters',
        'second: 7×7×3 → 147 · 0 parameters',
        'fourth: 4 → 4 · 0 parameters',
        'build: 5 → 5 · 0 parameters',
        'whole: 6 → 2 · 14 parameters',
        'make: 3 → ? · parameters unknown',
        'built: 4 → 2 · 10 parameters',
      ],
    ],
  ])('totals stand at each exported network of %s, however it is exported', async (name, expected) => {
    type Place = { line: number; character: number }
    type Lens = { range: { start: Place; end: Place }; command: { title: string } }
    const lenses = await server.ask<Lens[]>('textDocument/codeLens', { textDocument: { uri: open(name) } })
    const lines = (workspace.files.get(name) as string).split('\n')
    const shown = lenses.map(
      ({ range: { start, end }, command }) => `${lines[start.line]?.slice(start.character, end.character)}: ${command.title}`,
    )
    expect(shown).toEqual(expected)
  })

  describe('hints that are long in work', () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } }
    const position = { line: 2, character: 4 }
    /** Sends requests in one piece, and gives what comes of them in the order in which it comes. */
    const settled = async (send: (ask: (name: string, method: string, params: object) => void) => void): Promise<readonly string[]> => {
      const order: string[] = []
      const all: Promise<unknown>[] = []
      const asked = (name: string, method: string, params: object): void => {
        const note = (how: string) => void order.push(`${name}: ${how}`)
        all.push(
          server.ask(method, params).then(
            () => note('answered'),
            (error: Error) => note(error.message),
          ),
        )
      }
      server.together(() => send(asked))
      await Promise.all(all)
      return order
    }

    test('a hover and a completion are answered before them', async () => {
      const textDocument = { uri: open('long.ts') }
      const order = await settled((ask) => {
        ask('hints', 'textDocument/inlayHint', { textDocument, range })
        ask('hover', 'textDocument/hover', { textDocument, position })
        ask('completion', 'textDocument/completion', { textDocument, position })
      })
      expect([...order].sort()).toEqual(['completion: answered', 'hints: answered', 'hover: answered'])
      expect(order.at(-1)).toBe('hints: answered')
    })

    test('they end when they are cancelled, and when the document changes', async () => {
      const textDocument = { uri: open('long.ts') }
      let version = 1
      const change = (): void => {
        version += 1
        const contentChanges = [{ text: `${long}// ${version}\n` }]
        server.tell('textDocument/didChange', { textDocument: { ...textDocument, version }, contentChanges })
      }
      const order = await settled((ask) => {
        change()
        ask('cancelled hints', 'textDocument/inlayHint', { textDocument, range })
        server.tell('$/cancelRequest', { id: server.last })
        ask('old hints', 'textDocument/inlayHint', { textDocument, range })
        ask('old hover', 'textDocument/hover', { textDocument, position })
        change()
        ask('cancelled hover', 'textDocument/hover', { textDocument, position })
        server.tell('$/cancelRequest', { id: server.last })
        ask('hints', 'textDocument/inlayHint', { textDocument, range })
      })
      expect(order).toEqual([
        'cancelled hints: The request was cancelled.',
        'old hints: The document has changed.',
        'old hover: The document has changed.',
        'cancelled hover: The request was cancelled.',
        'hints: answered',
      ])
    })
  })

  test('behind a spread the options are offered, and no message as one', async () => {
    const uri = open('spread.ts')
    const position = { line: 2, character: spread.split('\n')[2]?.indexOf(' })') as number }
    const { items } = await server.ask<{ items: { label: string }[] }>('textDocument/completion', { textDocument: { uri }, position })
    const labels = items.map(({ label }) => label.replace('?', ''))
    expect(labels).toContain('stride')
    expect(labels.filter((label) => label.includes('no option'))).toEqual([])
  })

  test('what is no TypeScript yet is told', async () => {
    const uri = open('broken.ts')
    type Published = { uri: string; diagnostics: { code: number | string }[] }
    const { diagnostics } = (await server.told(
      'textDocument/publishDiagnostics',
      (params) => (params as Published).uri === uri && (params as Published).diagnostics.length > 0,
    )) as Published
    expect(diagnostics.map(({ code }) => `${code}`)).toContain('1005')
  })
})

test('a folder without TypeScript gets one sentence', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'stridewise-lsp-')))
  writeFileSync(join(folder, 'net.ts'), text)
  const sent: { method?: string; params?: { message?: string } }[] = []
  const server = new Server({ version: '0', standalone: true, send: (message) => sent.push(message), exit: () => {} })
  const say = (message: object) => server.receive(JSON.stringify(message))
  say({ id: 1, method: 'initialize', params: { rootUri: pathToFileURL(folder).href } })
  const uri = pathToFileURL(join(folder, 'net.ts')).href
  say({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'typescript', version: 1, text } } })
  say({ id: 2, method: 'textDocument/hover', params: { textDocument: { uri }, position: { line: 0, character: 0 } } })
  const sentences = sent.filter(({ method }) => method === 'window/showMessage').map(({ params }) => params?.message)
  expect(sentences).toEqual([
    expect.stringMatching(/^stridewise: There is no TypeScript for .*net\.ts\. Install it: npm install --save-dev typescript\.$/),
  ])
  server.end()
  rmSync(folder, { recursive: true, force: true })
})

test('what is no message ends it with a sentence', async () => {
  const child = spawn(process.execPath, [join(root, 'dist/cli/stridewise.js'), 'lsp'], { stdio: ['pipe', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const code = new Promise((resolve) => child.on('exit', resolve))
  child.stdin.end('GET / HTTP/1.1\r\n\r\n')
  expect(await code).toBe(1)
  expect(said).toContain('A message has no header with its length.')
})
