import { untakenIn } from '../../../network/names.js'
import { type Call, refuse } from './calls.js'
import { type FoundLayer, type FoundModel, firstCall } from './links.js'
import { nameInside } from './recurrent.js'

/** A model with models inside it as calls of layers alone, one after the other. */

/** A call of a layer. */
export interface FoundCall {
  /** The name of the layer, and of further calls with the number of the call behind it. */
  readonly name: string
  /** The first call, whose weights it has; left out where it is the first. */
  readonly sharedWith?: string
  /** The names of the models that the layer stands in, and its own. */
  readonly way: readonly string[]
  readonly className: string
  readonly config: Readonly<Record<string, unknown>>
  /** Whether it works on each step of a sequence. */
  readonly eachStep: boolean
  /** The names of the calls whose outputs it takes. */
  readonly inputs: readonly string[]
}

/** The layers of a model. */
export interface ExpandedModel {
  /** Each behind its inputs. */
  readonly calls: readonly FoundCall[]
  /** The names of the layers of its inputs. */
  readonly inputs: readonly string[]
  /** The names of its outputs, and the calls that give them. */
  readonly outputs: readonly (readonly [name: string, call: string])[]
}

/** Calls of layers that a network can have: models that call models are short, and may say without end. */
const mostCalls = 50_000

/** Values that all these calls take together. */
const mostValues = 400_000

/** Letters of the names of all calls, each with the names of the models around it. */
const mostLetters = 50_000_000

/** @throws {FormatError} if a layer takes its own output, or the output of a call that does not exist */
export const expanded = (model: FoundModel): ExpandedModel => {
  const calls: FoundCall[] = []
  const nameFor = namesFor(model)
  const owners = new Map<string, string>()
  let steps = 0
  let taken = 0
  let letters = 0

  /** The calls of a model on values, and the calls that give its outputs. */
  const expand = (model: FoundModel, way: readonly string[], given: readonly string[] | undefined, eachStep: boolean): string[] => {
    const gives = new Map<string, readonly string[]>()
    const numbers = numbered(model)
    const places = new Map(model.inputs.map(({ layer }, index) => [layer, index]))
    const giver = (call: Call, place: string): string => {
      const at = numbers.get(call.layer)
      if (!at) return refuse(`it takes '${call.layer}', and there is no such layer.`, place)
      const outputs = gives.get(keyOf(call.layer, call.call - at.first))
      if (!outputs) return refuse(`it takes call ${call.call + 1} of '${call.layer}', which has ${at.count}.`, place)
      return outputs[call.output] ?? refuse(`it takes output ${call.output + 1} of '${call.layer}', which has ${outputs.length}.`, place)
    }
    for (const { layer, call, key } of inOrder(model, numbers)) {
      steps += 1
      if (steps > mostCalls) refuse(`the model has more than ${mostCalls} calls of layers.`, layer.name)
      taken += (layer.calls[call] as readonly Call[]).length
      if (taken > mostValues) refuse(`the calls of layers take more than ${mostValues} values.`, layer.name)
      const values = (layer.calls[call] as readonly Call[]).map((each) => giver(each, layer.name))
      const own = [...way, layer.name]
      const place = places.get(layer.name)
      if (place !== undefined && given) {
        gives.set(key, [given[place] as string])
        continue
      }
      if (layer.model) {
        if (values.length !== layer.model.inputs.length)
          refuse(`the model takes ${layer.model.inputs.length} inputs, and here it is given ${values.length}.`, layer.name)
        gives.set(key, expand(layer.model, own, values, eachStep || layer.eachStep === true))
        continue
      }
      letters += own.reduce((sum, { length }) => sum + length + 1, 0)
      if (letters > mostLetters) refuse(`the names of the layers and of the models around them have more than ${mostLetters} letters.`)
      const path = own.join('\0')
      const owner = owners.get(path)
      const name = nameFor(own, owner === undefined ? 0 : Math.max(call, 1))
      if (owner === undefined) owners.set(path, name)
      const { className, config } = layer
      const shared = owner === undefined ? {} : { sharedWith: owner }
      calls.push({
        name,
        ...shared,
        way: wayOf(layer, own),
        className,
        config,
        eachStep: eachStep || layer.eachStep === true,
        inputs: values,
      })
      gives.set(key, [name])
    }
    return model.outputs.map((output) => giver(output, 'output_layers'))
  }

  const ends = expand(model, [], undefined, false)
  const names = untakenIn(new Set())
  return {
    calls,
    inputs: model.inputs.map(({ layer }) => layer),
    outputs: model.outputs.map(({ layer, key }, index) => [names(key ?? layer), ends[index] as string]),
  }
}

