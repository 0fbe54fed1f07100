import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FormatError, fromTfjs } from '../../../src/formats/tfjs/index.js'
import { valuesIn } from '../../../src/layers/kind/layer.js'
import { type Damage, damagedJson, drawDamage, type Json } from '../../support/damaged-json.js'
import { casesOf, inProportion } from '../../support/effort.js'
import { seed } from '../../support/seed.js'
import { graphCases } from '../../support/tfjs/graph-cases.js'
import { GraphModel } from '../../support/tfjs/graph-model.js'

/* Damaged and hostile models of TensorFlow.js: each gives one clear error, or a network. */

const outcome = (json: unknown, data?: Uint8Array): string | undefined => {
  try {
    const { network, weights } = fromTfjs(json, data)
    for (const { shape, data: numbers } of weights.values()) expect(numbers.length).toBe(valuesIn(shape))
    expect(network.graph.nodes.length).toBeGreaterThan(0)
    return undefined
  } catch (error) {
    if (error instanceof FormatError) return error.message
    throw error
  }
}

/** Errors of this package's own code are no sentences about a file. */
const crash =
  /is not a function|Cannot read|is not iterable|undefined|Maximum call stack|Invalid array length|Invalid typed array|out of memory|\[object|NaN/

const files = Object.values(graphCases).map(({ shape, make }) => {
  const model = new GraphModel()
  make(model, model.input('x', shape))
  return { json: JSON.parse(JSON.stringify(model.json)) as Json, data: model.data }
})

test('damaged graph models: a sentence that says what is wrong, or a network', () => {
  const drawn = fc.sample(fc.tuple(fc.constantFrom(...files), fc.array(drawDamage, { minLength: 1, maxLength: 3 }), fc.nat(100)), {
    seed,
    numRuns: casesOf('TensorFlow.js: damaged files'),
  })
  let refused = 0
  for (const [{ json, data }, damages, cut] of drawn) {
    const damaged = damages.reduce<Json>((file: Json, damage: Damage) => damagedJson(file, damage), json)
    const sentence = outcome(damaged, cut < 80 ? data : data.subarray(0, (data.length * cut) / 100))
    if (sentence === undefined) continue
    refused += 1
    expect(sentence).toMatch(/^(tfjs|keras): .{8,}/)
    expect(sentence).not.toMatch(crash)
    expect(sentence.length).toBeLessThan(700)
  }
  expect(refused).toBeGreaterThan(inProportion('TensorFlow.js: damaged files', 5000))
})

const chain = (op: string, count: number, inputs = 1) => {
  const m = new GraphModel()
  let x = m.input('x', [4])
  for (let index = 0; index < count; index += 1)
    x = m.op(
      `n${index}`,
      op,
      Array.from({ length: inputs }, () => x),
    )
  return outcome(m.json, m.data)
}

test('long chains, sums that double, and loops', () => {
  expect(chain('Relu', 2000)).toBe(undefined)
  expect(chain('Erf', 2000)).toMatch(/^tfjs: n\d+: Erf: is no layer here/)
  // A square is a product of a value and itself.
  expect(chain('Mul', 2000, 2)).toBe(undefined)
  const m = new GraphModel()
  m.input('x', [4])
  m.op('a', 'Relu', ['b'])
  m.op('b', 'Relu', ['a'])
  m.outputs.push('b')
  expect(outcome(m.json, m.data)).toBe(
    'tfjs: b: Relu: takes itself, by way of other operators: it is a loop, which no layer here stands for.',
  )
})

test('claims of more than there is take no memory', () => {
  const claim = (shape: number[], quantization?: unknown) => {
    const m = new GraphModel()
    m.op('y', 'MatMul', [m.input('x', [3]), m.weights('w', [3, 2])])
    const weights = [{ name: 'w', shape, dtype: 'float32', ...(quantization === undefined ? {} : { quantization }) }]
    return outcome({ ...m.json, weightsManifest: [{ paths: ['a.bin'], weights }] }, m.data)
  }
  expect(claim([3, 2 ** 30])).toBe('tfjs: w: needs 12884901888 bytes from byte 0 on, and the files end before.')
  expect(claim([3, 2 ** 53])).toBe('tfjs: w: its shape must be a list of sizes, not [3,9007199254740992].')
  expect(claim([2 ** 30, 2 ** 30])).toBe('tfjs: w: it has more values than any file: 1073741824x1073741824.')
  expect(claim([3, 2], { dtype: 'int4' })).toBe(`tfjs: w: its quantization must be to 'uint8', 'uint16' or 'float16', not "int4".`)
  expect(claim([-3, 2])).toBe('tfjs: w: its shape must be a list of sizes, not [-3,2].')
})

test('lists of sizes that double, and constants of constants', () => {
  const m = new GraphModel()
  let sizes = m.op('shape', 'Shape', [m.input('x', [4])])
  for (let index = 0; index < 40; index += 1) sizes = m.op(`n${index}`, 'ConcatV2', [sizes, sizes, m.wholes(`a${index}`, 0)])
  m.op('y', 'Reshape', ['x', sizes])
  expect(outcome(m.json, m.data)).toBe('tfjs: n5: ConcatV2: makes a list of 128 sizes, and no shape has more than 64.')
  const other = new GraphModel()
  let numbers = other.weights('w', [4])
  for (let index = 0; index < 20_000; index += 1) numbers = other.op(`n${index}`, 'Neg', [numbers])
  other.op('y', 'AddV2', [other.input('x', [4]), numbers])
  expect(outcome(other.json, other.data)).toBe(undefined)
})

test('channels without number', () => {
  const m = new GraphModel()
  const x = m.input('x', [2, 1e9])
  const mean = m.op('mean', 'Mean', [x, m.wholes('a', [-1])], { keep_dims: true })
  m.op('y', 'Sub', [x, mean])
  expect(outcome(m.json, m.data)).toMatch(/^tfjs: /)
})

test('a text of empty lists', () => {
  expect(outcome(`{"modelTopology":[${'[],'.repeat(1e6)}[]]}`)).toBe('tfjs: has more lists and objects than a model of its size.')
  expect(outcome('['.repeat(200_000))).toMatch(/^tfjs: is not valid JSON: /)
})
