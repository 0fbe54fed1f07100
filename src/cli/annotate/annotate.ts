import { readFileSync } from 'node:fs'
import { UsageError } from '../output/exit.js'
import { type Problem, shownPath } from '../output/problem.js'
import { breakdownOf } from '../types/check-types.js'
import { compilerFor, configFor } from '../types/compiler.js'
import { withProject } from '../types/project.js'
import { withTypes } from './checker.js'
import { type Annotated, annotated } from './comments.js'
import { mistakesIn } from './mistakes.js'

/** A file with its updated comments, or the problems that prevent the update. */
export interface AnnotatedFile {
  /** Absolute path. */
  readonly file: string
  readonly result?: Annotated
  /** The mistakes in it. After a mistake, the compiler's shapes are unreliable. */
  readonly problems: readonly Problem[]
}

/** The byte order mark that may start a file. It is not part of the source text. */
const byteOrderMark = '\uFEFF'

/**
 * Computes the comments of TypeScript files, without writing them.
 *
 * @param paths absolute paths
 * @throws {UsageError} when TypeScript is not installed, or a file is not UTF-8
 */
export const annotate = async (paths: readonly string[], project?: string): Promise<AnnotatedFile[]> => {
  const files: AnnotatedFile[] = []
  for (const file of paths) files.push(await annotateFile(file, project ?? configFor(file)))
  return files
}

const annotateFile = async (file: string, config: string | undefined): Promise<AnnotatedFile> => {
  const text = textOf(file)
  const withoutMark = text.startsWith(byteOrderMark) ? text.slice(1) : text
  const compiler = compilerFor(file)
  try {
    return await withProject(compiler, config, [file], (temporary) =>
      withTypes(compiler, temporary, file, (typed) => {
        const problems = mistakesIn(file, withoutMark, typed)
        if (problems.length > 0) return { file, problems }
        const result = annotated(withoutMark, typed)
        return { file, problems, result: { ...result, text: text.slice(0, text.length - withoutMark.length) + result.text } }
      }),
    )
  } catch (error) {
    // The compiler runs in this process, so it may overflow this process's stack.
    if (!(error instanceof RangeError)) throw error
    return { file, problems: [{ file, message: breakdownOf(compiler, `${error}`) }] }
  }
}

const textOf = (path: string): string => {
  const bytes = readFileSync(path)
  const text = bytes.toString('utf8')
  if (!Buffer.from(text).equals(bytes)) throw new UsageError(`${shownPath(path)} is not UTF-8 text.`)
  return text
}
