import { type Costs, channelsOf, type Described, demand, product, type Sizes, spatialOf, whole } from './verdict.js'

/** Layers made of layers: one after the other, or side by side. */

/** What says the costs of a layer on an input, where some names are taken. */
export type Judge = (input: Sizes, layer: Described, taken: Names) => Costs

/** The names of outputs so far. */
export type Names = ReadonlySet<unknown>

/** The names of outputs behind a layer: those of heads on the main path; those in branches are not known behind them. */
const behind = (taken: Names, { kind, args }: Described): Names => {
  if (kind === 'branchOut') return new Set([...taken, args[0]])
  if (kind === 'chunk') return new Set([...taken, ...args])
  if (kind === 'split') return new Set([...taken, ...args.slice(1)])
  if (kind === 'block') return (args as Described[]).reduce(behind, taken)
  return kind === 'repeat' ? behind(taken, args[1] as Described) : taken
}

const identity: Described = { kind: 'identity', args: [] }

const same = (one: Sizes, other: Sizes): boolean => one.join() === other.join()

/** The costs of several together, with another output. */
const together = (all: readonly Costs[], output: Sizes): Costs => ({
  output,
  params: all.reduce((sum, { params }) => sum + params, 0),
  macs: all.reduce((sum, { macs }) => sum + macs, 0),
})

/** One after the other: each takes what the one before it gives. */
export const inTurn = (judge: Judge, input: Sizes, layers: readonly Described[], taken: Names): Costs => {
  let costs: Costs = { output: input, params: 0, macs: 0 }
  let names = taken
  for (const layer of layers) {
    const own = judge(costs.output, layer, names)
    costs = together([costs, own], own.output)
    names = behind(names, layer)
  }
  return costs
}

/** The same layer several times, with weights of its own each time. */
export const repeat = (judge: Judge, input: Sizes, [times, layer]: readonly unknown[], taken: Names): Costs => {
  let left = whole(times, 1)
  let names = taken
  let rounds = 0
  let costs: Costs = { output: input, params: 0, macs: 0 }
  while (left > 0) {
    const own = judge(costs.output, layer as Described, names)
    const named = behind(names, layer as Described)
    // Every time would have outputs of the same names.
    demand(left === 1 || named.size === names.size, 'a name that is taken')
    names = named
    // From here on every time is like this one.
    const count = same(own.output, costs.output) ? left : 1
    costs = { output: own.output, params: costs.params + count * own.params, macs: costs.macs + count * own.macs }
    left -= count
    rounds += 1
    // A shape that still changes then is one that no memory holds.
    demand(rounds < 1000 || left === 0, 'a number that cannot be')
  }
  return costs
}

/** Branches that are added, or otherwise joined value by value, need one shape: He et al. 2015, equation 1. */
export const sum = (judge: Judge, input: Sizes, branches: readonly Described[], taken: Names): Costs => {
  const all = branches.map((branch) => judge(input, branch, taken))
  demand(all.length > 1, 'a join of one')
  const [first] = all as [Costs]
  demand(
    all.every(({ output }) => same(output, first.output)),
    'branches that differ',
  )
  return together(all, first.output)
}

/** A product of matrices for each index of the axes before them: `[..., n, k]` by `[..., k, m]`, as numpy's `matmul` without broadcasting. */
export const matmul = (judge: Judge, input: Sizes, branches: readonly Described[], taken: Names): Costs => {
  demand(branches.length === 2, 'a join of one')
  const all = branches.map((branch) => judge(input, branch, taken))
  const [left, right] = all.map(({ output }) => output) as [Sizes, Sizes]
  demand(left.length >= 2 && right.length >= 2, 'another number of axes')
  const [leading, others] = [left.slice(0, -2), right.slice(0, -2)]
  demand(same(leading, others) && left.at(-1) === right.at(-2), 'branches that differ')
  const output = [...left.slice(0, -1), channelsOf(right)]
  const costs = together(all, output)
  return { ...costs, macs: costs.macs + product(output) * channelsOf(left) }
}

/** He et al. 2015, equations 1 and 2: F(x) + x, or F(x) + W_s x. */
export const residual = (judge: Judge, input: Sizes, [body, shortcut = identity]: readonly unknown[], taken: Names): Costs =>
  sum(judge, input, [body, shortcut] as Described[], taken)

/** Szegedy et al. 2014, section 4: filter banks are concatenated, so that only the channels may differ. */
export const concat = (judge: Judge, input: Sizes, branches: readonly Described[], taken: Names): Costs => {
  const all = branches.map((branch) => judge(input, branch, taken))
  demand(all.length > 1, 'a join of one')
  const [first] = all as [Costs]
  demand(
    all.every(({ output }) => output.length === first.output.length && same(spatialOf(output), spatialOf(first.output))),
    'branches that differ',
  )
  const channels = all.reduce((count, { output }) => count + channelsOf(output), 0)
  return together(all, [...spatialOf(first.output), channels])
}

/** Hu et al. 2017, equation 4: a value for each channel scales its map; numpy's rules of broadcasting for a full shape. */
export const multiply = (judge: Judge, input: Sizes, [gate]: readonly unknown[], taken: Names): Costs => {
  const own = judge(input, gate as Described, taken)
  const channels = channelsOf(input)
  const fits = [[channels], [...spatialOf(input).map(() => 1), channels], input]
  demand(
    fits.some((shape) => same(shape, own.output)),
    'branches that differ',
  )
  return together([own], input)
}

const named = (input: Sizes, names: readonly unknown[], taken: Names): Costs => {
  const known = new Set(taken)
  for (const name of names) {
    demand(name !== '', 'no name')
    demand(!known.has(name) && name !== 'input', 'a name that is taken')
    known.add(name)
  }
  return { output: input, params: 0, macs: 0 }
}

/** PyTorch's documentation of `torch.chunk`, where the parts divide the features: each has a name, and the value stays. */
export const chunk = (_: Judge, input: Sizes, names: readonly unknown[], taken: Names): Costs => {
  demand(channelsOf(input) % names.length === 0, 'numbers that do not divide')
  return named(input, names, taken)
}

/** PyTorch's documentation of `torch.split` with a list: its sizes add up to the features, and each part has a name. */
export const split = (_: Judge, input: Sizes, [sizes, ...names]: readonly unknown[], taken: Names): Costs => {
  const list = (sizes as readonly unknown[]).map((size) => whole(size, 1))
  demand(list.reduce((sum, size) => sum + size, 0) === channelsOf(input), 'another number of values')
  demand(list.length === names.length, 'no name')
  return named(input, names, taken)
}

/** Szegedy et al. 2014, section 5: an auxiliary classifier takes what is here, and the main path goes on as if it were not there. */
export const branchOut = (judge: Judge, input: Sizes, [name, body]: readonly unknown[], taken: Names): Costs => {
  demand(name !== '', 'no name')
  demand(!taken.has(name), 'a name that is taken')
  return together([judge(input, body as Described, taken)], input)
}
