// Measures how long an editor waits for hints, in a file with ResNet-152 by hand: `npm run build && node bench/editor.mjs`. It asks
// `stridewise lsp` for the hints of the lines that a window shows, after the compiler has checked the file. Then a letter is typed, the
// file checked and the hints asked for once more, several times: these are medians. The numbers depend on the machine; the ratio
// to the first answer, which waits for the check, does less so.
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

const text = `import { batchNorm, block, conv2d, input } from 'stridewise'

export const resnet152 = input(224, 224, 3)
  .conv2d(64, 7, { stride: 2, padding: 3, rounding: 'floor', bias: false }).batchNorm().relu()
  .maxPool2d(3, { stride: 2, padding: 1, rounding: 'floor' })
${stage(64, 3, 1)}${stage(128, 8, 2)}${stage(256, 36, 2)}${stage(512, 3, 2)}  .globalAvgPool()
  .dense(1000)
`
const lines = text.split('\n').length

/** How often each is measured. */
const turns = 5

const median = (times) => times.sort((a, b) => a - b)[(turns - 1) / 2]

/** Lines that a window shows, in the middle of the file. */
const visible = { start: { line: 200, character: 0 }, end: { line: 250, character: 0 } }

const measure = async (module) => {
  const folder = mkdtempSync(join(tmpdir(), 'stridewise-bench-'))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(root, join(folder, 'node_modules/stridewise'))
  symlinkSync(join(root, 'node_modules', module), join(folder, 'node_modules/typescript'))
  const compilerOptions = { strict: true, module: 'nodenext', target: 'es2022', types: [], skipLibCheck: true }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  const file = join(folder, 'resnet152.ts')
  writeFileSync(file, text)
  const server = spawn(process.execPath, [join(root, 'dist/cli/stridewise.js'), 'lsp'], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] })
  const waiting = new Map()
  let rest = Buffer.alloc(0)
  server.stdout.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      const head = /^Content-Length: (\d+)\r\n\r\n/.exec(rest.subarray(0, 60).toString('latin1'))
      if (!head || rest.length < head[0].length + Number(head[1])) return
      const end = head[0].length + Number(head[1])
      const { id, result, method } = JSON.parse(rest.subarray(head[0].length, end).toString())
      rest = rest.subarray(end)
      if (method === undefined) waiting.get(id)?.(result)
    }
  })
  let last = 0
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
  const hints = async () => {
    const begin = performance.now()
    const found = await ask('textDocument/inlayHint', { textDocument: { uri }, range: visible })
    return { count: found.length, time: performance.now() - begin }
  }
  const checked = async () => {
    const begin = performance.now()
    await ask('textDocument/codeAction', { textDocument: { uri }, range: visible, context: { diagnostics: [] } })
    return performance.now() - begin
  }
  await ask('initialize', { processId: process.pid, rootUri: pathToFileURL(folder).href, capabilities: {} })
  send({ method: 'initialized', params: {} })
  send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'typescript', version: 1, text } } })
  const first = await checked()
  const { count, time: firstHints } = await hints()
  const times = { again: [], after: [] }
  for (let turn = 0; turn < turns; turn += 1) {
    send({
      method: 'textDocument/didChange',
      params: { textDocument: { uri, version: turn + 2 }, contentChanges: [{ text: text.replace('dense(1000)', `dense(${100 + turn})`) }] },
    })
    times.again.push(await checked())
    times.after.push((await hints()).time)
  }
  server.kill()
  rmSync(folder, { recursive: true, force: true })
  return { first, count, firstHints, again: median(times.again), after: median(times.after) }
}

const milliseconds = (time) => `${time.toFixed(0)} ms`.padStart(9)
console.log(`ResNet-152 by hand, ${lines} lines; hints of lines 200 to 250`)
console.log('compiler          first check    hints  share   check after a letter    hints')
// Names of compilers after the command choose among them.
const chosen = process.argv.slice(2)
for (const module of ['typescript-5.4', 'typescript-5.9', 'typescript', 'typescript-7.0', 'typescript-7.1']) {
  if (chosen.length > 0 && !chosen.includes(module)) continue
  const { first, count, firstHints, again, after } = await measure(module)
  const share = `${((firstHints / first) * 100).toFixed(1)} %`.padStart(6)
  console.log(
    `${module.padEnd(16)} ${milliseconds(first)}  ${milliseconds(firstHints)} ${share}  ${milliseconds(again)}  ${milliseconds(after)}  ${count} hints`,
  )
}
