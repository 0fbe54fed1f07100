import { valuesIn } from '../../../layers/kind/layer.js'
import { FormatError } from '../../../network/format-error.js'
import { elementTypes, type OnnxGraph, type OnnxModel, type OnnxNode, type OnnxTensor } from '../model.js'
import { beginInputs } from '../read/reader/inputs.js'
import { Reader } from '../read/reader/reader.js'
import { named } from '../words.js'
import { arrangingRules } from './arranging.js'
import { matrixRules } from './matrices.js'
import { KnownNumbers, knownNumbers } from './numbers.js'
import type { Answer, ShapeRules, Sizes, Value } from './value.js'
import { windowRules } from './windows.js'

/*
 * What the operators of a model cost, by the rules of their shapes alone: also those that no layer stands for.
 */

/** How much is known of a row: all, a lower bound of its costs, or not even its shape. */
export type Certainty = 'exact' | 'at least' | 'unknown'

/** An operator with its costs. */
export interface SurveyRow {
  readonly name: string
  readonly operator: string
  /** Left out where it is not known. */
  readonly output?: Sizes
  /** Numbers of the file that it is the first to take: weights, running statistics and constants. */
  readonly weights: number
  /** Multiply-accumulates; left out where they are not known. */
  readonly macs?: number
  /** Values that it writes; left out where they are not known. */
  readonly activations?: number
  readonly certainty: Certainty
  /** Why it is not exact. */
  readonly reason?: string
}

/** What a model costs. */
export interface Survey {
  /** Samples that the numbers are for: those that the file says, else 1. */
  readonly batch: number
  readonly inputs: readonly { readonly name: string; readonly sizes?: Sizes }[]
  readonly outputs: readonly { readonly name: string; readonly sizes?: Sizes }[]
  readonly rows: readonly SurveyRow[]
  readonly totals: { readonly weights: number; readonly macs: number; readonly activations: number; readonly certainty: Certainty }
}

const rules: ShapeRules = Object.assign(Object.create(null), windowRules, matrixRules, arrangingRules)

/** The operators that have a shape rule. */
export const ruledOperators: readonly string[] = Object.keys(rules)

/** Operators whose shape depends on the numbers that they take. */
const byValues: ReadonlySet<string> = new Set(['NonZero', 'NonMaxSuppression', 'Unique', 'Compress', 'Loop', 'Scan', 'SequenceAt'])

/** ONNX's types of quantized weights: uint8, int8, four forms of float8, uint4, int4. */
const quantizedTypes = [2, 3, 17, 18, 19, 20, 21, 22]

/** The types of weights. Whole numbers of 32 and 64 bits are shapes and axes. */
const weightTypes: ReadonlySet<number> = new Set([
  ...[elementTypes.float, elementTypes.float16, elementTypes.double, elementTypes.bfloat16],
  ...quantizedTypes,
])

/**
 * The costs of a model's operators.
 *
 * @param input sizes that the file leaves open, channels last
 * @throws {FormatError} when sizes are not those of the file
 */
export const survey = (model: OnnxModel, input?: unknown): Survey => new Surveyor(model, input).survey()

class Surveyor {
  readonly #values = new Map<string, Value>()
  readonly #rows: SurveyRow[] = []
  /** Tensors of the file whose numbers no operator has taken yet. */
  readonly #uncounted = new Map<string, number>()
  readonly #declared: ReadonlyMap<string, readonly (number | string)[] | undefined>
  readonly #names = new Map<string, number>()
  readonly #read: Reader
  readonly #inputs: { name: string; sizes?: Sizes }[] = []
  readonly #numbers: KnownNumbers

  constructor(
    readonly model: OnnxModel,
    given: unknown,
  ) {
    const { graph } = model
    this.#read = new Reader(model, () => undefined)
    this.#numbers = new KnownNumbers(this.#read, model.opset)
    this.#declared = new Map([...graph.values, ...graph.outputs].map(({ name, dims }) => [name, dims]))
    for (const tensor of graph.initializers) this.#weight(tensor.name, tensor)
    this.#beginInputs(given)
  }

  survey(): Survey {
    this.#graph(this.model.graph)
    const rows = this.#rows
    const sum = (of: (row: SurveyRow) => number | undefined): number => rows.reduce((total, row) => total + (of(row) ?? 0), 0)
    return {
      batch: this.#read.batch ?? 1,
      inputs: this.#inputs,
      outputs: this.model.graph.outputs.map(({ name }) => {
        const sizes = this.#values.get(name)?.sizes
        return { name, ...(sizes ? { sizes } : {}) }
      }),
      rows,
      totals: {
        weights: sum(({ weights }) => weights),
        macs: sum(({ macs }) => macs),
        activations: sum(({ activations }) => activations),
        certainty: rows.every(({ certainty }) => certainty === 'exact') ? 'exact' : 'at least',
      },
    }
  }

