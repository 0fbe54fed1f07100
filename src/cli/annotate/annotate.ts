import { readFileSync } from 'node:fs'
import { UsageError } from '../output/exit.js'
import { type Problem, shownPath } from '../output/problem.js'
import { compilerFor, configFor } from '../types/compiler.js'
import { withProject } from '../types/project.js'
import { withTypes } from './checker.js'
import { type Annotated, annotated } from './comments.js'
import { mistakesIn } from './mistakes.js'

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
  const annotatedFiles: AnnotatedFile[] = []
  for (const file of paths) {
    const text = textOf(file)
    const bare = text.startsWith(mark) ? text.slice(1) : text
    const compiler = compilerFor(file)
    await withProject(compiler, project ?? configFor(file), [file], (temporary) =>
      withTypes(compiler, temporary, file, (typed) => {
        const problems = mistakesIn(file, bare, typed)
        if (problems.length > 0) annotatedFiles.push({ file, problems })
        else {
          const result = annotated(bare, typed)
          annotatedFiles.push({ file, problems, result: { ...result, text: text.slice(0, text.length - bare.length) + result.text } })
        }
      }),
    )
  }
  return annotatedFiles
}

const textOf = (path: string): string => {
  const bytes = readFileSync(path)
  const text = bytes.toString('utf8')
  if (!Buffer.from(text).equals(bytes)) throw new UsageError(`${shownPath(path)} is not written in UTF-8.`)
  return text
}
