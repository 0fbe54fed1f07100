import { isDeepStrictEqual } from 'node:util'
import { fromKeras, toKeras } from '../../src/formats/keras/index.js'
import { kerasLayers } from '../../src/formats/keras/write/write.js'
import { fromOnnx, toOnnx } from '../../src/formats/onnx/index.js'
import { moduleOf } from '../../src/formats/pytorch/module.js'
import type { AnyNetwork } from '../../src/index.js'
import { valuesIn } from '../../src/layers/kind/layer.js'
import { FormatError } from '../../src/network/format-error.js'
import { reachedGraph } from '../../src/weights/reached-graph.js'
import { text } from '../support/call.js'
import { runNetwork } from '../support/networks-drawn.js'
import { computed } from '../support/onnx.js'
import { arranged, batch, distance, inputOf, paramsIn, torchCase, weightsOf } from '../support/same-values.js'
import { runInTensorFlow } from '../support/tensorflow.js'
import { askTorch, canRunTorch, type TorchAnswer } from '../support/torch.js'
import { torchFindings } from '../support/torch-same.js'
import type { Value } from '../support/value.js'
import { reasonOf } from './refusals.js'
import { roundingOf } from './rounding.js'
import type { Finding } from './tally.js'

/** Networks as the files of this package say them: run by three frameworks on the same weights, and read again. */

/** How far values may be apart, beside the largest of an output. */
const tolerance = 1e-4

/** Who judges files, as the rows of the table name them. */
export const fileJudges = ['PyTorch', 'ONNX Runtime', 'TensorFlow.js', 'ONNX, read again', 'Keras, read again'] as const
export type FileJudge = (typeof fileJudges)[number]

/** What is computed in no time. */
export const isSmall = ({ graph, params }: AnyNetwork): boolean =>
  params < 3e5 && graph.nodes.every(({ output, macs }) => macs < 3e6 && valuesIn(output) < 2e4)

/** What one judge made of one network. */
export type Answer =
  | { readonly refused: string; readonly kind: string }
  | { readonly differs: string }
  | { readonly values: readonly Float32Array[] }

/** The answer of a judge, or its refusal by name, or what it throws instead. */
const ask = async (network: AnyNetwork, judge: () => Promise<Answer> | Answer): Promise<Answer> => {
  try {
    return await judge()
  } catch (error) {
    if (!(error instanceof FormatError)) return { differs: `throws ${String(error).slice(0, 500)}` }
    const reason = reasonOf(error.format, error.message)
    const kind = network.graph.nodes.find(({ name }) => name === error.place)?.kind
    return reason === undefined || kind === undefined
      ? { differs: `refused for no known reason: ${error.message}` }
      : { refused: reason, kind }
  }
}

const differing = (found: unknown, wanted: unknown, what: string): Answer | undefined =>
  isDeepStrictEqual(found, wanted)
    ? undefined
    : { differs: `${what}: ${JSON.stringify(found)?.slice(0, 400)}, and not ${JSON.stringify(wanted)?.slice(0, 400)}` }

const inOnnxRuntime = async (network: AnyNetwork): Promise<Answer> => {
  const { said, found, outputs } = await computed(network, { weights: weightsOf(network) }, batch, inputOf(network))
  return differing(found, said, 'shapes') ?? { values: outputs.map(({ data }) => data as Float32Array) }
}

const inTensorFlow = async (network: AnyNetwork): Promise<Answer> => {
  const { layers, nameOf } = kerasLayers(reachedGraph(network.graph).graph)
  const { shapes, outputs, params } = await runInTensorFlow(network, weightsOf(network), inputOf(network))
  const wanted = new Map(layers.map((layer) => [nameOf(layer), [...layer.output]]))
  return (
    differing(Object.fromEntries(shapes), Object.fromEntries(wanted), 'shapes') ??
    differing(params, paramsIn(network), 'parameters') ?? { values: outputs }
  )
}

const inTorch = (network: AnyNetwork, answer: TorchAnswer): Answer => {
  const { found, wanted } = torchFindings(network, answer)
  const wrong = found.findIndex((each, index) => !isDeepStrictEqual(each, wanted[index]))
  if (wrong >= 0) return differing(found[wrong], wanted[wrong], 'shapes and parameters') as Answer
  const { output } = moduleOf(network, 'Model')
  return { values: [arranged(Float32Array.from(answer.values as string[], Number), output.shape, output.axes, true)] }
}

/** A file holds the layers that lead to an output: not the parts of a `chunk` that nothing takes. */
const sameNetwork = (again: AnyNetwork, network: AnyNetwork): Answer | undefined =>
  differing(again.graph, reachedGraph(network.graph).graph, 'graph') ??
  differing([again.input, again.output, again.params], [network.input, network.output, network.params], 'network')

const fromOnnxAgain = (network: AnyNetwork): Answer => {
  const weights = weightsOf(network)
  const again = fromOnnx(toOnnx(network, { weights }))
  return sameNetwork(again.network, network) ?? differing(again.weights, weights, 'weights') ?? { values: [] }
}

const fromKerasAgain = (network: AnyNetwork): Answer =>
  sameNetwork(fromKeras(JSON.stringify(toKeras(network))).network, network) ?? { values: [] }

