import type ts from 'typescript'
import type { Answer, Answers, Question } from '../types/answer.js'

/*
 * Answers of the compilers that are written in JavaScript, 5.4 to 6.0, by their checker. Hovers of 5.4 shorten long types.
 */

/**
 * What the checker says of some places in a file.
 *
 * @param isWritten whether nobody needs the types of the arguments of the call whose name begins at a position
 */
export const answersOfChecker = (
  compiler: typeof ts,
  checker: ts.TypeChecker,
  file: ts.SourceFile,
  questions: readonly Question[],
  isWritten: (position: number) => boolean,
): Answers => new Map(questions.map((question) => [question.position, answerOf(compiler, checker, file, question, isWritten)]))

const answerOf = (
  compiler: typeof ts,
  checker: ts.TypeChecker,
  file: ts.SourceFile,
  { kind, position, end }: Question,
  isWritten: (position: number) => boolean,
): Answer => {
  // Not as the name of a type of the user's that happens to be the same.
  const flags = compiler.TypeFormatFlags.NoTruncation | compiler.TypeFormatFlags.InTypeAlias
  // Without the place, where a name is imported from is not looked for: that takes longer than the rest.
  const text = (node: ts.Node): string => checker.typeToString(checker.getTypeAtLocation(node), undefined, flags)
  const name = tokenAt(compiler, file, position)
  if (!name) return {}
  // The checker knows no type of the name of a private field alone.
  const isPrivate = compiler.isPrivateIdentifier(name) && compiler.isPropertyAccessExpression(name.parent)
  if (kind === 'name') return { type: text(isPrivate ? name.parent : name) }
  const call = callAround(compiler, name, end)
  if (!call) return {}
  const { expression } = call
  const receiver = compiler.isPropertyAccessExpression(expression) ? expression.expression : undefined
  const args = isWritten(position) ? {} : { args: call.arguments.map(text) }
  return { type: text(call), ...(receiver ? { receiver: text(receiver) } : {}), ...args }
}

/** The innermost node that begins at a position. */
const tokenAt = (compiler: typeof ts, file: ts.SourceFile, position: number): ts.Node | undefined => {
  const find = (node: ts.Node): ts.Node | undefined => {
    const inside = compiler.forEachChild(node, (child) => (child.pos <= position && position < child.end ? find(child) : undefined))
    return inside ?? (node.getStart(file) === position ? node : undefined)
  }
  return find(file)
}

/** The call that has a node as the name of what it calls. */
const callAround = (compiler: typeof ts, name: ts.Node, end: number): ts.CallExpression | undefined => {
  let node: ts.Node | undefined = name
  // A call without its closing parenthesis ends elsewhere for each parser.
  for (let depth = 0; node && depth < 4; depth += 1, node = node.parent) {
    if (compiler.isCallExpression(node) && node.expression.end <= end && isNamedBy(compiler, node.expression, name)) return node
  }
  return undefined
}

const isNamedBy = (compiler: typeof ts, expression: ts.Expression, name: ts.Node): boolean =>
  expression === name || (compiler.isPropertyAccessExpression(expression) && expression.name === name)
