// Generates the site's reference, docs/reference/: a page for each method of a network and for each function, from its docstring, with
// formulas, a picture, options, messages and what other libraries call it. The site compiles the code in it.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Application, ReflectionKind } from 'typedoc'
import { families, functionGroups, guides } from './reference-families.mjs'
import { names } from './reference-names.mjs'
import { cell, pageWriter, signatureOf, table, text } from './reference-page.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = `${root}docs/reference`

/** The source of each entry. */
const sources = {
  stridewise: 'src/index.ts',
  'stridewise/report': 'src/report/index.ts',
  'stridewise/drawing': 'src/drawing/index.ts',
  'stridewise/safetensors': 'src/formats/safetensors/index.ts',
  'stridewise/onnx': 'src/formats/onnx/index.ts',
  'stridewise/keras': 'src/formats/keras/index.ts',
  'stridewise/tfjs': 'src/formats/tfjs/index.ts',
  'stridewise/pytorch': 'src/formats/pytorch/index.ts',
  'stridewise/typescript': 'src/formats/typescript/index.ts',
}

const application = await Application.bootstrap({
  entryPoints: Object.values(sources).map((file) => `${root}${file}`),
  tsconfig: `${root}tsconfig.json`,
  skipErrorChecking: true,
  logLevel: 'Error',
})
const project = await application.convert()
if (!project) throw new Error('TypeDoc could not read src/')

/** What each entry exports. TypeDoc names a module after its folder. */
const entries = new Map(
  Object.entries(sources).map(([entry, file], index) => [
    entry,
    (project.children.find(({ sources: [source] = [] }) => source?.fullFileName === `${root}${file}`) ?? project.children[index]).children,
  ]),
)
const everything = [...entries.values()].flat()
const isValue = ({ kind }) => [ReflectionKind.Function, ReflectionKind.Variable, ReflectionKind.Class].includes(kind)
const core = entries.get('stridewise')

const zoo = await import('../dist/zoo/index.js')

const write = pageWriter({
  zoo: Object.keys(zoo),
  core: core.filter(isValue).map(({ name }) => name),
  interfaces: new Map(everything.filter(({ kind }) => kind === ReflectionKind.Interface).map((found) => [found.name, found])),
  aliases: new Map(everything.filter(({ kind }) => kind === ReflectionKind.TypeAlias).map(({ name, type }) => [name, type])),
  exports: core.map(({ name }) => name),
})

const facts = ['input', 'output', 'params', 'graph']
// A name in brackets is a symbol, which marks this copy of the package.
const methods = core.find(({ name }) => name === 'Network').children.filter(({ name }) => !facts.includes(name) && !name.startsWith('['))

/** Stops with an error if a name is exported that the lists lack, or listed but not exported. */
const requireSame = (listed, exported, file, what) => {
  const lacking = exported.filter((name) => !listed.includes(name))
  if (lacking.length > 0) throw new Error(`${file} does not have ${what} ${lacking.join(', ')}`)
  const extra = listed.filter((name) => !exported.includes(name))
  if (extra.length > 0) throw new Error(`${file} has ${extra.join(', ')}, which the package does not export`)
}
const methodNames = methods.map(({ name }) => name)
const listed = families.flatMap(({ methods: own }) => own)
requireSame([...new Set(listed)], methodNames, 'scripts/reference-families.mjs', 'the methods')
requireSame(Object.keys(names), methodNames, 'scripts/reference-names.mjs', 'the methods')
for (const { entry, names: own } of functionGroups) {
  const exported = entries
    .get(entry)
    .filter((member) => isValue(member) && !methodNames.includes(member.name) && (member.name !== 'FormatError' || entry === 'stridewise'))
  requireSame(own, [...new Set(exported.map(({ name }) => name))], 'scripts/reference-families.mjs', `the functions of ${entry}`)
}

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

const link = (name) => `[\`${name}\`](${name}.md)`
const guideLinks = (title) => (guides[title] ?? []).map(([words, page]) => `[${words}](../${page})`)