/** A drawn network that can be, and is small enough to be run. */
export interface Candidate {
  readonly value: Value
  readonly source: string
  readonly network: AnyNetwork
}

/** Those of drawn values that are small networks. */
export const candidatesOf = (values: readonly Value[]): Candidate[] =>
  values.flatMap((value) => {
    const network = runNetwork(value)
    return network && isSmall(network) ? [{ value, source: text(value), network }] : []
  })

let torchIsHere: boolean | undefined

/** The answers of PyTorch, in one process for all; none where the machine has no PyTorch. */
const torchAnswers = async (candidates: readonly Candidate[]): Promise<Answer[]> => {
  torchIsHere ??= canRunTorch()
  if (!torchIsHere) return []
  const asked = await Promise.all(
    candidates.map(async ({ network }) => {
      let made: ReturnType<typeof torchCase> | undefined
      const answer = await ask(network, () => {
        const paths = [...moduleOf(network, 'Model').places.values()].map(({ path }) => path)
        made = { ...torchCase('network', network, weightsOf(network)), paths }
        return { values: [] }
      })
      return { answer, made }
    }),
  )
  const cases = asked.flatMap(({ made }) => made ?? [])
  const found = cases.length > 0 ? askTorch(cases) : []
  return Promise.all(
    asked.map(({ answer, made }, index) => {
      const { network } = candidates[index] as Candidate
      return made ? ask(network, () => inTorch(network, found[cases.indexOf(made)] as TorchAnswer)) : answer
    }),
  )
}

/** How far values are apart; that both are no number at a place is no distance. */
const apart = (one: Float32Array, other: Float32Array): number => {
  const both = one.map((value, index) => (Number.isNaN(value) && Number.isNaN(other[index]) ? 1 : 0))
  const rest = (values: Float32Array): Float32Array => values.map((value, index) => (both[index] === 1 ? 0 : value))
  return distance(rest(one), rest(other))
}

/** Whose values differ from those of a judge before; PyTorch has no heads. */
const valuesDiffer = (answers: ReadonlyMap<FileJudge, Answer>, rounding: readonly number[] = []): Map<FileJudge, string> => {
  const given = [...answers].flatMap(([judge, answer]) => ('values' in answer && answer.values.length > 0 ? [{ judge, ...answer }] : []))
  const wrong = new Map<FileJudge, string>()
  for (const [index, { judge, values }] of given.entries()) {
    for (const before of given.slice(0, index)) {
      for (const [output, each] of values.slice(0, before.values.length).entries()) {
        const far = apart(each, before.values[output] as Float32Array)
        const allowed = Math.max(tolerance, rounding[output] ?? 0)
        if (!(far < allowed))
          wrong.set(judge, `values are ${far.toPrecision(2)} from those of ${before.judge}, which is over ${allowed.toPrecision(2)}`)
      }
    }
  }
  return wrong
}

/** What the judges say of networks: a finding for each judge of each. */
export const judgeNetworks = async (candidates: readonly Candidate[]): Promise<Finding[]> => {
  const torch = await torchAnswers(candidates)
  const judged: { readonly candidate: Candidate; readonly answers: Map<FileJudge, Answer> }[] = []
  for (const [index, candidate] of candidates.entries()) {
    const { network } = candidate
    const answers = new Map<FileJudge, Answer>([
      ...(torch[index] ? [['PyTorch', torch[index]] as const] : []),
      ['ONNX Runtime', await ask(network, () => inOnnxRuntime(network))],
      ['TensorFlow.js', await ask(network, () => inTensorFlow(network))],
      ['ONNX, read again', await ask(network, () => fromOnnxAgain(network))],
      ['Keras, read again', await ask(network, () => fromKerasAgain(network))],
    ])
    judged.push({ candidate, answers })
  }
  return findingsOf(judged)
}

/** What judges answered, as findings. Where values differ, the network may magnify the rounding of 32 bits. */
export const findingsOf = (
  judged: readonly { readonly candidate: Candidate; readonly answers: ReadonlyMap<FileJudge, Answer> }[],
): Finding[] => {
  const apart = judged.filter(({ answers }) => valuesDiffer(answers).size > 0)
  const allowed = roundingOf(apart.map(({ candidate }) => candidate.network))
  return judged.flatMap(({ candidate: { source, network }, answers }) => {
    const at = apart.findIndex(({ candidate }) => candidate.network === network)
    const first = at < 0 ? new Map<FileJudge, string>() : valuesDiffer(answers)
    const wrong = at < 0 ? first : valuesDiffer(answers, allowed[at])
    const kinds = [...new Set(network.graph.nodes.map(({ kind }) => kind))].filter((kind) => kind !== 'input')
    return [...answers].map(([row, answer]): Finding => {
      const says = 'differs' in answer ? answer.differs : wrong.get(row)
      if (says !== undefined) return { row, source, verdict: 'different', says: [`${row}: ${says}`], kinds }
      if ('refused' in answer) return { row, source, verdict: 'refused', reason: `${answer.kind}: ${answer.refused}`, kinds }
      return { row, source, verdict: 'agreed', kinds, ...(first.has(row) ? { magnified: true } : {}) }
    })
  })
}
