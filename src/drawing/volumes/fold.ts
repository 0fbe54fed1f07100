import type { GraphNode } from '../../network/graph.js'
import { categoryOf } from './category.js'
import { label } from './label.js'
import { isNumbered } from './numbered.js'
import { type Item, itemsOf, mainInputs, regionsOf } from './regions.js'
import type { Volume } from './volumes.js'

/*
 * Repeated blocks of a network are drawn once, in a frame that says how often they follow one another.
 */

/** Volumes in a frame. */
export interface Frame {
  /** `×3`. */
  readonly label: string
  /** How often they follow one another. */
  readonly times: number
  /** The names of the volumes in it. */
  readonly members: readonly string[]
}

/** The volumes that are drawn of a network. */
export interface Folded {
  readonly volumes: readonly Volume[]
  readonly frames: readonly Frame[]
  /** For each volume that is not drawn, the name of the one that stands for it. */
  readonly standsFor: ReadonlyMap<string, string>
}

/** A repeat: where the first copy begins in a chain of items, how many items it has, and how many copies there are. */
interface Repeat {
  readonly start: number
  readonly period: number
  readonly times: number
}

/** Nothing folded. */
export const unfolded = (volumes: readonly Volume[]): Folded => ({ volumes, frames: [], standsFor: new Map() })

/**
 * Volumes with repeated blocks folded. Copies of a block have the same layers with the same settings on maps of the same size; their
 * channels may differ, as in a DenseNet, where each layer adds some.
 *
 * @param layers whether equal layers that follow one another are folded too, each into one volume
 */
export const foldedOf = (volumes: readonly Volume[], layers = false): Folded => {
  const regions = regionsOf(volumes)
  const readers = readersOf(volumes)
  const frames: Frame[] = []
  const standsFor = new Map<string, string>()
  const shown = new Map(volumes.map((volume) => [volume.name, volume]))
  /** Layers on the output of a last copy that its other copies have not, by the name of the volume that they were part of. */
  const added = new Map<string, Volume>()
  const waiting: (readonly Volume[])[] = [volumes]
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const items = itemsOf(part, regions)
    for (const chain of chainsOf(items, readers)) {
      for (const { start, period, times } of repeatsOf(chain, layers)) {
        const units = Array.from({ length: times }, (_, copy) =>
          chain.slice(start + copy * period, start + (copy + 1) * period).flatMap((item) => item.volumes),
        )
        const [first = [], ...others] = units
        if (first.length === 1) {
          foldLayer(units.flat(), shown, standsFor)
          continue
        }
        const last = others.at(-1) as readonly Volume[]
        for (const [place, volume] of first.entries()) shown.set(volume.name, withLast(volume, last[place] as Volume))
        for (const copy of others) for (const [place, volume] of copy.entries()) standsFor.set(volume.name, (first[place] as Volume).name)
        const { name } = first.at(-1) as Volume
        const { after, ...ends } = endOf(first.at(-1) as Volume, last.at(-1) as Volume)
        if (after) added.set((last.at(-1) as Volume).name, after)
        else shown.set(name, { ...(shown.get(name) as Volume), ...ends })
        frames.push({ label: labelOf(units.flat(), times), times, members: first.map(({ name }) => name) })
      }
    }
    for (const item of items) if (item.volumes.length > 1 && !standsFor.has(item.exit.name)) waiting.push(insideOf(item))
  }
  /** The name of the volume that is drawn for an input. */
  const inputOf = (name: string): string => added.get(name)?.name ?? drawnOf(name, standsFor)
  const drawn = volumes.flatMap(({ name }): Volume[] => {
    const after = added.get(name)
    const own = standsFor.has(name) ? [] : [shown.get(name) as Volume]
    return [...own.map((volume) => ({ ...volume, inputs: [...new Set(volume.inputs.map(inputOf))] })), ...(after ? [after] : [])]
  })
  return {
    volumes: drawn,
    frames: frames.map((frame) => ({ ...frame, members: frame.members.filter((name) => !standsFor.has(name)) })),
    standsFor,
  }
}

/** A volume that stands for several, with the output of the last of them where that is another. */
const withLast = (volume: Volume, { node }: Volume): Volume =>
  `${node.output}` === `${volume.node.output}` ? volume : { ...volume, lastOutput: node.output }

