import { describe, expect, test } from 'vitest'
import { kinds } from '../../src/network/kinds.js'
import { mistakes } from '../editor/mistakes.js'
import { isLong } from '../support/effort.js'
import { checkAll, runLine } from '../support/lines.js'

/** On an input that looks like channels first, a mistake in any kind of layer says so with the same words at compile time and at run time. */

const note = / Note: shapes are channels last: input\(32, 32, 3\)\.$/

/** A network on an image with its channels first that has this shape now. */
const begin = (sizes: string): string => {
  const values = sizes.split(',').reduce((product, size) => product * Number(size), 1)
  return `input(3, 32, 32).flatten().dense(${values}).reshape(${sizes})`
}

/** The lists of mistakes, each from an image with its channels first. The types inside a branch's function know only the shape there. */
const listed = Object.values(mistakes)
  .flat()
  .flatMap((line) => {
    const [, sizes, rest] = /^input\(([\d, ]+)\)(\..*)$/.exec(line) ?? []
    return sizes && rest && !rest.includes('=>') ? [begin(sizes) + rest] : []
  })

/** Mistakes of kinds that the lists have none of, or none about a size. */
const more = [
  `${begin('10')}.adaptiveMaxPool(1)`,
  `${begin('100, 8')}.affine(3)`,
  `${begin('100, 8')}.batchNorm(3)`,
  `${begin('7, 7, 8')}.branchOut("head", dense(4))`,
  `${begin('7, 7, 8')}.subtract(conv2d(8, 1), conv2d(4, 1))`,
  `${begin('7, 7, 8')}.average(conv2d(8, 1), conv2d(4, 1))`,
  `${begin('7, 7, 8')}.maximum(conv2d(8, 1), conv2d(4, 1))`,
  `${begin('7, 7, 8')}.minimum(conv2d(8, 1), conv2d(4, 1))`,
  `${begin('49, 8')}.matmul(identity(), identity())`,
  `${begin('7, 7, 8')}.apply(repeat(2, conv2d(4, 8)))`,
  `${begin('7, 7, 8')}.chunk("a", "b", "c")`,
  `${begin('7, 7, 8')}.split([2, 4], "a", "b")`,
  `${begin('7, 7, 8')}.apply(split([2, 4], "a", "b"))`,
  `${begin('7, 7, 8')}.apply(shared("twice", conv2d(4, 8)))`,
  `${begin('10')}.dense(5, 6)`,
  `${begin('7, 7, 8')}.flatten(3)`,
  `${begin('10')}.gru(32)`,
  `${begin('100, 8')}.gru(32, 3)`,
  `${begin('7, 7, 8')}.groupNorm(2, 3)`,
  `${begin('7, 7, 8')}.instanceNorm(3)`,
  `${begin('7, 7, 8')}.layerNorm(3)`,
  `${begin('7, 7, 8')}.rmsNorm(3)`,
  `${begin('7, 7, 8')}.prelu(3)`,
  `${begin('7, 7, 8')}.normalize([1, 2], 1)`,
  `${begin('7, 7, 8')}.normalize(0, [1, 2])`,
  `${begin('7, 7, 8')}.rescale([1, 2])`,
  `${begin('7, 7, 8')}.rescale(1, [1, 2])`,
  `${begin('7, 7, 8')}.pad([1])`,
  `${begin('7, 7, 8')}.pad(9, { mode: "reflect" })`,
  `${begin('7, 7, 8')}.pad(1, 3)`,
  `${begin('7, 7, 8')}.pixelUnshuffle(2)`,
  `${begin('10')}.pixelUnshuffle(2)`,
  `${begin('7, 7, 8')}.patchMerging()`,
  `${begin('8, 8, 8')}.patchMerging(3)`,
  `${begin('7, 7, 8')}.windowAttention(3, 7)`,
  `${begin('49, 8')}.windowAttention(2, 7)`,
  `${begin('7, 7, 8')}.windowAttention(2, 7, 3)`,
  `${begin('49, 8')}.multiHeadAttention(2, 3)`,
  `${begin('49, 8')}.multiHeadAttention(2, { keyValueHeads: 3 })`,
  `${begin('49, 8')}.upsample({ size: [1, 2] })`,
  `${begin('7, 7, 8')}.depthwiseConv2d(3, 2)`,
  `${begin('7, 7, 8')}.separableConv2d(8, 3, 2)`,
  `${begin('7, 7, 8')}.convTranspose2d(8, 3, 2)`,
  `${begin('3, 7, 7, 8')}.depthwiseConv3d(9)`,
  `${begin('3, 7, 7, 8')}.maxPool3d(9)`,
  `${begin('3, 7, 7, 8')}.conv3d(4, 9)`,
  `${begin('7, 8')}.maxPool1d(9)`,
  `${begin('7, 8')}.avgPool1d(9)`,
  `${begin('7, 7, 8')}.avgPool2d(9)`,
]

/** Kinds whose methods have no sentence about a size: it would be in {@link more}. */
const without = new Set([
  // They take no arguments, or only what TypeScript's own types check, and any input.
  ...['relu', 'relu6', 'silu', 'hardSwish', 'gelu', 'mish', 'selu', 'softplus', 'elu', 'leakyRelu', 'sigmoid', 'hardSigmoid', 'tanh'],
  ...['softmax', 'logSoftmax', 'layerScale'],
  // Its only sentence about a shape is on a vector, and the note would cost each of its calls 40 instantiations: only the run time has it.
  'localResponseNorm',
  // A rate is no size.
  ...['dropout', 'stochasticDepth'],
  // They name values, or hold other layers: those have the sentence.
  ...['identity', 'block', 'branch', 'from', 'keep'],
])

/** A short run has of each kind the first lines that it can have the note in. */
const some = [...kinds.keys()].flatMap((kind) =>
  listed.filter((line) => line.includes(`.${kind}(`) && note.test(`${runLine(line)}`)).slice(0, 3),
)

const lines = [...new Set([...(isLong ? listed : some), ...more])]
const found = checkAll(lines)
const kindOf = (message: string): string | undefined => /^([a-z]\w*)(?::|, | )/i.exec(message)?.[1]

/** Lines with the note at run time that the compiler refuses with a sentence of the package, at the argument or where the method is. */
const noted = lines.flatMap((line) => {
  const error = runLine(line)
  const sentence = found.get(line)?.sentence ?? ''
  if (!(error instanceof Error && note.test(error.message))) return []
  const kind = kindOf(error.message)
  return kindOf(sentence) === kind && kind !== 'localResponseNorm' ? [{ line, kind, message: error.message }] : []
})

describe('the note behind every kind of layer', () => {
  test('many lines are compared', () => expect(noted.length).toBeGreaterThan(isLong ? 150 : 80))

  test.each(more)('is at both places: %s', (line) => {
    const { message } = runLine(line) as Error
    expect(message).toMatch(note)
    expect(found.get(line)?.sentences).toEqual([message])
  })

  test.each(noted)('is the same at compile time: $line', ({ line, message }) => {
    expect(found.get(line)?.sentence?.replaceAll('\\"', '"')).toBe(message)
  })

  test.each([...kinds.keys()].filter((kind) => !without.has(kind)))('has a line for %s', (kind) => {
    expect(lines.some((line) => line.includes(`${kind}(`) && noted.some((each) => each.line === line))).toBe(true)
  })
})
