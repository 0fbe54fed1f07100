import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AnyNetwork, add, block, branchOut, flatten, input, relu } from '../../src/index.js'
import type { Graph, GraphNode } from '../../src/network/graph.js'
import { report } from '../../src/report/index.js'
import { buffersOf, peakOf } from '../../src/report/memory.js'
import { casesOf } from '../support/effort.js'
import { drawNetwork, runNetwork } from '../support/networks-drawn.js'
import { seed } from '../support/seed.js'

/** Memory of drawn networks against a machine that runs them: storages with contents, which views share and writes replace. */

const product = (shape: readonly number[]): number => shape.reduce((all, size) => all * size, 1)

/** Whether a value is read behind a node: by a later one, or as an output of the network. */
const isNeededBehind = ({ nodes, output, outputs }: Graph, index: number, name: string): boolean =>
  output === name || Object.values(outputs).includes(name) || nodes.slice(index + 1).some(({ inputs }) => inputs.includes(name))

/** The sizes of what a node writes one after the other, the output last. */
const written = (node: GraphNode): number[] => {
  const tokens = product(node.inputShapes[0] ?? [])
  // Queries, keys and values, then their weighted sums. In windows, the channels of each are those of the image.
  if (node.kind === 'windowAttention') return [3 * tokens, tokens, product(node.output)]
  if (node.kind === 'multiHeadAttention') {
    const { heads, keyValueHeads, headWidth } = node.settings as Record<string, number>
    const [asked, read] = [node.inputShapes[0], node.inputShapes.at(-1)].map((shape) => shape?.[0] as number) as [number, number]
    const queries = asked * (heads as number) * (headWidth as number)
    return [queries + 2 * read * (keyValueHeads as number) * (headWidth as number), queries, product(node.output)]
  }
  if (node.kind === 'patchMerging') {
    // All values, four cells a patch. Version 1 normalizes them before it halves their channels, version 2 afterwards.
    return node.settings['version'] === 1 ? [tokens, tokens, tokens / 2] : [tokens, tokens / 2, tokens / 2]
  }
  if (!node.kind.startsWith('separableConv')) return [product(node.output)]
  const channels = (node.inputShapes[0]?.at(-1) as number) * (node.settings['multiplier'] as number)
  return [(product(node.output) / (node.output.at(-1) as number)) * channels, product(node.output)]
}

interface Storage {
  readonly values: number
  /** The node whose result it holds. */
  content: string
}

interface Run {
  /** Nodes whose output has a storage of its own. */
  readonly owners: string[]
  readonly activations: number
  readonly peak: number
}

/** Runs a graph: an activation writes over its input's storage unless someone would then read something else there. */
const runOn = (graph: Graph): Run => {
  const storages = new Map<string, Storage>()
  /** What a reader of a name expects to find: views hold what their input holds. */
  const contents = new Map<string, string>()
  const owners: string[] = []
  let activations = 0
  let peak = 0
  const liveAt = (index: number): Set<Storage> =>
    new Set(
      [...storages]
        .filter(([name]) => graph.nodes[index]?.inputs.includes(name) || isNeededBehind(graph, index, name))
        .map(([, storage]) => storage),
    )
  const sizeOf = (live: Iterable<Storage>): number => [...live].reduce((sum, { values }) => sum + values, 0)
  for (const [index, node] of graph.nodes.entries()) {
    for (const name of node.inputs) expect(storages.get(name)?.content).toBe(contents.get(name))
    const before = storages.get(node.inputs[0] as string)
    if (before && node.memory === 'view') {
      storages.set(node.name, before)
      contents.set(node.name, before.content)
    } else if (
      before &&
      node.memory === 'overwrites' &&
      ![...storages].some(([name, storage]) => storage === before && isNeededBehind(graph, index, name))
    ) {
      before.content = node.name
      storages.set(node.name, before)
      contents.set(node.name, node.name)
    } else {
      const sizes = written(node)
      activations += sizes.reduce((sum, size) => sum + size, 0)
      const others = liveAt(index)
      const behind = new Set([...storages].filter(([name]) => isNeededBehind(graph, index, name)).map(([, storage]) => storage))
      for (const [step, size] of sizes.entries())
        peak = Math.max(peak, sizeOf(step === 0 ? others : behind) + (step === 0 ? 0 : (sizes[step - 1] as number)) + size)
      owners.push(node.name)
      storages.set(node.name, { values: sizes.at(-1) as number, content: node.name })
      contents.set(node.name, node.name)
    }
  }
  return { owners, activations, peak }
}

