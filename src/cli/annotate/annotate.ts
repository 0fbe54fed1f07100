import { readFileSync } from 'node:fs'
import { UsageError } from '../output/exit.js'
import { type Problem, shownPath } from '../output/problem.js'
import { checkTypes, isAboutShapes, isAboutSyntax } from '../types/check-types.js'
import { compilerFor, configFor } from '../types/compiler.js'
import { withProject } from '../types/project.js'
import { withTypes } from './checker.js'
import { type Annotated, annotated } from './comments.js'

/** A file with its comments made true, or what is in the way of that. */
export interface AnnotatedFile {
  /** Absolute path. */
  readonly file: string
  readonly result?: Annotated
  /** Mistakes in it; after one, shapes are no longer what they say. */
  readonly problems: readonly Problem[]
}

/** What a file may begin with to say that it is Unicode. It belongs to the file, not to its text. */
const mark = '\uFEFF'

/**
 * Works out the comments of TypeScript files. Nothing is written.
 *
 * @param paths absolute paths
 * @throws {UsageError} when there is no TypeScript, or a file is no UTF-8
 */
export const annotate = async (paths: readonly string[], project?: string): Promise<AnnotatedFile[]> => {
  const texts = new Map(paths.map((path) => [path, textOf(path)]))
  const { problems } = await checkTypes(paths, project)
  const found = new Map<string, AnnotatedFile>()
  for (const file of paths) {
    const own = problems.filter((problem) => problem.file === file && (isAboutShapes(problem) || isAboutSyntax(problem)))
    if (own.length > 0) {
      found.set(file, { file, problems: own })
      continue
    }
    const compiler = compilerFor(file)
    await withProject(compiler, project ?? configFor(file), [file], (temporary) =>
      withTypes(compiler, temporary, [file], (_, typed) => {
        const text = texts.get(file) as string
        const bare = text.startsWith(mark) ? text.slice(1) : text
        const result = annotated(bare, typed)
        found.set(file, { file, problems: [], result: { ...result, text: text.slice(0, text.length - bare.length) + result.text } })
      }),
    )
  }
  return paths.map((path) => found.get(path) as AnnotatedFile)
}

const textOf = (path: string): string => {
  const bytes = readFileSync(path)
  const text = bytes.toString('utf8')
  if (!Buffer.from(text).equals(bytes)) throw new UsageError(`${shownPath(path)} is not written in UTF-8.`)
  return text
}
