import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AnyNetwork, networkFrom } from '../src/index.js'
import { report } from '../src/report/index.js'
import { inOrder, networkText, withoutKept } from './support/call.js'
import { drawGraph } from './support/draw-graphs.js'
import { casesOf } from './support/effort.js'
import { formulasOf } from './support/formulas.js'
import { expectSameNames } from './support/halves.js'
import { checkAll, runLine } from './support/lines.js'
import { seed } from './support/seed.js'

/** Random graphs in both halves: the inferred inputs, outputs, parameters and names equal those at run time. */

const draws = casesOf('mirror of graphs')
const lines = [...new Set(fc.sample(drawGraph, { seed, numRuns: draws }))]
const perProgram = 300

const networks = new Map<string, AnyNetwork>()

test(`${draws} drawn graphs can be`, () => {
  for (const line of lines) {
    const built = runLine(line)
    if (built instanceof Error) throw new Error(`${line}\n${built.message}`)
    networks.set(line, built)
  }
})

test('they have all that there is', () => {
  const count = (has: (network: AnyNetwork) => boolean): number => [...networks.values()].filter(has).length
  const least = networks.size / 20
  expect(count(({ graph }) => graph.inputs.length > 1)).toBeGreaterThan(least)
  expect(count(({ graph }) => graph.output === undefined)).toBeGreaterThan(least)
  expect(count(({ graph }) => Object.keys(graph.kept).length > 1)).toBeGreaterThan(least)
  expect(count(({ graph }) => graph.nodes.some(({ sharedWith }) => sharedWith !== undefined))).toBeGreaterThan(least)
  expect(count(({ graph }) => graph.nodes.length > 10)).toBeGreaterThan(least)
  for (const word of ["branch('", "from('", "keep('", '(x) =>', 'residual(', 'branchOut(', 'repeat(', 'shared('])
    expect(lines.filter((line) => line.includes(word)).length, word).toBeGreaterThan(0)
})

test('the compiler infers what the run time builds', () => {
  const wrong: string[] = []
  for (let start = 0; start < lines.length; start += perProgram) {
    const batch = lines.slice(start, start + perProgram)
    for (const [line, { type, sentences }] of checkAll(batch)) {
      const network = networks.get(line) as AnyNetwork
      const [found, built] = [inOrder(withoutKept(type)), inOrder(networkText(network))]
      if (sentences.length > 0 || found !== built) wrong.push(`${line}\n  ${sentences.join('\n  ')}\n  type  ${found}\n  built ${built}`)
      else expectSameNames(network, type)
    }
  }
  expect(wrong.sort((one, other) => one.length - other.length).slice(0, 5)).toEqual([])
})

test('as data they are read again, and the report counts what they have', () => {
  for (const [line, network] of networks) {
    const again = networkFrom(JSON.parse(JSON.stringify(network)))
    expect(again, line).toStrictEqual(network)
    expect(formulasOf(again.graph)).toEqual(formulasOf(network.graph))
    expect(report(network).totals.params, line).toBe(network.params)
  }
})
