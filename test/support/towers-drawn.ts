import fc from 'fast-check'
import { type AnyNetwork, branch, identity, parallel, relu } from '../../src/index.js'
import { ShapeError } from '../../src/shape/message.js'
import { drawGraph, runGraph } from './graphs-drawn.js'

/** Networks side by side, drawn: their towers are drawn graphs, some of them side by side themselves, and values are named behind them. */

const towerNames = ['t', 'left', 'input', '__proto__', '1', "it's"]
const valueNames = ['x', 't.x', 'left.head0', '__proto__', 'a b', 'dense_1', '0']

const drawTower = fc.tuple(drawGraph, fc.array(fc.tuple(fc.nat(11), fc.nat(1e6), fc.nat(1e6), fc.nat(1e6)), { minLength: 1, maxLength: 8 }))

/** What the networks are made of: numbers that choose. */
export const drawTowers = fc.record({
  towers: fc.array(drawTower, { minLength: 1, maxLength: 3 }),
  names: fc.nat(1e6),
  nested: fc.nat(3),
  steps: fc.array(fc.tuple(fc.nat(5), fc.nat(1e6), fc.nat(1e6)), { maxLength: 6 }),
})

type Drawn = typeof drawTowers extends fc.Arbitrary<infer Value> ? Value : never

/** The network; undefined where the towers cannot stand side by side, such as with two layers under one name of `shared`. */
export const runTowers = ({ towers, names, nested, steps }: Drawn): AnyNetwork | undefined => {
  const beside = parallel as unknown as (networks: object) => AnyNetwork
  const asObject = (networks: readonly AnyNetwork[], from: number): object =>
    Object.fromEntries(networks.map((network, index) => [towerNames[(from + index) % towerNames.length], network]))
  try {
    const made = towers.map(([drawn, own]): AnyNetwork => runGraph({ ...drawn, steps: own }))
    const [first, ...others] = made as [AnyNetwork]
    const inside = [...Array.from({ length: nested })].reduce<AnyNetwork>(
      (network, _, index) => beside(asObject([network], names + index)),
      first,
    )
    return steps.reduce<AnyNetwork>((network, step, index) => after(network, step, index), beside(asObject([inside, ...others], names)))
  } catch (error) {
    if (error instanceof ShapeError) return undefined
    throw error
  }
}

/** One step on any value with a name. */
const after = (network: AnyNetwork, [choice, first, second]: readonly [number, number, number], index: number): AnyNetwork => {
  const { kept, outputs, inputs, inBranches = [] } = network.graph
  const all = [...new Set([...inputs, ...Object.keys(kept), ...Object.keys(outputs).filter((name) => !inBranches.includes(name))])]
  const name = all[first % all.length] as string
  const other = all[second % all.length] as string
  const fresh = all.includes(valueNames[index] as string) ? `new ${index}` : (valueNames[index] as string)
  const value = call(network, 'from', name)
  if (choice === 0) return call(value, 'keep', fresh)
  if (choice === 1) return call(network, 'branchOut', fresh, branch(name, relu()))
  if (choice === 2) return call(value, 'branchOut', fresh, identity())
  if (choice === 3) return call(call(value, 'dense', 4), 'keep', fresh)
  if (choice === 4) return call(call(value, 'relu'), 'branchOut', fresh, name)
  return name === other ? call(value, 'dense', 4) : call(network, 'outputs', name, other)
}

/** Calls a method, whatever its type. */
const call = (network: AnyNetwork, method: string, ...args: unknown[]): AnyNetwork =>
  (network as unknown as Record<string, (...given: unknown[]) => AnyNetwork>)[method]?.(...args) as AnyNetwork
