import { readFileSync } from 'node:fs'
import { signatureIn } from '../../editor/types/signature.js'
import { withTypes } from '../annotate/checker.js'
import type { SyntaxNode } from '../annotate/typed-file.js'
import { UsageError } from '../output/exit.js'
import { compilerFor, configFor } from './compiler.js'
import { withProject } from './project.js'

/* Which functions of a file return a network, as the project's compiler knows it. A function is never called to find out. */

/** A function that returns a network. */
export interface NetworkFunction {
  readonly name: string
  /** Whether it can be called without arguments. */
  readonly needsArguments: boolean
}

/**
 * The functions among the exports of a TypeScript file whose return type is a network. None if the project has no compiler that can tell.
 *
 * @param file absolute path
 * @param names the names of exported functions
 */
export const networkFunctions = async (file: string, names: readonly string[]): Promise<NetworkFunction[]> => {
  if (names.length === 0 || !/\.([mc]?ts|tsx)$/.test(file)) return []
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  const places = names.flatMap((name) => {
    const at = declaredAt(text, name)
    return at === undefined ? [] : [{ name, at }]
  })
  if (places.length === 0) return []
  try {
    const compiler = compilerFor(file)
    return await withProject(compiler, configFor(file), [file], (project) =>
      withTypes(compiler, project, file, ({ source, typesOf }) => {
        const found = places.flatMap(({ name, at }) => {
          const node = nodeAt(source, at, at + name.length)
          return node ? [{ name, node }] : []
        })
        const types = typesOf(found.map(({ node }) => node))
        return found.flatMap(({ name }, index) => {
          const signature = signatureIn(types[index] ?? '')
          return signature && /^(import\("[^"]*"\)\.)?Network</.test(signature.returns)
            ? [{ name, needsArguments: signature.needsArguments }]
            : []
        })
      }),
    )
  } catch (error) {
    // No compiler, one that is too old, or one that a type overflows: nothing is known then.
    if (error instanceof UsageError || error instanceof RangeError) return []
    throw error
  }
}

/** Where a name is declared and exported, if in a common form. */
const declaredAt = (text: string, name: string): number | undefined => {
  if (!/^[\w$]+$/.test(name)) return undefined
  const found = new RegExp(`^export (?:const|let|var|function) (?=${name.replaceAll('$', '\\$')}(?![\\w$]))`, 'm').exec(text)
  return found ? found.index + found[0].length : undefined
}

/** The innermost node from `start` to `end`. */
const nodeAt = (source: SyntaxNode, start: number, end: number): SyntaxNode | undefined => {
  let found: SyntaxNode | undefined
  const visit = (node: SyntaxNode): undefined => {
    if (node.getStart(source) > start || node.end < end) return
    if (node.getStart(source) === start && node.end === end) found = node
    node.forEachChild(visit)
  }
  visit(source)
  return found
}
