import { isDeepStrictEqual } from 'node:util'
import { fromKeras, toKeras } from '../../src/formats/keras/index.js'
import { fromOnnx, toOnnx } from '../../src/formats/onnx/index.js'
import { toTypeScript } from '../../src/formats/typescript/index.js'
import { type AnyNetwork, networkFrom } from '../../src/index.js'
import { report } from '../../src/report/index.js'
import { reachedGraph } from '../../src/weights/reached-graph.js'
import { inOrder, networkText, withoutKept } from '../support/call.js'
import type { CheckedLine } from '../support/check.js'
import { evaluated } from '../support/evaluated.js'
import { formulasOf } from '../support/formulas.js'
import { countsOf } from '../support/graph-cases.js'
import { inOnnxRuntime, tfjsValues } from '../support/graph-runs.js'
import { checkAll, importAll, namesOf, runLine } from '../support/lines.js'
import { graphSaid } from '../support/same-graph.js'
import { distance, weightsOf } from '../support/same-values.js'
import { askTorch, canRunTorch, type TorchAnswer } from '../support/torch.js'
import { graphAnswers, graphCase } from '../support/torch-graphs.js'
import { checkNative, type NativeVerdict, nativeCompiler } from './native.js'
import { roundingByOutput } from './rounding.js'
import type { Finding } from './tally.js'

/** Graphs with several inputs and outputs, kept values and shared layers: in types, run time, report, source, and three frameworks. */

/** How far values may be apart, beside the largest of an output. */
const tolerance = 1e-4

/** What is wrong, by the row of the table; nothing where all agree. */
type Answers = ReadonlyMap<string, string | undefined>

const differing = (found: unknown, wanted: unknown, what: string): string | undefined =>
  isDeepStrictEqual(found, wanted)
    ? undefined
    : `${what}: ${JSON.stringify(found)?.slice(0, 400)}, and not ${JSON.stringify(wanted)?.slice(0, 400)}`

/** What is wrong, or what was thrown. */
const asked = async (judge: () => Promise<string | undefined> | string | undefined): Promise<string | undefined> => {
  try {
    return await judge()
  } catch (error) {
    return `throws ${String(error).slice(0, 500)}`
  }
}

const typesDiffer = (network: AnyNetwork, { type, sentences }: CheckedLine): string | undefined => {
  if (sentences.length > 0) return `refused: ${sentences.join(' | ')}`
  const { found, wanted } = namesOf(network, type)
  return differing(inOrder(networkText(network)), inOrder(withoutKept(type)), 'types') ?? differing(found, wanted, 'kept values')
}

const nativeDiffers = ({ refusals, same }: NativeVerdict, type: string): string | undefined =>
  refusals.length > 0 ? `refused: ${refusals.map(({ sentence }) => sentence).join(' | ')}` : same ? undefined : `another type than ${type}`

const reportDiffers = (network: AnyNetwork): string | undefined => {
  const again = networkFrom(JSON.parse(JSON.stringify(network)))
  const { params, macs } = report(network).totals
  return (
    differing(again.graph, network.graph, 'data') ??
    differing(formulasOf(again.graph), formulasOf(network.graph), 'formulas') ??
    differing([params, macs], [network.params, network.graph.nodes.reduce((sum, node) => sum + node.macs, 0)], 'totals')
  )
}

const sourceDiffers = (network: AnyNetwork): string | undefined => {
  const [found, wanted] = [graphSaid(evaluated(toTypeScript(network))), graphSaid(network)]
  // What had no name in the network may have one in the source.
  const names = Object.keys(wanted.kept)
  const kept = Object.fromEntries(names.map((name) => [name, found.kept[name]]))
  return differing({ ...found, kept }, wanted, 'source')
}

const readAgainDiffers = (network: AnyNetwork, again: AnyNetwork): string | undefined =>
  differing(again.graph, reachedGraph(network.graph).graph, 'graph')

/** Values of outputs, by their names. */
type Values = ReadonlyMap<string, Float32Array>

/** How far the values of outputs may be apart, where a network magnifies rounding. */
type Rounding = ReadonlyMap<string, number>

/** How far a framework's values are from those of ONNX Runtime. */
const farFrom = (values: Values, found: Values, rounding: Rounding): string | undefined => {
  for (const [name, each] of found) {
    const wanted = values.get(name)
    const far = wanted ? distance(each, wanted) : Number.POSITIVE_INFINITY
    if (!(far < Math.max(tolerance, rounding.get(name) ?? 0)))
      return `${valuesOf} ${name} are ${far.toPrecision(2)} from those of ONNX Runtime`
  }
  return undefined
}

/** How a finding about values begins. */
const valuesOf = 'values of'

