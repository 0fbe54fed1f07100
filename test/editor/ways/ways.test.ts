import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../../support/compiler.js'
import { isLong } from '../../support/effort.js'
import { expectGolden, goldenText } from '../../support/golden.js'
import { marked } from '../cursors.js'
import { fileOf } from '../lines.js'
import { mistakes, preamble } from '../mistakes.js'
import { discard, type Workspace, workspaceOf } from '../workspace.js'
import { throughServer } from './lsp.js'
import { withPlugin } from './tsserver.js'
import type { Way } from './way.js'

/**
 * Hints, fixes, completions and hovers through a real tsserver with the built plugin, and through the built `stridewise lsp` in front of
 * each compiler: the same answers, in `test/golden/editor.txt`.
 */

const modules = { '5.4': 'typescript-5.4', '5.9': 'typescript-5.9', '6.0': 'typescript', '7.0': 'typescript-7.0', '7.1': 'typescript-7.1' }

/** The ways by name; a short run tries the language server on the newest compiler, and `plugin.test.ts` a little of the plugin. */
const ways: readonly (readonly [string, (workspace: Workspace) => Promise<Way>])[] = [
  ...(isLong ? (['5.4', '5.9', '6.0'] as const) : []).map(
    (version) => [`plugin in ${version}`, async (workspace: Workspace) => withPlugin(modules[version], workspace)] as const,
  ),
  ...(isLong ? (['5.4', '5.9', '6.0', '7.0', '7.1'] as const) : (['7.1'] as const)).map(
    (version) => [`lsp on ${version}`, (workspace: Workspace) => throughServer(modules[version], workspace)] as const,
  ),
]

const example = (path: string): string => readFileSync(join(root, 'examples', path), 'utf8')

/** Real files. */
const examples = Object.fromEntries(
  ['alexnet.ts', 'vgg.ts', 'sliding-window.ts', 'graphs/unet.ts', 'graphs/siamese.ts', 'graphs/two-towers.ts', 'graphs/inception.ts'].map(
    (path) => [path.replace('graphs/', ''), example(path)],
  ),
)

