import CJSImportProcessor, { type ImportInfo } from 'sucrase/dist/esm/CJSImportProcessor.js'
import { HelperManager } from 'sucrase/dist/esm/HelperManager.js'
import identifyShadowedGlobals from 'sucrase/dist/esm/identifyShadowedGlobals.js'
import NameManager from 'sucrase/dist/esm/NameManager.js'
import { parse, type Token } from 'sucrase/dist/esm/parser/index.js'
import TokenProcessor from 'sucrase/dist/esm/TokenProcessor.js'
import RootTransformer from 'sucrase/dist/esm/transformers/RootTransformer.js'
import { exportsOf } from './exports.js'
import type { Erased, Imported } from './runnable.js'
import { continuing, isName, kinds, refuse } from './tokens.js'

/*
 * TypeScript without its types, for the files that need no more than that: a network, functions and constants. It takes an eighth of the
 * time that loading Babel takes. Whatever could come out differently from Babel's code is refused, and goes through Babel: classes, enums,
 * namespaces, decorators, JSX, `import.meta`, `import()`, imports that are not at the top, imports of whole modules, exports from other
 * modules, destructured exports.
 */

const refusedKinds = new Set([kinds._class, kinds._enum, kinds.at, kinds.jsxTagStart, kinds.hash])

/** A TypeScript file without its types; undefined if Babel has to transform it, which also tells what is wrong with its syntax. */
export const erased = (source: string): Erased | undefined => {
  try {
    return erase(source)
  } catch {
    // Refused, or no TypeScript that sucrase can read.
    return undefined
  }
}

const erase = (source: string): Erased => {
  if (source.startsWith('#!') || source.startsWith('\uFEFF')) refuse()
  const { tokens, scopes } = parse(source, false, true, false)
  requireErasable(source, tokens)
  const names = new NameManager(source, tokens)
  const helpers = new HelperManager(names)
  const processor = new TokenProcessor(source, tokens, false, true, helpers)
  const options = { transforms: ['typescript', 'imports'], disableESTransforms: true, preserveDynamicImport: true }
  const imports = new CJSImportProcessor(names, processor, false, options, true, false, helpers)
  imports.preprocessTokens()
  identifyShadowedGlobals(processor, scopes, imports.getGlobalNames())
  imports.pruneTypeOnlyImports()
  const imported: Imported[] = []
  for (const [path, info] of imports.importInfoByPath) {
    // Only types are imported.
    if (imports.importsToReplace.get(path) === '') continue
    const { code, ...what } = importOf(path, info, imports, names)
    imports.importsToReplace.set(path, code)
    imported.push(what)
  }
  // Imports are constants of their own names, and exports are read when they are asked for, so nothing in between changes.
  imports.identifierReplacements.clear()
  imports.exportBindingsByLocalName.clear()
  const context = { tokenProcessor: processor, scopes, nameManager: names, importProcessor: imports, helperManager: helpers }
  const root = new RootTransformer(context, options.transforms, false, options)
  root.transformers.unshift(exportsOf(source, tokens, processor))
  const { code, mappings } = root.transform()
  return { code, imports: imported, offsetOf: offsetsIn(tokens, mappings) }
}

/** Refuses what has more to it than types. */
const requireErasable = (source: string, tokens: readonly Token[]): void => {
  const body = endOfImports(tokens)
  /** Where the last token that stays ends. */
  let end = 0
  for (const [index, token] of tokens.entries()) {
    if (refusedKinds.has(token.type)) refuse()
    if (token.type === kinds._import && index >= body && !token.isType) refuse()
    if (token.type === kinds._return && token.scopeDepth === 0) refuse()
    // A namespace with values in it looks like one of types.
    const next = tokens[index + 1]?.type as number
    const text = source.slice(token.start, token.end)
    if (/^(namespace|module|global)$/.test(text) && [kinds.name, kinds.string, kinds.braceL].includes(next)) refuse()
    if (text === 'import' && next === kinds.dot) refuse()
    if (token.isType) continue
    const isAfterType = tokens[index - 1]?.isType === true
    if (isAfterType && continuing.has(token.type) && /[\n\r\u2028\u2029]/.test(source.slice(end, token.start))) refuse()
    end = token.end
  }
}

/** The index of the first token after the imports at the top. */
const endOfImports = (tokens: readonly Token[]): number => {
  let index = 0
  for (;;) {
    const token = tokens[index] as Token
    if (token.type !== kinds._import) {
      if (!token.isType) return index
      index += 1
      continue
    }
    do {
      index += 1
      const { type } = tokens[index] as Token
      if ([kinds.parenL, kinds.dot, kinds.eq, kinds.star, kinds.eof].includes(type)) refuse()
    } while (tokens[index]?.type !== kinds.string || isRenamed(tokens, index))
    index += 1
    if (tokens[index]?.type === kinds.semi) index += 1
    // Attributes of the import.
    else if (tokens[index]?.type === kinds._with) refuse()
  }
}

/** Whether a string in an import is the name of an export. */
const isRenamed = (tokens: readonly Token[], index: number): boolean => tokens[index + 1]?.type === kinds._as

/** What is imported from a path, and the code that does it. Babel's helper for a default export is the same. */
const importOf = (
  path: string,
  info: ImportInfo,
  imports: CJSImportProcessor,
  names: NameManager,
): Imported & { readonly code: string } => {
  const { defaultNames, wildcardNames, namedImports, namedExports, exportStarNames, hasStarExport } = info
  if (/["'\\]/.test(path) || wildcardNames.length + namedExports.length + exportStarNames.length > 0 || hasStarExport) refuse()
  const isUsed = (name: string): boolean => !imports.shouldAutomaticallyElideImportedName(name)
  const named = namedImports.filter(({ localName }) => isUsed(localName))
  if (!named.every(({ importedName }) => isName(importedName))) refuse()
  const [defaultName, ...others] = defaultNames.filter(isUsed)
  if (others.length > 0) refuse()
  const what = { path, names: named.map(({ importedName }) => importedName), hasDefault: defaultName !== undefined }
  const found = `await jitiImport("${path}")`
  const members = `{ ${named.map(({ importedName, localName }) => `${importedName}: ${localName}`).join(', ')} }`
  if (defaultName === undefined) return { ...what, code: named.length === 0 ? `${found};` : `const ${members} = ${found};` }
  const module = names.claimFreeName('_module')
  const code = `const ${module} = ${found}, ${defaultName} = (${module} && ${module}.__esModule ? ${module} : { default: ${module} }).default`
  return { ...what, code: `${code}${named.length === 0 ? '' : `, ${members} = ${module}`};` }
}

/** Finds the token in which an offset of the code lies. */
const offsetsIn = (tokens: readonly Token[], mappings: readonly (number | undefined)[]) => {
  const places = mappings.flatMap((start, index) => (start === undefined ? [] : [{ start, token: tokens[index] as Token }]))
  return (offset: number): number => {
    const found = places.filter(({ start }) => start <= offset).at(-1)
    return found ? Math.min(found.token.start + offset - found.start, found.token.end) : 0
  }
}
