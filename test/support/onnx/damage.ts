import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from '../../../src/formats/onnx/model.js'
import type { Draw } from './draw.js'

/** Models that are whole as protobuf, and wrong in what they say: one or several things in them are changed. */

const numbers = [0, 1, -1, 2, 3, -2, 7, 64, 255, 2 ** 16, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), 2 ** 40, 2 ** 53 - 1, -(2 ** 53), 2 ** 62]
const floats = [0, 1, -1, 0.5, 1e-45, 1e38, -1e38, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 6, Math.SQRT2]
const texts = [
  '',
  'NOTSET',
  'SAME_UPPER',
  'SAME_LOWER',
  'VALID',
  'linear',
  'cubic',
  'CRD',
  'reverse',
  'x'.repeat(300),
  '\u001b[31m',
  '__proto__',
]

const attribute = (draw: Draw): OnnxAttribute =>
  draw.of<() => OnnxAttribute>([
    () => ({ int: draw.of(numbers) }),
    () => ({ ints: draw.list(draw.whole(0, 9), -3, 9) }),
    () => ({ ints: Array.from({ length: draw.whole(0, 5) }, () => draw.of(numbers)) }),
    () => ({ float: draw.of(floats) }),
    () => ({ floats: Array.from({ length: draw.whole(0, 3) }, () => draw.of(floats)) }),
    () => ({ text: draw.of(texts) }),
    () => ({ texts: [draw.of(texts)] }),
    () => ({ tensor: tensor(draw, 'attribute') }),
  ])()

const known = [
  'axis',
  'axes',
  'pads',
  'strides',
  'dilations',
  'group',
  'auto_pad',
  'ceil_mode',
  'keepdims',
  'mode',
  'perm',
  'epsilon',
  'alpha',
  'to',
  'value',
]

const bytesOf = (type: number): number => ({ 1: 4, 6: 4, 7: 8, 9: 1, 10: 2, 11: 8 })[type] ?? 1

/** A tensor that is whole or not. */
const tensor = (draw: Draw, name: string): OnnxTensor => {
  const type = draw.of([1, 1, 1, 7, 7, 6, 9, 10, 11, 0, 8, 16, 99])
  const dims = draw.of([[], [0], [1], [3], [2, 3], draw.list(draw.whole(0, 5), 0, 4), [draw.of(numbers.filter((each) => each >= 0)), 1]])
  const count = dims.reduce((product, size) => product * size, 1) * bytesOf(type)
  const raw = Uint8Array.from({ length: Math.min(draw.often(80) ? count : draw.whole(0, 40), 400) }, () => draw.whole(0, 255))
  const external = {
    location: draw.of(['w.bin', '', '../w.bin', '/etc/passwd']),
    offset: draw.of(['0', '-1', 'x', '4']),
    length: `${raw.length}`,
  }
  return draw.often(85) ? { name, dims, type, raw } : draw.often(50) ? { name, dims, type } : { name, dims, type, external }
}

const changedNode = (draw: Draw, node: OnnxNode, names: readonly string[], operators: readonly string[]): OnnxNode => {
  const [keys, at] = [Object.keys(node.attributes), draw.whole(0, Math.max(node.inputs.length - 1, 0))]
  const key = keys.length > 0 && draw.often(70) ? draw.of(keys) : draw.of(known)
  const { [key]: _, ...rest } = node.attributes
  return draw.of<() => OnnxNode>([
    () => ({ ...node, attributes: { ...node.attributes, [key]: attribute(draw) } }),
    () => ({ ...node, attributes: { ...node.attributes, [key]: attribute(draw) } }),
    () => ({ ...node, attributes: rest }),
    () => ({ ...node, operator: draw.of(operators) }),
    () => ({ ...node, inputs: node.inputs.map((name, index) => (index === at ? draw.of(names) : name)) }),
    () => ({ ...node, inputs: [...node.inputs, draw.of(names)] }),
    () => ({ ...node, inputs: node.inputs.filter((__, index) => index !== at) }),
    () => ({ ...node, inputs: node.inputs.map((name, index) => (index === at ? '' : name)) }),
    () => ({ ...node, inputs: [...node.inputs].reverse() }),
    () => ({ ...node, outputs: draw.of([[], [...node.outputs, 'more'], node.outputs.map(() => ''), [draw.of(names)]]) }),
    () => ({ ...node, domain: draw.of(['', 'ai.onnx', 'com.microsoft']) }),
    () => ({ ...node, name: draw.of(['', 'constructor', '\u0000', 'n'.repeat(5000)]) }),
  ])()
}

