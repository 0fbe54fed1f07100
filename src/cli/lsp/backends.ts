import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Compiler, compilerFor } from '../types/compiler.js'
import type { Backend } from './backend.js'
import { classicBackend } from './classic.js'
import { nativeBackend } from './native.js'
import type { OpenText } from './text.js'

/*
 * One process of TypeScript for each version that the open files have.
 */

/** How often a process that ends by itself is started again. */
const mostStarts = 4

/** A folder that is there, to start a process in: the nearest one around a place, which may be a file or not there yet. */
const folderFor = (place: string): string => {
  const around = dirname(place)
  return around === place || statSync(place, { throwIfNoEntry: false })?.isDirectory() ? place : folderFor(around)
}

/** What the processes need of the server. */
export interface Surroundings {
  /** The files that are open. */
  readonly open: () => Iterable<OpenText>
  /** The folder that the client has opened. */
  readonly root: () => string | undefined
  readonly askClient: (method: string, params: unknown) => void
  /** Tells the user something, in a sentence. */
  readonly tell: (sentence: string) => void
}

/** The processes. */
export class Backends {
  readonly #running = new Map<string, Backend>()
  readonly #starts = new Map<string, number>()
  readonly #surroundings: Surroundings

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
  }

  /**
   * The process for a file; undefined where it has ended too often.
   *
   * @throws {UsageError} when there is no TypeScript for the file
   */
  for(file: OpenText): Backend | undefined {
    const compiler = compilerFor(file.path)
    const running = this.#running.get(compiler.folder)
    if (running?.isAlive()) return running
    const starts = this.#starts.get(compiler.folder) ?? 0
    if (starts >= mostStarts) return undefined
    this.#starts.set(compiler.folder, starts + 1)
    const backend = this.#start(compiler, file, starts + 1 === mostStarts)
    this.#running.set(compiler.folder, backend)
    // What is open and has the same compiler is its to know, saved or not.
    for (const each of this.#surroundings.open()) if (this.#isOf(each, compiler)) backend.open(each)
    return backend
  }

  /** The process for a file that runs already; none is started. */
  running(file: OpenText): Backend | undefined {
    return [...this.#running].find(([folder, backend]) => backend.isAlive() && this.#isOf(file, { folder }))?.[1]
  }

  all(): readonly Backend[] {
    return [...this.#running.values()]
  }

  #start(compiler: Compiler, file: OpenText, isLast: boolean): Backend {
    const { root, askClient, tell } = this.#surroundings
    const folder = folderFor(root() ?? dirname(file.path))
    const ended = (why: string): void => {
      if (this.#running.get(compiler.folder) === undefined) return
      tell(
        `TypeScript ${compiler.version}: ${why}. ${isLast ? 'Restart the language server to try again.' : 'The next request starts it again.'}`,
      )
    }
    const isNative = Number(compiler.version.split('.')[0]) >= 7
    return isNative ? nativeBackend(compiler, folder, askClient, ended) : classicBackend(compiler, folder, ended)
  }

  #isOf(file: OpenText, { folder }: Pick<Compiler, 'folder'>): boolean {
    try {
      return compilerFor(file.path).folder === folder
    } catch {
      return false
    }
  }

  end(): void {
    const all = this.all()
    this.#running.clear()
    for (const backend of all) backend.end()
  }
}