/** Places where something is written. */
const writing = marked(`import { block, concat, conv2d as convolution, identity, input, maxPool2d, relu, residual } from 'stridewise'
import * as sw from 'stridewise'
const four = 4
export const a1 = input(227, 227, 3).conv2d(96, 11, { stride: |> })
export const a2 = input(227, 227, 3).conv2d(96, 11, { padding: 1, stride: 3|> }).relu()
export const a3 = input(32, 32, 3).conv2d(16, |>5)
export const a4 = input(32, 32, 3).conv2d(16, 5, { padding: |> })
export const a5 = input(32, 32, 12).conv2d(16, 3, { groups: |> })
export const a6 = input(7, 7, 3).convTranspose2d(16, 3, { stride: 2, padding: 1, outputPadding: |> })
export const a7 = input(224, 224, 3).conv2d(64, 7, { stride: 2, padding: 3, rounding: |> })
export const a8 = input(9, 9, 3).maxPool2d(|>3)
export const a9 = input(9, 9, 3).maxPool2d(3, { stride: |> })
export const b1 = input(49, 768).multiHeadAttention(|>12)
export const b2 = input(9, 9, 64).groupNorm(|>8)
export const b3 = input(9, 9, 64).pixelShuffle(|>2)
export const b4 = input(9, 9, 3).apply(convolution(8, 3, { padding: |> }))
export const b5 = input(9, 9, 3).apply(block(maxPool2d(3), relu(), sw.conv2d(8, |>3)))
export const b6 = input(9, 9, 3).residual(block(relu(), convolution(3, 3, { padding: |> })))
export const b7 = input(9, 9, 3).residual((x) => x.conv2d(3, 3, { padding: |> }))
export const b8 = input(20, 20, 3).conv2d(8, four, { stride: |> })
export const b9 = input(100, 8).conv1d(16, 5, { dilation: |> })
export const c1 = input(8, 8, 3).keep('first').conv2d(3, 1).keep('second').add('|>', identity())
export const c2 = input(8, 8, 3).keep('first').conv2d(3, 1).from('|>')
export const c3 = input(8, 8).keep('tokens').dense(8).multiHeadAttention(2, { keys: '|>' })
export const c4 = a2.|>
export const c5 = input(10).|>
export const c6 = input(49, 8).relu().|>
const base = { padding: 3, rounding: 'floor' } as const
export const d1 = input(224, 224, 3).conv2d(64, 7, { ...base, stride: |> })
export const d2 = input(224, 224, 3).conv2d(64, 7, { ...{ padding: 3 }, rounding: 'floor', stride: 3|> })
export const d3 = input(9, 9, 3).conv2d(8, 3, { 'stride': |> })
export const d4 = input(9, 12, 3).conv2d(8, 3, { stride: [|>, 3], rounding: 'floor' })
export const d5 = input(9, 12, 3).conv2d(8, 3, { stride: [2, |>] , rounding: 'floor' })
export const d6 = input(9, 12, 3).conv2d(8, [|>])
export const d7 = input(9, 12, 3).conv2d(8, [3, |>5], { 'padding': [1, 2] })
export const d8 = input(8, 12, 3).maxPool2d([2, |>])
export const e1 = sw.inputs({ left: [8, 8, 3], right: [8, 8, 3] }).|>
export const e2 = sw.parallel({ left: input(8), right: input(9) }).|>
export const e3 = (a2)!.|>
export const e4 = (input(9, 9, 3)).|>
export const f1 = input(9, 9, 3).conv2d(8, 3, { stride: (|>), padding: (1) })
export const f2 = input(9, 9, 3).conv2d(8, 3, { stride: four > 3 ? |> : 1 })
export const f3 = input(9, 9, 3).conv2d(8, 3, { stride: four > 3 ? 1 : |>2, rounding: 'floor' })
export const f4 = input(9, 12, 3).conv2d(8, 3, { padding: [[|>]] })
export const f5 = input(9, 12, 3).conv2d(8, 3, { padding: [[1, |>], [0, 1]] })
export const f6 = input(9, 12, 3).conv2d(8, 3, { padding: [1, [|>, 1]] })
export const f7 = input(9, 9, 3).conv2d(8, (|>3)).conv2d(8, four > 3 ? |>5 : 3)
export const g1 = input(8, 8, 3).keep('c3').conv2d(8, 1).keep('c4').maxPool2d(2).keep('c5').from('c4').add(|>)
export const g2 = input(8, 8, 3).keep('c3').conv2d(8, 1).keep('c4').from(|>)
export const g3 = input(8, 8, 3).keep('c3').conv2d(8, 1).keep('c4').maxPool2d(2).keep('c5').concat('c4', |>)
export const g4 = input(8, 8, 3).keep('c3').conv2d(8, 1).keep('c4').outputs('c3', |>)
export const g5 = input(8, 8, 3).keep('c3').conv2d(8, 1).keep('c4').residual(relu(), |>)
export const g6 = input(8, 8).keep('tokens').dense(8).multiHeadAttention(2, { keys: |> })
export const g8 = input(8, 8, 3).keep('c3').relu().concat(identity(), 'c|>3')
export const g7 = sw.inputs({ left: [8, 8, 3], right: [8, 8, 3] }).concat(|>)
class Fields {
  readonly net = input(10)
  static #image = input(9, 9, 3)
  one() {
    return this.net.|>
  }
  two() {
    return Fields.#image.|>
  }
}
`)

/** What stands before and behind a place where brackets are open. */
const [begun, others] = [
  "import { block, conv2d, input, relu } from 'stridewise'\nconst four = 4\n",
  'export const next = input(8, 8, 3).conv2d(4, 3)\n',
]

/** Places where brackets are open, each in a file of its own: at its end, and before other statements. */
const open = [
  'export const net = input(9, 9, 3).conv2d(8, 3, { stride: |>',
  'export const net = input(9, 9, 3).conv2d(8, 3, { padding: 1, stride: |> // for now\n',
  `export const net = input(9, 9, 3).conv2d(8, 3, { stride: |>\n${others}`,
  `export const net = input(9, 9, 3)\n  .conv2d(8, 3, { stride: |>, rounding: 'floor' }\n  .relu()\n${others}`,
  `export const net = input(9, 9, 3).conv2d(8, |>\n${others}`,
  `export function build() {\n  return input(9, 9, 3).conv2d(8, 3, { stride: |>\n}\n${others}`,
  `export const net = input(9, 9, 3).apply(block(\n  conv2d(8, 3, { stride: |>\n  relu(),\n))\n${others}`,
  `export const net = input(9, 9, 3).residual((x) => x.conv2d(3, 3, { padding: |>\n${others}`,
  `export const net = input(9, 12, 3).conv2d(8, 3, { padding: [[|>\n${others}`,
  `export const net = input(9, 9, 3).conv2d(8, 3, { stride: four > 3 ? |>\n${others}`,
  `export const net = input(9, 9, 3).conv2d(8, 3, {\n  stride: |>\n  padding: 1,\n})\n${others}`,
  `export const net = input(9, 9, 3).keep('c3').relu().add('|>\n${others}`,
  `export const net = input(9, 9, 3).keep('c3').relu().add(|>\n${others}`,
  "export const net = input(9, 9, 3).keep('c3').relu().from(|>",
].map((text) => marked(begun + text))

