import { expect, test } from 'vitest'
import { fromKeras, toKeras } from '../../src/formats/keras/index.js'
import { fromOnnx, toOnnx } from '../../src/formats/onnx/index.js'
import { type AnyNetwork, block, branchOut, dense, input, networkFrom, relu } from '../../src/index.js'

/** A network goes on from its heads by their names, also behind a file; names inside branches are not known behind them. */

const readers: [string, (network: AnyNetwork) => AnyNetwork][] = [
  ['ONNX', (network) => fromOnnx(toOnnx(network)).network],
  ['Keras', (network) => fromKeras(JSON.stringify(toKeras(network))).network],
  ['JSON', (network) => networkFrom(JSON.parse(JSON.stringify(network)))],
  ['a copy', (network) => networkFrom(structuredClone({ ...network }))],
]

interface WithOutputs extends AnyNetwork {
  readonly outputs: (...names: string[]) => AnyNetwork
}

test.each(readers)('%s', (_, behind) => {
  const onMainPath = input(8).branchOut('aux', dense(3)).dense(4)
  const inBranch = input(8).residual(block(dense(8), branchOut('side', dense(2)), relu()))
  for (const network of [onMainPath, inBranch] as AnyNetwork[]) expect(behind(network).graph).toEqual(network.graph)
  expect((behind(onMainPath as AnyNetwork) as WithOutputs).outputs('aux').output).toEqual({ aux: [3] })
  expect(() => (behind(inBranch as AnyNetwork) as WithOutputs).outputs('side')).toThrow("outputs: nothing is kept as 'side' here.")
})

test('a network with a head in a branch is applied twice', () => {
  const part = input(8).residual(block(dense(8), branchOut('side', dense(2)), relu()))
  const { graph } = input(8).apply(part).apply(part)
  expect(Object.keys(graph.outputs)).toEqual(['side', 'side_2'])
  expect(graph.inBranches).toEqual(['side', 'side_2'])
})
