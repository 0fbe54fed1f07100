import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { root } from '../support/compiler.js'
import type { Editor } from './editor.js'
import { agreed, expectAgreedGolden, openEverywhere } from './session.js'

/** What an editor shows for the names that stand in the comment under a line. */

const text = `import { type AnyLayer, batchNorm, block, conv2d, input, relu, repeat, residual } from 'stridewise'
import { lenet5, resnet50, vgg16 } from 'stridewise/zoo'

// A variable, and methods in mid-chain.
const network = input(32, 32, 3).conv2d(10, 5, { padding: 2 }).relu().maxPool2d(2).flatten().dense(10).softmax()
// ? network input conv2d relu maxPool2d flatten dense softmax

// Options of several kinds.
const wide = input(224, 200, 3).conv2d(64, [7, 5], { stride: 2, padding: [3, [1, 2]], rounding: 'floor', bias: false, name: 'stem' })
// ? wide conv2d

// Methods that are properties, because a message may stand in their place.
const pooled = input(7, 7, 512).globalAvgPool().dense(10)
// ? globalAvgPool dense
const tokens = input(224, 224, 3).conv2d(768, 16, { stride: 16 }).toTokens().classToken().positionEmbedding().meanTokens()
// ? toTokens classToken positionEmbedding meanTokens

// Methods that take the number of axes from their input.
const resized = input(30, 30, 8).zeroPad(1).crop([1, 2]).upsample(2).adaptiveAvgPool(7).permute(2, 0, 1).reshape(49, 8).unflatten(1, 2, 4)
// ? zeroPad crop upsample adaptiveAvgPool permute reshape unflatten

// Layers with state of other kinds.
const text = input(100).embedding(10000, 64).lstm(32).dense(2)
// ? embedding lstm
const others = input(14, 14, 16).convTranspose2d(8, 2, { stride: 2 }).depthwiseConv2d(3, { padding: 1 }).separableConv2d(16, 3).groupNorm(4)
// ? convTranspose2d depthwiseConv2d separableConv2d groupNorm

// A layer value and block values.
const layer = conv2d(96, 11, { stride: 4 })
// ? layer conv2d
const stem = block(conv2d(64, 3, { padding: 1 }), batchNorm(), relu())
// ? stem block
const basic = <Filters extends number>(filters: Filters) => residual(block(conv2d(filters, 3, { padding: 1 }), relu()))
// ? basic residual
const stage = repeat(3, basic(64))
// ? stage repeat
const applied = input(56, 56, 64).apply(stage)
// ? applied apply

// Parameters of branch callbacks, and the methods in them.
const branched = input(28, 28, 64).residual((x) => x.conv2d(64, 3, { padding: 1 }).relu())
// ? residual x conv2d relu
const joined = input(28, 28, 64).concat((x) => x.conv2d(32, 1), (y) => y.maxPool2d(3, { stride: 1, padding: 1 }))
// ? joined concat x y
const gated = input(28, 28, 64).multiply((x) => x.globalAvgPool().dense(64).sigmoid()).expect(28, 28, 64)
// ? multiply x expect
const headed = input(14, 14, 512).branchOut('aux', (x) => x.globalAvgPool().dense(10))
// ? headed branchOut x
const nested = input(28, 28, 64).residual((x) => x.concat((y) => y.conv2d(32, 1), (z) => z.conv2d(32, 1)))
// ? y

// Sizes that are not known yet.
const classifier = (size: number) => input(size, size, 3).conv2d(8, 3).globalAvgPool().dense(10)
// ? classifier input conv2d
const layers: AnyLayer[] = []
const built = input(32, 32, 3).apply(block(...layers))
// ? built apply

// The zoo.
const classes = vgg16({ classes: 10 })
// ? classes vgg16
const small = lenet5()
// ? small lenet5
const deep = resnet50()
// ? deep resnet50

// A mistake: the chain goes on, and where a method cannot be there is the sentence.
const missed = input(7, 7, 1).conv2d(8, 3, { stride: 3 }).relu()
// ? missed conv2d relu
const vector = input(10).globalAvgPool
// ? globalAvgPool
`

const editors = openEverywhere({ 'hovers.ts': text })

/** Every line, with the names to hover in it and their positions in the text. */
const lines = text.split('\n').map((line, index, all) => {
  let position = all.slice(0, index).join('\n').length + 1
  const names = /^\/\/ \? (.*)$/.exec(all[index + 1] ?? '')?.[1]?.split(' ') ?? []
  const places = names.map((name) => {
    position += text.slice(position).search(new RegExp(`\\b${name}\\b`))
    return { name, position }
  })
  return { line, places }
})

const hover = async (editor: Editor, position: number): Promise<string> => {
  const { code } = (await editor.hover('hovers.ts', position)) ?? { code: 'nothing' }
  // An import is shown with where it comes from; object types stand on lines of their own.
  return code.replace(/\nimport .*/s, '').replace(/\s+/g, ' ')
}

test('hovers', async () => {
  const found: string[] = []
  for (const { line, places } of lines) {
    if (!line.startsWith('// ?')) found.push(line)
    for (const { name, position } of places) {
      const answers = await agreed(editors, (editor) => hover(editor, position))
      found.push(answers.replace(/^/gm, `//  ${name}: `))
    }
  }
  expectAgreedGolden('hovers.txt', found.join('\n'))
})

/** The names that a user can import, the one of the example, and TypeScript's own. */
const families = readdirSync(`${root}src/layers`).map((family) => `layers/${family}/index.ts`)
const exported = ['index.ts', 'zoo/index.ts', 'zoo/resnet.ts', ...families.filter((file) => existsSync(`${root}src/${file}`))].flatMap(
  (file) => [...readFileSync(`${root}src/${file}`, 'utf8').matchAll(/^export .*$/gm)],
)
const known = new Set(['Filters', 'Function', ...exported.flatMap(([line]) => line.match(/\b[A-Z]\w+/g) ?? [])])

test('no internal names: every type in a hover can be imported', async () => {
  const leaks = new Set<string>()
  for (const editor of editors.values()) {
    for (const { position } of lines.flatMap(({ places }) => places)) {
      const code = (await hover(editor, position)).replaceAll(/"[^"]*"/g, '')
      for (const name of code.match(/\b[A-Z]\w+/g) ?? []) if (!known.has(name)) leaks.add(name)
    }
  }
  expect([...leaks]).toEqual([])
})
