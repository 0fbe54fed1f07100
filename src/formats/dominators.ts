import type { Graph } from '../network/graph.js'

/** A node in the tree of dominators: how deep it is, the one above it, and one further above, to which several steps lead at once. */
interface Place {
  readonly name: string
  readonly depth: number
  readonly above: Place
  readonly jump: Place
}

/**
 * For each node, the last one before it that every way from the input passes: its immediate dominator. In a graph without circles that is the
 * last one that those of its inputs have in common.
 *
 * Found by jumps of growing length (Myers 1983, An applicative random-access stack), in as many steps as the logarithm of the depth.
 */
export const dominatorsOf = (graph: Graph): Map<string, string> => {
  const places = new Map<string, Place>()
  const root = { name: graph.input, depth: 0 } as { -readonly [Key in keyof Place]: Place[Key] }
  root.above = root
  root.jump = root
  places.set(root.name, root)
  for (const { name, inputs } of graph.nodes.slice(1)) {
    const above = inputs.map((input) => places.get(input) as Place).reduce(common)
    const { jump } = above
    // Two jumps of one length become one of both and a step, as digits carry.
    const isCarry = above.depth - jump.depth === jump.depth - jump.jump.depth
    places.set(name, { name, depth: above.depth + 1, above, jump: isCarry ? jump.jump : above })
  }
  return new Map([...places.values()].slice(1).map(({ name, above }) => [name, above.name]))
}

/** The place up to a depth. */
const upTo = (place: Place, depth: number): Place => {
  let at = place
  while (at.depth > depth) at = at.jump.depth >= depth ? at.jump : at.above
  return at
}

/** The deepest place that is above both, or one of them. */
const common = (one: Place, other: Place): Place => {
  const depth = Math.min(one.depth, other.depth)
  let [left, right] = [upTo(one, depth), upTo(other, depth)]
  while (left !== right) {
    const apart = left.jump !== right.jump
    left = apart ? left.jump : left.above
    right = apart ? right.jump : right.above
  }
  return left
}
