import ts from 'typescript'
import { firstSentence, shortSignature } from './short-hover.js'

/**
 * What the compiler says of the pages' TypeScript blocks: a hover for each name, the answers to `^?`, and the errors.
 *
 * Blocks that are compiled together are modules of one program. A program for each would resolve the package's types once a
 * block, which is most of the work.
 */

/** A block of a page. */
export interface LiveBlock {
  /** The code as it is shown, with its `//   ^?` lines. */
  readonly code: string
  /** What the compiler needs before it: imports, out of sight. */
  readonly hidden: string
  /** Whether each name has a hover. If not, errors are shown as the package's sentences, without the compiler's words around them. */
  readonly hovers: boolean
}

/** A place in a block, and what the compiler says there. The renderer of twoslash draws these. */
interface LiveNode {
  readonly type: 'hover' | 'query' | 'error'
  /** Index in the code, from 0. */
  readonly start: number
  readonly length: number
  readonly text: string
  readonly line: number
  readonly character: number
  readonly [more: string]: unknown
}

/** The code without its `//   ^?` lines, and what is drawn into it. */
export interface CompiledBlock {
  readonly code: string
  readonly nodes: readonly LiveNode[]
  readonly meta: { readonly extension: 'ts' }
}

/** Compiles blocks; the results are in the order of the blocks. */
export type CompileBlocks = (blocks: readonly LiveBlock[]) => CompiledBlock[]

/** The virtual folder of the code blocks. It is inside the package, so that the compiler finds its dependencies. */
const folder = new URL('live/', import.meta.url).pathname
const nameOf = (index: number): string => `${folder}block-${index}.ts`

/** A compiler for blocks that find packages at `paths`. It keeps the files that it has read. */
export const blockCompiler = (paths: Readonly<Record<string, string[]>>): CompileBlocks => {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    types: ['node'],
    strict: true,
    skipLibCheck: true,
    noErrorTruncation: true,
    paths,
  }
  let texts = new Map<string, string>()
  let version = 0
  const files = new Map<string, ts.IScriptSnapshot | undefined>()
  const onDisk = (name: string): ts.IScriptSnapshot | undefined => {
    if (!files.has(name)) {
      const text = ts.sys.readFile(name)
      files.set(name, text === undefined ? undefined : ts.ScriptSnapshot.fromString(text))
    }
    return files.get(name)
  }
  const service = ts.createLanguageService({
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getCompilationSettings: () => options,
    getScriptFileNames: () => [...texts.keys()],
    getScriptVersion: (name) => (texts.has(name) ? `${version}` : '0'),
    getScriptSnapshot: (name) => {
      const text = texts.get(name)
      return text === undefined ? onDisk(name) : ts.ScriptSnapshot.fromString(text)
    },
    fileExists: (name) => texts.has(name) || files.get(name) !== undefined || ts.sys.fileExists(name),
    readFile: (name) => texts.get(name) ?? ts.sys.readFile(name),
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
  })
  return (blocks) => {
    const shown = blocks.map(({ code }) => withoutMarkers(code))
    version += 1
    texts = new Map(blocks.map(({ hidden }, index) => [nameOf(index), `${hidden}${shown[index]?.code}`]))
    return blocks.map((block, index) => compiled(service, nameOf(index), block, shown[index] as Shown))
  }
}

interface Shown {
  readonly code: string
  /** The places that `^?` asks for. */
  readonly asked: readonly number[]
}

/** A block without the lines of carets, each of which asks for the name over it. */
const withoutMarkers = (block: string): Shown => {
  const lines: string[] = []
  const asked: number[] = []
  for (const line of block.split('\n')) {
    const marker = /^\s*\/\/\s*\^\?/.exec(line)
    if (!marker) lines.push(line)
    else asked.push(lines.slice(0, -1).reduce((sum, { length }) => sum + length + 1, 0) + line.indexOf('^'))
  }
  return { code: lines.join('\n'), asked }
}

const compiled = (service: ts.LanguageService, file: string, { hidden, hovers }: LiveBlock, { code, asked }: Shown): CompiledBlock => {
  const source = service.getProgram()?.getSourceFile(file)
  if (!source) throw new Error(`The compiler does not know ${file}.`)
  const placed = (type: LiveNode['type'], start: number, length: number, text: string, more: object): LiveNode => {
    const before = code.slice(0, start).split('\n')
    return { type, start, length, text, line: before.length - 1, character: (before.at(-1) as string).length, ...more }
  }
  const hover = (type: 'hover' | 'query', name: ts.Identifier): LiveNode[] => {
    const info = service.getQuickInfoAtPosition(file, name.getStart(source))
    if (!info?.displayParts) return []
    const documentation = firstSentence(ts.displayPartsToString(info.documentation))
    const start = name.getStart(source) - hidden.length
    const text = ts.displayPartsToString(info.displayParts)
    return [
      placed(type, start, name.text.length, type === 'hover' ? shortSignature(text, name.text) : text, {
        docs: documentation || undefined,
        target: name.text,
      }),
    ]
  }
  const names = namesIn(source).filter((name) => name.getStart(source) >= hidden.length)
  const answers = asked.map((position) => {
    const name = names.find((each) => each.getStart(source) - hidden.length <= position && position <= each.end - hidden.length)
    const [answer] = name ? hover('query', name) : []
    if (!answer) throw new Error(`There is no name over a ^? in:\n${code}`)
    return answer
  })
  const errorText = (message: string): string => (hovers ? message : sentenceIn(message))
  const errors = [...service.getSemanticDiagnostics(file), ...service.getSyntacticDiagnostics(file)]
    .filter(({ start }) => start !== undefined && start >= hidden.length)
    .map(({ start = 0, length = 0, code: number, messageText }) =>
      placed('error', start - hidden.length, length, errorText(ts.flattenDiagnosticMessageText(messageText, '\n')), {
        code: number,
        id: `err-${number}-${start}-${length}`,
        level: 'error',
      }),
    )
  const nodes = [...(hovers ? names.flatMap((name) => hover('hover', name)) : []), ...answers, ...errors]
  return { code, nodes: nodes.sort((a, b) => a.start - b.start || a.type.localeCompare(b.type)), meta: { extension: 'ts' } }
}

/** The package's own sentence in a message of the compiler, which names it as the type of the argument. */
const sentenceIn = (message: string): string => /\btype '"([\s\S]*)"'\.$/.exec(message)?.[1] ?? message

/** Every name in a file, in no order. */
const namesIn = (source: ts.SourceFile): ts.Identifier[] => {
  const names: ts.Identifier[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) names.push(node)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return names
}
