// A page of the reference: what a method or a function does, its formulas, picture, arguments, options, errors and names elsewhere.
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

/** The signature of a method or a function, also if it is declared as a property or a constant with a function type. */
export const signatureOf = (member) => member.signatures?.[0] ?? member.type?.declaration?.signatures?.[0]

/** The number of spatial axes of a method, by its name. */
const rankOf = (name) => Number(/([123])d$/.exec(name)?.[1] ?? 2)

/** The interface that describes the options of a signature. */
const optionsName = (signature) => {
  const generic = signature?.typeParameters?.find(({ name }) => name === 'Options')?.type
  const plain = signature?.parameters?.find(({ name }) => name === 'options')?.type
  const found = [generic, plain].flatMap((type) => (type?.type === 'union' || type?.type === 'intersection' ? type.types : [type]))
  return found.find((type) => type?.type === 'reference' && /Options$|Budget$/.test(type.name))?.name
}

/** The defaults that a docstring states: `stride` (default 1), `padding` (0). */
const defaultsIn = (words) =>
  new Map([...words.matchAll(/`(\w+)` \((?:default:? |by default )?([^()]*)\)/g)].map(([, name, value]) => [name, value.replaceAll('`', '').trim()]))

const example = (comment) =>
  text(comment?.getTag('@example')?.content)
    .replace(/^```ts\n/, '')
    .replace(/\n```\s*$/, '')

/** Writes pages. `reflections` are what TypeDoc read, by name, and `aliases` the type aliases. */
export const pageWriter = ({ core, interfaces, aliases, exports }) => {
  /** The values that code has to import from an entry, and from the core. */
  const importsFor = (source, entry, own) => {
    const used = (candidates) => candidates.filter((name) => new RegExp(`(?<![.\\w'])${name}\\b(?!')(?!:)`).test(source))
    const fromCore = [...new Set(['input', ...used(core)])].filter((name) => name !== 'input' || /(?<![.\w])input\(/.test(source))
    const fromEntry = entry === 'stridewise' ? [] : used(own)
    return [
      fromCore.length > 0 && `import { ${fromCore.sort().join(', ')} } from 'stridewise'`,
      fromEntry.length > 0 && `import { ${fromEntry.sort().join(', ')} } from '${entry}'`,
    ]
      .filter(Boolean)
      .join('\n')
  }

  const formulaTable = (name) => {
    const entry = formulas[name]
    if (!entry) return []
    const rows = entry.formulas.map(([label, formula]) => `<tr><th scope="row">${label}</th><td>${mathOf(formula)}</td></tr>`)
    return ['## Formulas', `<table class="formulas"><tbody>${rows.join('')}</tbody></table>`, entry.letters]
  }

  const optionTable = (signature, words, rank) => {
    const options = (interfaces.get(optionsName(signature))?.children ?? []).filter(({ name }) => !name.startsWith('['))
    if (options.length === 0) return []
    const defaults = defaultsIn(words)
    const rows = options.map(({ name, type, comment }) => {
      const about = text(comment?.summary)
      const stated = /[Dd]efault (`[^`]+`|[\d.e-]+)/.exec(about)?.[1]?.replaceAll('`', '')
      return [code(name), code(typeText(type, rank, aliases)), code(defaults.get(name) ?? stated), cell(about)]
    })
    return ['## Options', table(['option', 'type', 'default', 'what it does'], rows)]
  }

  const argumentTable = (signature, rank) => {
    const rows = (signature?.parameters ?? []).map(({ name, type, comment, flags }) => {
      const own = signature.typeParameters?.find(({ name: parameter }) => parameter.toLowerCase() === name.toLowerCase())?.type
      const words = name === 'options' ? 'object' : typeText(own ?? type, rank, aliases)
      return [`${code(name)}${flags?.isOptional || name === 'options' ? ' (optional)' : ''}`, code(words), cell(text(comment?.summary))]
    })
    return rows.length === 0 ? [] : ['## Arguments', table(['argument', 'type', 'what it is'], rows)]
  }

  const errors = (name, comment) => {
    const thrown = comment?.getTag('@throws')
    const faults = mistakesOf(name, exports)
    if (!thrown && faults.length === 0) return []
    return [
      '## Errors',
      thrown && `At run time it throws ${text(thrown.content).replace(/^/, /^(a|an) /.test(text(thrown.content)) ? '' : 'a `ShapeError` ')}.`,
      faults.length > 0 && `\`\`\`ts errors-only\n${importsFor(faults.join('\n'), 'stridewise', [])}\n\n${faults.join('\n')}\n\`\`\``,
    ]
  }

  const elsewhere = (name) => {
    const { pytorch, keras, onnx } = names[name] ?? {}
    if (!pytorch && !keras && !onnx) return []
    const row = [['PyTorch', pytorch], ['Keras', keras], ['ONNX', onnx]].map(([library, word]) => [library, word ? code(word) : 'none'])
    return ['## Names in other libraries', table(['library', 'name'], row)]
  }

  /** The window that a reader can move, for the methods that have one. */
  const movingWindow = (name) =>
    /^(conv2d|depthwiseConv2d|separableConv2d|maxPool2d|avgPool2d)$/.test(name) &&
    `<SlidingWindow operation="${name}" ${name.endsWith('Pool2d') ? ':size="8" :kernel="2" ' : ''}/>`

  /** The page of a method or a function; `related` are links in Markdown. */
  return (member, { entry = 'stridewise', own = [], related }) => {
    const signature = signatureOf(member)
    const comment = signature?.comment ?? member.comment
    const source = example(comment)
    const rank = rankOf(member.name)
    const optionWords = text(signature?.parameters?.find(({ name }) => name === 'options')?.comment?.summary)
    const isMethod = entry === 'stridewise' && own.length === 0
    const parts = [
      `# ${member.name}`,
      text(comment?.summary),
      source && `\`\`\`ts\n${importsFor(source, entry, own)}\n\n${source}\n\`\`\``,
      isMethod && movingWindow(member.name),
      isMethod && pictureOf(member.name),
      ...(isMethod ? formulaTable(member.name) : []),
      ...argumentTable(signature, rank),
      ...optionTable(signature, optionWords, rank),
      ...errors(member.name, comment),
      ...(isMethod ? elsewhere(member.name) : []),
      '## See also',
      related.map((link) => `- ${link}`).join('\n'),
    ]
    return `${parts.filter(Boolean).join('\n\n')}\n`
  }
}