/** The names of outputs in the order of files, which have heads by their names. */
const outputsInFiles = ({ graph }: AnyNetwork): string[] =>
  graph.output === undefined ? Object.keys(graph.outputs) : ['output', ...Object.keys(graph.outputs).sort()]

const inTorch = (network: AnyNetwork, answer: TorchAnswer, values: Values, rounding: Rounding): string | undefined => {
  if (answer.error) return answer.error
  return (
    differing(answer.params, network.params, 'parameters') ??
    differing(Object.keys(answer.named ?? {}).sort(), outputsInFiles(network).sort(), 'outputs') ??
    farFrom(values, graphAnswers(network, answer), rounding)
  )
}

const inFrameworks = async (network: AnyNetwork, torch: TorchAnswer | undefined, rounding: Rounding = new Map()): Promise<Answers> => {
  const weights = weightsOf(network)
  const names = outputsInFiles(network)
  let values: Values = new Map()
  const onnx = await asked(async () => {
    const found = [...(await inOnnxRuntime(toOnnx(network, { weights }), network)).values()]
    values = new Map(found.map((each, index) => [names[index] as string, each]))
    return differing(found.length, names.length, 'outputs')
  })
  return new Map([
    ['ONNX Runtime', onnx],
    ...(torch ? [['PyTorch', await asked(() => inTorch(network, torch, values, rounding))] as const] : []),
    [
      'TensorFlow.js',
      await asked(async () => {
        const found = await tfjsValues(network, weights)
        return (
          differing(found.length, names.length, 'outputs') ??
          farFrom(values, new Map(found.map((each, index) => [names[index] as string, each])), rounding)
        )
      }),
    ],
    ['ONNX, read again', await asked(() => readAgainDiffers(network, fromOnnx(toOnnx(network, { weights })).network))],
    [
      'Keras, read again',
      await asked(() => {
        const { stridewise: _, ...plain } = toKeras(network)
        return (
          readAgainDiffers(network, fromKeras(JSON.stringify(toKeras(network))).network) ??
          differing(countsOf(fromKeras(plain).network.graph).params, countsOf(reachedGraph(network.graph).graph).params, 'parameters')
        )
      }),
    ],
  ])
}

/** What frameworks make of a network, and who agrees only as far as the network magnifies rounding. */
const judgedInFrameworks = async (network: AnyNetwork, torch: TorchAnswer | undefined) => {
  const first = await inFrameworks(network, torch)
  const apart = [...first].flatMap(([row, says]) => (says?.startsWith(valuesOf) ? [row] : []))
  if (apart.length === 0) return { answers: first, magnified: apart }
  const answers = await inFrameworks(network, torch, roundingByOutput(network))
  return { answers, magnified: apart.filter((row) => answers.get(row) === undefined) }
}

let torchIsHere: boolean | undefined

/** What all judges say of graphs as source; `folder` is where the native compiler's source is written. */
export const judgeGraphs = async (sources: readonly string[], folder: string): Promise<Finding[]> => {
  const lines = [...new Set(sources)]
  const checked = checkAll(lines)
  const expected = lines.map((line) => ({ line, type: checked.get(line)?.type }))
  const native = checkNative(expected, importAll, folder)
  const built = lines.map((line) => ({ line, network: runLine(line) }))
  const networks = built.flatMap(({ line, network }) => (network instanceof Error ? [] : [{ line, network }]))
  torchIsHere ??= canRunTorch()
  const torch = torchIsHere && networks.length > 0 ? askTorch(networks.map(({ network }, index) => graphCase(`${index}`, network))) : []
  const findings: Finding[] = built.flatMap(({ line, network }) =>
    network instanceof Error
      ? [{ row: 'run time', source: line, verdict: 'different', says: [`run time: ${network.message}`] } as const]
      : [],
  )
  for (const [index, { line, network }] of networks.entries()) {
    const line6 = checked.get(line) as CheckedLine
    const inAll = await judgedInFrameworks(network, torch[index])
    const answers: Answers = new Map([
      ['types 6.0', typesDiffer(network, line6)],
      [`types ${nativeCompiler.slice(-3)}`, nativeDiffers(native.get(line) as NativeVerdict, line6.type)],
      ['report and data', await asked(() => reportDiffers(network))],
      ['TypeScript, run again', await asked(() => sourceDiffers(network))],
      ...inAll.answers,
    ])
    for (const [row, says] of answers) {
      const found = { row, source: line, ...(inAll.magnified.includes(row) ? { magnified: true } : {}) }
      findings.push(says === undefined ? { ...found, verdict: 'agreed' } : { ...found, verdict: 'different', says: [`${row}: ${says}`] })
    }
  }
  return findings
}
