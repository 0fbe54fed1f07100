// A page of the reference: what a method or a function does, its formulas, picture, arguments, options, errors and names elsewhere.
import { readFileSync } from 'node:fs'
import { mathOf } from './formula.mjs'
import { formulas } from './reference-formulas.mjs'
import { mistakesOf } from './reference-mistakes.mjs'
import { names } from './reference-names.mjs'
import { pictureOf } from './reference-pictures/index.mjs'
import { typeText } from './reference-types.mjs'

export const text = (parts) => (parts ?? []).map((part) => part.text).join('')

/** Text as the cell of a table. */
export const cell = (words) => words.replaceAll('\n', ' ').replaceAll('|', '\\|')

export const table = (headings, rows) =>
  rows.length === 0 ? '' : [headings, headings.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

const code = (words) => (words ? `\`${cell(words)}\`` : '')

/** The signatures in a type: its own, or those of the branch of a condition that can be called. */
const signaturesIn = (type) => {
  if (type?.type !== 'conditional') return type?.declaration?.signatures ?? []
  const found = signaturesIn(type.trueType)
  return found.length > 0 ? found : signaturesIn(type.falseType)
}

/** The signatures of a method or a function, also if it is declared as a property or a constant with a function type. */
const signaturesOf = (member) => member.signatures ?? signaturesIn(member.type)

/** The first of {@link signaturesOf}. */
export const signatureOf = (member) => signaturesOf(member)[0]

/** The number of spatial axes of a method, by its name. */
const rankOf = (name) => Number(/([123])d$/.exec(name)?.[1] ?? 2)

/** The interface that describes the options of a signature. */
const optionsName = (signature) => {
  const generic = signature?.typeParameters?.find(({ name }) => name === 'Options')?.type
  const plain = signature?.parameters?.find(({ name }) => name === 'options')?.type
  const found = [generic, plain].flatMap((type) => (type?.type === 'union' || type?.type === 'intersection' ? type.types : [type]))
  return found.find((type) => type?.type === 'reference' && type.name !== 'NoOptions' && /Options$|Budget$/.test(type.name))?.name
}

/** The defaults that a docstring states: `stride` (default 1), `padding` (0). */
const defaultsIn = (words) =>
  new Map(
    [...words.matchAll(/`(\w+)` \((?:default:? |by default )?([^()]*)\)/g)].map(([, name, value]) => [
      name,
      value.replaceAll('`', '').trim(),
    ]),
  )

const example = (comment) =>
  text(comment?.getTag('@example')?.content)
    .replace(/^```ts\n/, '')
    .replace(/\n```\s*$/, '')

/** What code takes from Node, and names that stand for something of the reader's own, which no compiler knows. */
const fromNode = ['openSync', 'readFileSync', 'writeFileSync', 'writeSync']
const readersOwn = /(?<![.\w'])(network|bytes|tf)\b(?!['\w:])/

/** What a docstring says of an option without its default, which has a column of its own. */
const withoutDefault = (about) => about.replace(/, (by )?default (`[^`]+`|[\d.e-]*\d)(?=[.,;:]|$)/, '')

/** The type in a `@throws`, which TypeDoc leaves out: it is read from the source. */
const thrownType = ({ sources = [] }, words) => {
  const [file] = sources.map(({ fullFileName }) => fullFileName)
  const tags = file ? [...readFileSync(file, 'utf8').matchAll(/@throws \{(\w+)\} (.+)/g)] : []
  const [, type] = tags.find(([, , start]) => words.startsWith(start.trim().replace(/\.$/, ''))) ?? []
  return type ? `\`${type}\`` : 'an error'
}

/** Writes pages. `reflections` are what TypeDoc read, by name, and `aliases` the type aliases. */
export const pageWriter = ({ core, zoo, interfaces, aliases, exports }) => {
  /** The values that code has to import from an entry, and from the core. */
  const importsFor = (source, entry, own) => {
    const used = (candidates) => candidates.filter((name) => new RegExp(`(?<![.\\w'])${name}\\b(?!')(?!:)`).test(source))
    const fromCore = [...new Set(['input', ...used(core)])].filter((name) => name !== 'input' || /(?<![.\w])input\(/.test(source))
    const fromEntry = entry === 'stridewise' ? [] : used(own)
    const fromZoo = used(zoo)
    const node = used(fromNode)
    return [
      node.length > 0 && `import { ${node.join(', ')} } from 'node:fs'`,
      fromCore.length > 0 && `import { ${fromCore.sort().join(', ')} } from 'stridewise'`,
      fromEntry.length > 0 && `import { ${fromEntry.sort().join(', ')} } from '${entry}'`,
      fromZoo.length > 0 && `import { ${fromZoo.join(', ')} } from 'stridewise/zoo'`,
    ]
      .filter(Boolean)
      .join('\n')
  }

  const formulaTable = (name) => {
    // Not by index alone: every object has a toString.
    const entry = Object.hasOwn(formulas, name) ? formulas[name] : undefined
    if (!entry) return []
    const rows = entry.formulas.map(([label, formula]) => `<tr><th scope="row">${label}</th><td>${mathOf(formula)}</td></tr>`)
    return [`<table class="formulas"><tbody>${rows.join('')}</tbody></table>`, entry.letters]
  }

  const optionTable = (signature, words, rank) => {
    const options = (interfaces.get(optionsName(signature))?.children ?? []).filter(({ name }) => !name.startsWith('['))
    if (options.length === 0) return []
    const defaults = defaultsIn(words)
    const rows = options.map(({ name, type, comment }) => {
      const about = text(comment?.summary)
      const stated = /[Dd]efault (`[^`]+`|[\d.e-]*\d)/.exec(about)?.[1]?.replaceAll('`', '')
      return [code(name), code(typeText(type, rank, aliases)), code(defaults.get(name) ?? stated), cell(withoutDefault(about))]
    })
    return ['## Options', table(['option', 'type', 'default', 'what it does'], rows)]
  }

  const argumentRows = (signature, rank) =>
    (signature?.parameters ?? []).map(({ name, type, comment, flags }) => {
      const own = signature.typeParameters?.find(({ name: parameter }) => parameter.toLowerCase() === name.toLowerCase())?.type
      const words = name === 'options' ? 'object' : typeText(own ?? type, rank, aliases)
      return [`${code(name)}${flags?.isOptional || name === 'options' ? ' (optional)' : ''}`, code(words), cell(text(comment?.summary))]
    })

  /** The arguments of each signature; where there are several, under the call that they belong to. */
  const argumentTables = (name, signatures, rank) => {
    const tables = signatures.map((signature) => {
      const rows = argumentRows(signature, rank)
      const hasWords = rows.some(([, , about]) => about !== '')
      const headings = ['argument', 'type', ...(hasWords ? ['what it is'] : [])]
      return { signature, rows: rows.map((row) => row.slice(0, headings.length)), headings }
    })
    const filled = tables.filter(({ rows }) => rows.length > 0)
    if (filled.length === 0) return []
    const titled = ({ signature, headings, rows }) => [
      filled.length > 1 && `**\`${name}(${signature.parameters.map(({ name: parameter }) => parameter).join(', ')})\`**`,
      table(headings, rows),
    ]
    return ['## Arguments', ...filled.flatMap(titled)]
  }

  const errors = (name, signature, comment) => {
    const thrown = (comment?.getTags('@throws') ?? []).map(({ content }) => {
      const words = text(content).trim().replace(/\.$/, '')
      return `- ${thrownType(signature, words)} ${words}`
    })
    const faults = mistakesOf(name, exports)
    if (thrown.length + faults.length === 0) return []
    return [
      '## Errors',
      thrown.length > 0 && `It throws:\n\n${thrown.join('\n')}`,
      faults.length > 0 && 'The compiler shows these messages where the argument is:',
      faults.length > 0 && `\`\`\`ts errors-only\n${importsFor(faults.join('\n'), 'stridewise', [])}\n\n${faults.join('\n')}\n\`\`\``,
    ]
  }

  const elsewhere = (name) => {
    const { pytorch, keras, onnx } = names[name] ?? {}
    if (!pytorch && !keras && !onnx) return []
    const row = [
      ['PyTorch', pytorch],
      ['Keras', keras],
      ['ONNX', onnx],
    ].map(([library, word]) => [library, word ? code(word) : 'none'])
    return ['## Names in other libraries', table(['library', 'name'], row)]
  }

  /** The window that a reader can move, for the methods that have one. */
  const movingWindow = (name) =>
    /^(conv2d|depthwiseConv2d|separableConv2d|maxPool2d|avgPool2d)$/.test(name) &&
    `<SlidingWindow operation="${name}" ${name.endsWith('Pool2d') ? ':size="8" :kernel="2" ' : ''}/>`

  /** The page of a method or a function; `related` are links in Markdown. */
  return (member, { entry = 'stridewise', own = [], related }) => {
    const signatures = signaturesOf(member)
    const signature = signatures.at(-1)
    const comment = signature?.comment ?? member.comment
    const source = [...new Set(signatures.map((each) => example(each.comment ?? member.comment)))].filter(Boolean).join('\n')
    const rank = rankOf(member.name)
    const optionWords = text(signature?.parameters?.find(({ name }) => name === 'options')?.comment?.summary)
    const isMethod = entry === 'stridewise' && own.length === 0
    const [first, ...details] = text(comment?.summary).split('\n\n')
    const language = readersOwn.test(source) && !/const \{ network/.test(source) ? 'typescript' : 'ts'
    const formulas = isMethod ? formulaTable(member.name) : []
    const parts = [
      `# ${member.name}`,
      first,
      source && `\`\`\`${language}\n${importsFor(source, entry, own)}\n\n${source}\n\`\`\``,
      isMethod && movingWindow(member.name),
      isMethod && pictureOf(member.name),
      ...(isMethod && (details.length > 0 || formulas.length > 0) ? ['## Shape and cost', ...details, ...formulas] : details),
      ...argumentTables(member.name, signatures, rank),
      ...optionTable(signature, optionWords, rank),
      ...errors(member.name, signature?.sources ? signature : member, comment),
      ...(isMethod ? elsewhere(member.name) : []),
      '## See also',
      related.map((link) => `- ${link}`).join('\n'),
    ]
    return `${parts.filter(Boolean).join('\n\n')}\n`
  }
}