for (const method of methods) {
  const own = families.filter(({ methods: all }) => all.includes(method.name))
  const siblings = [...new Set(own.flatMap(({ methods: all }) => all))].filter((name) => name !== method.name)
  const related = [siblings.map(link).join(', '), ...own.flatMap(({ title }) => guideLinks(title))]
  writeFileSync(`${folder}/${method.name}.md`, write(method, { related }))
}
for (const { title, entry, names: own } of functionGroups) {
  for (const name of own) {
    const member = entries.get(entry).find((found) => found.name === name)
    const siblings = own.filter((other) => other !== name).map(link)
    const related = [siblings.join(', '), ...guideLinks(title)].filter(Boolean)
    writeFileSync(`${folder}/${name}.md`, write(member, { entry, own, related }))
  }
}

const summaryOf = (member) => {
  const comment = member?.comment ?? (member && signatureOf(member))?.comment
  const [first = ''] = text(comment?.summary).split('\n\n')
  return cell(first).split(/(?<=\.) (?=[A-Z`])/)[0]
}

const index = [
  '# Reference',
  'The methods of a network, and the functions of the package. Each method has a function of the same name that returns a layer value, except `expect`, `apply` and `outputs`. [Names in PyTorch, Keras and ONNX](names.md) lists what other libraries call them.',
  ...families.flatMap(({ title, methods: own }) => [
    `## ${title}`,
    table(
      ['method', 'what it does'],
      own.map((name) => [link(name), summaryOf(methods.find((method) => method.name === name))]),
    ),
  ]),
  ...functionGroups.flatMap(({ title, entry, names: own }) => [
    `## ${title}: functions of \`${entry}\``,
    table(
      ['name', 'what it does'],
      own.map((name) => [link(name), summaryOf(entries.get(entry).find((member) => member.name === name))]),
    ),
  ]),
]
writeFileSync(`${folder}/index.md`, `${index.join('\n\n')}\n`)

const word = (name) => (name ? `\`${name}\`` : '')
const translations = [
  '# Names in PyTorch, Keras and ONNX',
  'What other libraries call each method. An empty cell means that the library has no single layer for it; the exports then write several.',
  '## Layouts',
  table(
    ['', 'stridewise', 'PyTorch', 'Keras', 'ONNX'],
    [
      ['image', '`[height, width, channels]`', '`(N, C, H, W)`', '`(N, H, W, C)`', '`[N, C, H, W]`'],
      ['sequence of a convolution', '`[length, channels]`', '`(N, C, L)`', '`(N, L, C)`', '`[N, C, L]`'],
      ['tokens', '`[tokens, features]`', '`(N, L, E)` with `batch_first`', '`(N, T, dim)`', '`[N, T, dim]`'],
      ['vector', '`[features]`', '`(N, features)`', '`(N, features)`', '`[N, features]`'],
      ['batch axis', 'not in the shape', 'first', 'first, `None`', 'first'],
      [
        'kernel of a convolution',
        '`[filters, channels / groups, height, width]`',
        'the same',
        '`(height, width, channels / groups, filters)`',
        'as PyTorch',
      ],
      [
        'kernel of a transposed convolution',
        '`[channels, filters / groups, height, width]`',
        'the same',
        '`(height, width, filters, channels)`',
        'as PyTorch',
      ],
      ['weights of a dense layer', '`[units, features]`', 'the same', '`(features, units)`', '`[units, features]` with `transB`'],
    ],
  ),
  ...families.flatMap(({ title, methods: own }) => {
    const rows = own.filter((name) => names[name].pytorch || names[name].keras || names[name].onnx)
    if (rows.length === 0) return []
    return [
      `## ${title}`,
      table(
        ['stridewise', 'PyTorch', 'Keras', 'ONNX'],
        rows.map((name) => [link(name), word(names[name].pytorch), word(names[name].keras), word(names[name].onnx)]),
      ),
    ]
  }),
]
writeFileSync(`${folder}/names.md`, `${translations.join('\n\n')}\n`)

// The changelog becomes a page too. Its links are relative to the parent folder.
writeFileSync(`${root}docs/changelog.md`, readFileSync(`${root}CHANGELOG.md`, 'utf8').replaceAll('](docs/', ']('))
console.log(`docs/reference: ${methods.length} methods, ${functionGroups.flatMap(({ names: own }) => own).length} functions`)
