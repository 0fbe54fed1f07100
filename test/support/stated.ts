import ts from 'typescript'
import type { Checked } from './compiler.js'

/**
 * What the comments of a snippet state of the compiler, held against what the compiler says:
 *
 * - `code // Network<[7, 7, 1], [5, 5, 1], 10>`: the type of the expression that ends there;
 * - `code // 5x5x10`: the output shape of the network that ends there, as `annotate` writes it;
 * - `//    ^? const x: Network<...>` under a line: what an editor shows for the name above the caret;
 * - `// error TS2322: ...` under a line, over one comment line or several: the compiler's error in that line,
 *   where `...` stands for what is left out;
 * - `// @ts-expect-error conv2d: ...` over a line: a part of the compiler's error in it (for files that have to compile).
 */

/** A comment that is not so, or a complaint that no comment states. */
export interface Discrepancy {
  /** Line, from 1. */
  readonly line: number
  readonly stated: string
  readonly found: string
}

/** A snippet with its expected errors laid bare, so that the compiler reports them; positions stay. */
export const bare = (text: string): string => text.replaceAll('// @ts-expect-error', '// (ts-expect-error')

/** Compares every comment of those forms, in a snippet that went through {@link bare}. */
export const discrepancies = (checked: Checked): Discrepancy[] => {
  const lines = checked.source.text.split('\n')
  const found: Discrepancy[] = []
  const stated = new Set<number>()
  for (const [index, line] of lines.entries()) {
    const compare = (is: string, want: string, same = is === want) => {
      if (!same) found.push({ line: index + 1, stated: want, found: is })
    }
    const type = /^(?!\s*\*)(?<code>.*\S)\s*\/\/ (?<type>Network<.*>)$/.exec(line)?.groups
    if (type?.['code'] && type['type']) {
      const end = checked.source.getPositionOfLineAndCharacter(index, type['code'].length)
      compare(inOrder(typeBefore(checked, end)), inOrder(type['type']))
    }
    const shape = /^(?!\s*\*)(?<code>.*\S)\s*\/\/ (?<shape>\d+(?:x\d+)+)$/.exec(line)?.groups
    if (shape?.['code'] && shape['shape']) {
      const end = checked.source.getPositionOfLineAndCharacter(index, shape['code'].length)
      const output = /^Network<.*[\]}], \[(?<sizes>[^\]]*)\], [^\]]*>$/.exec(typeBefore(checked, end))?.groups?.['sizes']
      compare(output?.replaceAll(', ', 'x') ?? 'no network ends here', shape['shape'])
    }
    const hover = /^(?<indent>\s*\/\/\s*\^\? )(?<text>.*)$/.exec(line)?.groups
    if (hover?.['indent'] && hover['text']) {
      const column = hover['indent'].indexOf('^')
      compare(onOneLine(checked.hover(checked.source.getPositionOfLineAndCharacter(index - 1, column))), hover['text'])
    }
    if (line.trimStart().startsWith('// error TS')) {
      stated.add(index - 1)
      const [is, want] = [complaintOn(checked, index - 1), errorText(lines, index)]
      compare(is, want, matches(is, want))
    }
    const expected = /\/\/ \(ts-expect-error ?(?<text>.*)$/.exec(line)?.groups
    if (expected) {
      stated.add(index + 1)
      const is = complaintOn(checked, index + 1)
      compare(is, expected['text'] ?? '', is !== '' && is.includes(expected['text'] ?? ''))
    }
  }
  for (const { line, text } of checked.complaints) {
    if (!stated.has(line)) found.push({ line: line + 1, stated: '', found: text })
  }
  return found
}

/** A hover on one line, where an editor gives each member of a record a line: `{ a: [8]; b: [4] }`. */
const onOneLine = (hover: string): string => hover.replace(/\s*\n\s*/g, ' ').replaceAll('; }', ' }')

/** A type with the members of its unions in one order: the compiler's own depends on what it saw first. */
const inOrder = (type: string): string =>
  type.replace(/\d+(?: \| \d+)+/g, (union) =>
    union
      .split(' | ')
      .sort((a, b) => Number(a) - Number(b))
      .join(' | '),
  )

const complaintOn = ({ complaints }: Checked, line: number): string =>
  complaints
    .filter((complaint) => complaint.line === line)
    .map(({ text }) => text)
    .join(' ')

/** Whether a text is as stated, with anything in place of `...`. */
const matches = (text: string, stated: string): boolean => {
  const parts = stated.split('...').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(text)
}

/** The error that a comment states: all its lines, which go on with an indent. */
const errorText = (lines: readonly string[], from: number): string => {
  const first = (lines[from] ?? '').trim().replace('// error ', '')
  const rest = lines.slice(from + 1)
  const end = rest.findIndex((line) => !/^\s*\/\/ {3}\S/.test(line))
  const more = rest.slice(0, end < 0 ? rest.length : end).map((line) => line.trim().replace(/^\/\/\s+/, ''))
  return [first, ...more].join(' ')
}

/** The type that an editor shows for the expression that ends at a position. */
const typeBefore = ({ source, hover }: Checked, position: number): string => {
  let found: ts.Node | undefined
  const visit = (node: ts.Node): void => {
    if (node.getStart(source) > position || node.end < position) return
    if (node.end === position && !found && (ts.isCallExpression(node) || ts.isIdentifier(node))) found = node
    node.forEachChild(visit)
  }
  visit(source)
  if (!found) return 'no expression ends here'
  const callee = ts.isCallExpression(found) ? found.expression : found
  const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee
  const text = onOneLine(hover(name.getStart(source)))
  return /^.*(?:: |=> )(?<type>Network<.*>)/s.exec(text)?.groups?.['type'] ?? text
}
