import type { Graph } from '../network/graph.js'

/** A node in the dominator tree: its depth, its parent, and an ancestor several steps up. */
interface TreeNode {
  readonly name: string
  readonly depth: number
  readonly parent: TreeNode
  readonly jump: TreeNode
}

/**
 * Maps each node to its immediate dominator: the last node before it through which every path from the input passes. In an acyclic
 * graph that is the nearest common dominator of its inputs.
 *
 * Each search jumps through ancestors (Myers 1983, An applicative random-access stack), in a number of steps logarithmic in the depth.
 */
export const dominatorsOf = (graph: Graph): Map<string, string> => {
  const treeNodes = new Map<string, TreeNode>()
  const root = { name: graph.input, depth: 0 } as { -readonly [Key in keyof TreeNode]: TreeNode[Key] }
  root.parent = root
  root.jump = root
  treeNodes.set(root.name, root)
  for (const { name, inputs } of graph.nodes.slice(1)) {
    const parent = inputs.map((input) => treeNodes.get(input) as TreeNode).reduce(commonAncestor)
    const { jump } = parent
    // Two jumps of equal length combine into one over both and a step, as in a carry.
    const isCarry = parent.depth - jump.depth === jump.depth - jump.jump.depth
    treeNodes.set(name, { name, depth: parent.depth + 1, parent, jump: isCarry ? jump.jump : parent })
  }
  return new Map([...treeNodes.values()].slice(1).map(({ name, parent: above }) => [name, above.name]))
}

/** The ancestor at a depth. */
const ancestorAt = (node: TreeNode, depth: number): TreeNode => {
  let ancestor = node
  while (ancestor.depth > depth) ancestor = ancestor.jump.depth >= depth ? ancestor.jump : ancestor.parent
  return ancestor
}

/** The deepest common ancestor of two nodes, which may be one of them. */
const commonAncestor = (first: TreeNode, second: TreeNode): TreeNode => {
  const depth = Math.min(first.depth, second.depth)
  let [left, right] = [ancestorAt(first, depth), ancestorAt(second, depth)]
  while (left !== right) {
    const differ = left.jump !== right.jump
    left = differ ? left.jump : left.parent
    right = differ ? right.jump : right.parent
  }
  return left
}
