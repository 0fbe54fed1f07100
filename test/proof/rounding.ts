import type { AnyNetwork } from '../../src/index.js'
import { torchCase, weightsOf } from '../support/same-values.js'
import { askTorch, canRunTorch, type TorchAnswer, type TorchCase } from '../support/torch.js'
import { graphCase } from '../support/torch-graphs.js'

/*
 * Networks that magnify rounding. A gate multiplies a value by what was computed from it, which doubles its relative error: twelve gates in a
 * row make of the rounding of 32 bits (2^-24) more than 1e-4, in each framework another. No bound for all networks tells that from a fault.
 * So the network says itself how far its outputs move: PyTorch runs it in 64 bits, once as it is, and several times with the input, the
 * weights and what each module gives off by 2^-24, up or down at random. What is tested has no part in that.
 */

/**
 * How many times as far values in 32 bits may be from those in 64 bits. Of 848 drawn networks none was further than 2.3 times in PyTorch, ONNX
 * Runtime or TensorFlow.js: they round every product and sum, and not only what a module gives.
 */
const most = 4

let torchIsHere: boolean | undefined

/** What PyTorch says of modules; nothing of a network that is none, or on a machine without PyTorch. */
const asked = (networks: readonly AnyNetwork[], caseOf: (network: AnyNetwork) => TorchCase): (TorchAnswer | undefined)[] => {
  torchIsHere ??= canRunTorch()
  if (!torchIsHere || networks.length === 0) return networks.map(() => undefined)
  const cases = networks.map((network) => {
    try {
      return { ...caseOf(network), rounding: true }
    } catch {
      return undefined
    }
  })
  const answers = askTorch(cases.flatMap((each) => each ?? []))
  return cases.map((each) => each && answers.shift())
}

/** How far two frameworks may be apart, where rounding moves a value so far. */
const allowed = (moved: number): number => 2 * most * moved

/**
 * For each network, how far two frameworks may be apart in each of its outputs, the main one first, beside the largest of an output. None for a
 * network that PyTorch does not run in 64 bits, or on a machine without PyTorch.
 */
export const roundingOf = (networks: readonly AnyNetwork[]): (readonly number[] | undefined)[] =>
  asked(networks, (network) => torchCase('network', network, weightsOf(network))).map((answer) => answer?.rounding?.map(allowed))

/** The same for a network with several inputs or outputs, by the names of its outputs. */
export const roundingByOutput = (network: AnyNetwork): ReadonlyMap<string, number> => {
  const [answer] = asked([network], (each) => graphCase('network', each))
  const names = Object.keys(answer?.named ?? {}).sort((one, other) =>
    one === 'output' ? -1 : other === 'output' ? 1 : one < other ? -1 : 1,
  )
  return new Map(answer?.rounding?.map((moved, index) => [names[index] as string, allowed(moved)]))
}