/** Letters of a name in a label. */
const mostLetters = 24

/** The label of a frame, `×3`; with the path that the names in it begin with, where they have one: `layer1 ×3` for `layer1.1.conv1`. */
const labelOf = (volumes: readonly Volume[], times: number): string => {
  const named = volumes.filter(({ node }) => !isNumbered(node)).map(({ name }) => label(name).split(/[./]/).filter(Boolean).slice(0, -1))
  const [first = []] = named
  const path = named.reduce((common, each) => common.slice(0, firstOther(common, each)), first).join('.')
  return `${path.length > mostLetters ? `${path.slice(0, mostLetters)}…` : path} ×${times}`.trim()
}

/** The place of the first part in which two paths differ. */
const firstOther = (one: readonly string[], other: readonly string[]): number => {
  const place = one.findIndex((part, index) => part !== other[index])
  return place < 0 ? one.length : place
}

/** What comes out of the last copy: further layers as a volume of their own, or else its names. */
const endOf = (first: Volume, last: Volume): Partial<Pick<Volume, 'labels' | 'isOutput'>> & { readonly after?: Volume } => {
  const [node, ...dressing] = last.dressing.slice(first.dressing.length)
  const { labels, isOutput } = last
  if (node === undefined) return { labels, isOutput }
  return {
    after: {
      name: node.name,
      node,
      category: categoryOf(node.kind),
      dressing,
      inputs: [first.name],
      labels,
      isOutput,
      ...(first.flat ? { flat: first.flat } : {}),
    },
  }
}

/** The volumes of a region without its exit, so that they are looked at for themselves. */
const insideOf = ({ volumes, exit }: Item): readonly Volume[] => volumes.filter((volume) => volume !== exit)

/** Equal layers as one: the last of them stands for all, since its output goes on. */
const foldLayer = (units: readonly Volume[], shown: Map<string, Volume>, standsFor: Map<string, string>): void => {
  const [first] = units as [Volume]
  const last = units.at(-1) as Volume
  for (const { name } of units.slice(0, -1)) standsFor.set(name, last.name)
  shown.set(last.name, { ...last, inputs: first.inputs, times: units.length })
}

/** The name of the volume that is drawn for one. */
export const drawnOf = (name: string, standsFor: ReadonlyMap<string, string>): string => {
  let drawn = name
  for (let next = standsFor.get(drawn); next !== undefined; next = standsFor.get(drawn)) drawn = next
  return drawn
}

/** For each volume the names of those that take its value. */
const readersOf = (volumes: readonly Volume[]): Map<string, Set<string>> => {
  const readers = new Map(volumes.map(({ name }) => [name, new Set<string>()]))
  for (const { name, inputs } of volumes) for (const input of inputs) readers.get(input)?.add(name)
  return readers
}

/** Items that follow one another: nothing but the next one reads what one of them gives. */
const chainsOf = (items: readonly Item[], readers: ReadonlyMap<string, ReadonlySet<string>>): Item[][] => {
  const homes = new Map(items.flatMap((item) => item.volumes.map(({ name }): [string, Item] => [name, item])))
  const next = (item: Item): Item | undefined => {
    const [first, ...others] = [...(readers.get(item.exit.name) ?? [])].map((name) => homes.get(name))
    return first !== undefined && others.every((other) => other === first) ? first : undefined
  }
  /** The items in this part that an item takes its main inputs from. */
  const sourcesOf = (item: Item): Set<Item> =>
    new Set(
      item.volumes
        .flatMap((volume) => mainInputs(volume))
        .flatMap((name) => homes.get(name) ?? [])
        .filter((source) => source !== item),
    )
  const chains = new Map<Item, Item[]>()
  for (const item of items) {
    const [before, ...others] = sourcesOf(item)
    const chain = before && others.length === 0 && next(before) === item ? (chains.get(before) as Item[]) : []
    chain.push(item)
    chains.set(item, chain)
  }
  return [...new Set(chains.values())].filter((chain) => chain.length > 1)
}

/** Blocks of more items than these are not looked for. */
const longest = 24

