import { categoryOf } from './category.js'
import type { Volume } from './volumes.js'

/** Volumes with one way in and one way out: what lies between a value and the join of the branches that begin there. */
export interface Region {
  /** The name of the volume that all branches begin at. It is no member. */
  readonly entry: string
  /** The name of the join, which is a member. */
  readonly exit: string
  readonly members: ReadonlySet<string>
  /** Whether a layer in it enlarges its maps. */
  readonly isUp: boolean
}

/**
 * The inputs of a volume that its region is found by. The keys of attention come from a network beside it, as in the decoder of a
 * transformer: they are left out.
 */
export const mainInputs = ({ node, inputs }: Volume): readonly string[] =>
  categoryOf(node.kind) === 'attention' ? inputs.slice(0, 1) : inputs

/** Regions of more volumes than this are not looked at for themselves. */
const largest = 400

/** The regions of volumes, each after those inside it. Two of them have no volume in common, or one lies within the other. */
export const regionsOf = (volumes: readonly Volume[]): Region[] => {
  const dominators = dominatorsOf(volumes)
  const byName = new Map(volumes.map((volume) => [volume.name, volume]))
  const readers = new Map<string, string[]>()
  for (const volume of volumes) {
    for (const input of mainInputs(volume)) {
      const known = readers.get(input)
      if (known) known.push(volume.name)
      else readers.set(input, [volume.name])
    }
  }
  const sides = new Set(volumes.flatMap((volume) => volume.inputs.slice(mainInputs(volume).length)))
  return volumes.flatMap((volume): Region[] => {
    if (mainInputs(volume).length < 2) return []
    const entry = dominators.get(volume.name)?.name
    if (entry === undefined) return []
    const members = new Set([volume.name])
    const waiting = [...mainInputs(volume)]
    for (let name = waiting.pop(); name !== undefined && members.size <= largest; name = waiting.pop()) {
      if (name === entry || members.has(name)) continue
      members.add(name)
      waiting.push(...mainInputs(byName.get(name) as Volume))
    }
    if (members.size > largest) return []
    const isOpen = [...members].some(
      (name) => name !== volume.name && (sides.has(name) || (readers.get(name) ?? []).some((reader) => !members.has(reader))),
    )
    if (isOpen) return []
    return [{ entry, exit: volume.name, members, isUp: [...members].some((name) => enlarges(byName.get(name) as Volume)) }]
  })
}

/** A volume in the tree of dominators: the nearest volume before it that every way to it passes. */
interface Dominated {
  readonly name: string
  readonly depth: number
  readonly dominator: Dominated | undefined
}

/** For each volume its dominator, if it has one. Volumes come after their inputs, so each is looked at once. */
const dominatorsOf = (volumes: readonly Volume[]): Map<string, Dominated | undefined> => {
  const all = new Map<string, Dominated>()
  for (const volume of volumes) {
    const known = mainInputs(volume).map((name) => all.get(name))
    const dominator = known.length === 0 ? undefined : known.reduce(common)
    all.set(volume.name, { name: volume.name, depth: (dominator?.depth ?? 0) + 1, dominator })
  }
  return new Map([...all].map(([name, { dominator }]) => [name, dominator]))
}

const common = (one: Dominated | undefined, other: Dominated | undefined): Dominated | undefined => {
  let [a, b] = [one, other]
  while (a !== b) {
    if (a === undefined || b === undefined) return undefined
    if (a.depth >= b.depth) a = a.dominator
    else b = b.dominator
  }
  return a
}

/** Whether a layer enlarges its maps. */
export const enlarges = ({ node }: Volume): boolean => {
  const [before] = node.inputShapes
  if (before === undefined || before.length !== node.output.length || before.length < 2) return false
  return node.output.slice(0, -1).some((size, axis) => size > (before[axis] as number)) && !/pad/i.test(node.kind)
}

/** A part of a picture that is laid out for itself: one volume, or a region. */
export interface Item {
  /** In their order; the last one is its exit. */
  readonly volumes: readonly Volume[]
  readonly exit: Volume
}

/**
 * Volumes as items, in their order: the largest regions in which no map is enlarged, and all other volumes. A region that goes down
 * to small maps and up again, as in a U-Net, is laid out with what is around it.
 */
export const itemsOf = (volumes: readonly Volume[], regions: readonly Region[]): Item[] => {
  const names = new Set(volumes.map(({ name }) => name))
  const homes = new Map<string, Region>()
  for (const region of regions) {
    if (region.isUp || region.members.size >= volumes.length || !names.has(region.exit)) continue
    // A larger region comes later.
    for (const name of region.members) homes.set(name, region)
  }
  const items = new Map<Region, Volume[]>()
  return volumes.flatMap((volume): Item[] => {
    const home = homes.get(volume.name)
    if (home === undefined) return [{ volumes: [volume], exit: volume }]
    const inside = items.get(home) ?? []
    items.set(home, inside)
    inside.push(volume)
    return home.exit === volume.name ? [{ volumes: inside, exit: volume }] : []
  })
}
