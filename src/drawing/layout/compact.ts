import type { graphlib } from '@dagrejs/dagre'
import type { Point } from './geometry.js'

/*
 * Levels for what stands in columns: dagre's order in each column, as near to what it is joined with as the room allows.
 *
 * Where many branches cross, dagre's own levels can drift apart from column to column, and leave most of the paper empty.
 */

/** A box or a line in a column. */
interface Slot {
  /** Its middle; what is worked out here. */
  y: number
  /** Half the room that it takes. */
  readonly half: number
  /** How far under its middle a line that meets it is level with it: the middle of a box is that of its room, caption included. */
  readonly below: number
  /** What it is joined with in other columns. */
  readonly before: Slot[]
  readonly after: Slot[]
}

/** Pixels between two slots of a column. */
const gap = 12

/** Half the room of a line. */
const lineRoom = 2

/** How often all columns are gone through. */
const sweeps = 24

/** How many times the height of its tallest column a picture may be before its levels are worked out anew. */
const mostLoose = 1.5

/** A laid out node of dagre, and what it knows of an edge. */
interface Placed extends Point {
  y: number
  readonly height: number
}
interface Bends {
  readonly points: readonly { x: number; y: number }[]
}

/**
 * Gives a graph that dagre has laid out new levels where its own leave much of the paper empty.
 *
 * @param caption the height of captions, which is part of each node's
 */
export const compacted = (graph: graphlib.Graph, caption: number): void => {
  const columns = new Map<number, Slot[]>()
  const slots = new Map<string, Slot>()
  const moves: (() => void)[] = []
  const add = (x: number, slot: Slot): void => {
    const column = columns.get(Math.round(x))
    if (column) column.push(slot)
    else columns.set(Math.round(x), [slot])
  }
  for (const id of graph.nodes()) {
    const node = graph.node(id) as unknown as Placed
    const slot: Slot = { y: node.y, half: node.height / 2, below: 0, before: [], after: [] }
    slots.set(id, slot)
    add(node.x, slot)
    moves.push(() => {
      node.y = slot.y
    })
  }
  for (const { v, w } of graph.edges() as { v: string; w: string }[]) {
    let from = slots.get(v) as Slot
    const join = (to: Slot): void => {
      from.after.push(to)
      to.before.push(from)
      from = to
    }
    for (const point of (graph.edge(v, w) as unknown as Bends).points.slice(1, -1)) {
      if (!columns.has(Math.round(point.x))) continue
      const slot: Slot = { y: point.y, half: lineRoom, below: caption / 2, before: [], after: [] }
      add(point.x, slot)
      join(slot)
      moves.push(() => {
        point.y = slot.y
      })
    }
    join(slots.get(w) as Slot)
  }
  const inOrder = [...columns].sort(([one], [other]) => one - other).map(([, column]) => column)
  if (!isLoose(inOrder)) return
  compact(inOrder)
  for (const move of moves) move()
}

/** Whether dagre's levels leave much of the paper empty. */
const isLoose = (columns: readonly (readonly Slot[])[]): boolean => {
  const all = columns.flat()
  const top = all.reduce((least, { y, half }) => Math.min(least, y - half), Number.POSITIVE_INFINITY)
  const bottom = all.reduce((most, { y, half }) => Math.max(most, y + half), Number.NEGATIVE_INFINITY)
  const tallest = columns.reduce((most, column) => Math.max(most, heightOf(column)), 0)
  return bottom - top > mostLoose * tallest
}

const heightOf = (column: readonly Slot[]): number => column.reduce((sum, { half }) => sum + 2 * half + gap, -gap)

/** Gives the slots of columns new levels. */
const compact = (columns: readonly Slot[][]): void => {
  for (const column of columns) {
    column.sort((one, other) => one.y - other.y)
    let top = -heightOf(column) / 2
    for (const slot of column) {
      slot.y = top + slot.half
      top += 2 * slot.half + gap
    }
  }
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const forward = sweep % 2 === 0
    for (const column of forward ? columns : [...columns].reverse()) level(column, forward ? 'before' : 'after')
  }
  for (const column of columns) level(column, 'both')
}

/** Puts the slots of a column as near to the means of what they are joined with as their order and their room allow, by least squares. */
const level = (column: readonly Slot[], side: 'before' | 'after' | 'both'): void => {
  /** Slots that touch: their first index, how many they are, and the level of the first. */
  const blocks: { first: number; count: number; y: number }[] = []
  const offsets: number[] = []
  for (const [index, slot] of column.entries()) {
    const above = column[index - 1]
    offsets.push(above ? (offsets[index - 1] as number) + above.half + gap + slot.half : 0)
    let block = { first: index, count: 1, y: wishOf(slot, side) - (offsets[index] as number) }
    for (let last = blocks.at(-1); last && last.y >= block.y; last = blocks.at(-1)) {
      blocks.pop()
      const count = last.count + block.count
      block = { first: last.first, count, y: (last.y * last.count + block.y * block.count) / count }
    }
    blocks.push(block)
  }
  for (const { first, count, y } of blocks)
    for (let index = first; index < first + count; index += 1) (column[index] as Slot).y = y + (offsets[index] as number)
}

const wishOf = ({ y, below, before, after }: Slot, side: 'before' | 'after' | 'both'): number => {
  const joined = side === 'both' ? [...before, ...after] : side === 'before' ? before : after
  return joined.length === 0 ? y : joined.reduce((sum, each) => sum + each.y + each.below, 0) / joined.length - below
}
