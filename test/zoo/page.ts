import { readdirSync, readFileSync } from 'node:fs'
import { markdownTable } from 'markdown-table'
import type { AnyNetwork } from '../../src/index.js'
import { grouped } from '../../src/report/units.js'

/** docs/zoo.md: every model beside what was published of it. */

/** A model as the page shows it. */
export interface Shown {
  /** The function's name. */
  readonly name: string
  /** The call as source text. */
  readonly call: string
  readonly network: AnyNetwork
  /** Multiply-accumulates as the report counts them. */
  readonly macs: number
  readonly published: { readonly params: number; readonly macs: number | undefined }
  /** Why the MACs differ, where they do. */
  readonly reason: string | undefined
  readonly source: string
}

/** A file of the zoo: what its first comment says, and the models in it. */
interface Family {
  readonly title: string
  readonly about: string
  readonly names: readonly string[]
}

const folder = new URL('../../src/zoo/', import.meta.url)

/** The files with models; the comment under a file's imports begins with the family's name and a colon. */
const families = (): Family[] => {
  const stems = readdirSync(folder).flatMap((file) => (file.endsWith('.ts') ? [file.replace(/\.ts$/, '')] : []))
  return stems.sort().flatMap((stem) => {
    const text = readFileSync(new URL(`${stem}.ts`, folder), 'utf8')
    const names = [...text.matchAll(/^export const (\w+): /gm)].map(([, name = '']) => name)
    const comment = /^\/\*\n(?<lines>(?: \*.*\n)+?) \*\/$/m.exec(text)?.groups?.['lines'] ?? ''
    const paragraph = (comment.split(/^ \*\n/m)[0] ?? '').replace(/^ \* /gm, '').trim().replace(/\s+/g, ' ')
    const [, title = '', about = ''] = /^([^:]+): (.*)$/.exec(paragraph) ?? []
    return title === '' ? [] : [{ title, about, names }]
  })
}

const size = (shape: readonly number[]): string => shape.join('x')

const linked = (text: string): string => text.replace(/arXiv:(\d{4}\.\d{4,5})/g, '[arXiv:$1](https://arxiv.org/abs/$1)')

const difference = ({ macs, published, reason }: Shown): string => {
  if (published.macs === undefined) return '-'
  if (macs === published.macs) return 'none'
  return `${macs > published.macs ? '+' : '-'}${grouped(Math.abs(macs - published.macs))}: ${reason}`
}

const headings = ['model', 'input', 'output', 'parameters', 'published', 'MACs', 'published', 'difference', 'source']

const cells = (shown: Shown): string[] => [
  `\`${shown.call}\``,
  size(shown.network.input as readonly number[]),
  size(shown.network.output as readonly number[]),
  grouped(shown.network.params),
  grouped(shown.published.params),
  grouped(shown.macs),
  shown.published.macs === undefined ? 'not published' : grouped(shown.published.macs),
  difference(shown),
  linked(shown.source),
]

const bySize = (one: Shown, other: Shown): number =>
  ((one.network.input as readonly number[])[0] ?? 0) - ((other.network.input as readonly number[])[0] ?? 0)

/** The tables of all families, each under its name; the models in the order of their file. */
const tables = (all: readonly Shown[]): string =>
  families()
    .map(({ title, about, names }) => {
      const rows = names.flatMap((name) => all.filter((one) => one.name === name).sort(bySize)).map(cells)
      const table = markdownTable([headings, ...rows], { align: ['l', 'l', 'l', 'r', 'r', 'r', 'r', 'l', 'l'], alignDelimiters: false })
      return rows.length === 0 ? '' : `### ${title}\n\n${linked(about)}\n\n${table}\n`
    })
    .filter((text) => text !== '')
    .join('\n')

/** What is not there, under each reason once. */
const absent = (missing: Readonly<Record<string, string>>): string => {
  const reasons = [...new Set(Object.values(missing))]
  return reasons
    .map((reason) => {
      const models = Object.keys(missing).filter((model) => missing[model] === reason)
      return `- ${models.map((model) => `\`${model}\``).join(', ')}: ${reason}`
    })
    .join('\n')
}

/** The page; `keras` is its part on Keras's models. */
export const page = (all: readonly Shown[], missing: Readonly<Record<string, string>>, keras: string): string => {
  const compared = all.filter(({ published }) => published.macs !== undefined)
  const differ = compared.filter(({ macs, published }) => macs !== published.macs)
  const count = new Set(all.map(({ name }) => name)).size
  return `# The zoo

<!-- Made by test/zoo/zoo.test.ts out of src/zoo: UPDATE_GOLDEN=1 npx vitest run test/zoo -->

${count} ready architectures, each with the exact count of its parameters in its type. Importing them costs the compiler nothing; a
model costs what it is used for.

\`\`\`ts
import { resnet50, vgg16 } from 'stridewise/zoo'

resnet50() // Network<[224, 224, 3], [1000], 25557032>
resnet50({ classes: 10, input: 32 }) // Network<[32, 32, 3], [10], 23528522>
vgg16({ input: 225 })
// error TS2322: Type 'number' is not assignable to type
//   '"layer 1 of 6: layer 2 of 2: maxPool2d: a 2x2 window with stride 2 does not fit a 225x225 input:
//   (225 - 2 + 2*0)/2 + 1 = 112.5. Use input 224 or 256."'.
\`\`\`

\`classes\` says how many classes the last layer scores, \`input\` gives the height and width of an image. A size that does not
fit a layer is refused, and the message names the nearest that fit; where a network rounds in its publication, that layer says \`rounding: 'floor'\` or \`'ceil'\`, and nothing
else is rounded. Dropout and stochastic depth, which do nothing at inference, are there only where the publication gives one rate.

## Published, and counted here

Each line is a test: the parameters in the type, those at run time and the MACs of the report, against the figures that were
published. Those of torchvision are the exact counts behind its [table of models](https://docs.pytorch.org/vision/stable/models.html).
A paper rounds its totals, or gives none: there the figure was computed from the paper's table of layers, and the source says what
is printed. MACs are products in convolutions, dense layers and attention, without biases ([what the numbers count](counting.md)).

Parameters: all ${all.length} lines agree. MACs: of ${compared.length} lines with a published figure, ${compared.length - differ.length} agree${
    differ.length === 0 ? '' : `, and ${differ.length} ${differ.length === 1 ? 'differs' : 'differ'} for the reason beside them`
  }.

${tables(all)}
${keras}
## What is missing, and why

Of torchvision's models for classification, by its own names:

${absent(missing)}
`
}