/** A layer at each step, or in both directions, has a name of its own in the file, beside that of what applies it. */
const wayOf = ({ eachStep, className, config }: FoundLayer, own: readonly string[]): readonly string[] => {
  const inside = eachStep ? config['name'] : nameInside(className, config)
  return typeof inside === 'string' ? [...own, inside] : own
}

const keyOf = (layer: string, call: number): string => `${call} ${layer}`

/** For each layer, how many calls it has, and the number of the first. */
type Numbers = ReadonlyMap<string, { readonly first: number; readonly count: number }>

const numbered = ({ layers, outputs }: FoundModel): Numbers => {
  const used = new Map<string, Set<number>>()
  for (const { layer, call } of [...layers.flatMap(({ calls }) => calls.flat()), ...outputs])
    used.set(layer, (used.get(layer) ?? new Set()).add(call))
  return new Map(
    layers.map(({ name, model, calls }) => [
      name,
      { first: model ? firstCall(calls.length, [...(used.get(name) ?? [])]) : 0, count: calls.length },
    ]),
  )
}

/** Gives each call a name: that of its layer, after those of its models where other layers have it too, and with a number from the second call on. */
const namesFor = (model: FoundModel): ((way: readonly string[], call: number) => string) => {
  const counts = new Map<string, number>()
  const count = ({ layers }: FoundModel): void => {
    for (const { name, model } of layers) {
      counts.set(name, (counts.get(name) ?? 0) + 1)
      if (model) count(model)
    }
  }
  count(model)
  const taken = new Set([...counts.keys()])
  const untaken = untakenIn(taken)
  const given = new Set<string>()
  return (way, call) => {
    const own = way.at(-1) as string
    if (call > 0) return untaken(`${own}_${call + 1}`)
    const isOwn = !given.has(own) && (way.length === 1 || counts.get(own) === 1)
    given.add(own)
    return isOwn ? own : untaken(way.join('_'))
  }
}

interface LayerCall {
  readonly layer: FoundLayer
  readonly call: number
  readonly key: string
}

/** Calls behind their inputs, however the layers stand in the file; the first call of a layer before the others. */
const inOrder = ({ layers }: FoundModel, numbers: Numbers): LayerCall[] => {
  const all = layers.flatMap((layer) => layer.calls.map((_, call): LayerCall => ({ layer, call, key: keyOf(layer.name, call) })))
  const known = new Map(all.map((each) => [each.key, each]))
  const state = new Map<string, 'open' | 'done'>()
  const ordered: LayerCall[] = []
  for (const start of all) {
    const waiting = [start]
    while (waiting.length > 0) {
      const at = waiting.at(-1) as LayerCall
      const { layer, call, key } = at
      const before = (layer.calls[call] as readonly Call[]).map((each) =>
        keyOf(each.layer, each.call - (numbers.get(each.layer)?.first ?? 0)),
      )
      if (call > 0) before.unshift(keyOf(layer.name, 0))
      // A missing output is refused where it is used.
      const missing = before.filter((each) => known.has(each) && state.get(each) !== 'done')
      if (state.get(key) === 'done') waiting.pop()
      else if (missing.length === 0) {
        state.set(key, 'done')
        ordered.push(at)
        waiting.pop()
      } else {
        if (state.get(key) === 'open') refuse('it takes itself, by way of other layers.', layer.name)
        state.set(key, 'open')
        for (const each of missing) waiting.push(known.get(each) as LayerCall)
      }
    }
  }
  return ordered
}
