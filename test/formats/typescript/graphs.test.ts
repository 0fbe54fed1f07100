import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { toTypeScript } from '../../../src/formats/typescript/index.js'
import {
  type AnyNetwork,
  block,
  branch,
  concat,
  conv2d,
  dense,
  flatten,
  identity,
  input,
  inputs,
  keep,
  maxPool2d,
  networkFrom,
  relu,
  residual,
  shared,
} from '../../../src/index.js'
import { rebuild } from '../../../src/network/rebuild.js'
import { type Checked, check } from '../../support/compiler.js'
import { casesOf } from '../../support/effort.js'
import { evaluated } from '../../support/evaluated.js'
import { expectGolden } from '../../support/golden.js'
import { drawGraph, runGraph } from '../../support/graphs-drawn.js'
import { graphSaid } from '../../support/same-graph.js'
import { seed } from '../../support/seed.js'

/** Sources of networks of any form: run, they make the same network again; compiled, they have its type. */

/** The names of layers that can have one, and whose weights are their own. */
const namesIn = ({ graph }: AnyNetwork): string[] =>
  graph.nodes.flatMap(({ name, kind, shared }) => (shared === undefined && ['conv2d', 'dense'].includes(kind) ? [name] : [])).sort()

const expectSame = (network: AnyNetwork): string => {
  const source = toTypeScript(network)
  const again = evaluated(source)
  const [found, wanted] = [graphSaid(again), graphSaid(network)]
  // What had no name in the network may have one in the source.
  expect(found.kept).toMatchObject(wanted.kept)
  expect({ ...found, kept: {} }).toEqual({ ...wanted, kept: {} })
  expect(namesIn(again)).toEqual(namesIn(network))
  return source
}

test('drawn graphs come back from their sources', () => {
  fc.assert(
    fc.property(drawGraph, (drawn) => void expectSame(runGraph(drawn))),
    { seed, numRuns: casesOf('TypeScript: graphs') },
  )
})
