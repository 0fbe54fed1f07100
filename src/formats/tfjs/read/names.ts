import type { TfNode } from './graph-def.js'

/** Names of layers out of the names of operators, such as `StatefulPartitionedCall/model/conv1/Conv2D`. */

/** Operators that exporters put behind the name of a layer. */
const operators =
  /^(conv[23]d|conv2d_transpose|depthwise|separable_conv2d|convolution|matmul|tensordot|biasadd|batch_?norm(alization)?|fusedbatchnorm(v\d)?|relu6?|elu|sigmoid|tanh|leakyrelu|prelu|embedding_lookup|add|mul|sub)(_\d+)?$/i

/** The names of layers, by their operators: what stands before all of them is left out, and what says only the operator. */
export const layerNames = (nodes: readonly TfNode[]): Map<TfNode, string> => {
  const ways = nodes.map((node) => {
    const way = node.name.split('/').filter((part) => part.trim() !== '')
    const last = way.at(-1) ?? ''
    return way.length > 1 && (operators.test(last) || last === node.op) ? way.slice(0, -1) : way
  })
  const [first = [], ...others] = ways
  const same = (place: number): boolean => others.every((way) => way[place] === first[place] && place < way.length - 1)
  let start = 0
  while (start < first.length - 1 && same(start)) start += 1
  return new Map(nodes.map((node, index) => [node, (ways[index] as string[]).slice(start).join('/')]))
}
