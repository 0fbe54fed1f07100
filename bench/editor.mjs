// Measures how long an editor waits for hints, in a file with ResNet-152 by hand, and in one with six of them: `npm run build && node
// bench/editor.mjs`. It asks `stridewise lsp`, and the plugin in a tsserver, for the hints of the lines that a window shows, after the
// compiler has checked the file. Then a letter is typed, the file checked and the hints asked for once more, several times: these are
// medians. The numbers depend on the machine; the ratio to the first answer, which waits for the check, does less so.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A bottleneck block, a call a line. */
const bottleneck = (filters, stride, hasShortcut) => {
  const middle = stride === 1 ? '{ padding: 1, bias: false }' : "{ stride: 2, padding: 1, rounding: 'floor', bias: false }"
  const first = stride === 1 ? '{ bias: false }' : "{ stride: 2, rounding: 'floor', bias: false }"
  const shortcut = hasShortcut ? `,\n    block(conv2d(${4 * filters}, 1, ${first}), batchNorm())` : ''
  return `  .residual((x) =>
    x
      .conv2d(${filters}, 1, { bias: false }).batchNorm().relu()
      .conv2d(${filters}, 3, ${middle}).batchNorm().relu()
      .conv2d(${4 * filters}, 1, { bias: false }).batchNorm()${shortcut},
  )
  .relu()
`
}

const stage = (filters, times, stride) =>
  Array.from({ length: times }, (_, index) => bottleneck(filters, index === 0 ? stride : 1, index === 0)).join('')

const head = "import { batchNorm, block, conv2d, input } from 'stridewise'\n"
const network = (name) => `
export const ${name} = input(224, 224, 3)
  .conv2d(64, 7, { stride: 2, padding: 3, rounding: 'floor', bias: false }).batchNorm().relu()
  .maxPool2d(3, { stride: 2, padding: 1, rounding: 'floor' })
${stage(64, 3, 1)}${stage(128, 8, 2)}${stage(256, 36, 2)}${stage(512, 3, 2)}  .globalAvgPool()
  .dense(1000)
`
const texts = [1, 6].map((count) => head + Array.from({ length: count }, (_, index) => network(`resnet152_${index}`)).join(''))

/** How often each is measured. */
const turns = 5

const median = (times) => times.sort((a, b) => a - b)[(turns - 1) / 2]

/** Lines that a window shows, in the middle of a file. */
const visibleIn = (text) => {
  const first = Math.floor(text.split('\n').length / 2)
  return { start: { line: first, character: 0 }, end: { line: first + 50, character: 0 } }
}

/** A process that answers in messages with headers. */
const spawned = (args, folder, receive) => {
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] })
  let rest = Buffer.alloc(0)
  child.stdout.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      const head = /^Content-Length: (\d+)\r\n\r\n/.exec(rest.subarray(0, 60).toString('latin1'))
      if (!head || rest.length < head[0].length + Number(head[1])) return
      const end = head[0].length + Number(head[1])
      receive(JSON.parse(rest.subarray(head[0].length, end).toString()))
      rest = rest.subarray(end)
    }
  })
  return child
}

/** `stridewise lsp` with a file. */
const languageServer = async (folder, file, text) => {
  const waiting = new Map()
  const server = spawned([join(root, 'dist/cli/stridewise.js'), 'lsp'], folder, ({ id, result, method }) => {
    if (method === undefined) waiting.get(id)?.(result)
  })
  let [last, version] = [0, 1]
  const send = (message) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }
  const ask = (method, params) => {
    last += 1
    const id = last
    send({ id, method, params })
    return new Promise((resolve) => waiting.set(id, resolve))
  }
  const uri = pathToFileURL(file).href
  const range = visibleIn(text)
  await ask('initialize', { processId: process.pid, rootUri: pathToFileURL(folder).href, capabilities: {} })
  send({ method: 'initialized', params: {} })
  send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'typescript', version, text } } })
  return {
    check: () => ask('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics: [] } }),
    hints: () => ask('textDocument/inlayHint', { textDocument: { uri }, range }),
    change: (changed) => {
      version += 1
      send({ method: 'textDocument/didChange', params: { textDocument: { uri, version }, contentChanges: [{ text: changed }] } })
    },
    close: () => server.kill(),
  }
}