/** What the report counts. */
const counted = (network: AnyNetwork): Run => {
  const { graph } = network
  const buffers = buffersOf(graph)
  const { totals } = report(network)
  expect(totals.peak.values).toBe(peakOf(graph, buffers).values)
  return {
    owners: graph.nodes.map(({ name }) => name).filter((name) => buffers.get(name) === name),
    activations: totals.activations,
    peak: totals.peak.values,
  }
}

test('drawn networks: what is in place, what is written and what is in memory at once', { timeout: 0 }, () => {
  let count = 0
  fc.assert(
    fc.property(drawNetwork, (value) => {
      const network = runNetwork(value)
      if (!network) return
      count += 1
      expect(counted(network)).toEqual(runOn(network.graph))
    }),
    { seed, numRuns: casesOf('memory of drawn networks') },
  )
  expect(count).toBeGreaterThan(casesOf('memory of drawn networks') / 10)
})

/** Heads so far: each has a name of its own. */
let heads = 0

/** Views and activations in each other, which are rare among all layers. */
const shares = fc.letrec<{ any: (x: never) => AnyNetwork; layer: string }>((tie) => ({
  layer: fc.constantFrom('flatten', 'relu', 'relu', 'sigmoid', 'reshape', 'batchNorm'),
  any: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    tie('layer').map(
      (kind) => (x: never) =>
        (x as Record<string, (...of: number[]) => AnyNetwork>)[kind]?.(...(kind === 'reshape' ? [12] : [])) as AnyNetwork,
    ),
    fc
      .array(tie('any'), { minLength: 1, maxLength: 3 })
      .map((all) => (x: never) => all.reduce((so, each) => each(so as never), x as AnyNetwork)),
    fc
      .array(tie('any'), { minLength: 2, maxLength: 3 })
      .map((all) => (x: never) => (x as { add(...of: unknown[]): AnyNetwork }).add(...all)),
    tie('any').map((one) => (x: never) => {
      heads += 1
      return (x as { branchOut(...of: unknown[]): AnyNetwork }).branchOut(`head${heads}`, one)
    }),
  ),
})).any

test('views and activations in branches and heads', { timeout: 0 }, () => {
  fc.assert(
    fc.property(shares, (make) => {
      const network = make(input(12).dense(12) as never)
      expect(counted(network)).toEqual(runOn(network.graph))
    }),
    { seed, numRuns: casesOf('memory of drawn networks') },
  )
})

describe('a layer is in place only where nothing reads that memory again', () => {
  const activationsOf = (network: AnyNetwork): number => report(network).totals.activations

  test('a view beside it holds the value: input, ReLU and sum', () => {
    expect(activationsOf(input(4).apply(add(flatten(), block(flatten(), relu()))))).toBe(12)
  })

  test('a view of a view, and a branch that ends in one', () => {
    expect(activationsOf(input(2, 2, 1).apply(add(block(flatten(), flatten()), block(flatten(), relu()))))).toBe(12)
    expect(
      activationsOf(
        input(4)
          .relu()
          .apply(add(block(relu(), flatten()), flatten())),
      ),
    ).toBe(12)
  })

  test("a head's output is read at the end, also where it is a view", () => {
    expect(activationsOf(input(4).apply(branchOut('aux', flatten())).relu())).toBe(8)
    expect(
      activationsOf(
        input(4)
          .branchOut('aux', (x) => x)
          .relu(),
      ),
    ).toBe(8)
    expect(
      report(
        input(4)
          .dense(4)
          .branchOut('aux', (x) => x.dense(100))
          .dense(4)
          .dense(4),
      ).totals.peak,
    ).toEqual({ values: 108, layer: 'dense_2' })
  })
})

describe('a layer of several parts writes several tensors', () => {
  test('a separable convolution: what its depthwise part gives, and its output', () => {
    const { layers, totals } = report(input(10, 10, 3).separableConv2d(8, 3, { multiplier: 2 }))
    expect(layers[1]?.activations).toBe(64 * 6 + 64 * 8)
    expect(totals.activations).toBe(300 + 64 * 6 + 64 * 8)
    // The input is read by the depthwise part alone.
    expect(totals.peak).toEqual({ values: 64 * 6 + 64 * 8, layer: 'separableConv2d_1' })
    expect(report(input(10, 3).separableConv1d(8, 3, { stride: 2, rounding: 'floor' })).layers[1]?.activations).toBe(4 * 3 + 4 * 8)
  })

  test('attention: queries, keys and values, their weighted sums, and its output', () => {
    const { layers, totals } = report(input(10, 8).multiHeadAttention(2))
    expect(layers[1]?.activations).toBe(5 * 80)
    expect(totals.peak.values).toBe(4 * 80)
  })
})
