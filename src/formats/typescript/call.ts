import { argumentsOf } from '../../network/arguments.js'
import { isObject } from '../../network/described.js'
import { FormatError } from '../../network/format-error.js'
import type { GraphNode } from '../../network/graph.js'
import { makesNode, settingsBesideDefaults } from '../../network/planned.js'
import type { Part } from './decompose.js'
import type { SourceNames } from './names.js'

/** A call in a source: a function or a method, and its arguments. */
export interface Call {
  readonly name: string
  readonly args: readonly unknown[]
}

/** The calls of parts, one after the other, with the names that they need. */
export const callsOf = (parts: readonly Part[], names: SourceNames): Call[] => parts.map((part) => callOf(part, names))

const callOf = (part: Part, names: SourceNames): Call => {
  const together = (layers: readonly Part[]): Call => asOne(callsOf(layers, names))
  if (part.is === 'layer') return layerCall(part.node, names.layers.has(part.node.name))
  if (part.is === 'head') return { name: 'branchOut', args: [names.heads.get(part.name), together(part.layers)] }
  const { branches } = part
  const { kind } = part.node
  const [body, shortcut] = branches
  const isResidual = kind === 'add' && branches.length === 2 && body !== undefined && body.length > 0
  if (!isResidual) return { name: kind, args: branches.map(together) }
  return { name: 'residual', args: shortcut?.length === 0 ? [together(body)] : branches.map(together) }
}

/** Layers as one value. */
const asOne = (layers: readonly Call[]): Call => {
  const calls = shortened(layers)
  const [only] = calls
  if (only === undefined) return { name: 'identity', args: [] }
  return calls.length === 1 ? only : { name: 'block', args: calls }
}

/** A layer as its method is called: without what it would be anyway, and with its name where it was given one. */
const layerCall = (node: GraphNode, isNamed: boolean): Call => {
  const known = argumentsOf(node.kind, node.settings)
  if (!known) throw new FormatError(`a layer of the kind '${node.kind}' was defined by hand.`, 'typescript', node.name)
  const { args, options } = argumentsOf(node.kind, settingsBesideDefaults(node)) as NonNullable<typeof known>
  const named = isNamed && takesName(node) ? { ...options, name: node.name } : options
  while (args.at(-1) === undefined && args.length > 0) (args as unknown[]).pop()
  return { name: node.kind, args: Object.keys(named).length === 0 ? args : [...args, named] }
}

/** How deep calls stand in a call, itself among them. */
export const depthOf = (call: Call): number =>
  1 + call.args.reduce<number>((most, arg) => Math.max(most, isCall(arg) ? depthOf(arg) : 0), 0)

/** Whether an argument is a call in its turn. */
export const isCall = (value: unknown): value is Call =>
  isObject(value) && typeof value['name'] === 'string' && Array.isArray(value['args'])

/** Whether a layer has an option for a name. */
export const takesName = (node: GraphNode): boolean => makesNode(node, { ...node.settings, name: node.name })

/** How many calls together are looked for again behind them. */
const longest = 6

/** The calls with those that follow each other several times put together as repetitions. */
export const shortened = (calls: readonly Call[]): Call[] => {
  const texts = calls.map((call) => JSON.stringify(call))
  const found: Call[] = []
  for (let at = 0; at < calls.length; ) {
    const { length, times } = repetitionAt(texts, at)
    const body = calls.slice(at, at + length)
    const [only] = body as [Call]
    if (times === 1) found.push(only)
    else found.push({ name: 'repeat', args: [times, length === 1 ? only : { name: 'block', args: body }] })
    at += length * times
  }
  return found
}

/** The repetition that saves most, of calls that are worth it. */
const repetitionAt = (texts: readonly string[], at: number): { length: number; times: number } => {
  let best = { length: 1, times: 1 }
  for (let length = 1; length <= longest; length += 1) {
    const unit = texts.slice(at, at + length).join()
    let times = 1
    while (texts.slice(at + times * length, at + (times + 1) * length).join() === unit && at + (times + 1) * length <= texts.length)
      times += 1
    const saved = (times - 1) * unit.length
    if (times > 1 && saved > 40 && saved > (best.times - 1) * texts.slice(at, at + best.length).join().length) best = { length, times }
  }
  return best
}
