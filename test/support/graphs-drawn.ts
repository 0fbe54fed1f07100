import fc from 'fast-check'
import type { Network, Shape } from '../../src/index.js'
import { type Plan, type PlannedNode, rebuild } from '../../src/network/rebuild.js'

/** Networks of any form, drawn: several inputs, named outputs, kept values, shared layers, and layers and inputs that reach no output. */

const image: Shape = [2, 3, 4]
const vector: Shape = [4]

/** Names of values as people and enemies give them. */
const names = [
  'a',
  'features',
  'class',
  'self',
  'x',
  'let',
  "it's",
  'a.b',
  '__proto__',
  'x y',
  '"""',
  '1',
  'tuple',
  'torch',
  'è',
  '*/',
  '`$',
  '\\',
]

const step = fc.tuple(fc.nat(11), fc.nat(1e6), fc.nat(1e6), fc.nat(1e6))

/** What a graph is made of: numbers that choose. */
export const drawGraph = fc.record({
  inputs: fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }),
  steps: fc.array(step, { minLength: 1, maxLength: 60 }),
  /** Few steps back, or all the way. */
  reach: fc.constantFrom(2, 4, 60),
  kept: fc.array(fc.tuple(fc.nat(names.length - 1), fc.nat(1e6)), { maxLength: 4 }),
  outputs: fc.array(fc.nat(1e6), { maxLength: 3 }),
  heads: fc.array(fc.nat(1e6), { maxLength: 2 }),
})

type Drawn = typeof drawGraph extends fc.Arbitrary<infer Value> ? Value : never

interface Place {
  readonly name: string
  readonly shape: Shape
}

/** Builds nodes one after the other, each on values that there are. */
class Nodes {
  readonly nodes: PlannedNode[] = []
  readonly places: Place[] = []
  readonly #counts = new Map<string, number>()

  add(kind: string, settings: Readonly<Record<string, unknown>>, inputs: readonly Place[], shape: Shape, more = {}): Place {
    const count = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.set(kind, count)
    const place = { name: `${kind}_${count}`, shape }
    this.nodes.push({ name: place.name, kind, settings, inputs: inputs.map(({ name }) => name), ...more })
    this.places.push(place)
    return place
  }
}

/** The network of a drawn graph. */
export const runGraph = ({ inputs, steps, reach, kept, outputs, heads }: Drawn): Network<Shape, Shape, number> => {
  const made = new Nodes()
  const inputNames = inputs.length === 1 ? ['input'] : ['left', 'right', 'class'].slice(0, inputs.length)
  for (const [index, isImage] of inputs.entries()) {
    const place = { name: inputNames[index] as string, shape: isImage ? image : vector }
    made.nodes.push({ name: place.name, kind: 'input', settings: {}, inputs: [], output: place.shape })
    made.places.push(place)
  }
  const pick = (number: number, fits: (shape: Shape) => boolean = () => true): Place | undefined => {
    const fitting = made.places.filter(({ shape }) => fits(shape)).slice(-reach)
    return fitting[number % fitting.length]
  }
  const alike = (one: Shape) => (other: Shape) => one.join() === other.join()
  const owners: { node: PlannedNode; shape: Shape; output: Shape }[] = []
  let block: [string, string] | undefined

  for (const [choice, first, second, third] of steps) {
    const here = pick(first) as Place
    const isImage = here.shape.length === 3
    const narrow = (place: Place): Place =>
      place.shape.at(-1) === 4
        ? place
        : isImage
          ? made.add('conv2d', { filters: 4, kernel: 1 }, [place], image)
          : made.add('dense', { units: 4 }, [place], vector)
    if (choice <= 1) made.add(['relu', 'tanh'][choice] as string, {}, [here], here.shape)
    else if (choice === 2 && isImage) made.add('conv2d', { filters: 4, kernel: 3, padding: 'same' }, [here], image)
    else if (choice === 2 || choice === 3) {
      if (isImage && second % 3 === 0) made.add('globalAvgPool', {}, [here], [here.shape[2] as number])
      else if (isImage && second % 3 === 1) narrowFlat(made, here)
      else narrow(here)
    } else if (choice === 4) {
      // A layer that others share.
      const owner = owners[second % Math.max(1, owners.length)]
      const fitting = owner && pick(third, alike(owner.shape))
      if (owner && fitting && second % 2 === 0) {
        made.add(owner.node.kind, owner.node.settings, [fitting], owner.output, { shared: owner.node.shared, sharedWith: owner.node.name })
      } else {
        const place = isImage
          ? made.add('conv2d', { filters: 4, kernel: 1 }, [here], image, { shared: `shared ${owners.length}` })
          : made.add('dense', { units: 4 }, [here], vector, { shared: `shared ${owners.length}` })
        owners.push({ node: made.nodes.at(-1) as PlannedNode, shape: here.shape, output: place.shape })
      }
    } else if (choice === 5) {
      // A block that is shared.
      const start = pick(first, alike(vector))
      if (!start) continue
      const more = (index: number) => ({ shared: 'block', ...(block ? { sharedWith: block[index] } : {}) })
      const one = made.add('dense', { units: 6 }, [start], [6], more(0))
      const between = made.add('relu', {}, [one], [6])
      const two = made.add('dense', { units: 4 }, [between], vector, more(1))
      block ??= [one.name, two.name]
    } else {
      const kind = ['add', 'subtract', 'average', 'maximum', 'concat', 'multiply'][choice - 6] as string
      const count = kind === 'subtract' || kind === 'multiply' ? 2 : 2 + (second % 3)
      const others = Array.from({ length: count - 1 }, (_, index) => pick(second * 7 + third * 13 + index * 31, alike(here.shape)) as Place)
      const gate = kind === 'multiply' && second % 2 === 0 ? pick(third, alike([here.shape.at(-1) as number])) : undefined
      const shape = kind === 'concat' ? [...here.shape.slice(0, -1), count * (here.shape.at(-1) as number)] : here.shape
      // Channels grow at each concatenation.
      if (kind === 'concat' && (shape.at(-1) as number) > 64) continue
      made.add(kind, {}, [here, ...(gate ? [gate] : others)], shape)
    }
  }

  const nodes = made.places
  const at = (number: number): string => (nodes[nodes.length - 1 - (number % nodes.length)] as Place).name
  const taken = new Set(inputNames)
  const keptNodes: [string, string][] = []
  for (const [index, number] of kept) {
    const name = names[index] as string
    if (taken.has(name)) continue
    taken.add(name)
    keptNodes.push([name, at(number)])
  }
  const last = (nodes.at(-1) as Place).name
  const named = (list: readonly number[], stem: string): [string, string][] => list.map((number, index) => [`${stem}${index}`, at(number)])
  const plan: Plan = {
    nodes: made.nodes,
    input: inputNames[0] as string,
    ...(inputs.length > 1 ? { inputs: inputNames } : {}),
    ...(outputs.length === 0
      ? { output: last, outputs: Object.fromEntries(named(heads, 'head')) }
      : { outputs: Object.fromEntries(named(outputs, 'out')) }),
    kept: Object.fromEntries(keptNodes),
  }
  return rebuild(plan, 'graph', 'kept')
}

const narrowFlat = (made: Nodes, here: Place): void => {
  const size = here.shape.reduce((product, each) => product * each, 1)
  made.add('dense', { units: 4 }, [made.add('flatten', {}, [here], [size])], vector)
}
