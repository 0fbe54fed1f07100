// Generates the site's reference, docs/reference/: a page for each method of a network, from its docstring, with its options, a picture
// if it slides a window, and its messages, each with code that the site compiles. None of it is written by hand.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Application, ReflectionKind } from 'typedoc'
import { families } from './reference-families.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = `${root}docs/reference`

const application = await Application.bootstrap({
  entryPoints: [`${root}src/index.ts`, `${root}src/report/index.ts`],
  tsconfig: `${root}tsconfig.json`,
  skipErrorChecking: true,
  logLevel: 'Error',
})
const project = await application.convert()
if (!project) throw new Error('TypeDoc could not read src/')
const [core, reporting] = project.children
const named = (name) => core.children.find((child) => child.name === name)

const text = (parts) => (parts ?? []).map((part) => part.text).join('')
/** Formats text as a table cell. */
const cell = (parts) => text(parts).replaceAll('\n', ' ').replaceAll('|', '\\|')

/** The options of a method, whatever their interface. */
const optionsOf = (signature) => {
  const type = signature?.typeParameters?.find(({ name }) => name === 'Options')?.type
  const interfaceName = type?.type === 'reference' ? type.name : undefined
  return interfaceName ? (named(interfaceName)?.children ?? []).filter(({ name }) => !name.startsWith('[')) : []
}

const table = (headings, rows) =>
  rows.length === 0 ? '' : [headings, headings.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

/** The mistakes in the golden file: the line of code with the mistake, and the compiler's message. */
const mistakes = readFileSync(`${root}test/golden/messages.txt`, 'utf8')
  .split(/\n\n+/)
  .map((entry) => entry.split('\n'))
  .filter(([, marks = '']) => /^\s*~+\s*$/.test(marks))
  .map(([line, , ...says]) => ({ line, says: says.join(' ') }))

/** The mistakes of a method, one for each rule, without those that differ only in numbers or in the name of an option. */
const mistakesOf = (name) => {
  const rules = new Map()
  for (const { line, says } of mistakes) {
    const own = line.startsWith('input(') && lastCall(line) === name && /"[a-z][\w ]*: /i.test(says) && standsAlone(line)
    if (own && !rules.has(ruleOf(says))) rules.set(ruleOf(says), line)
  }
  return [...rules.values()].slice(0, 12)
}

/** Whether a line of code refers only to the package's exports and to its own parameters. */
const standsAlone = (line) => {
  const names = line.replace(/'[^']*'/g, "''").match(/(?<![.\w])[a-zA-Z]\w*(?!\w*\s*:)/g) ?? []
  const own = new Set([
    'true',
    'false',
    'undefined',
    'null',
    ...core.children.map((child) => child.name),
    ...[...line.matchAll(/(\w+)\)? =>/g)].map(([, parameter]) => parameter),
  ])
  return names.every((word) => own.has(word))
}

