/*
 * The parts of sucrase that erased.ts puts together in its own way. The package has declarations only for its own `transform`.
 */

declare module 'sucrase/dist/esm/parser/tokenizer/types.js' {
  /** The kinds of tokens by name. */
  export const TokenType: Readonly<Record<string, number>>
}

declare module 'sucrase/dist/esm/parser/tokenizer/index.js' {
  export const IdentifierRole: { readonly TopLevelDeclaration: number }
}

declare module 'sucrase/dist/esm/parser/index.js' {
  export interface Token {
    readonly type: number
    readonly start: number
    readonly end: number
    /** Whether it is part of a type, which is erased. */
    readonly isType: boolean
    /** Of a name, what it is for. */
    readonly identifierRole: number | null
    /** Blocks and functions around it. */
    readonly scopeDepth: number
    /** Of `=`, the index of the token after its right side. */
    readonly rhsEndIndex: number | null
  }
  export const parse: (
    code: string,
    isJsx: boolean,
    isTypeScript: boolean,
    isFlow: boolean,
  ) => { readonly tokens: readonly Token[]; readonly scopes: unknown }
}

declare module 'sucrase/dist/esm/NameManager.js' {
  import type { Token } from 'sucrase/dist/esm/parser/index.js'
  export default class NameManager {
    constructor(code: string, tokens: readonly Token[])
    claimFreeName(name: string): string
  }
}

declare module 'sucrase/dist/esm/HelperManager.js' {
  import type NameManager from 'sucrase/dist/esm/NameManager.js'
  export class HelperManager {
    constructor(names: NameManager)
  }
}

declare module 'sucrase/dist/esm/TokenProcessor.js' {
  import type { HelperManager } from 'sucrase/dist/esm/HelperManager.js'
  import type { Token } from 'sucrase/dist/esm/parser/index.js'
  export default class TokenProcessor {
    constructor(code: string, tokens: readonly Token[], isFlow: boolean, keepsModernSyntax: boolean, helpers: HelperManager)
    currentIndex(): number
    removeInitialToken(): void
    removeToken(): void
  }
}

declare module 'sucrase/dist/esm/CJSImportProcessor.js' {
  import type { HelperManager } from 'sucrase/dist/esm/HelperManager.js'
  import type NameManager from 'sucrase/dist/esm/NameManager.js'
  import type TokenProcessor from 'sucrase/dist/esm/TokenProcessor.js'
  /** What a file imports from a path. */
  export interface ImportInfo {
    readonly defaultNames: readonly string[]
    readonly wildcardNames: readonly string[]
    readonly namedImports: readonly { readonly importedName: string; readonly localName: string }[]
    readonly namedExports: readonly unknown[]
    readonly hasBareImport: boolean
    readonly exportStarNames: readonly string[]
    readonly hasStarExport: boolean
  }
  export default class CJSImportProcessor {
    constructor(
      names: NameManager,
      tokens: TokenProcessor,
      isLegacy: boolean,
      options: object,
      isTypeScript: boolean,
      keepsUnused: boolean,
      helpers: HelperManager,
    )
    readonly importInfoByPath: ReadonlyMap<string, ImportInfo>
    /** The code for each path; empty where only types are imported. */
    readonly importsToReplace: Map<string, string>
    readonly identifierReplacements: Map<string, string>
    readonly exportBindingsByLocalName: Map<string, readonly string[]>
    preprocessTokens(): void
    getGlobalNames(): Set<string>
    pruneTypeOnlyImports(): void
    /** Whether a name that is imported is never used as a value. */
    shouldAutomaticallyElideImportedName(name: string): boolean
  }
}

declare module 'sucrase/dist/esm/identifyShadowedGlobals.js' {
  import type TokenProcessor from 'sucrase/dist/esm/TokenProcessor.js'

  const identifyShadowedGlobals: (tokens: TokenProcessor, scopes: unknown, names: Set<string>) => void
  export default identifyShadowedGlobals
}

declare module 'sucrase/dist/esm/transformers/RootTransformer.js' {
  interface Transformer {
    /** Handles the current token if it is one of its own. */
    process(): boolean
    getPrefixCode(): string
    getHoistedCode(): string
    getSuffixCode(): string
  }
  export default class RootTransformer {
    constructor(context: object, transforms: readonly string[], isLegacy: boolean, options: object)
    readonly transformers: Transformer[]
    /** The code, and where each token begins in it. */
    transform(): { readonly code: string; readonly mappings: readonly (number | undefined)[] }
  }
}
