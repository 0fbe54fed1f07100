import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Graph, GraphNode } from '../../src/network/graph.js'
import { buffersOf, peakOf } from '../../src/report/memory.js'
import { casesOf, inProportion } from '../support/effort.js'
import { memoryOf, type OracleNode } from '../support/memory-oracle.js'
import { seed } from '../support/seed.js'

/** Memory of drawn acyclic graphs against an oracle that runs them moment by moment. */

/** A node as it is drawn: whether it is an input, which nodes before it it reads, and where it writes. */
const drawnNode = fc.record({
  isInput: fc.integer({ min: 0, max: 5 }).map((value) => value === 0),
  reads: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
  values: fc.integer({ min: 1, max: 50 }),
  memory: fc.constantFrom('own', 'own', 'overwrites', 'view', 'overwrites') as fc.Arbitrary<OracleNode['memory']>,
})

/** Up to 20 nodes, of which some are outputs; the others that nothing reads are dead layers and unused inputs. */
const drawnGraph = fc
  .tuple(fc.array(drawnNode, { minLength: 1, maxLength: 20 }), fc.array(fc.nat(), { minLength: 1, maxLength: 3 }))
  .map(([drawn, ends]) => {
    const nodes: OracleNode[] = []
    for (const [index, { isInput, reads, values, memory }] of drawn.entries()) {
      const name = `n${index}`
      if (index === 0 || isInput) nodes.push({ name, isInput: true, reads: [], values, memory: 'own' })
      else {
        const before = reads.map((place) => nodes[place % index] as OracleNode)
        // What shares memory with its input has its size, and only that input.
        const one = memory === 'own' ? before : before.slice(0, 1)
        const size = memory === 'own' ? values : (before[0] as OracleNode).values
        nodes.push({ name, isInput: false, reads: one.map((each) => each.name), values: size, memory })
      }
    }
    return { nodes, outputs: [...new Set(ends.map((end) => `n${end % nodes.length}`))] }
  })

const graphOf = (nodes: readonly OracleNode[], outputs: readonly string[]): Graph => ({
  nodes: nodes.map(
    ({ name, isInput, reads, values, memory }): GraphNode => ({
      name,
      kind: isInput ? 'input' : 'any',
      settings: {},
      inputs: reads,
      inputShapes: reads.map((each) => [nodes.find((node) => node.name === each)?.values as number]),
      output: [values],
      weights: [],
      macs: 0,
      memory,
    }),
  ),
  input: 'n0',
  inputs: nodes.filter(({ isInput }) => isInput).map(({ name }) => name),
  outputs: Object.fromEntries(outputs.map((name) => [name, name])),
  kept: {},
})

test('peak and memory in place of drawn graphs are those of the oracle', { timeout: 0 }, () => {
  const seen = { dead: 0, inputs: 0, inPlace: 0 }
  fc.assert(
    fc.property(drawnGraph, ({ nodes, outputs }) => {
      const graph = graphOf(nodes, outputs)
      const buffers = buffersOf(graph)
      const { values, size } = peakOf(graph, buffers)
      const own = nodes.filter(({ name }) => buffers.get(name) === name)
      expect({ written: own.reduce((sum, each) => sum + each.values, 0), peak: values }).toEqual(memoryOf(nodes, outputs))
      expect(size).toBe(values)
      if (graph.inputs.length > 1) seen.inputs += 1
      if (nodes.some(({ name }) => !outputs.includes(name) && nodes.every(({ reads }) => !reads.includes(name)))) seen.dead += 1
      if (nodes.some(({ name, memory }) => memory === 'overwrites' && buffers.get(name) !== name)) seen.inPlace += 1
    }),
    { seed, numRuns: casesOf('memory of drawn graphs') },
  )
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(inProportion('memory of drawn graphs', 3000))
})

test('the oracle itself, on graphs that are counted by hand', () => {
  const node = (name: string, reads: string[], values: number, memory: OracleNode['memory'] = 'own'): OracleNode => ({
    name,
    isInput: reads.length === 0,
    reads,
    values,
    memory,
  })
  // Both inputs are there from the beginning: 10 + 7; then 'b' is dropped, and 10 stays beside 1 and 2.
  const two = [node('a', [], 10), node('b', [], 7), node('c', ['b'], 1), node('d', ['c', 'a'], 2)]
  expect(memoryOf(two, ['d'])).toEqual({ written: 20, peak: 18 })
  // An input that nothing reads is there at the beginning alone; a dead layer is freed at once.
  const dead = [node('a', [], 5), node('unused', [], 4), node('dead', ['a'], 3), node('c', ['a'], 3)]
  expect(memoryOf(dead, ['c'])).toEqual({ written: 15, peak: 9 })
  // A view holds its tensor, so the activation beside it needs memory of its own.
  const viewed = [node('a', [], 4), node('v', ['a'], 4, 'view'), node('r', ['a'], 4, 'overwrites'), node('j', ['v', 'r'], 4)]
  expect(memoryOf(viewed, ['j'])).toEqual({ written: 12, peak: 12 })
})