/** A message without its arithmetic, its numbers and the names of options. */
const ruleOf = (says) =>
  says
    .replace(/^TS\d+ .*?"(\w+: )?/, '')
    .replace(/[:,.] .*$/, '')
    .replace(/ with (dilation|stride|padding)[^:]*? (?=does|is)/, ' ')
    .replace(/\ban?\b|[^a-z ]+|\b\w*x\w*\b/g, '')
    .replace(/^\s*\w+ (?=must|takes)/, '')
    .replace(/\s+/g, ' ')

/** The last method that a chain calls, ignoring calls inside arguments. */
const lastCall = (line) => {
  let bare = line
  while (/\([^()]*\)/.test(bare)) bare = bare.replace(/\([^()]*\)/g, '')
  return bare.split('.').at(-1)
}

const example = (comment) =>
  text(comment?.getTag('@example')?.content)
    .replace(/^```ts\n/, '')
    .replace(/\n```\s*$/, '')

const windowed = (options) => options.some(({ name }) => name === 'stride')

/** The values that a line of code has to import from `stridewise`. */
const importsFor = (code) => {
  const names = core.children.filter(({ kind }) => kind === ReflectionKind.Function || kind === ReflectionKind.Variable)
  const used = names.map(({ name }) => name).filter((name) => new RegExp(`(?<![.\\w])${name}\\(`).test(code))
  return `import { ${[...new Set(['input', ...used])].sort().join(', ')} } from 'stridewise'\n`
}

const page = (method) => {
  const signature = signatureOf(method)
  const { parameters = [] } = signature ?? {}
  const comment = signature?.comment ?? method.comment
  const options = optionsOf(signature)
  const code = example(comment)
  const faults = mistakesOf(method.name)
  const parts = [
    `# ${method.name}`,
    text(comment?.summary),
    code && `\`\`\`ts\n${importsFor(code)}\n${code}\n\`\`\``,
    windowed(options) &&
      method.name.endsWith('2d') &&
      !method.name.includes('Transpose') &&
      `<SlidingWindow operation="${method.name}" ${method.name.endsWith('Pool2d') ? ':size="8" :kernel="2" ' : ''}/>`,
    parameters.length > 0 && '## Arguments',
    table(
      ['argument', 'what it is'],
      parameters.map(({ name, comment: about }) => [`\`${name}\``, cell(about?.summary)]),
    ),
    options.length > 0 && '## Options',
    table(
      ['option', 'what it is'],
      options.map(({ name, comment: about }) => [`\`${name}\``, cell(about?.summary)]),
    ),
    comment?.getTag('@throws') && `At run time it throws a \`ShapeError\` ${text(comment.getTag('@throws').content)}.`,
    faults.length > 0 && '## Errors',
    faults.length > 0 && `\`\`\`ts errors-only\n${importsFor(faults.join('\n'))}\n${faults.join('\n')}\n\`\`\``,
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

/** The signature of a method, also if it is declared as a property with a function type. */
const signatureOf = (member) => member.signatures?.[0] ?? member.type?.declaration?.signatures?.[0]

const facts = ['input', 'output', 'params', 'graph']
const methods = named('Network').children.filter(({ name }) => !facts.includes(name))
const listed = new Set(families.flatMap(({ methods: names }) => names))
const missing = methods.filter(({ name }) => !listed.has(name)).map(({ name }) => name)
if (missing.length > 0) throw new Error(`scripts/reference-families.mjs does not say where these stand: ${missing.join(', ')}`)

for (const method of methods) writeFileSync(`${folder}/${method.name}.md`, page(method))

const summaryOf = (reflection) => {
  const comment = reflection.comment ?? signatureOf(reflection)?.comment
  const [first = ''] = text(comment?.summary).split('\n\n')
  return cell([{ text: first }]).split(/(?<=\.) (?=[A-Z`])/)[0]
}
const rowsOf = (names) =>
  names.map((name) => [`[\`${name}\`](${name}.md)`, summaryOf(methods.find((method) => method.name === name) ?? { comment: undefined })])

const others = core.children.filter(
  ({ name, kind }) => kind === ReflectionKind.Function || ['block', 'repeat', 'identity', 'ShapeError'].includes(name),
)
const index = [
  '# Reference',
  'Every method of a network, out of its docstring. Each has a function of the same name that makes a layer value, except `expect`, `apply` and `outputs`.',
  ...families.flatMap(({ title, methods: names }) => [`## ${title}`, table(['method', 'what it is'], rowsOf(names))]),
  '## Functions beside the methods',
  table(
    ['name', 'what it is'],
    [...others, ...reporting.children.filter(({ kind }) => kind === ReflectionKind.Function || kind === ReflectionKind.Variable)].map(
      (reflection) => [`\`${reflection.name}\``, summaryOf(reflection)],
    ),
  ),
]
// The changelog becomes a page too. Its links are relative to the parent folder.
writeFileSync(`${root}docs/changelog.md`, readFileSync(`${root}CHANGELOG.md`, 'utf8').replaceAll('](docs/', ']('))
writeFileSync(`${folder}/index.md`, `${index.join('\n\n')}\n`)
console.log(`docs/reference: ${methods.length} methods`)