const openName = (index: number): string => `open-${index + 1}.ts`

/** Names of every kind that hold networks. */
const named = `import { input, type Network } from 'stridewise'
const stem = input(8, 8, 3)
type Flat = Network<[8, 8, 3], [192], 0>
export const flat = (net: Flat): Flat => net.relu()
export const a = stem.residual(function (x) { return x.relu() })
export const b = stem.residual(function named(x) { const y = x.relu(); return y })
export const c = stem.residual((x): Network<[8, 8, 3], [8, 8, 3], 0> => x)
export const build = (net = stem) => net.conv2d(4, 3)
export function again(net = stem.flatten(), units: number = 3) { return net.dense(units) }
declare const maybe: Network<[8, 8, 3], [8, 8, 3], 0> | undefined
export const d = maybe?.relu()?.flatten()
export const e = maybe!.relu()
export const nets = [stem.relu(), stem.relu()]
for (const net of nets) net.flatten()
for (const [index, net] of nets.entries()) net.maxPool2d(2 + index - index)
export const all = { first: stem.relu(), list: [stem.flatten()] as const, size: 3 }
export const { first, list: [second], size } = all
nets.map((net, index) => net.flatten())
export const either = (filters: 4 | 8) => stem.conv2d(filters, 3).relu()
Object.values({ stem }).forEach(({ output, ...rest }) => {})
export class Model {
  net = stem.relu()
  #inner = stem.flatten(); static shared = stem
  typed: Network<[8, 8, 3], [8, 8, 3], 0> = stem
  constructor(private readonly before = stem, options = { size: 3 }) {}
  set(net = this.#inner) { return [net, this.before] }
}
`

/** Networks in fields and methods. */
const classes = `import { input, type Network } from 'stridewise'
abstract class Base<Size extends number> {
  abstract readonly size: Size
  readonly net = input(7, 7, 3).conv2d(8, 3)
  #own = this.net.relu()
  static shared = input(9).dense(3), other = 1
  declare typed: Network<[7], [5], 40>
  protected more = () => this.net.maxPool2d(2, { rounding: 'floor' }).flatten()
  get half() {
    return this.#own.maxPool2d(5)
  }
  build(x = this.net) {
    const first = this.more().dense(10), second = this.half.flatten()
    this.typed.dense(2)
    Base.shared.relu()
    this['net'].relu()
    return { first, second, next: x.relu() }
  }
}
class Derived extends Base<3> {
  size = 3 as const
  last = super.build().first.relu()
  again = this.build(this.net).second.dense(2)
}
export const outer = new Derived().again.relu()
export const object = { net: input(5), method() { return this.net.dense(2) } }
export const lot = object.method().relu()
`

/** Places where the mouse rests. */
const resting = marked(`import { batchNorm, block, input, relu, residual } from 'stridewise'
const filters = 64
const stride = { stride: 2, padding: 3, rounding: 'floor' } as const
export const d1 = |>input(227, 227, 3).|>conv2d(96, 11, { stride: 4 }).|>relu().|>maxPool2d(3, { stride: 2 }).|>conv2d(256, 5, { padding: 2 })
export const d2 = input(224, 200, 3).|>conv2d(filters, 7, stride).|>batchNorm().|>relu().|>globalAvgPool().|>dense(10).|>softmax()
export const d3 = input(10, 10, 3).|>conv2d(8, [3, 5], { dilation: [1, 2] }).|>flatten().|>dense(4, { bias: false })
export const d4 = input(7, 7, 3).|>convTranspose2d(8, 3, { stride: 2, padding: 1, outputPadding: 1 }).|>upsample(2)
export const d5 = input(16, 56, 56, 3).|>conv3d(8, 3, { stride: 2, rounding: 'ceil' }).|>depthwiseConv3d(3, { padding: 'same', stride: 3 })
export const d6 = input(100).|>embedding(1000, 16).|>lstm(32)
export const d7 = input(9, 9, 4).|>residual((x) => x.|>conv2d(4, 3, { padding: 1 })).|>relu()
export const d8 = input(9, 9, 4).|>apply(block(batchNorm(), relu(), residual(relu()))).|>keep('x').|>expect(9, 9, 4)
export const d9 = input(28, 28, 8).|>separableConv2d(16, 3).|>groupNorm(4).|>avgPool2d(2).|>zeroPad(1).|>crop(1)
export const wrong = input(7, 7, 3).|>conv2d(8, 3, { stride: 3 }).|>relu()
const stem = input(64, 64, 3).conv2d(8, 3, { padding: 1 })
const body = stem.|>maxPool2d(2)
  .conv2d(8, 3, { padding: 1 })
export const end = body.|>conv2d(8, 3, { padding: 1 }).|>flatten()
class Model {
  readonly net = input(7, 7, 3).|>conv2d(8, 3)
  private readonly same = this.net.|>relu()
  static whole = input(9)
  more() {
    return this.net.|>conv2d(4, 3, { padding: 1 })
  }
  get all() {
    return this.more().|>flatten().dense(10)
  }
}
export const model = new Model().all.|>relu()
`)

