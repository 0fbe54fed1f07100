import { valuesIn } from '../../../layers/kind/layer.js'
import { named } from '../../../shape/printable.js'
import type { ReadWeight } from './layers.js'
import type { Constant, Formula, Part, Value } from './operands.js'
import type { Reader } from './reader.js'
import { basesOf, isForChannels, type Recognized, recognized, rounded } from './recognize.js'

/*
 * Formulas become layers once something needs their value.
 */

/** Kinds of joins by their operators. */
const joins: Readonly<Record<string, string>> = {
  Add: 'add',
  AddV2: 'add',
  Sub: 'subtract',
  Mul: 'multiply',
  Maximum: 'maximum',
  Minimum: 'minimum',
}

/** Formulas of more operators than that are none of a layer. */
export const mostOperators = 48

/** The layer that a formula becomes. */
export const realized = (read: Reader, formula: Formula): Value => {
  formula.value ??= layersOf(read, formula)
  return formula.value
}

const layersOf = (read: Reader, formula: Formula): Value => {
  const { node, op, parts, shape, merged } = formula
  takeSharedBiases(read, formula)
  const biased = withBias(read, formula)
  if (biased) return biased
  for (const base of basesOf(formula)) {
    const found = recognized(formula, base, (count) => read.compare(node, count))
    if (!found) continue
    const value = read.realize(node, base)
    // The value may have one axis for each channel less than the formula has.
    if (value.shape.join() !== shape.join()) continue
    const { layer } = layerOf(read, formula, found, value, base)
    return { is: 'value', layer, shape: value.shape, merged }
  }
  if (op === 'Mean of positions') return atPositions(read, formula)
  const values = parts.filter((part) => part.is !== 'constant')
  if (values.length === 2 && parts.length === 2 && Object.hasOwn(joins, op)) return joined(read, formula, joins[op] as string)
  const [constant] = parts.filter((part) => part.is === 'constant')
  if (values.length === 1 && constant && (op === 'Add' || op === 'AddV2')) return positions(read, formula, values[0] as Part, constant)
  return node.fail(failure(formula))
}

/** A layer without a bias to which a number for each channel is added: these numbers are its bias. */
const withBias = (read: Reader, { op, parts, merged, shape }: Formula): Value | undefined => {
  if (!['Add', 'AddV2', 'BiasAdd'].includes(op)) return undefined
  const [value] = parts.filter((part): part is Value => part.is === 'value')
  const [bias] = parts.filter((part): part is Constant => part.is === 'constant')
  if (!value || !bias || bias.isWhole || !isForChannels(bias.shape, shape.at(-1) as number)) return undefined
  const before = read.nodes.get(value.layer)
  if (before?.settings['bias'] !== false || !before.from || !isOnlyUse(read, before.from, value)) return undefined
  read.withBias(value.layer, { key: bias.key, numbers: () => bias.numbers() as Float32Array | undefined })
  return { ...value, merged }
}

/** Layers with their biases that several operators take become layers first: none of these may put its own numbers into the bias. */
const takeSharedBiases = (read: Reader, formula: Formula): void => {
  for (const part of innerFormulas(formula)) {
    const value = read.usesOf(part.node) > 1 ? withBias(read, part) : undefined
    if (value) part.value = value
  }
}

/** The formulas in a formula that are no values yet, each once. */
const innerFormulas = (formula: Formula): readonly Formula[] => {
  const found = new Set<Formula>()
  const visit = (part: Part): void => {
    if (part.is !== 'formula' || part.value || found.has(part)) return
    found.add(part)
    part.parts.forEach(visit)
  }
  formula.parts.forEach(visit)
  return [...found]
}

