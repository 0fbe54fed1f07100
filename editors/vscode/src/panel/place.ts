import { label } from '../../../../src/drawing/volumes/label.js'
import type { FoundNetwork } from '../../../../src/editor/evaluate/evaluate.js'
import type { Span } from '../../../../src/editor/source/source.js'

/*
 * Which code a layer of a picture comes from, and which layers some code makes.
 */

type Placed = Pick<FoundNetwork, 'network' | 'calls'>

/** The code of the layer that a picture calls by a name; undefined where nothing in the text makes it. */
export const codeOfLayer = ({ network, calls }: Placed, name: string): Span | undefined => {
  const index = network.graph.nodes.findIndex((node) => label(node.name) === name)
  return calls[index]?.[0]
}

/** The names in pictures of the layers that the innermost call around a position makes. */
export const layersAt = ({ network, calls }: Placed, position: number): readonly string[] => {
  let best: Span | undefined
  for (const spans of calls) {
    const around = spans.find(({ start, end }) => start <= position && position <= end)
    if (around && (!best || around.end - around.start < best.end - best.start)) best = around
  }
  if (!best) return []
  const { start, end } = best
  return network.graph.nodes.flatMap(({ name }, index) =>
    calls[index]?.some((span) => span.start === start && span.end === end) ? [label(name)] : [],
  )
}