  #weight(name: string, tensor: OnnxTensor): void {
    const values = valuesIn(tensor.dims)
    if (weightTypes.has(tensor.type)) this.#uncounted.set(name, values)
    this.#values.set(name, { sizes: tensor.dims, known: knownNumbers(tensor), isWeight: true })
  }

  /** The inputs with the sizes that the reader of layers has for them; where it has none, those that the file says. */
  #beginInputs(given: unknown): void {
    const { graph } = this.model
    const isWeight = new Set(graph.initializers.map(({ name }) => name))
    let isBegun = true
    try {
      beginInputs(this.#read, given)
    } catch (error) {
      // Sizes that the user gives, or has to give, are asked for as when layers are read.
      if (!(error instanceof FormatError) || given !== undefined || /--input/.test(error.message)) throw error
      isBegun = false
    }
    for (const { name, dims } of graph.inputs) {
      if (isWeight.has(name)) continue
      const operand = isBegun ? this.#read.optional({ ...asked, inputs: [name] }, 0) : undefined
      const sizes =
        operand?.is === 'value'
          ? operand.axes.map((axis) => (axis < 0 ? (this.#read.batch ?? 1) : (this.#read.shapeOf(operand.node)[axis] as number)))
          : (operand?.is === 'tensor' ? operand.dims : dims)?.map((size, axis) => (typeof size === 'number' ? size : axis === 0 ? 1 : -1))
      const known = sizes?.includes(-1) ? undefined : sizes
      for (const [axis, size] of (dims ?? []).entries())
        if (typeof size === 'string' && size !== '' && known) this.#names.set(size, known[axis] as number)
      this.#values.set(name, { sizes: known })
      this.#inputs.push({ name, ...(known ? { sizes: known } : {}) })
    }
  }

  #graph(graph: OnnxGraph): void {
    for (const node of graph.nodes) this.#node(node)
  }

  #node(node: OnnxNode): void {
    if (node.domain === '' && this.#constant(node)) return
    if (node.domain === '' && node.operator === 'If' && this.#branch(node)) return
    const inputs = node.inputs.map((name) => this.#values.get(name) ?? {})
    const weights = node.inputs.reduce((total, name) => {
      const own = this.#uncounted.get(name) ?? 0
      this.#uncounted.delete(name)
      return total + own
    }, 0)
    const rule = node.domain === '' ? rules[node.operator] : undefined
    const answer = rule && this.#answered(node, () => rule({ read: this.#read, node, inputs, opset: this.model.opset }))
    const outputs = node.outputs.map((name, index) => answer?.outputs[index] ?? this.#stated(name))
    for (const [index, name] of node.outputs.entries()) this.#values.set(name, { sizes: outputs[index] })
    const [output] = outputs
    const written = node.outputs.reduce((total, name, index) => (name === '' ? total : total + valuesIn(outputs[index] ?? [0])), 0)
    const isExact = answer?.macs !== undefined && output !== undefined
    const reason = isExact ? undefined : this.#reason(node, rule !== undefined, output !== undefined)
    this.#rows.push({
      name: node.name || (node.outputs[0] ?? ''),
      operator: node.domain === '' ? node.operator : `${node.domain}.${node.operator}`,
      ...(output ? { output } : {}),
      weights,
      ...(answer?.macs === undefined ? {} : { macs: answer.macs }),
      ...(output ? { activations: answer?.isView ? 0 : written } : {}),
      certainty: isExact ? 'exact' : output ? 'at least' : 'unknown',
      ...(reason === undefined ? {} : { reason }),
    })
  }

  /** What a rule says; nothing where the file has attributes that make no sense. */
  #answered(node: OnnxNode, rule: () => Answer | undefined): Answer | undefined {
    try {
      const answer = rule()
      const isFine = answer?.outputs.every((sizes) => !sizes || sizes.every((size) => Number.isSafeInteger(size) && size >= 0))
      return isFine && node.outputs.length > 0 ? answer : undefined
    } catch (error) {
      if (error instanceof FormatError) return undefined
      throw error
    }
  }

  #reason(node: OnnxNode, hasRule: boolean, hasShape: boolean): string {
    const unknown = node.inputs.find((name) => name !== '' && this.#values.get(name)?.sizes === undefined)
    const operator = named(node.domain === '' ? node.operator : `${node.domain}.${node.operator}`)
    const end = hasShape ? 'its shape is what the file says, its arithmetic is not counted' : 'its shape is not known'
    if (byValues.has(node.operator)) return `${operator} gives as much as its values say: ${end}`
    if (!hasRule) return `there is no shape rule for ${operator}: ${end}`
    return unknown === undefined
      ? `the shape rule of ${operator} does not fit its inputs: ${end}`
      : `its input '${named(unknown)}' is not known: ${end}`
  }

  /** What the file says of a shape, with the names that the inputs have. */
  #stated(name: string): Sizes | undefined {
    const sizes = this.#declared.get(name)?.map((size) => (typeof size === 'number' ? size : (this.#names.get(size) ?? -1)))
    return sizes && !sizes.includes(-1) ? sizes : undefined
  }

  /** Numbers that depend on no sample are no rows: whether an operator gives such. */
  #constant(node: OnnxNode): boolean {
    const [name] = node.outputs
    if (name === undefined) return false
    const attribute = node.operator === 'Constant' ? node.attributes['value'] : undefined
    if (attribute && 'tensor' in attribute) {
      this.#weight(name, { ...attribute.tensor, name })
      return true
    }
    const value = this.#numbers.of(node, this.#values)
    if (value) this.#values.set(name, value)
    return value !== undefined
  }

  /** The branch of a choice whose condition is known. */
  #branch(node: OnnxNode): boolean {
    const [value] = this.#values.get(node.inputs[0] ?? '')?.known?.values ?? []
    const branch = typeof value === 'number' ? node.attributes[value ? 'then_branch' : 'else_branch'] : undefined
    if (!branch || !('graph' in branch)) return false
    for (const tensor of branch.graph.initializers) this.#weight(tensor.name, tensor)
    this.#graph(branch.graph)
    for (const [index, name] of node.outputs.entries())
      this.#values.set(name, this.#values.get(branch.graph.outputs[index]?.name ?? '') ?? {})
    return true
  }
}

/** An operator in whose place inputs are looked up. */
const asked: OnnxNode = { name: '', operator: 'input', domain: '', inputs: [], outputs: [], attributes: {} }
