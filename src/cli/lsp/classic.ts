import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type PluginRequest, requestName } from '../../editor/plugin/requests.js'
import type { Answer, Answers } from '../../editor/types/answer.js'
import { UsageError } from '../output/exit.js'
import type { Compiler } from '../types/compiler.js'
import type { Backend, CompilerError, Offer } from './backend.js'
import { Child } from './child.js'
import { fields, list } from './params.js'
import type { OpenText } from './text.js'
import { Turns, type Work } from './turns.js'

/*
 * TypeScript 5.4 to 6.0: a tsserver with this package's plugin in it, which answers with types that are not shortened.
 */

/** The folder above `node_modules` in which this package lies; its own folder where it lies in none. */
const ownFolder = (): string => {
  const own = resolve(fileURLToPath(import.meta.url), '../../..')
  return own.replace(/[\\/]node_modules[\\/]stridewise$/, '')
}

/** 5.4 refuses a slash in the name of a plugin, and reads a backslash as one. */
const pluginName = ({ version }: Compiler): string => (version.startsWith('5.4.') ? 'stridewise\\ts-plugin' : 'stridewise/ts-plugin')

const kinds: Readonly<Record<string, number>> = {
  ...{
    method: 2,
    function: 3,
    constructor: 4,
    property: 10,
    getter: 10,
    setter: 10,
    var: 6,
    const: 21,
    let: 6,
    parameter: 6,
    'local var': 6,
  },
  ...{ class: 7, interface: 8, module: 9, enum: 13, keyword: 14, string: 12, alias: 6, type: 7, 'enum member': 20 },
}

/** Questions that are asked at a time: behind each of these it can turn to what is more urgent. */
const mostQuestions = 32

/** Starts a tsserver. */
export const classicBackend = (compiler: Compiler, root: string, ended: (why: string) => void): Backend => {
  const script = join(compiler.folder, 'lib/tsserver.js')
  if (!existsSync(script)) throw new UsageError(`TypeScript ${compiler.version} has no lib/tsserver.js. Install it again: npm install.`)
  const waiting = new Map<number, (message: Readonly<Record<string, unknown>>) => void>()
  const turns = new Turns()
  let last = 0
  const places = [...new Set([root, ownFolder()])].join(',')
  const args = [
    '--disableAutomaticTypingAcquisition',
    '--suppressDiagnosticEvents',
    '--globalPlugins',
    pluginName(compiler),
    '--pluginProbeLocations',
    places,
  ]
  const child = new Child(
    process.execPath,
    [script, ...args],
    root,
    ({ type, request_seq, ...message }) => {
      if (type !== 'response') return
      waiting.get(request_seq as number)?.(message)
      waiting.delete(request_seq as number)
    },
    (why) => {
      for (const answer of waiting.values()) answer({})
      waiting.clear()
      ended(why)
    },
  )
  const tell = (command: string, given: object): number => {
    last += 1
    child.send(`${JSON.stringify({ seq: last, type: 'request', command, arguments: given })}\n`)
    return last
  }
  const ask = (command: string, given: object): Promise<unknown> => {
    if (!child.isAlive) return Promise.resolve(undefined)
    const seq = tell(command, given)
    return new Promise((resolve) => waiting.set(seq, (message) => resolve(message['success'] === true ? message['body'] : undefined)))
  }
  const inTurn = async (command: string, given: object, work: Work) => fields(await turns.take(work, () => ask(command, given)))
  const asked = (request: PluginRequest, work: Work) => inTurn(requestName, request, work)
  const at = (file: OpenText, position: number) => {
    const { line, character } = file.placeOf(position)
    return { file: file.path, line: line + 1, offset: character + 1 }
  }

  return {
    name: `TypeScript ${compiler.version}`,
    isAlive: () => child.isAlive,
    open: (file) =>
      void tell('open', { file: file.path, fileContent: file.text, projectRootPath: dirname(root) === root ? undefined : root }),
    change: (file) =>
      void tell('updateOpen', { changedFiles: [], closedFiles: [], openFiles: [{ file: file.path, fileContent: file.text }] }),
    close: (file) => void tell('close', { file: file.path }),
    // It watches files itself.
    changedOnDisk: () => {},

    async ask(file, questions, work): Promise<Answers> {
      const found: (readonly [number, Answer])[] = []
      for (let at = 0; at < questions.length; at += mostQuestions) {
        const { answers } = await asked({ file: file.path, questions: questions.slice(at, at + mostQuestions) }, work)
        found.push(...(list(answers) as (readonly [number, Answer])[]))
      }
      return new Map(found)
    },

    async diagnostics(file, work): Promise<readonly CompilerError[]> {
      const { diagnostics } = await asked({ file: file.path, questions: [], diagnostics: true }, work)
      return list(diagnostics) as CompilerError[]
    },

    async hover(file, position, work): Promise<string | undefined> {
      const { displayString, documentation } = await inTurn('quickinfo', at(file, position), work)
      const text =
        typeof documentation === 'string'
          ? documentation
          : list(documentation)
              .map((part) => fields(part)['text'])
              .join('')
      return typeof displayString === 'string' ? `\`\`\`typescript\n${displayString}\n\`\`\`\n${text}` : undefined
    },

    async completions(file, position, work): Promise<readonly Offer[]> {
      const { entries } = await inTurn('completionInfo', at(file, position), work)
      return list(entries).flatMap((entry) => {
        const { name, sortText, kind, labelDetails } = fields(entry)
        if (typeof name !== 'string' || typeof sortText !== 'string' || labelDetails !== undefined) return []
        const plain = sortText.replace(/^~/, '')
        return [{ label: name, sortText: plain, item: { label: name, sortText: plain, kind: kinds[`${kind}`] ?? 6 } }]
      })
    },

    end: () => child.kill(),
  }
}
