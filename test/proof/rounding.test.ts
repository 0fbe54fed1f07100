import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import type { AnyNetwork } from '../../src/index.js'
import type { Weights } from '../../src/weights/weights.js'
import { runLine } from '../support/lines.js'
import { inLong as test } from '../support/runs.js'
import { inputOf, weightsOf } from '../support/same-values.js'
import { runInTensorFlow } from '../support/tensorflow.js'
import { canRunTorch } from '../support/torch.js'
import { Value } from '../support/value.js'
import { type Candidate, candidatesOf, findingsOf, judgeNetworks } from './files.js'
import { judgeGraphs } from './graphs.js'
import { roundingByOutput, roundingOf } from './rounding.js'

/** Values that differ: by rounding, which some networks magnify, or by a fault. */

const value = (kind: string, ...args: unknown[]): Value => new Value(kind, args)

/** So many residual blocks in a row, each with a gate; what frameworks differ by doubles with each. */
const gated = (times: number): Candidate => {
  const gate = value('multiply', value('block', value('globalAvgPool'), value('dense', 4)))
  const block = value('residual', value('residual', gate, value('repeat', 3, value('conv2d', 4, 1, { bias: false }))))
  return candidatesOf([value('on', [9, 9, 4], value('repeat', times, block))])[0] as Candidate
}

const run = async (network: AnyNetwork, weights: Weights) => ({
  values: (await runInTensorFlow(network, weights, inputOf(network))).outputs,
})

/** The weights with the first tensor off by 1 %, as no rounding is. */
const off = (weights: Weights): Weights => {
  const [first] = weights.keys()
  return new Map(
    [...weights].map(([name, tensor]) => [name, name === first ? { ...tensor, data: tensor.data.map((each) => each * 1.01) } : tensor]),
  )
}

describe.skipIf(!canRunTorch())('networks that magnify rounding', () => {
  test('agree as far as a run in 64 bits explains', async () => {
    const findings = await judgeNetworks([gated(12), gated(2)])
    expect(findings.flatMap(({ says }) => says ?? [])).toEqual([])
    const magnified = findings.filter((each) => each.magnified)
    expect(magnified.length).toBeGreaterThan(0)
    expect(magnified.every(({ source }) => source.includes('repeat(12'))).toBe(true)
  })

  test('that doubles with each gate, and is far below 1e-4 for few', () => {
    const found = roundingOf([1, 4, 8, 12].map((times) => gated(times).network)).map((each) => Math.max(...(each as number[])))
    expect(found[0]).toBeLessThan(2e-5)
    expect(found).toEqual([...found].sort((one, other) => one - other))
    expect(found[3]).toBeGreaterThan(1e-3)
  })

  test.each([2, 12])('a fault is no rounding, with %i blocks', async (times) => {
    const candidate = gated(times)
    const weights = weightsOf(candidate.network)
    const [right, wrong] = [await run(candidate.network, weights), await run(candidate.network, off(weights))]
    const findings = findingsOf([
      {
        candidate,
        answers: new Map([
          ['ONNX Runtime', right],
          ['TensorFlow.js', wrong],
        ]),
      },
    ])
    expect(findings.map(({ row, verdict }) => [row, verdict])).toEqual([
      ['ONNX Runtime', 'agreed'],
      ['TensorFlow.js', 'different'],
    ])
  })

  /** A product of a value with itself, three times in a row: TensorFlow.js was 1.2e-4 from ONNX Runtime. */
  const graph =
    "inputs({ left: [8], right: [8, 8, 3] }).apply(multiply('left', branch('right', globalAvgPool(), dense(8)))).dense(4).from('right')" +
    ".apply(keep('x1')).branchOut('p2', flatten()).residual(block(layerNorm(), keep('inside'), conv2d(3, 1), add('inside', identity())))" +
    ".apply(matmul(identity(), block(relu(), permute(0, 2, 1)))).keep('a3').matmul(identity(), (x) => x.relu())" +
    ".matmul(identity(), permute(0, 2, 1)).apply(shared('a4', conv2d(4, 3, { padding: 1 })))"

  test('so do graphs, output by output', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stridewise-graphs-'))
    const findings = await judgeGraphs([graph], folder)
    rmSync(folder, { recursive: true })
    expect(findings.flatMap(({ says }) => says ?? [])).toEqual([])
    expect(findings.flatMap(({ row, magnified }) => (magnified ? [row] : []))).toEqual(['TensorFlow.js'])
    const rounding = roundingByOutput(runLine(graph) as AnyNetwork)
    expect([...rounding.keys()]).toEqual(['output', 'p2'])
    expect(rounding.get('output')).toBeLessThan(1e-2)
    // What is only flattened is not magnified: a fault there stays a difference.
    expect(rounding.get('p2')).toBeLessThan(1e-5)
  })
})
