import type { Token } from 'sucrase/dist/esm/parser/index.js'
import { IdentifierRole } from 'sucrase/dist/esm/parser/tokenizer/index.js'
import type TokenProcessor from 'sucrase/dist/esm/TokenProcessor.js'
import type RootTransformer from 'sucrase/dist/esm/transformers/RootTransformer.js'
import { continuing, isName, kinds, refuse } from './tokens.js'

/** Takes `export` away from declarations, and gives the module properties that read what they declare. */
export const exportsOf = (source: string, tokens: readonly Token[], processor: TokenProcessor): RootTransformer['transformers'][number] => {
  /** The names of exports, each with that of the variable. */
  const names = new Map<string, string>()
  const text = ({ start, end }: Token): string => source.slice(start, end)
  const at = (index: number): Token => tokens[index] ?? refuse()
  const add = (token: Token, as = token): void => {
    if (![token, as].every((each) => each.type === kinds.name && isName(text(each))) || names.has(text(as))) refuse()
    names.set(text(as), text(token))
  }
  /** The name of `function a` or `function* a`. */
  const addFunction = (index: number): void => add(at(at(index + 1).type === kinds.star ? index + 2 : index + 1))
  /** The names of `a: Type = 1, b = 2`. */
  const addDeclared = (first: number): void => {
    let index = first
    for (;;) {
      add(at(index))
      index += 1
      while (at(index).isType) index += 1
      if (at(index).type === kinds.eq) index = at(index).rhsEndIndex ?? refuse()
      if (at(index).type !== kinds.comma) return
      index += 1
    }
  }
  /** The names of `{ a, b as c, type D }`, and the index after it. */
  const addListed = (start: number): number => {
    let index = start
    while (at(index).type !== kinds.braceR) {
      const from = index
      while (at(index).type !== kinds.comma && at(index).type !== kinds.braceR) index += 1
      // With `type` it is two or four words.
      if (index - from === 1 || index - from === 3) add(declared(at(from)), at(index - 1))
      if (at(index).type === kinds.comma) index += 1
    }
    return at(index + 1).type === kinds.semi ? index + 2 : index + 1
  }
  /** A variable or a function of the file. What is imported may be a type. */
  const declared = (token: Token): Token => {
    const isSame = (other: Token): boolean => other.type === kinds.name && !other.isType && text(other) === text(token)
    const isDeclared = tokens.some((other) => other.identifierRole === IdentifierRole.TopLevelDeclaration && isSame(other))
    return isDeclared ? token : refuse()
  }
  return {
    process: () => {
      const index = processor.currentIndex()
      if (at(index).type !== kinds._export || at(index).isType) return false
      const next = at(index + 1)
      if (next.type === kinds._default) {
        // A function without a name would take what follows for its arguments.
        const isAsync = text(at(index + 2)) === 'async' && at(index + 3).type === kinds._function
        const start = isAsync ? index + 3 : index + 2
        if (at(start).type === kinds._function && at(start + 1).type !== kinds.name) refuse()
        return false
      }
      if (next.type === kinds.braceL) {
        const end = addListed(index + 2)
        // An export from elsewhere, or what would go on with the statement before.
        if (text(at(end)) === 'from' || continuing.has(at(end).type)) refuse()
        processor.removeInitialToken()
        while (processor.currentIndex() < end) processor.removeToken()
        return true
      }
      if ([kinds._const, kinds._let, kinds._var].includes(next.type)) addDeclared(index + 2)
      else if (next.type === kinds._function) addFunction(index + 1)
      else if (text(next) === 'async' && at(index + 2).type === kinds._function) addFunction(index + 2)
      else refuse()
      processor.removeInitialToken()
      return true
    },
    getPrefixCode: () => {
      // In the order that a module has them.
      const properties = [...names].sort().map(([name, variable]) => `["${name}"]: { enumerable: true, get: () => ${variable} }`)
      return `Object.defineProperties(exports, { __esModule: { value: true }, ${properties.join(', ')} });`
    },
    getHoistedCode: () => '',
    getSuffixCode: () => '',
  }
}
