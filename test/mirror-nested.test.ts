import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromKeras, toKeras } from '../src/formats/keras/index.js'
import { fromOnnx, toOnnx } from '../src/formats/onnx/index.js'
import { toTypeScript } from '../src/formats/typescript/index.js'
import { type AnyNetwork, networkFrom, ShapeError } from '../src/index.js'
import { report } from '../src/report/index.js'
import { reachedGraph } from '../src/weights/reached-graph.js'
import { inOrder, keptIn, networkText, withoutKept } from './support/call.js'
import { drawNested } from './support/draw-nested.js'
import { casesOf } from './support/effort.js'
import { evaluated } from './support/evaluated.js'
import { inOnnxRuntime, onnxValues, unshared } from './support/graph-runs.js'
import { expectSameNames } from './support/halves.js'
import { checkAll, runLine } from './support/lines.js'
import { graphSaid } from './support/same-graph.js'
import { distance, weightsOf } from './support/same-values.js'
import { seed } from './support/seed.js'

/**
 * Networks in networks, drawn: side by side, applied to values by their names, shared, and in branches, with several inputs and outputs. The
 * compiler says of each what the run time says, and files and sources have it as it is.
 */

const draws = casesOf('nested networks')
const lines = [...new Set(fc.sample(drawNested, { seed, numRuns: draws }))]
const perProgram = 100

const built = new Map(lines.map((line) => [line, runLine(line)]))
const networks = new Map(
  [...built].flatMap(([line, network]): [string, AnyNetwork][] => (network instanceof Error ? [] : [[line, network]])),
)

/** A type with the members of each object in the order of their names, and intersections as one object: these have no order. */
const canonical = (type: string): string => {
  const sorted = type
    .replaceAll('; }', ' }')
    .replaceAll(' } & { ', '; ')
    .replaceAll(/\{ ([^{}]*) \}/g, (_, members: string) => `\u27e8${members.split('; ').sort().join(', ')}\u27e9`)
  return sorted === type ? type : canonical(sorted)
}

const withoutNames = (sentence: string): string => sentence.replaceAll(/'[^']*'/g, "'_'")

/** Whether a network in a line gives one of its inputs as an output. */
const givesInput = (line: string): boolean =>
  [...line.matchAll(/\bparallel\(/g)].some(({ index }) => {
    const inner = runLine(expressionAt(line, index))
    return !(inner instanceof Error) && Object.values(inner.graph.outputs).some((node) => inner.graph.inputs.includes(node))
  })

/** The longest chain of calls at a place in a line. */
const expressionAt = (line: string, start: number): string => {
  let depth = 0
  for (let at = start; at < line.length; at += 1) {
    if (line[at] === '(') depth += 1
    if (line[at] === ')') depth -= 1
    if (depth < 0 || (depth === 0 && line[at] === ',')) return line.slice(start, at)
  }
  return line.slice(start)
}

test('most can be, and they have all that there is', () => {
  for (const network of built.values()) if (network instanceof Error) expect(network).toBeInstanceOf(ShapeError)
  const count = (has: (network: AnyNetwork) => boolean): number => [...networks.values()].filter(has).length
  expect(networks.size).toBeGreaterThan(lines.length * 0.8)
  const least = networks.size / 10
  expect(count(({ graph }) => graph.inputs.length > 1)).toBeGreaterThan(least)
  expect(count(({ graph }) => graph.output === undefined)).toBeGreaterThan(least)
  expect(count(({ graph }) => Object.keys(graph.kept).some((name) => name.includes('.')))).toBeGreaterThan(least)
  expect(count(({ graph }) => graph.nodes.some(({ shared }) => shared !== undefined))).toBeGreaterThan(least)
  for (const word of [
    'chunk(',
    'split(',
    'parallel({ ',
    'parallel({ a: parallel(',
    '.apply(parallel(',
    '.apply(inputs(',
    '(x) => x.apply(',
  ])
    expect(lines.filter((line) => line.includes(word)).length, word).toBeGreaterThan(0)
})

test('the compiler infers what the run time builds, and refuses what it refuses in the same words', () => {
  const wrong: string[] = []
  for (let start = 0; start < lines.length; start += perProgram) {
    for (const [line, { type, sentence, sentences }] of checkAll(lines.slice(start, start + perProgram))) {
      const network = built.get(line) as AnyNetwork | Error
      if (network instanceof Error) {
        // Of several names that are taken, each half says one. In a network inside a branch, the compiler marks the place itself, and of
        // several mistakes it says each.
        if (!sentences.some((each) => withoutNames(network.message).endsWith(withoutNames(each))))
          wrong.push(`${line}\n  ${sentences.join('\n  ')}\n  threw ${network.message}`)
        continue
      }
      // The type does not say that an output is an input as it is.
      if (/^apply: there is a value called/.test(sentence ?? '') && givesInput(line)) continue
      // An input that a tower gives as it is has its name anyway, and the text does not list it.
      const { inputs, kept } = network.graph
      const hasInputs = [...keptIn(type).keys()].some((name) => inputs.includes(name) && !Object.hasOwn(kept, name))
      const [found, known] = hasInputs
        ? [inOrder(withoutKept(type)), inOrder(networkText(network))]
        : [canonical(type), canonical(`${network}`)]
      if (sentences.length > 0 || found !== known) wrong.push(`${line}\n  ${sentences.join('\n  ')}\n  type  ${found}\n  built ${known}`)
      else expectSameNames(network, type)
    }
  }
  expect(wrong.sort((one, other) => one.length - other.length).slice(0, 5)).toEqual([])
})

test('sources, data and the report have them as they are', () => {
  for (const [line, network] of networks) {
    const source = toTypeScript(network)
    const [found, wanted] = [graphSaid(evaluated(source)), graphSaid(network)]
    // What had no name in the network may have one in the source.
    expect(found.kept, line).toMatchObject(wanted.kept)
    expect({ ...found, kept: {} }, line).toEqual({ ...wanted, kept: {} })
    expect(networkFrom(JSON.parse(JSON.stringify(network))), line).toStrictEqual(network)
    expect(report(network).totals.params, line).toBe(network.params)
  }
})

test('in ONNX Runtime they give the same numbers as with weights of their own for every layer, and files are read as they are', {
  timeout: 0,
}, async () => {
  for (const [line, network] of networks) {
    const { graph } = reachedGraph(network.graph)
    const weights = weightsOf(network)
    const bytes = toOnnx(network, { weights })
    const found = [...(await inOnnxRuntime(bytes, network)).values()]
    const apart = unshared(network, weights)
    const others = [...(await onnxValues(apart.network, apart.weights)).values()]
    expect(found.length, line).toBe(others.length)
    for (const [index, values] of found.entries()) expect(distance(values, others[index] as Float32Array), line).toBeLessThan(1e-5)
    expect(fromOnnx(bytes).network.graph, line).toEqual(graph)
    expect(fromKeras(JSON.stringify(toKeras(network))).network.graph, line).toEqual(graph)
  }
})
