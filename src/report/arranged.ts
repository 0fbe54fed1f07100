import { isActivation } from './families.js'
import type { Layer, Report } from './report.js'

/*
 * The rows of a report in another order, or several of them as one.
 */

/** What rows can be sorted by. */
export const sortKeys = ['params', 'macs', 'memory', 'intensity'] as const

/** What rows can be grouped by. */
export const groupKeys = ['block', 'stage', 'kind'] as const

/** How rows are arranged. */
export interface Arrangement {
  /** The largest first. */
  readonly sort?: (typeof sortKeys)[number] | undefined
  /** How many rows there are at most: the largest, by MACs where `sort` is left out. */
  readonly top?: number | undefined
  /** Whether layers that only apply a function to each value have rows; `true` where it is left out. */
  readonly activations?: boolean | undefined
  readonly groupBy?: (typeof groupKeys)[number] | undefined
  /** How many parts of a path make a group, for names such as `layer1.0.conv1`; without paths, 2 lists the layers of each block under it. */
  readonly depth?: number | undefined
}

/** A report with its rows arranged. Its totals stay those of the whole network. */
export const arranged = (
  report: Report,
  { top, sort = top === undefined ? undefined : 'macs', activations = true, groupBy, depth = 1 }: Arrangement,
): Report => {
  const listed = activations ? report.layers : report.layers.filter(({ kind }) => !isActivation(kind))
  const grouped = groupBy === undefined ? listed : groupedBy(groupBy, report, listed, depth)
  const sorted = sort === undefined ? grouped : [...grouped].sort((one, other) => quantities[sort](other) - quantities[sort](one))
  return { ...report, layers: top === undefined ? sorted : sorted.slice(0, top) }
}

const quantities: Readonly<Record<(typeof sortKeys)[number], (layer: Layer) => number>> = {
  params: ({ params }) => params,
  macs: ({ macs }) => macs,
  memory: ({ bytes }) => bytes,
  intensity: ({ intensity }) => intensity,
}

const groupedBy = (key: (typeof groupKeys)[number], report: Report, layers: readonly Layer[], depth: number): Layer[] => {
  if (key === 'kind') return [...byKey(layers, ({ kind }) => kind)].map(([kind, members]) => groupOf(kind, members))
  if (key === 'stage') return [...byKey(layers, stageOf)].map(([stage, members]) => groupOf(stage, members))
  const isListed = new Set(layers)
  if (layers.some(({ name }) => pathOf(name).length > 1)) {
    const atDepth = ({ name }: Layer): string => pathOf(name).slice(0, depth).join('.')
    return [...byKey(layers, atDepth)].map(([path, members]) => (members.length === 1 ? (members[0] as Layer) : groupOf(path, members)))
  }
  return blocksOf(report.layers).flatMap(({ name, members }) => {
    const inside = members.filter((layer) => isListed.has(layer))
    if (inside.length < 2) return inside
    const own = depth < 2 ? [] : inside.map((layer) => ({ ...layer, name: `  ${layer.name}` }))
    return [groupOf(name, inside), ...own]
  })
}

/** The parts of a name that is a path, as PyTorch's and ONNX's are. */
const pathOf = (name: string): string[] => name.split(/[./]/).filter(Boolean)

const stageOf = ({ output }: Layer): string => (output.length === 1 ? 'vector' : output.slice(0, -1).join('x'))

const byKey = (layers: readonly Layer[], keyOf: (layer: Layer) => string): Map<string, Layer[]> => {
  const groups = new Map<string, Layer[]>()
  for (const layer of layers) {
    const key = keyOf(layer)
    const group = groups.get(key)
    if (group) group.push(layer)
    else groups.set(key, [layer])
  }
  return groups
}

/**
 * The blocks of a network without paths: from a value that everything after it comes from to the next such value, where branches lie
 * between them; and the layers between two blocks.
 */
const blocksOf = (layers: readonly Layer[]): Block[] => {
  const lastReader = new Map<string, number>()
  layers.forEach(({ from }, index) => {
    for (const name of from) lastReader.set(name, index)
  })
  const blocks: { name: string; members: Layer[] }[] = []
  let block: Layer[] = []
  let chain: Layer[] | undefined
  let count = 0
  let reach = 0
  layers.forEach((layer, index) => {
    block.push(layer)
    if (reach <= index) {
      if (block.length > 1) {
        count += 1
        blocks.push({ name: `block ${count}, to ${layer.name}`, members: block })
        chain = undefined
      } else {
        if (!chain) {
          chain = []
          blocks.push({ name: '', members: chain })
        }
        chain.push(layer)
      }
      block = []
    }
    reach = Math.max(reach, lastReader.get(layer.name) ?? 0)
  })
  if (block.length > 0) blocks.push({ name: `block ${count + 1}`, members: block })
  return blocks.map(({ name, members }) => ({ name: name === '' ? `${members[0]?.name} to ${members.at(-1)?.name}` : name, members }))
}

/** Rows that follow each other and belong together: a block with branches, a path of names, or the layers between two blocks. */
export interface Block {
  readonly name: string
  readonly members: readonly Layer[]
}

/** The rows of a report as blocks, in their order. Layers whose names are paths belong together as far as their first parts agree. */
export const blocksIn = ({ layers }: Report): readonly Block[] => {
  if (!layers.some(({ name }) => pathOf(name).length > 1)) return blocksOf(layers)
  const blocks: { name: string; members: Layer[] }[] = []
  for (const layer of layers) {
    const name = pathOf(layer.name)[0] ?? layer.name
    const last = blocks.at(-1)
    if (last?.name === name) last.members.push(layer)
    else blocks.push({ name, members: [layer] })
  }
  return blocks
}

/** Several rows as one. */
export const groupOf = (name: string, members: readonly Layer[]): Layer => {
  const [first] = members as [Layer]
  const last = members.at(-1) as Layer
  const sum = (of: (layer: Layer) => number): number => members.reduce((total, layer) => total + of(layer), 0)
  const [bytesRead, bytesWritten] = [sum((layer) => layer.bytesRead), sum((layer) => layer.bytesWritten)]
  const moved = bytesRead + bytesWritten
  const operations = sum(({ intensity, bytesRead: read, bytesWritten: written }) => intensity * (read + written))
  return {
    name,
    kind: members.length === 1 ? '1 layer' : `${members.length} layers`,
    from: [],
    input: first.input,
    output: last.output,
    settings: {},
    params: sum(({ params }) => params),
    nonTrainable: sum(({ nonTrainable }) => nonTrainable),
    macs: sum(({ macs }) => macs),
    activations: sum(({ activations }) => activations),
    bytes: sum(({ bytes }) => bytes),
    bytesRead,
    bytesWritten,
    intensity: moved === 0 ? 0 : operations / moved,
    receptiveField: last.receptiveField,
    ...(last.receptiveFields === undefined ? {} : { receptiveFields: last.receptiveFields }),
  } as Layer
}