/** The plugin in a tsserver with a file. */
const plugin = (module, folder, file, text) => {
  const waiting = new Map()
  // 5.4 refuses a slash in the name of a plugin, and reads a backslash as one.
  const name = module === 'typescript-5.4' ? 'stridewise\\ts-plugin' : 'stridewise/ts-plugin'
  const script = join(root, 'node_modules', module, 'lib/tsserver.js')
  const places = ['--globalPlugins', name, '--pluginProbeLocations', folder]
  const server = spawned([script, '--disableAutomaticTypingAcquisition', ...places], folder, ({ type, request_seq, body }) => {
    if (type === 'response') waiting.get(request_seq)?.(body)
  })
  let last = 0
  const tell = (command, given) => {
    last += 1
    server.stdin.write(`${JSON.stringify({ seq: last, type: 'request', command, arguments: { file, ...given } })}\n`)
  }
  const ask = (command, given) => {
    tell(command, given)
    const seq = last
    return new Promise((resolve) => waiting.set(seq, resolve))
  }
  const { start, end } = visibleIn(text)
  const lines = text.split('\n')
  const indexOf = ({ line }) => lines.slice(0, line).join('\n').length + 1
  tell('open', { fileContent: text })
  return {
    check: () => ask('semanticDiagnosticsSync', {}),
    hints: () => ask('provideInlayHints', { start: indexOf(start), length: indexOf(end) - indexOf(start) }),
    change: (changed) => tell('updateOpen', { changedFiles: [], closedFiles: [], openFiles: [{ file, fileContent: changed }] }),
    close: () => server.kill(),
  }
}

const timed = async (ask) => {
  const begin = performance.now()
  const found = await ask()
  return { count: found?.length, time: performance.now() - begin }
}

const measure = async (module, way, text) => {
  const folder = mkdtempSync(join(tmpdir(), 'stridewise-bench-'))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(root, join(folder, 'node_modules/stridewise'))
  symlinkSync(join(root, 'node_modules', module), join(folder, 'node_modules/typescript'))
  const compilerOptions = { strict: true, module: 'nodenext', target: 'es2022', types: [], skipLibCheck: true }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  const file = join(folder, 'resnet152.ts')
  writeFileSync(file, text)
  const { check, hints, change, close } = way === 'plugin' ? plugin(module, folder, file, text) : await languageServer(folder, file, text)
  const { time: first } = await timed(check)
  const { count, time: firstHints } = await timed(hints)
  const times = { again: [], after: [] }
  for (let turn = 0; turn < turns; turn += 1) {
    change(text.replace('dense(1000)', `dense(${100 + turn})`))
    times.again.push((await timed(check)).time)
    times.after.push((await timed(hints)).time)
  }
  close()
  rmSync(folder, { recursive: true, force: true })
  return { first, count, firstHints, again: median(times.again), after: median(times.after) }
}

const milliseconds = (time) => `${time.toFixed(0)} ms`.padStart(9)
console.log('ResNet-152 by hand, once and six times; hints of 50 lines in the middle')
console.log('compiler         way              lines  first check    hints  share   check after a letter    hints')
// Names of compilers after the command choose among them.
const chosen = process.argv.slice(2)
for (const module of ['typescript-5.4', 'typescript-5.9', 'typescript', 'typescript-7.0', 'typescript-7.1']) {
  if (chosen.length > 0 && !chosen.includes(module)) continue
  const ways = /-7/.test(module) ? ['language server'] : ['plugin', 'language server']
  for (const way of ways) {
    for (const text of texts) {
      const { first, count, firstHints, again, after } = await measure(module, way, text)
      const share = `${((firstHints / first) * 100).toFixed(1)} %`.padStart(6)
      const lines = `${text.split('\n').length}`.padStart(5)
      console.log(
        `${module.padEnd(16)} ${way.padEnd(15)} ${lines}  ${milliseconds(first)}  ${milliseconds(firstHints)} ${share}  ${milliseconds(again)}  ${milliseconds(after)}  ${count} hints`,
      )
    }
  }
}
