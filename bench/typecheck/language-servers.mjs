import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { inLimits, nativeProgram } from '../../scripts/compilers.mjs'

/**
 * An editor's requests to a compiler: `hover(offset)` in a file, and `edit(text)` as a user types. The classic compilers answer in this
 * process, TypeScript 7 over the language server protocol.
 */

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The language service of a classic compiler, given the name of its package. */
export const classic = (compiler, file, options) => {
  const ts = createRequire(import.meta.url)(join(root, 'node_modules', compiler))
  const { options: compilerOptions } = ts.convertCompilerOptionsFromJson(options, root)
  let version = 0
  let text = readFileSync(file, 'utf8')
  const host = {
    getCompilationSettings: () => compilerOptions,
    getScriptFileNames: () => [file],
    getScriptVersion: (name) => (name === file ? `${version}` : '0'),
    getScriptSnapshot: (name) => {
      const content = name === file ? text : ts.sys.readFile(name)
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content)
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  }
  const service = ts.createLanguageService(host)
  return {
    hover: async (offset) => ts.displayPartsToString(service.getQuickInfoAtPosition(file, offset)?.displayParts ?? []),
    edit: async (changed) => {
      text = changed
      version += 1
    },
    close: async () => service.dispose(),
  }
}

/** The language server of TypeScript 7. The file's folder needs a tsconfig.json. */
export const native = async (compiler, file, options) => {
  writeFileSync(join(file, '../tsconfig.json'), JSON.stringify({ compilerOptions: options, files: [file] }))
  const server = spawn(...inLimits(nativeProgram(compiler), ['--lsp', '--stdio']))
  const uri = pathToFileURL(file).href
  const waiting = new Map()
  let text = readFileSync(file, 'utf8')
  let [id, version, received] = [0, 1, Buffer.alloc(0)]

  const send = (message) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }
  const request = (method, params) => {
    id += 1
    send({ id, method, params })
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))
  }
  const take = (message) => {
    // Answer the server's own requests (settings, registrations) with an empty result.
    if (message.method && message.id !== undefined) return send({ id: message.id, result: message.params?.items?.map(() => null) ?? null })
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.error) asked?.reject(new Error(message.error.message))
    else asked?.resolve(message.result)
  }
  server.stdout.on('data', (data) => {
    received = Buffer.concat([received, data])
    for (;;) {
      const head = received.indexOf('\r\n\r\n')
      if (head < 0) return
      const length = Number(/Content-Length: (\d+)/i.exec(received.subarray(0, head).toString())[1])
      if (received.length < head + 4 + length) return
      const body = received.subarray(head + 4, head + 4 + length).toString()
      received = received.subarray(head + 4 + length)
      take(JSON.parse(body))
    }
  })
  const ended = new Promise((resolve) => server.on('exit', resolve))

  const capabilities = { textDocument: { hover: { contentFormat: ['plaintext'] } } }
  await request('initialize', { processId: process.pid, rootUri: pathToFileURL(join(file, '..')).href, capabilities })
  send({ method: 'initialized', params: {} })
  send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'typescript', version, text } } })
  const position = (offset) => {
    const before = text.slice(0, offset).split('\n')
    return { line: before.length - 1, character: before.at(-1).length }
  }
  return {
    hover: async (offset) => {
      const contents = (await request('textDocument/hover', { textDocument: { uri }, position: position(offset) }))?.contents
      return (contents?.value ?? '').replace(/^```\w*\n|\n```[\s\S]*$/g, '')
    },
    edit: async (changed) => {
      text = changed
      version += 1
      send({ method: 'textDocument/didChange', params: { textDocument: { uri, version }, contentChanges: [{ text }] } })
    },
    close: async () => {
      await request('shutdown')
      send({ method: 'exit' })
      await ended
    },
  }
}