/** A layer on a value. */
const layerOf = (read: Reader, formula: Formula, found: Recognized, value: Value, base: Part): Value => {
  const { node } = formula
  if (found.is === 'layer') return read.add(node, found.kind, found.settings, [value])
  if (found.is === 'rescale') {
    const { scale, offset } = found
    return scale === 1 && offset === 0 ? value : read.add(node, 'rescale', offset === 0 ? { scale } : { scale, offset }, [value])
  }
  const keys = keysOf(formula, base)
  const weight = (role: string, data: Float32Array): ReadWeight => ({ key: `${role} ${keys}`, numbers: () => data })
  if (found.is === 'prelu') return read.add(node, 'prelu', {}, [value], { alpha: weight('slopes', found.slopes) })
  const { scale, offset } = found
  if (found.is === 'norm') {
    const isPlain = scale.every((each) => Math.abs(each - 1) < 1e-6) && offset.every((each) => Math.abs(each) < 1e-6)
    const settings = { affine: !isPlain, ...(found.epsilon === 1e-5 ? {} : { epsilon: found.epsilon }) }
    const { affine: _, ...rest } = settings
    const isStandard = settings.affine === (found.kind === 'layerNorm')
    return read.add(
      node,
      found.kind,
      isStandard ? rest : settings,
      [value],
      isPlain ? {} : { gamma: weight('scale', scale), beta: weight('shift', offset) },
    )
  }
  if (scale.every((each) => each === 1)) {
    const before = read.nodes.get(value.layer)
    const isTakenBetween = innerFormulas(formula).some((part) => read.usesOf(part.node) > 1)
    if (before?.settings['bias'] === false && before.from && isOnlyUse(read, before.from, base) && !isTakenBetween) {
      read.withBias(value.layer, weight('bias', offset))
      return value
    }
  }
  // What stands on an input brings it into a range: that is no weight.
  if (read.nodes.get(value.layer)?.kind === 'input')
    return read.add(node, 'rescale', { scale: [...scale].map(rounded), offset: [...offset].map(rounded) }, [value])
  if (offset.every((each) => each === 0)) return read.add(node, 'layerScale', {}, [value], { gamma: weight('scale', scale) })
  if (scale.every((each) => each === 1)) return read.add(node, 'affine', { scale: false }, [value], { beta: weight('shift', offset) })
  return read.add(node, 'affine', {}, [value], { gamma: weight('scale', scale), beta: weight('shift', offset) })
}

/** Whether nothing but this formula takes the output of a layer. */
const isOnlyUse = (read: Reader, from: { readonly name: string }, base: Part): boolean => {
  const node = read.graph.get(from.name)
  return node !== undefined && base.is === 'value' && read.usesOf(node) === 1
}

/** What tells the numbers of a formula from those of others. */
const keysOf = (formula: Formula, base: Part): string => {
  const keys: string[] = []
  const visit = (part: Part): void => {
    if (part === base) return
    if (part.is === 'constant') keys.push(part.key)
    if (part.is === 'formula' && !part.value) {
      keys.push(part.op)
      part.parts.forEach(visit)
    }
  }
  visit(formula)
  return keys.join(' ')
}

/** The mean of each channel, with its axes. */
const atPositions = (read: Reader, { node, parts }: Formula): Value => {
  const value = read.realize(node, parts[0] as Part)
  return read.add(node, 'adaptiveAvgPool', { size: 1 }, [value])
}

const joined = (read: Reader, { node, parts, shape, merged, op }: Formula, kind: string): Value => {
  const values = parts.map((part) => read.realize(node, part))
  if (values.some((value) => value.merged !== merged) || merged > 0)
    return node.fail('joins values whose first axes stand in the axis of the batch.')
  const [first, second] = values as [Value, Value]
  const ordered = kind === 'multiply' && valuesIn(second.shape) > valuesIn(first.shape) ? [second, first] : values
  const isGate = kind === 'multiply' && isForChannels((ordered[1] as Value).shape, shape.at(-1) as number)
  if (first.shape.join() !== second.shape.join() && !(isGate && (ordered[0] as Value).shape.join() === shape.join()))
    return node.fail(`joins ${first.shape.join('x')} and ${second.shape.join('x')}, and ${named(op)} here joins equal shapes.`)
  return read.add(node, kind, {}, ordered)
}

/** Numbers for each position and feature of a sequence. */
const positions = (read: Reader, formula: Formula, part: Part, constant: Constant): Value => {
  const { node, shape, merged } = formula
  const own = constant.shape.length === shape.length + 1 && constant.shape[0] === 1 ? constant.shape.slice(1) : constant.shape
  if (shape.length !== 2 || merged > 0 || own.join() !== shape.join()) return node.fail(failure(formula))
  const value = read.realize(node, part)
  if (value.shape.join() !== shape.join()) return node.fail(failure(formula))
  const numbers = () => constant.numbers() as Float32Array | undefined
  return read.add(node, 'positionEmbedding', {}, [value], { embedding: { key: constant.key, numbers } })
}

/** Why a formula is no layer. */
const failure = (formula: Formula): string => {
  const { parts, op } = formula
  const shapes = parts.flatMap((part) => (part.is === 'constant' ? [`[${part.shape.join(', ')}]`] : []))
  if (shapes.length > 0) return `computes with numbers of the shape ${shapes.join(' and ')}, which no layer here does.`
  return `is no layer here, where it stands${op === 'Erf' ? ': of a gelu it would be the part that is the error function' : ''}.`
}
