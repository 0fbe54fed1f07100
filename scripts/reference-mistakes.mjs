// The mistakes in the golden file of messages that belong on a method's page.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const file = fileURLToPath(new URL('../test/golden/messages.txt', import.meta.url))

/** Each mistake: the line of code, and the compiler's message. */
const mistakes = readFileSync(file, 'utf8')
  .split(/\n\n+/)
  .map((entry) => entry.split('\n'))
  .filter(([, marks = '']) => /^\s*~+\s*$/.test(marks))
  .map(([line, , ...says]) => ({ line, says: says.join(' ') }))

/** A message without its arithmetic, its numbers and the names of options. */
const ruleOf = (says) =>
  says
    .replace(/^TS\d+ .*?"(\w+: )?/, '')
    .replace(/[:,.] .*$/, '')
    .replace(/ with (dilation|stride|padding)[^:]*? (?=does|is)/, ' ')
    .replace(/\ban?\b|[^a-z ]+|\b\w*x\w*\b/g, '')
    .replace(/^\s*\w+ (?=must|takes)/, '')
    .replace(/\s+/g, ' ')

/** The last method that a chain calls, ignoring calls inside arguments. */
const lastCall = (line) => {
  let bare = line
  while (/\([^()]*\)/.test(bare)) bare = bare.replace(/\([^()]*\)/g, '')
  return bare.split('.').at(-1)
}

/** Whether a line of code refers only to the package's exports and to its own parameters. */
const standsAlone = (line, exports) => {
  const names = line.replace(/'[^']*'/g, "''").match(/(?<![.\w])[a-zA-Z]\w*(?!\w*\s*:)/g) ?? []
  const parameters = [...line.matchAll(/(\w+)\)? =>/g)].map(([, parameter]) => parameter)
  const own = new Set(['true', 'false', 'undefined', 'null', ...exports, ...parameters])
  return names.every((word) => own.has(word))
}

/** The mistakes of a method, one for each rule, without those that differ only in numbers or in the name of an option. */
export const mistakesOf = (name, exports) => {
  const rules = new Map()
  for (const { line, says } of mistakes) {
    const own = line.startsWith('input(') && lastCall(line) === name && /"[a-z][\w ]*: /i.test(says) && standsAlone(line, exports)
    if (own && !rules.has(ruleOf(says))) rules.set(ruleOf(says), line)
  }
  return [...rules.values()].slice(0, 12)
}
