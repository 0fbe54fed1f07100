// Bundles the declarations of the core, which every entry needs, into one file: `dist/core.d.ts`. The compiler then reads one file
// instead of a hundred, and finds every method in the single interface `Network`, without a base interface per family.
//
// The bundle omits what no entry needs for its types, mostly declarations of run-time functions.
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import ts from 'typescript'

/** The folders whose declarations are bundled. */
const coreFolders = ['arithmetic', 'shape', 'layers', 'network']

/** Files that stay separate: packages add kinds of layers to the first, and the build adds the version to the second. */
const ownFiles = ['layers/kind/layer-rules.d.ts', 'network/copy.d.ts']

const inPascalCase = (name) => name.replace(/(^|-)(\w)/g, (_, __, letter) => letter.toUpperCase())

/** @param {string} dist the folder of the emitted declarations */
export const bundleDeclarations = (dist) => {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.d.ts') && !name.startsWith('stridewise'),
  )
  const program = ts.createProgram(
    files.map((name) => join(dist, name)),
    { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts'], types: [], noEmit: true },
  )
  const checker = program.getTypeChecker()
  const nameOf = (source) => relative(dist, source.fileName)
  const sources = files.map((name) => program.getSourceFile(join(dist, name)))
  const isCore = (source) => {
    const name = nameOf(source)
    return coreFolders.includes(name.split('/')[0]) && !ownFiles.includes(name)
  }

  /** The declarations of the core by symbol; several for a merged interface. */
  const statements = new Map()
  const add = (symbol, source, statement) => {
    const known = statements.get(symbol) ?? { source, parts: [] }
    known.parts.push({ source, statement })
    statements.set(symbol, known)
  }
  /** The members that the families add to the table of rules. */
  const rules = []
  for (const source of sources.filter(isCore)) {
    for (const statement of source.statements) {
      if (ts.isModuleDeclaration(statement)) {
        const isTable = statement.name.text.endsWith('/layer-rules.js')
        for (const each of statement.body.statements) {
          if (isTable) rules.push({ source, statement: each })
          else add(checker.getSymbolAtLocation(each.name), source, each)
        }
      }
      if (ts.isVariableStatement(statement))
        for (const { name } of statement.declarationList.declarations) add(checker.getSymbolAtLocation(name), source, statement)
      else if (statement.name && !ts.isModuleDeclaration(statement)) add(checker.getSymbolAtLocation(statement.name), source, statement)
    }
  }

  /** The symbol that an import refers to. */
  const behind = (symbol) => (symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol)

  // Each name occurs once. Exported names stay unchanged; other names that are taken are prefixed with that of their file, but for those
  // that users see: the type of a parameter, which says to use a block.
  const index = program.getSourceFile(join(dist, 'index.d.ts'))
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(index))
  const names = new Map()
  const taken = new Set()
  const give = (symbol, name) => {
    names.set(symbol, name)
    taken.add(name)
  }
  for (const symbol of exported) if (statements.has(behind(symbol))) give(behind(symbol), symbol.name)
  const own = new Set(
    ownFiles.flatMap((name) =>
      checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(join(dist, name)))).map((each) => each.name),
    ),
  )
  for (const [symbol, { source }] of statements) {
    if (names.has(symbol)) continue
    const capital = `${symbol.name[0].toUpperCase()}${symbol.name.slice(1)}`
    const [file, folder] = [basename(source.fileName, '.d.ts'), basename(dirname(source.fileName))].map(inPascalCase)
    const free = [symbol.name, `${file}${capital}`, `${folder}${file}${capital}`].find((name) => !taken.has(name) && !own.has(name))
    if (free !== symbol.name && symbol.name.endsWith('OrUseABlock')) {
      throw new Error(`${nameOf(source)}: ${symbol.name} is declared twice. Users see the name, so each needs one of its own.`)
    }
    if (!free) throw new Error(`${nameOf(source)}: the bundle has no free name for ${symbol.name}.`)
    give(symbol, free)
  }

  /** The text of a node with the bundle's names. `needed` collects the symbols that it refers to. */
  const textOf = (node, source, needed) => {
    const edits = []
    const replace = (from, symbol) => {
      const found = behind(symbol)
      if (!found || !names.has(found)) return false
      needed.add(found)
      if (from.getText(source) !== names.get(found)) edits.push([from.getStart(source), from.end, names.get(found)])
      return true
    }
    const walk = (each) => {
      if (
        ts.isImportTypeNode(each) &&
        each.qualifier &&
        replace(
          { getStart: () => each.getStart(source), end: each.qualifier.end, getText: () => '' },
          checker.getSymbolAtLocation(each.qualifier),
        )
      ) {
        for (const argument of each.typeArguments ?? []) walk(argument)
        return
      }
      if (ts.isQualifiedName(each) && replace(each, checker.getSymbolAtLocation(each))) return
      if (ts.isIdentifier(each)) replace(each, checker.getSymbolAtLocation(each))
      else ts.forEachChild(each, walk)
    }
    walk(node)
    let text = source.text.slice(node.pos, node.end)
    for (const [from, to, name] of edits.toSorted((one, other) => other[0] - one[0])) {
      text = text.slice(0, from - node.pos) + name + text.slice(to - node.pos)
    }
    return text
  }

  /** `Network`, including the methods of the families. */
  const withMethods = (statement, source, needed) => {
    const clause = statement.heritageClauses?.[0]
    const bases = clause?.types ?? []
    const families = bases.filter((base) => base.expression.getText(source).endsWith('Methods'))
    const kept = bases.filter((base) => !families.includes(base))
    const head = source.text.slice(statement.pos, clause.pos)
    const body = statement.members.map((member) => textOf(member, source, needed)).join('')
    const methods = families.map((base) => {
      const symbol = behind(checker.getSymbolAtLocation(base.expression))
      const [{ source: family, statement: methods }] = statements.get(symbol).parts
      return methods.members.map((member) => textOf(member, family, needed)).join('')
    })
    const extended = kept.map((base) => textOf(base, source, needed)).join(',')
    for (const parameter of statement.typeParameters) textOf(parameter, source, needed)
    return `${head} extends${extended} {${body}${methods.join('')}\n}`
  }

  const written = new Map()
  const write = (symbol) => {
    if (written.has(symbol)) return
    written.set(symbol, '')
    const needed = new Set()
    const texts = statements
      .get(symbol)
      .parts.map(({ source, statement }) =>
        symbol.name === 'Network' && ts.isInterfaceDeclaration(statement)
          ? withMethods(statement, source, needed)
          : textOf(statement, source, needed),
      )
    written.set(
      symbol,
      texts.map((text) => text.trim()),
    )
    for (const each of needed) write(each)
  }

  // The other entries now import from the bundle.
  const others = sources.filter((source) => !isCore(source) && source !== index)
  const fromCore = (source, needed) => {
    const edits = []
    for (const statement of source.statements) {
      const at = statement.moduleSpecifier ?? undefined
      const module = at && checker.getSymbolAtLocation(at)
      const target = module?.declarations?.find(ts.isSourceFile)
      if (!target || !isCore(target)) continue
      const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : statement.exportClause
      if (!bindings?.elements) throw new Error(`${nameOf(source)}: ${statement.getText(source)} is not a list of names.`)
      const list = bindings.elements.map((element) => {
        const symbol = behind(checker.getSymbolAtLocation(element.name))
        needed.add(symbol)
        const [name, local] = [names.get(symbol), element.name.text]
        return name === local ? name : `${name} as ${local}`
      })
      edits.push({ statement, list })
    }
    return edits
  }
  const corePath = (source) => {
    const path = relative(dirname(source.fileName), join(dist, 'core.js'))
    return path.startsWith('.') ? path : `./${path}`
  }
  for (const source of others) {
    const needed = new Set()
    const edits = fromCore(source, needed).map(({ statement, list }) => {
      const words = ts.isImportDeclaration(statement) ? 'import' : 'export'
      const type = (ts.isImportDeclaration(statement) ? statement.importClause.isTypeOnly : statement.isTypeOnly) ? ' type' : ''
      return [statement.getStart(source), statement.end, `${words}${type} { ${list.join(', ')} } from '${corePath(source)}';`]
    })
    const imports = (node) => {
      if (ts.isImportTypeNode(node) && node.qualifier) {
        const symbol = behind(checker.getSymbolAtLocation(node.qualifier))
        if (names.has(symbol)) {
          needed.add(symbol)
          edits.push([node.getStart(source), node.qualifier.end, `import("${corePath(source)}").${names.get(symbol)}`])
        }
      }
      ts.forEachChild(node, imports)
    }
    imports(source)
    let text = source.text
    for (const [from, to, replacement] of edits.toSorted((one, other) => other[0] - one[0]))
      text = text.slice(0, from) + replacement + text.slice(to)
    writeFileSync(source.fileName, text)
    for (const each of needed) write(each)
  }
  for (const symbol of exported) if (statements.has(behind(symbol))) write(behind(symbol))
  const added = rules.map(({ source, statement }) => {
    const needed = new Set()
    const members = statement.members.map((member) => textOf(member, source, needed))
    for (const each of needed) write(each)
    return members.join('')
  })

  const isExport = /^((?:\/\*\*[\s\S]*?\*\/\s*)*)(?:export )?(?:declare )?/
  const texts = [...written].flatMap(([symbol, parts]) => {
    const isType = statements
      .get(symbol)
      .parts.every(({ statement }) => ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
    return parts.map((text) => text.replace(isExport, `$1export ${isType ? '' : 'declare '}`))
  })
  const table = program.getSourceFile(join(dist, ownFiles[0])).statements.find((each) => each.name?.text === 'LayerRules')
  const parameters = table.typeParameters.map((each) => each.getText()).join(', ')
  writeFileSync(
    join(dist, 'core.d.ts'),
    [
      "import type { Arguments, LayerRules } from './layers/kind/layer-rules.js';",
      "import type { OneCopy } from './network/copy.js';",
      ...texts,
      `declare module './layers/kind/layer-rules.js' {\n  interface LayerRules<${parameters}> {${added.join('')}\n  }\n}`,
      '',
    ].join('\n'),
  )
  const publicNames = exported
    .filter((symbol) => statements.has(behind(symbol)))
    .map((symbol) => symbol.name)
    .toSorted()
  writeFileSync(index.fileName, `export { ${publicNames.join(', ')} } from './core.js';\nexport * from './layers/kind/layer-rules.js';\n`)
  for (const source of sources.filter(isCore)) rmSync(source.fileName)
}