/** One of a list changed. */
const changed = <Value>(draw: Draw, values: readonly Value[], change: (value: Value) => Value): readonly Value[] => {
  const at = draw.whole(0, Math.max(values.length - 1, 0))
  return values.map((value, index) => (index === at ? change(value) : value))
}

const changedValue = (draw: Draw, value: OnnxValue): OnnxValue =>
  draw.of<() => OnnxValue>([
    () => ({ ...value, type: draw.of([0, 1, 2, 7, 8, 9, 10, 11, 16]) }),
    () => ({ ...value, dims: undefined }),
    () => ({ ...value, dims: value.dims && changed(draw, value.dims, () => draw.of<number | string>(['N', '', ...numbers])) }),
    () => ({ ...value, dims: [...(value.dims ?? []), draw.of([1, 2, 'N'])] }),
    () => ({ ...value, dims: value.dims?.slice(1) }),
    () => ({ ...value, name: draw.of(['', 'x', '__proto__', 'other']) }),
  ])()

const changedGraph = (draw: Draw, graph: OnnxGraph, operators: readonly string[]): OnnxGraph => {
  const names = [
    ...graph.nodes.flatMap(({ outputs }) => outputs),
    ...graph.initializers.map(({ name }) => name),
    'x',
    'input',
    'nothing',
    '',
  ]
  const tensors = graph.initializers
  return draw.of<() => OnnxGraph>([
    ...Array.from({ length: 6 }, () => () => ({
      ...graph,
      nodes: changed(draw, graph.nodes, (node) => changedNode(draw, node, names, operators)),
    })),
    () => ({ ...graph, nodes: graph.nodes.filter((_, index) => index !== draw.whole(0, graph.nodes.length - 1)) }),
    () => ({ ...graph, nodes: [...graph.nodes].reverse() }),
    () => ({ ...graph, nodes: [...graph.nodes, draw.of(graph.nodes)].filter((node) => node !== undefined) }),
    () => ({ ...graph, initializers: changed(draw, tensors, ({ name }) => tensor(draw, name)) }),
    () => ({
      ...graph,
      initializers: changed(draw, tensors, (each) => ({
        ...each,
        dims: draw.of([[], [...each.dims].reverse(), [...each.dims, 1], [1, ...each.dims]]),
      })),
    }),
    () => ({ ...graph, initializers: tensors.slice(1) }),
    () => ({ ...graph, initializers: [...tensors, tensor(draw, draw.of(names))] }),
    () => ({ ...graph, inputs: changed(draw, graph.inputs, (value) => changedValue(draw, value)) }),
    () => ({ ...graph, outputs: changed(draw, graph.outputs, (value) => changedValue(draw, value)) }),
    () => ({ ...graph, outputs: [...graph.outputs, { name: draw.of(names), type: 1, dims: undefined }] }),
    () => ({ ...graph, values: changed(draw, graph.values, (value) => changedValue(draw, value)) }),
  ])()
}

/** What a file says of the network that it was made of, changed as text or as data. */
const changedPlan = (draw: Draw, text: string): string => {
  if (draw.often(30)) return text.slice(0, draw.whole(0, text.length)) + draw.of(['', '}', '[[[[', 'null'])
  const at = draw.whole(0, text.length - 1)
  const number = /\d+/g
  number.lastIndex = at
  const found = number.exec(text)
  return found ? text.slice(0, found.index) + draw.of(numbers) + text.slice(found.index + found[0].length) : text
}

/** A model with one to four things in it changed. */
export const damaged = (draw: Draw, model: OnnxModel, operators: readonly string[]): OnnxModel => {
  let so = model
  for (let times = draw.whole(1, 4); times > 0; times -= 1) {
    const plan = so.metadata['stridewise.graph']
    so = draw.of<() => OnnxModel>([
      ...Array.from({ length: 8 }, () => () => ({ ...so, graph: changedGraph(draw, so.graph, operators) })),
      () => ({ ...so, opset: draw.of([0, 8, 9, 10, 11, 13, 17, 18, 21, 27, 2 ** 40]) }),
      () => ({ ...so, producer: draw.of(['stridewise', '', 'others']) }),
      () => (plan === undefined ? so : { ...so, metadata: { 'stridewise.graph': changedPlan(draw, plan) } }),
    ])()
  }
  return so
}