/** The repeats of a chain, none of which overlap: from its beginning on, those that save most. */
const repeatsOf = (chain: readonly Item[], layers: boolean): Repeat[] => {
  const ids = new Map<string, number>()
  const all = chain.map((item, index): Signature & { readonly id: number } => {
    const signature = signatureOf(item, chain[index - 1])
    const text = JSON.stringify(signature)
    if (!ids.has(text)) ids.set(text, ids.size)
    return { ...signature, id: ids.get(text) as number }
  })
  /** Whether an item can end the last copy: what comes out of it may have more layers on it, and names. */
  const isEnd = (index: number, before: number): boolean => {
    const [one, two] = [all[index] as Signature, all[before] as Signature]
    return one.layers === two.layers && two.dressing.every((text, place) => text === one.dressing[place])
  }
  const periods = Math.min(longest, Math.floor(chain.length / 2))
  /** For each period and each place, how many items from there on are equal to those a period later. */
  const runs = Array.from({ length: periods + 1 }, (_, period) => {
    const equal = new Array<number>(chain.length + 1).fill(0)
    for (let index = chain.length - period - 1; index >= 0; index -= 1)
      equal[index] = all[index]?.id === all[index + period]?.id ? 1 + (equal[index + 1] as number) : 0
    return equal
  })
  const repeats: Repeat[] = []
  for (let start = 0; start < chain.length; ) {
    let best: (Repeat & { readonly saved: number }) | undefined
    for (let period = 1; period <= Math.min(periods, (chain.length - start) / 2); period += 1) {
      let end = start + period + (runs[period]?.[start] as number)
      if (end < chain.length && isEnd(end, end - period)) end += 1
      const times = Math.floor((end - start) / period)
      if (times < 2) continue
      // What is left over comes first, as the first block of a stage often differs.
      const from = end - times * period
      const unit = chain.slice(from, from + period).reduce((sum, { volumes }) => sum + volumes.length, 0)
      const saved = unit * (times - 1)
      const kinds = new Set(all.slice(from, from + period).map((signature) => signature.layers))
      const isWorth = unit > 1 ? kinds.size > 1 || period === 1 : layers
      if (isWorth && saved > (best?.saved ?? 0)) best = { start: from, period, times, saved }
    }
    if (best) repeats.push(best)
    start = best ? best.start + best.period * best.times : start + 1
  }
  return repeats
}

/** What two items have in common that can be drawn as one. */
interface Signature {
  readonly layers: string
  /** The layers on its exit. */
  readonly dressing: readonly string[]
  /** The names of the value that it gives. */
  readonly labels: string
}

const signatureOf = ({ volumes, exit }: Item, before: Item | undefined): Signature => {
  const places = new Map(volumes.map(({ name }, index) => [name, index]))
  const layers = JSON.stringify(
    volumes.map((volume) => {
      const { node, dressing, inputs, labels } = volume
      // In a graph each layer tells its parameters: copies have the same.
      const sources = inputs.map((name) => places.get(name) ?? (name === before?.exit.name ? 'before' : place(name, volume, before)))
      const weights = volume.flat === 'layer' ? [node.output, node.weights.map(({ shape }) => shape)] : []
      return [layerText(node), mapOf(node), weights, sources, volume === exit ? [] : [dressing.map(layerText), labels]]
    }),
  )
  return { layers, dressing: exit.dressing.map(layerText), labels: JSON.stringify(exit.labels) }
}

/** An input from outside: the way in where there is no item before, or a network beside this one. */
const place = (name: string, volume: Volume, before: Item | undefined): string =>
  before === undefined && mainInputs(volume).includes(name) ? 'before' : `outside ${name}`

const layerText = (node: GraphNode): string =>
  JSON.stringify([node.kind, node.settings, isNumbered(node) ? '' : node.name.replace(/\d+/g, '#'), node.shared])

/** The size of the maps of an output; a vector has none. Convolutions without padding cut some cells off, which makes no other block. */
const mapOf = ({ output, window }: GraphNode): string => {
  if (window?.axes.every(({ stride }) => stride === 1)) return 'kept'
  return output.length > 1 ? `${output.slice(0, -1)}` : 'vector'
}
