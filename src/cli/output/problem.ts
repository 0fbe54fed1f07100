import { relative } from 'node:path'
import type { FormatError } from '../../network/format-error.js'
import { named, printable } from '../../shape/printable.js'

/** Something wrong in a user's file, with its place as far as that is known. */
export interface Problem {
  /** Absolute path. */
  readonly file: string
  /** From 1. */
  readonly line?: number
  /** From 1. */
  readonly column?: number
  readonly message: string
}

/** A path as it is shown: from the working directory, where it lies in it; long names in it are cut. */
export const shownPath = (file: string): string => printedPath(relativePath(file))

/** A path as data has it: from the working directory, where it lies in it. */
export const relativePath = (file: string): string => pathFrom(process.cwd(), file)

/** A path that is given as it is to be shown. */
export const printedPath = (path: string): string => printable(path.split('/').map(named).join('/'))

/** A path from a folder, with slashes, where it lies in it; the path as it is where it does not. */
export const pathFrom = (folder: string, file: string): string => {
  const path = relative(folder, file)
  return path === '' || path.startsWith('..') ? file : path.replaceAll('\\', '/')
}

/** Where a problem is: `nets/vgg.ts:5:12`, the form that editors and terminals make links of. */
export const placeOf = ({ file, line, column }: Problem): string =>
  [shownPath(file), line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':')

/** A problem in a line: `nets/vgg.ts:5:12: conv2d: ...`. */
export const problemText = (problem: Problem): string => `${placeOf(problem)}: ${problem.message}`

/** A format's message about a network or a file, with its place, but without the name of the format. */
export const sentenceOf = ({ message, format }: FormatError): string =>
  message.startsWith(`${format}: `) ? message.slice(format.length + 2) : message
