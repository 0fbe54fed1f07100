import { readFileSync } from 'node:fs'
import { UsageError } from '../output/exit.js'
import { type Problem, shownPath } from '../output/problem.js'
import { breakdownOf } from '../types/check-types.js'
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
  const files: AnnotatedFile[] = []
  for (const file of paths) files.push(await annotateFile(file, project ?? configFor(file)))
  return files
}

const annotateFile = async (file: string, config: string | undefined): Promise<AnnotatedFile> => {
  const text = textOf(file)
  const bare = text.startsWith(mark) ? text.slice(1) : text
  const compiler = compilerFor(file)
  try {
    return await withProject(compiler, config, [file], (temporary) =>
      withTypes(compiler, temporary, file, (typed) => {
        const problems = mistakesIn(file, bare, typed)
        if (problems.length > 0) return { file, problems }
        const result = annotated(bare, typed)
        return { file, problems, result: { ...result, text: text.slice(0, text.length - bare.length) + result.text } }
      }),
    )
  } catch (error) {
    // The compiler runs in this process, and its stack is this one's.
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
