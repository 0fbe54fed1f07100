import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import ts from 'typescript'
import type { Workspace } from '../../editor/workspace.js'

/*
 * TypeScript for a VS Code in the browser, whose own TypeScript does not load the project there: the language service of 6.0 in this
 * process, on the built package, behind an address. A small extension asks it, as VS Code's own asks tsserver.
 */

/** What the language service says of a text in the place of a workspace's file. */
export interface Service {
  readonly hover: (text: string, position: number) => string | undefined
  readonly errors: (
    text: string,
  ) => readonly { readonly start: number; readonly end: number; readonly code: number; readonly message: string }[]
}

/** The language service for one file of a workspace, whose text is given with each question. */
export const serviceFor = ({ folder }: Workspace, name: string): Service => {
  const file = join(folder, name)
  const { config } = ts.readConfigFile(join(folder, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder)
  let text = ''
  let version = 0
  const service = ts.createLanguageService({
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getScriptFileNames: () => [file],
    getScriptVersion: (path) => (path === file ? `${version}` : '1'),
    getScriptSnapshot: (path) => {
      const content = path === file ? text : ts.sys.readFile(path)
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content)
    },
    getCurrentDirectory: () => folder,
    getCompilationSettings: () => ({ ...options, noErrorTruncation: false }),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
  })
  const take = (given: string): void => {
    if (given === text) return
    text = given
    version += 1
  }
  return {
    hover: (given, position) => {
      take(given)
      // As VS Code asks by default: longer hovers are cut off.
      const info = service.getQuickInfoAtPosition(file, position, 500)
      return info && ts.displayPartsToString(info.displayParts)
    },
    errors: (given) => {
      take(given)
      return service.getSemanticDiagnostics(file).map(({ start = 0, length = 0, code, messageText }) => ({
        start,
        end: start + length,
        code,
        message: ts.flattenDiagnosticMessageText(messageText, '\n'),
      }))
    },
  }
}

/** The service behind an address of this machine. */
export const serveTypeScript = async (service: Service): Promise<{ server: HttpServer; address: string }> => {
  const server = createServer((request, response) => {
    const headers = {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
      'cross-origin-resource-policy': 'cross-origin',
    }
    if (request.method === 'OPTIONS') return void response.writeHead(204, headers).end()
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { text, position } = JSON.parse(`${Buffer.concat(parts)}`) as { text: string; position?: number }
      const answer = position === undefined ? service.errors(text) : service.hover(text, position)
      response.writeHead(200, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(answer ?? null))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

/** The extension that asks it, as the files of a folder. */
export const askingExtension = (address: string): Readonly<Record<string, string>> => ({
  'package.json': JSON.stringify({
    name: 'asks-typescript',
    publisher: 'test',
    version: '1.0.0',
    engines: { vscode: '^1.80.0' },
    activationEvents: ['onLanguage:typescript'],
    browser: './main.js',
  }),
  'main.js': `
const vscode = require('vscode')
const ask = async (question) => (await fetch(${JSON.stringify(address)}, { method: 'POST', body: JSON.stringify(question) })).json()
exports.activate = ({ subscriptions }) => {
  const shown = vscode.languages.createDiagnosticCollection('ts')
  const check = async (document) => {
    if (document.languageId !== 'typescript') return
    const { version } = document
    const errors = await ask({ text: document.getText() })
    if (version !== document.version) return
    shown.set(document.uri, errors.map(({ start, end, code, message }) => {
      const error = new vscode.Diagnostic(new vscode.Range(document.positionAt(start), document.positionAt(end)), message)
      Object.assign(error, { code, source: 'ts' })
      return error
    }))
  }
  subscriptions.push(
    shown,
    vscode.languages.registerHoverProvider('typescript', {
      provideHover: async (document, position) => {
        const code = await ask({ text: document.getText(), position: document.offsetAt(position) })
        return code ? new vscode.Hover(new vscode.MarkdownString().appendCodeblock(code, 'typescript')) : undefined
      },
    }),
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument(({ document }) => check(document)),
  )
  for (const document of vscode.workspace.textDocuments) check(document)
}
`,
})
