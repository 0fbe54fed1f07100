import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Answer, Answers, Question } from '../../editor/types/answer.js'
import { answerOfHover } from '../../editor/types/hover-text.js'
import { isShortened, otherPlaceOf } from '../../editor/types/shortened.js'
import { UsageError } from '../output/exit.js'
import type { Compiler } from '../types/compiler.js'
import type { Backend, CompilerError, Offer } from './backend.js'
import { Child } from './child.js'
import { framed } from './frames.js'
import { fields, list, rangeIn } from './params.js'
import type { OpenText } from './text.js'

/*
 * TypeScript 7: its own language server, `tsc --lsp --stdio`.
 */

/** The program itself: the script in its package starts it in a second process, which goes on when the script is killed. */
const programOf = ({ folder, version }: Compiler): string => {
  const name = `@typescript/typescript-${process.platform}-${process.arch}`
  try {
    const { resolve } = createRequire(join(folder, 'package.json'))
    const program = join(dirname(resolve(`${name}/package.json`)), 'lib', process.platform === 'win32' ? 'tsc.exe' : 'tsc')
    if (existsSync(program)) return program
  } catch {
    // Said below.
  }
  throw new UsageError(`TypeScript ${version} lacks its program for this machine, ${name}. Install it: npm install.`)
}

const formats = ['markdown', 'plaintext']

const capabilities = {
  general: { positionEncodings: ['utf-16'] },
  workspace: { didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true } },
  textDocument: {
    hover: { contentFormat: formats },
    completion: { completionItem: { documentationFormat: formats } },
    diagnostic: {},
  },
}

/** Starts the language server. `ask` passes on what it asks the client, such as which files to watch. */
export const nativeBackend = (
  compiler: Compiler,
  root: string,
  askClient: (method: string, params: unknown) => void,
  ended: (why: string) => void,
): Backend => {
  const waiting = new Map<number, (message: Readonly<Record<string, unknown>>) => void>()
  let last = 0
  const send = (message: object): void => child.send(framed({ jsonrpc: '2.0', ...message }))
  const child = new Child(
    programOf(compiler),
    ['--lsp', '--stdio'],
    root,
    (message) => {
      const { id, method, params } = message
      if (typeof method === 'string') {
        if (method === 'client/registerCapability') askClient(method, params)
        if (id !== undefined) send({ id, result: null })
        return
      }
      waiting.get(id as number)?.(message)
      waiting.delete(id as number)
    },
    (why) => {
      for (const answer of waiting.values()) answer({})
      waiting.clear()
      ended(why)
    },
  )
  const ask = async (method: string, params: unknown): Promise<unknown> => {
    if (!child.isAlive) return undefined
    last += 1
    const id = last
    const answer = new Promise<Readonly<Record<string, unknown>>>((resolve) => waiting.set(id, resolve))
    send({ id, method, params })
    return (await answer)['result']
  }
  const begun = ask('initialize', { processId: process.pid, rootUri: pathToFileURL(root).href, capabilities }).then(() =>
    send({ method: 'initialized', params: {} }),
  )
  const asked = async (method: string, params: unknown): Promise<unknown> => {
    await begun
    return ask(method, params)
  }
  const tell = (method: string, params: unknown): void => {
    begun.then(() => send({ method, params }))
  }
  const at = (file: OpenText, position: number) => ({ textDocument: { uri: file.uri }, position: file.placeOf(position) })
  const hovered = async (file: OpenText, position: number): Promise<string | undefined> => {
    const { contents } = fields(await asked('textDocument/hover', at(file, position)))
    const value = typeof contents === 'string' ? contents : fields(contents)['value']
    return typeof value === 'string' ? value : undefined
  }

  const answerAt = async (file: OpenText, kind: Question['kind'], position: number): Promise<Answer> => {
    const [, code] = /^```\w*\n([\s\S]*?)\n```/.exec((await hovered(file, position)) ?? '') ?? []
    return answerOfHover(code, kind)
  }

  return {
    name: `TypeScript ${compiler.version}`,
    isAlive: () => child.isAlive,
    open: (file) =>
      tell('textDocument/didOpen', { textDocument: { uri: file.uri, languageId: file.language, version: file.version, text: file.text } }),
    change: (file) =>
      tell('textDocument/didChange', { textDocument: { uri: file.uri, version: file.version }, contentChanges: [{ text: file.text }] }),
    close: (file) => tell('textDocument/didClose', { textDocument: { uri: file.uri } }),
    changedOnDisk: (changes) => tell('workspace/didChangeWatchedFiles', { changes }),

    async ask(file, questions): Promise<Answers> {
      const found = await Promise.all(
        questions.map(async ({ kind, position }) => {
          const answer = await answerAt(file, kind, position)
          const other = kind === 'call' && isShortened(answer) ? otherPlaceOf(file.source, position) : undefined
          if (!other) return [position, answer] as const
          const { type, receiver } = await answerAt(file, other.kind, other.position)
          const whole = other.kind === 'call' ? receiver : type
          return [position, whole === undefined ? answer : { ...answer, type: whole }] as const
        }),
      )
      return new Map(found)
    },

    async diagnostics(file): Promise<readonly CompilerError[]> {
      const { items } = fields(await asked('textDocument/diagnostic', { textDocument: { uri: file.uri } }))
      return list(items).flatMap((item) => {
        const { range, code, message, severity } = fields(item)
        if (severity !== 1 || typeof message !== 'string') return []
        const { start, end } = rangeIn(range)
        return [{ start: file.indexOf(start), end: file.indexOf(end), code: Number(code), text: message }]
      })
    },

    hover: hovered,

    async completions(file, position): Promise<readonly Offer[]> {
      const found = await asked('textDocument/completion', at(file, position))
      return (Array.isArray(found) ? found : list(fields(found)['items'])).flatMap((each) => {
        const { data: _, ...item } = fields(each)
        const { label, sortText } = item
        return typeof label === 'string'
          ? [{ label: label.replace(/\?$/, ''), sortText: typeof sortText === 'string' ? sortText : label, item }]
          : []
      })
    },

    end: () => child.kill(),
  }
}
