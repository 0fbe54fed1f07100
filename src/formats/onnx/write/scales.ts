import type { GraphNode } from '../../../network/graph.js'
import { arranged, broadcast, type Emitter, type Layout, perChannel } from './emitter.js'
import type { Operators } from './operators.js'

/** Scales, shifts and constant statistics of channels. */

type Write = Operators[string]

/** Steps on the input of a node, in its layout; the last of them gives the node's output. */
const inTurn = (emit: Emitter, node: GraphNode, steps: readonly (readonly [operator: string, what: string, by: string])[]): void => {
  const input = node.inputs[0] as string
  const layout = emit.layoutOf(input)
  const shape = arranged(node.output, layout)
  let value = emit.take(input, layout)
  for (const [index, [operator, what, by]] of steps.entries()) {
    if (index === steps.length - 1) emit.put(node, layout, operator, [value, by])
    else value = emit.add(operator, `${node.name}/${what}`, { inputs: [value, by], shape })
  }
}

/** Numbers as a constant: one for all channels, or one for each in the shape in which they are broadcast. */
const numbers = (emit: Emitter, node: GraphNode, layout: Layout, what: string, value: number | readonly number[]): string =>
  typeof value === 'number'
    ? emit.floats(`${node.name}/${what}`, [value], [])
    : emit.floats(`${node.name}/${what}`, value, perChannel(node.output, layout))

const layoutOf = (emit: Emitter, node: GraphNode): Layout => emit.layoutOf(node.inputs[0] as string)

const layerScale: Write = (emit, node) =>
  inTurn(emit, node, [['Mul', 'scaled', broadcast(emit, node, emit.weight(node, 'weight'), layoutOf(emit, node))]])

const affine: Write = (emit, node) => {
  const { scale, shift } = node.settings as { scale: boolean; shift: boolean }
  const by = (suffix: string): string => broadcast(emit, node, emit.weight(node, suffix), layoutOf(emit, node))
  inTurn(emit, node, [
    ...(scale ? ([['Mul', 'scaled', by('weight')]] as const) : []),
    ...(shift ? ([['Add', 'shifted', by('bias')]] as const) : []),
  ])
}

const rescale: Write = (emit, node) => {
  const { scale, offset } = node.settings as { scale: number | readonly number[]; offset: number | readonly number[] }
  const layout = layoutOf(emit, node)
  inTurn(emit, node, [
    ['Mul', 'scaled', numbers(emit, node, layout, 'scale', scale)],
    ...(offset === 0 ? [] : ([['Add', 'shifted', numbers(emit, node, layout, 'offset', offset)]] as const)),
  ])
}

const normalize: Write = (emit, node) => {
  const { mean, variance } = node.settings as { mean?: number | readonly number[]; variance?: number | readonly number[] }
  const layout = layoutOf(emit, node)
  if (mean !== undefined && variance !== undefined) {
    const deviation = typeof variance === 'number' ? Math.sqrt(variance) : variance.map(Math.sqrt)
    return inTurn(emit, node, [
      ['Sub', 'centred', numbers(emit, node, layout, 'mean', mean)],
      ['Div', 'normal', numbers(emit, node, layout, 'deviation', deviation)],
    ])
  }
  const [centre, square] = ['running_mean', 'running_var'].map((suffix) => broadcast(emit, node, emit.weight(node, suffix), layout))
  const deviation = emit.once(`root of ${square}`, () =>
    emit.add('Sqrt', `${node.name}/deviation`, { inputs: [square as string], shape: perChannel(node.output, layout), batched: false }),
  )
  inTurn(emit, node, [
    ['Sub', 'centred', centre as string],
    ['Div', 'normal', deviation],
  ])
}

export const scaleOperators = { layerScale, affine, rescale, normalize } satisfies Operators
