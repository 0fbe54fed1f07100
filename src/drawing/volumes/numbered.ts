import type { GraphNode } from '../../network/graph.js'

/** Whether a layer has no name of its own, but its kind and a number. */
export const isNumbered = ({ name, kind }: GraphNode): boolean => {
  if (name === kind) return true
  const unnumbered = name.replace(/_\d+$/, '')
  return unnumbered !== name && (unnumbered === kind || unnumbered.endsWith(`_${kind}`))
}
