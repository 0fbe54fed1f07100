import fc from 'fast-check'
import { toKeras } from '../../src/formats/keras/index.js'
import * as zoo from '../../src/zoo/index.js'
import { everyKind } from './every-kind.js'

/** Files of Keras, and ways to damage JSON: its values are changed, left out, doubled or renamed. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

export const kerasFiles: readonly Json[] = [
  ...Object.values(everyKind).flatMap((make) => {
    try {
      return [JSON.parse(JSON.stringify(toKeras(make()))) as Json]
    } catch {
      return []
    }
  }),
  JSON.parse(JSON.stringify(toKeras(zoo.lenet5()))),
  JSON.parse(JSON.stringify(toKeras(zoo.squeezenet1_1({ input: 63 })))),
]

/** Every place in a file, as the ways to it. */
const places = (value: Json, way: readonly (string | number)[] = []): (readonly (string | number)[])[] => {
  if (typeof value !== 'object' || value === null) return [way]
  const inner = Array.isArray(value) ? value.map((each, index) => [index, each] as const) : Object.entries(value)
  return [way, ...inner.flatMap(([key, each]) => places(each, [...way, key]))]
}

const hostile: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  null,
  true,
  -1,
  0,
  0.5,
  1e6,
  1e9,
  1e15,
  1e300,
  '',
  'conv2d_1',
  'input',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'Conv2D',
  'Add',
  'same',
  'linear',
  [],
  {},
  [[]],
  [null],
  [null, 1e9, 1e9, 1e9],
  [['input', 0, 0, {}]],
  [[['input', 0, 0, {}]]],
  { class_name: 'Conv2D', config: {} },
  { class_name: '__keras_tensor__', config: { keras_history: ['x', 0, 0] } },
)

export type Damage = { readonly at: number; readonly kind: 'replace' | 'remove' | 'double' | 'rename'; readonly by: Json }

export const drawDamage: fc.Arbitrary<Damage> = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'double', 'rename'),
  by: hostile,
})

/** A file with one of its places damaged. */
export const damagedJson = (file: Json, { at, kind, by }: Damage): Json => {
  const all = places(file)
  const way = all[at % all.length] as readonly (string | number)[]
  const last = way.at(-1)
  if (last === undefined) return by
  const copy = structuredClone(file)
  const holder = way.slice(0, -1).reduce<Json>((value, key) => (value as Record<string | number, Json>)[key] as Json, copy) as Record<
    string | number,
    Json
  >
  if (kind === 'replace') {
    holder[last] = by
  } else if (Array.isArray(holder)) {
    const index = last as number
    if (kind === 'remove') holder.splice(index, 1)
    else if (kind === 'double') holder.splice(index, 0, structuredClone(holder[index] as Json))
    else holder.reverse()
  } else {
    const value = holder[last] as Json
    if (kind !== 'double') delete holder[last]
    if (kind !== 'remove') holder[`${last}_2`] = value
  }
  return copy
}
