import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Problem } from '../../output/problem.js'
import type { Thrown } from './loaded.js'
import { isUsersFile } from './users-file.js'

/* Converts what a user's file threw to a problem at a place in the user's files. */

/** Errors whose message is a complete sentence. */
const errorsWithSentences = new Set(['ShapeError', 'BudgetError', 'ExportError'])

/** The problem for something that was thrown while `file` ran. */
export const problemOf = (file: string, thrown: Thrown): Problem => {
  const syntax = syntaxProblem(file, thrown)
  if (syntax) return syntax
  const missing = /^Cannot find (?:package|module) '([^']+)'/.exec(thrown.message)?.[1]
  if (missing !== undefined) return { ...(placeIn(thrown) ?? { file }), message: missingMessage(missing) }
  const place = placeIn(thrown) ?? { file }
  if (/Maximum call stack size exceeded/.test(thrown.message)) return { ...place, message: stackOverflow }
  if (errorsWithSentences.has(thrown.name)) return { ...place, message: thrown.message }
  const message = thrown.message.split('\n')[0] ?? ''
  return { ...place, message: thrown.name === 'thrown' ? `it threw ${message}` : `it threw ${thrown.name}: ${message}` }
}

const stackOverflow =
  'stack overflow: a function calls itself without end, or one expression has too many chained calls. Split it into constants.'

const missingMessage = (name: string): string => {
  if (name === 'stridewise' || name.startsWith('stridewise/')) {
    return `it imports '${name}', which is not installed here. Install it: npm install stridewise`
  }
  return name.startsWith('.') || name.startsWith('/')
    ? `it imports '${name}', which does not exist.`
    : `it imports '${name}', which is not installed here.`
}

/** A syntax error, as Babel (for TypeScript) or Node (for JavaScript) reports it. */
const syntaxProblem = (file: string, { name, message }: Thrown): Problem | undefined => {
  // Babel: `ParseError: Unexpected token, expected "," \n /nets/a.ts:3:14`
  const parsed = /^(?:ParseError|SyntaxError): ([\s\S]*?)\s*\n? ([^\n]+):(\d+):(\d+)$/.exec(message.trim())
  if (parsed) {
    const [, sentence = '', where = file, line, column] = parsed
    const text = sentence.replace(/^\S*: /, '').replace(/ \(\d+:\d+\)[\s\S]*$/, '')
    return { file: pathOf(where), line: Number(line), column: Number(column) + 1, message: `syntax error: ${text}` }
  }
  if (name !== 'SyntaxError') return undefined
  // Node's error has no position, but `node --check` prints it.
  const { stderr } = spawnSync(process.execPath, ['--check', file], { encoding: 'utf8' })
  const line = /:(\d+)$/.exec(stderr.split('\n')[0] ?? '')?.[1]
  return { file, ...(line === undefined ? {} : { line: Number(line) }), message: `syntax error: ${message}` }
}

/** The innermost stack frame in the user's own files. */
const placeIn = ({ stack }: Thrown): Omit<Problem, 'message'> | undefined => {
  for (const line of stack.split('\n')) {
    const [, path = '', row, column] = /^\s+at (?:.*\()?((?:file:\/\/)?[^():]*(?::[\\/][^():]*)?):(\d+):(\d+)\)?$/.exec(line) ?? []
    if (path === '' || !isUsersFile(path)) continue
    return {
      file: pathOf(path),
      line: Number(row),
      ...(/\.[mc]?[jt]sx?$/.test(path) && Number(column) > 0 ? { column: Number(column) } : {}),
    }
  }
  return undefined
}

const pathOf = (where: string): string => (where.startsWith('file:') ? fileURLToPath(where) : where)
