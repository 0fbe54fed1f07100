import { argumentsOf, besideOf } from '../../network/arguments.js'
import { FormatError } from '../../network/format-error.js'
import type { GraphNode } from '../../network/graph.js'
import { makesNode, settingsBesideDefaults } from '../../network/planned.js'
import { isObject } from '../../shape/objects.js'
import type { Shape } from '../../shape/shape.js'
import { type Branch, nowhere, type Part } from './parts.js'

/** Under this key a call has the shape of what it gives, which is no part of its text. */
export const shapeKey = Symbol('shape')

/** A call in the source: a function or a method with its arguments, or a constant that holds one. */
export interface Call {
  readonly name: string
  readonly args: readonly unknown[]
  /** For a constant, the nesting depth of its calls. */
  readonly constant?: number
  /** Whether it calls a function that the source itself has. */
  readonly isOwn?: boolean
  readonly [shapeKey]?: Shape | undefined
}

/** The names in a source. */
export interface CallNames {
  /** The layers whose names are written in the source. */
  readonly layers: ReadonlySet<string>
  /** The name that refers to a value. */
  readonly value: (node: string) => string
  readonly head: (name: string) => string
  /** The constant of a shared layer. */
  readonly shared: (name: string) => Call
}

/** The calls for consecutive parts. */
export const callsOf = (parts: readonly Part[], names: CallNames): Call[] =>
  parts.map((part) => ({ ...callOf(part, names), [shapeKey]: shapeOf(part) }))

/** The shape behind a part; a head leaves the current value as it is. */
const shapeOf = (part: Part): Shape | undefined => {
  if (part.is === 'head') return undefined
  if (part.is !== 'shared') return part.node.output
  const last = part.layers.at(-1)
  return last && shapeOf(last)
}

const callOf = (part: Part, names: CallNames): Call => {
  if (part.is === 'layer') return layerCall(part.node, names)
  if (part.is === 'head') return { name: 'branchOut', args: [names.head(part.name), branchArgument(part, names)] }
  if (part.is === 'shared') return names.shared(part.name)
  const { branches } = part
  const { kind } = part.node
  const args = branches.map((branch) => branchArgument(branch, names))
  const [body, shortcut] = branches
  if (kind === 'multiply' && isIdentity(body)) return { name: kind, args: args.slice(1) }
  const isResidual = kind === 'add' && branches.length === 2 && branches.every(({ from }) => from === undefined) && !isIdentity(body)
  if (!isResidual) return { name: kind, args }
  return { name: 'residual', args: isIdentity(shortcut) ? args.slice(0, 1) : args }
}

/** Whether a branch is the current value itself. */
const isIdentity = (branch: Branch | undefined): boolean => branch?.from === undefined && branch?.layers.length === 0

/** A branch as an argument: layers, the name of a value, or layers applied to a named value. */
const branchArgument = ({ from, layers }: Branch, names: CallNames): unknown => {
  if (from === undefined || from === nowhere) return together(layers, names)
  const name = names.value(from)
  return layers.length === 0 ? name : { name: 'branch', args: [name, ...shortened(callsOf(layers, names))] }
}

/** Layers as a single layer value. */
export const together = (layers: readonly Part[], names: CallNames): Call => {
  const calls = shortened(callsOf(layers, names))
  const [only] = calls
  if (only === undefined) return { name: 'identity', args: [] }
  return calls.length === 1 ? only : { name: 'block', args: calls }
}

/** The call of a layer's method, without default options, and with the layer's name if it needs one. */
const layerCall = (node: GraphNode, names: CallNames): Call => {
  const known = argumentsOf(node.kind, node.settings)
  if (!known) throw new FormatError(`a layer of the kind '${node.kind}' was defined by hand.`, 'typescript', node.name)
  const { args, options } = argumentsOf(node.kind, settingsBesideDefaults(node)) as NonNullable<typeof known>
  const [keys] = besideOf(node)
  const across = keys === undefined ? options : { ...options, keys: names.value(keys) }
  const named = names.layers.has(node.name) && takesName(node) ? { ...across, name: node.name } : across
  while (args.at(-1) === undefined && args.length > 0) (args as unknown[]).pop()
  return { name: node.kind, args: Object.keys(named).length === 0 ? args : [...args, named] }
}

/** The nesting depth of a call, counting itself. */
export const depthOf = (call: Call): number =>
  call.constant ?? 1 + call.args.reduce<number>((most, arg) => Math.max(most, isCall(arg) ? depthOf(arg) : 0), 0)

/** Whether an argument is itself a call. */
export const isCall = (value: unknown): value is Call =>
  isObject(value) && typeof value['name'] === 'string' && Array.isArray(value['args'])

/** Whether a layer has an option for its name. */
export const takesName = (node: GraphNode): boolean => makesNode(node, { ...node.settings, name: node.name })

/** The maximum number of calls in a repeated unit. */
const maxRepeatLength = 6

/** Replaces consecutive repetitions of calls with `repeat`. */
export const shortened = (calls: readonly Call[]): Call[] => {
  const texts = calls.map((call) => JSON.stringify(call))
  const found: Call[] = []
  for (let at = 0; at < calls.length; ) {
    const { length, times } = repetitionAt(texts, at)
    // An activation before the first layers and behind the last ones belongs behind each of them.
    while (times > 1 && calls[at]?.args.length === 0 && texts[at] === texts[at + length * times]) {
      found.push(calls[at] as Call)
      at += 1
    }
    const body = calls.slice(at, at + length)
    const [only] = body as [Call]
    if (times === 1) found.push(only)
    else {
      const repeated = length === 1 ? only : { name: 'block', args: body }
      found.push({ name: 'repeat', args: [times, repeated], [shapeKey]: calls[at + length * times - 1]?.[shapeKey] })
    }
    at += length * times
  }
  return found
}

/** The repetition that saves most, if it saves enough. */
const repetitionAt = (texts: readonly string[], at: number): { length: number; times: number } => {
  let best = { length: 1, times: 1 }
  for (let length = 1; length <= maxRepeatLength; length += 1) {
    const unit = texts.slice(at, at + length).join()
    let times = 1
    while (texts.slice(at + times * length, at + (times + 1) * length).join() === unit && at + (times + 1) * length <= texts.length)
      times += 1
    const saved = (times - 1) * unit.length
    if (times > 1 && saved > 40 && saved > (best.times - 1) * texts.slice(at, at + best.length).join().length) best = { length, times }
  }
  return best
}
