import { FormatError } from '../../../network/format-error.js'
import { type Graph, type GraphNode, outputsOf } from '../../../network/graph.js'
import type { Shape } from '../../../shape/shape.js'
import { elementTypes, type OnnxAttribute, type OnnxNode, type OnnxTensor, type OnnxValue } from '../model.js'

/** Which axis of a tensor its channels are: behind the batch, as convolutions want them in ONNX, or the last, as here. */
export type Layout = 'first' | 'last'

/** How an operator is written: its inputs, by their names, its shape without the batch, and its attributes. */
export interface Emission {
  readonly inputs: readonly string[]
  /** Shape of the output, in the order of its axes in the file. */
  readonly shape: readonly (number | string)[]
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>
  /** Whether the first axis of the output is the batch; it is, unless it is said. */
  readonly batched?: boolean
  readonly type?: number
}

/**
 * A name as runtimes take it. They pass names on as C strings, which end at the first NUL, and ONNX Runtime Web gives the outputs as properties
 * of an object, of which `__proto__` is none.
 */
const runtimeName = (name: string): string => (name === '__proto__' ? '_proto_' : name.replaceAll('\0', '_'))

/**
 * Gathers the operators of a graph.
 *
 * Every tensor of the network is held in one layout or in both. Who needs it in the other gets a transposition, once.
 */
export class Emitter {
  readonly nodes: OnnxNode[] = []
  readonly values: OnnxValue[] = []
  readonly constants: OnnxTensor[] = []
  readonly #held = new Map<string, Map<Layout, string>>()
  readonly #shapes = new Map<string, Shape>()
  readonly #named = new Set<string>()
  readonly #made = new Map<string, string>()
  /** The values that may be another one with zeros around it. */
  readonly #withZeros = new Set<string>()
  /** For each wish for a name, how often it was made. */
  readonly #counts = new Map<string, number>()
  /** The inputs that are whole numbers: those that only embeddings take. */
  readonly #wholeInputs: ReadonlySet<string>
  /** The names that the outputs will have. */
  readonly #reserved: Set<string>
  /** The names of the outputs so far. */
  readonly results = new Set<string>()

  constructor(
    readonly graph: Graph,
    readonly opset: number,
    readonly batch: number | string,
    taken: Iterable<string>,
    /** How many names there may be. */
    readonly mostNames = Number.POSITIVE_INFINITY,
  ) {
    for (const node of graph.nodes) this.#shapes.set(node.name, node.output)
    for (const name of taken) this.#named.add(name)
    const named = graph.output === undefined ? Object.keys(graph.outputs) : []
    const inputNames = new Set(graph.inputs)
    this.#reserved = new Set(named.filter((name) => !inputNames.has(name)).map(runtimeName))
    this.#wholeInputs = wholeInputs(graph)
  }