/** Every twelfth of the mistakes, all of which are in `test/editor/fixes`, and some in names. */
const lines = [
  ...Object.values(mistakes)
    .flat()
    .filter((_, index) => index % 12 === 0),
  "input(7, 7, 3).conv2d(8, 3, { ['stride']: 3 })",
  "input(8, 8, 3).keep('c3').relu().add('c33', identity())",
  "input(8, 8, 3).keep('c3').residual((x) => x.relu().add('c33', identity()))",
  "input(8, 8).keep('tokens').dense(8).multiHeadAttention(2, { keys: 'token' })",
  "input(8, 8, 3).keep('low').relu().keep('high').outputs('lo', 'high')",
  "input(8, 8, 3).keep('c3').expect({ c33: [8, 8, 3] })",
]

const files = {
  ...examples,
  'classes.ts': classes,
  'writing.ts': writing.text,
  'resting.ts': resting.text,
  'mistakes.ts': fileOf(preamble, lines),
  'named.ts': named,
  ...Object.fromEntries(open.map(({ text }, index) => [openName(index), text])),
}

const answersOf = async (way: Way): Promise<{ text: string; places: number }> => {
  let places = 0
  const sections: string[] = []
  for (const [name, text] of Object.entries({ ...examples, 'classes.ts': classes, 'named.ts': named })) {
    const hints = await way.hints(name)
    places += hints.length
    const shown = [...hints].reverse().reduce((so, { position, label }) => `${so.slice(0, position)}«${label}»${so.slice(position)}`, text)
    sections.push(`# hints in ${name}\n\n${shown}`)
  }
  const fixes = await way.fixes('mistakes.ts')
  const source = files['mistakes.ts']
  sections.push('# fixes\n')
  for (const { start, fixes: own } of fixes) {
    if (own.length === 0) continue
    places += own.length
    const line = source.slice(source.lastIndexOf('\n', start) + 1, source.indexOf('\n', start))
    const shown = own.map(({ title, edits }) => {
      const changes = edits.map((edit) => `${JSON.stringify(source.slice(edit.start, edit.end))} -> ${JSON.stringify(edit.text)}`)
      return `  ${title}: ${changes.join(', ')}`
    })
    sections.push(`${line}\n${shown.join('\n')}\n`)
  }
  sections.push('# completions\n')
  const written = [
    ...writing.positions.map((position) => ({ file: 'writing.ts', text: writing.text, position })),
    ...open.map(({ text, positions: [position = 0] }, index) => ({ file: openName(index), text, position })),
  ]
  for (const { file, text, position } of written) {
    const { own, last } = await way.completions(file, position)
    places += 1
    const line = text.slice(text.lastIndexOf('\n', position - 1) + 1, position)
    const offered = own.filter((each) => /: [\d?{]/.test(each)).join(', ')
    sections.push(`${line}|\n  ${offered || '-'}${last.length > 0 ? `\n  last: ${last.join(', ')}` : ''}\n`)
  }
  sections.push('# hovers\n')
  for (const position of resting.positions) {
    places += 1
    const line = resting.text.slice(resting.text.lastIndexOf('\n', position - 1) + 1)
    const shown = (await way.hover('resting.ts', position)).replaceAll('\n', '\n  ')
    const before = resting.text.slice(resting.text.lastIndexOf('\n', position - 1) + 1, position)
    sections.push(`${before}|${line.slice(before.length).split('(')[0]}\n  ${shown || '-'}\n`)
  }
  return { text: `${sections.join('\n')}`, places }
}

let workspaces: Workspace[] = []
const opened = new Map<string, Way>()

beforeAll(async () => {
  for (const [name, open] of ways) {
    const workspace = workspaceOf(files)
    workspaces = [...workspaces, workspace]
    opened.set(name, await open(workspace))
  }
})

afterAll(async () => {
  await Promise.all([...opened.values()].map((way) => way.close()))
  for (const workspace of workspaces) discard(workspace)
})

test.each(ways.map(([name]) => name))('%s', async (name) => {
  const { text, places } = await answersOf(opened.get(name) as Way)
  expect(places).toBeGreaterThanOrEqual(300)
  if (name === ways[0]?.[0]) expectGolden('editor.txt', text)
  else expect(text).toBe(goldenText('editor.txt'))
})
