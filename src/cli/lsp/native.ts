import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Answer, Answers, Question } from '../../editor/types/answer.js'
import { answerOfHover } from '../../editor/types/hover-text.js'
import { answersOfHovers } from '../../editor/types/hovers.js'
import { UsageError } from '../output/exit.js'
import type { Compiler } from '../types/compiler.js'
import type { Backend, CompilerError, Offer } from './backend.js'
import { Child } from './child.js'
import { framed } from './frames.js'
import { fields, list, rangeIn } from './params.js'
import type { OpenText } from './text.js'
import { Turns, type Work } from './turns.js'

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

/** Answers that are kept until a file changes. */
const mostKnown = 20_000

/** The code in a hover. */
const codeIn = (hover = ''): string | undefined => /^```\w*\n([\s\S]*?)\n```/.exec(hover)?.[1]

/** Starts the language server. `ask` passes on what it asks the client, such as which files to watch. */
export const nativeBackend = (
  compiler: Compiler,
  root: string,
  askClient: (method: string, params: unknown) => void,
  ended: (why: string) => void,
): Backend => {
  const waiting = new Map<number, (message: Readonly<Record<string, unknown>>) => void>()
  // Its checkers for errors are others than those for hovers: they need not wait for each other.
  const turns = new Turns()
  const checks = new Turns()
  /** For each file whose shapes are shown, the last place that was asked about; of a new file nobody knows yet whether they are. */
  const shown = new Map<string, number>()
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
  const ask = async (method: string, params: unknown, signal?: AbortSignal): Promise<unknown> => {
    if (!child.isAlive) return undefined
    last += 1
    const id = last
    const answer = new Promise<Readonly<Record<string, unknown>>>((resolve) => waiting.set(id, resolve))
    send({ id, method, params })
    const cancel = (): void => send({ method: '$/cancelRequest', params: { id } })
    signal?.addEventListener('abort', cancel, { once: true })
    const { result } = await answer
    signal?.removeEventListener('abort', cancel)
    return result
  }
  const begun = ask('initialize', { processId: process.pid, rootUri: pathToFileURL(root).href, capabilities }).then(() =>
    send({ method: 'initialized', params: {} }),
  )
  const asked = async (method: string, params: unknown, work: Work, line = turns): Promise<unknown> => {
    await begun
    return line.take(work, () => ask(method, params, work.signal))
  }
  const tell = (method: string, params: unknown): void => {
    begun.then(() => send({ method, params }))
  }
  const at = (file: OpenText, position: number) => ({ textDocument: { uri: file.uri }, position: file.placeOf(position) })
  const hovered = async (file: OpenText, position: number, work: Work): Promise<string | undefined> => {
    const { contents } = fields(await asked('textDocument/hover', at(file, position), work))
    const value = typeof contents === 'string' ? contents : fields(contents)['value']
    return typeof value === 'string' ? value : undefined
  }

  /** What is known of the files as they are, by their addresses and positions. */
  let known = new Map<string, Answer>()
  const forget = (): void => {
    known = new Map()
  }
  const answerAt = async (file: OpenText, position: number, kind: Question['kind'], work: Work): Promise<Answer> => {
    const answers = known
    const key = `${kind} ${position} ${file.uri}`
    const answer = answers.get(key) ?? answerOfHover(codeIn(await hovered(file, position, work)), kind)
    if (answers.size < mostKnown) answers.set(key, answer)
    return answer
  }

  return {
    name: `TypeScript ${compiler.version}`,
    isAlive: () => child.isAlive,
    open: (file) => {
      forget()
      shown.set(file.uri, Number.POSITIVE_INFINITY)
      tell('textDocument/didOpen', { textDocument: { uri: file.uri, languageId: file.language, version: file.version, text: file.text } })
    },
    change: (file) => {
      forget()
      tell('textDocument/didChange', { textDocument: { uri: file.uri, version: file.version }, contentChanges: [{ text: file.text }] })
    },
    close: (file) => {
      forget()
      shown.delete(file.uri)
      tell('textDocument/didClose', { textDocument: { uri: file.uri } })
    },
    changedOnDisk: (changes) => {
      forget()
      tell('workspace/didChangeWatchedFiles', { changes })
    },

    ask(file, questions, work): Promise<Answers> {
      const last = questions.at(-1)
      if (last && !work.isUrgent) shown.set(file.uri, last.position)
      return answersOfHovers(file.source, questions, (position, kind) => answerAt(file, position, kind, work))
    },

    async diagnostics(file, work): Promise<readonly CompilerError[]> {
      // Hints follow the check. What they are shown for is checked beside it, on the other core.
      const before = shown.get(file.uri)
      if (before === Number.POSITIVE_INFINITY) shown.delete(file.uri)
      const call = before === undefined ? undefined : file.source.calls.filter(({ nameStart }) => nameStart <= before).at(-1)
      if (call) hovered(file, call.nameStart, { ...work, isUrgent: false }).catch(() => {})
      const { items } = fields(await asked('textDocument/diagnostic', { textDocument: { uri: file.uri } }, work, checks))
      return list(items).flatMap((item) => {
        const { range, code, message, severity } = fields(item)
        if (severity !== 1 || typeof message !== 'string') return []
        const { start, end } = rangeIn(range)
        return [{ start: file.indexOf(start), end: file.indexOf(end), code: Number(code), text: message }]
      })
    },

    hover: hovered,

    async completions(file, position, work): Promise<readonly Offer[]> {
      const found = await asked('textDocument/completion', at(file, position), work)
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