  /** A name that no other value has. */
  unique(wanted: string): string {
    if (this.#named.size >= this.mostNames) throw new FormatError(`needs more than ${this.mostNames} names.`, 'onnx', '')
    const wish = runtimeName(wanted)
    let count = this.#counts.get(wish) ?? 1
    const isTaken = (name: string): boolean => this.#named.has(name) || this.#reserved.has(name)
    while (isTaken(count === 1 ? wish : `${wish}_${count}`)) count += 1
    const name = count === 1 ? wish : `${wish}_${count}`
    this.#counts.set(wish, count)
    this.#named.add(name)
    return name
  }

  /** The name of a weight of a node: a layer that has those of another refers to them. */
  weight({ name, sharedWith }: GraphNode, suffix: string): string {
    return `${sharedWith ?? name}.${suffix}`
  }

  /** Adds an operator, and gives the name of its output. */
  add(operator: string, wish: string, { inputs, shape, attributes = {}, batched = true, type = elementTypes.float }: Emission): string {
    const name = this.unique(wish)
    this.nodes.push({ name, operator, domain: '', inputs, outputs: [name], attributes })
    this.values.push({ name, type, dims: batched ? [this.batch, ...shape] : shape })
    const isPad = operator === 'Pad' && attributes['mode'] === undefined
    if (isPad || (passes.has(operator) && this.#withZeros.has(inputs[0] as string))) this.#withZeros.add(name)
    return name
  }

  /**
   * The input of a pool, channels first. ONNX Runtime makes zeros around it padding of the pool itself, which is minus infinity in a max pool,
   * and which it refuses if it is no smaller than the kernel: a reshape keeps them off.
   */
  takeForPool(node: GraphNode): string {
    const input = node.inputs[0] as string
    const from = this.take(input, 'first')
    return this.#withZeros.has(from) ? this.reshape(`${node.name}/apart`, from, arranged(this.shapeOf(input), 'first')) : from
  }

  /** Adds an operator with several outputs: all of one shape, or each of its own. */
  addSeveral(
    operator: string,
    wishes: readonly string[],
    { inputs, shape, shapes = [], attributes = {}, batched = true }: Emission & { readonly shapes?: readonly (readonly number[])[] },
  ): string[] {
    const names = wishes.map((wish) => this.unique(wish))
    this.nodes.push({ name: names[0] as string, operator, domain: '', inputs, outputs: names, attributes })
    for (const [index, name] of names.entries()) {
      const own = shapes[index] ?? shape
      this.values.push({ name, type: elementTypes.float, dims: batched ? [this.batch, ...own] : own })
    }
    return names
  }

  /** Adds an operator of which only the second output is wanted. */
  addSecond(
    operator: string,
    wish: string,
    inputs: readonly string[],
    dims: readonly (number | string)[],
    attributes: Readonly<Record<string, OnnxAttribute>>,
  ): string {
    const name = this.unique(wish)
    this.nodes.push({ name, operator, domain: '', inputs, outputs: ['', name], attributes })
    this.values.push({ name, type: elementTypes.float, dims })
    return name
  }

  /** What is made of a weight: once, however many layers have it. */
  once(what: string, make: () => string): string {
    const known = this.#made.get(what) ?? make()
    this.#made.set(what, known)
    return known
  }

  /** A copy of a value as an output of the file, under its name if no input or weight has it. */
  output(wanted: string, from: string, shape: Shape): string {
    const name = runtimeName(wanted)
    // It was kept free from layers of that name.
    this.#reserved.delete(name)
    this.#counts.delete(name)
    return this.add('Identity', this.#named.has(name) ? `${name}/output` : name, { inputs: [from], shape })
  }

  /** Whether a node's output is whole numbers. */
  isWhole(node: string): boolean {
    return this.#wholeInputs.has(node)
  }

  /** The shape of a node's output. */
  shapeOf(node: string): Shape {
    return this.#shapes.get(node) as Shape
  }

  /** Numbers that stand in the file: whole ones where operators take shapes, axes or places. */
  whole(wish: string, numbers: readonly number[], dims: readonly number[] = [numbers.length]): string {
    const name = this.unique(wish)
    this.constants.push({ name, dims, type: elementTypes.int64, raw: new Uint8Array(BigInt64Array.from(numbers.map(BigInt)).buffer) })
    return name
  }

  /** Numbers that stand in the file, as floats. */
  floats(wish: string, numbers: readonly number[], dims: readonly number[] = [numbers.length]): string {
    const name = this.unique(wish)
    this.constants.push({ name, dims, type: elementTypes.float, raw: new Uint8Array(Float32Array.from(numbers).buffer) })
    return name
  }

  /** Says under which name a node's output is held, in a layout. */
  hold(node: string, layout: Layout, name: string): void {
    const byLayout = this.#held.get(node) ?? new Map<Layout, string>()
    this.#held.set(node, byLayout.set(layout, name))
  }

  /** The layout that a node's output is held in already; a vector has but one. */
  layoutOf(node: string): Layout {
    return this.#held.get(node)?.has('last') ? 'last' : 'first'
  }

  /** The name of a node's output in a layout. */
  take(node: string, layout: Layout): string {
    const byLayout = this.#held.get(node)
    const shape = this.shapeOf(node)
    const wanted = shape.length === 1 ? 'last' : layout
    const known = byLayout?.get(wanted)
    if (known !== undefined) return known
    const other = byLayout?.get(wanted === 'first' ? 'last' : 'first')
    if (other === undefined) throw new FormatError('was not written.', 'onnx', node)
    const rank = shape.length
    const axes = Array.from({ length: rank - 1 }, (_, axis) => axis)
    const perm = wanted === 'first' ? [0, rank, ...axes.map((axis) => axis + 1)] : [0, ...axes.map((axis) => axis + 2), 1]
    const name = this.add('Transpose', `${node}/channels_${wanted}`, {
      inputs: [other],
      shape: arranged(shape, wanted),
      attributes: { perm: { ints: perm } },
    })
    this.hold(node, wanted, name)
    return name
  }

  /** Adds the operator of a node that keeps the layout of its input, and holds its output. */
  keep(node: GraphNode, operator: string, attributes: Readonly<Record<string, OnnxAttribute>> = {}, more: readonly string[] = []): void {
    const input = node.inputs[0] as string
    const layout = this.layoutOf(input)
    this.put(node, layout, operator, [this.take(input, layout), ...more], attributes)
  }

  /** Adds the operator that makes a node's output in a layout. */
  put(
    node: GraphNode,
    layout: Layout,
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
  ): void {
    const own = node.output.length === 1 ? 'last' : layout
    const name = this.add(operator, node.name, { inputs, shape: arranged(node.output, own), attributes })
    this.hold(node.name, own, name)
  }

  /** A tensor in another shape; the batch stays. */
  reshape(wish: string, from: string, shape: readonly number[]): string {
    return this.add('Reshape', wish, { inputs: [from, this.whole(`${wish}/shape`, [0, ...shape])], shape })
  }
}

/** Operators that ONNX Runtime takes out where they do nothing, or moves elsewhere: what stands before them is then before what follows. */
const passes: ReadonlySet<string> = new Set(['Transpose', 'Identity', 'Dropout', 'Slice', 'Resize', 'Mul', 'Add', 'Sub', 'Div'])

/** The inputs that only embeddings take. */
const wholeInputs = (graph: Graph): ReadonlySet<string> => {
  const isWhole = new Map<string, boolean>()
  const inputs = new Set(graph.inputs)
  for (const { kind, inputs: taken } of graph.nodes)
    for (const name of taken) if (inputs.has(name)) isWhole.set(name, kind === 'embedding' && isWhole.get(name) !== false)
  for (const { node } of outputsOf(graph)) isWhole.set(node, false)
  return new Set(graph.inputs.filter((name) => isWhole.get(name)))
}

/** A shape in a layout. */
export const arranged = (shape: Shape, layout: Layout): Shape =>
  layout === 'last' || shape.length === 1 ? shape : [shape.at(-1) as number, ...shape.slice(0, -1)]

/** A shape in which one value for each channel is broadcast to a tensor, which has its channels first or last. */
export const perChannel = (shape: Shape, layout: Layout): Shape =>
  layout === 'last' || shape.length === 1 ? [shape.at(-1) as number] : [shape.at(-1) as number, ...shape.slice(0, -1).map(() => 1)]

/** A weight for each channel in the shape in which it is broadcast. */
export const broadcast = (emit: Emitter, node: GraphNode, weight: string, layout: Layout): string => {
  const shape = perChannel(node.output, layout)
  if (shape.length === 1) return weight
  const wish = `${node.name}/per_channel`
  return emit.once(`${weight} as ${shape}`, () =>
    emit.add('Reshape', wish, { inputs: [weight, emit.whole(`${wish}/shape`, shape)], shape, batched: false }),
  )
}
