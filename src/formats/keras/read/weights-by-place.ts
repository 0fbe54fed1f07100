import { FormatError } from '../../../network/format-error.js'
import { isObject } from '../../../shape/objects.js'
import { named } from '../../../shape/printable.js'
import { weightsOfLayer } from './layer-weights.js'
import type { FoundLayer, FoundModel } from './links.js'
import { nameInside } from './recurrent.js'
import type { FindWeight } from './weights.js'
import type { NamedTensor } from './weights-by-name.js'

/*
 * The weights in a .keras file, which stand under numbers: `layers/conv2d_1/vars/0` is the first weight of the second Conv2D, whatever the
 * layer is called. https://github.com/keras-team/keras, keras/src/saving/saving_lib.py, `_save_state` and `_save_container_state`.
 */

/** A group of the file. */
interface Group {
  readonly groups: Map<string, Group>
  readonly tensors: Map<string, NamedTensor>
}

/** The groups of the layers of a model. Before Keras 2.14 a model kept them under the second name. */
const containers = ['layers', '_layer_checkpoint_dependencies']

/** Finds a weight by the place of its layer among those of its class. */
export const weightByPlace = (model: FoundModel, tensors: Iterable<NamedTensor>): FindWeight => {
  const places = new Map<string, Place>()
  placeModel(model, groupedIn(tensors), [], places)
  return (way, names) => {
    const place = places.get(keyOf(way))
    const index = place ? place.names.findIndex((name) => names.includes(name)) : -1
    return place?.tensors[index]?.read()
  }
}

/** The weights of a layer, and their names. */
interface Place {
  readonly names: readonly string[]
  readonly tensors: readonly NamedTensor[]
}

const keyOf = (way: readonly string[]): string => way.join('\0')

const groupedIn = (tensors: Iterable<NamedTensor>): Group => {
  const empty = (): Group => ({ groups: new Map(), tensors: new Map() })
  const root = empty()
  for (const tensor of tensors) {
    // A state of random numbers is no weight, but would make its layer look like one that has some.
    if (tensor.path.some((name) => /(seed|random)_generator$/.test(name))) continue
    let group = root
    for (const name of tensor.path.slice(0, -1)) {
      const next = group.groups.get(name) ?? empty()
      group.groups.set(name, next)
      group = next
    }
    group.tensors.set(tensor.path.at(-1) as string, tensor)
  }
  return root
}

const placeModel = ({ layers }: FoundModel, group: Group | undefined, way: readonly string[], places: Map<string, Place>): void => {
  const container = containers.map((name) => group?.groups.get(name)).find((each) => each !== undefined)
  const ofClass = new Map<string, FoundLayer[]>()
  for (const layer of layers) {
    if (!hasWeights(layer)) continue
    const name = groupName(layer)
    ofClass.set(name, [...(ofClass.get(name) ?? []), layer])
  }
  for (const [name, all] of ofClass) {
    const groups = groupsOfClass(container, name)
    // A functional model was a Model before it was a Functional.
    const found = groups.length === 0 && name === 'functional' ? groupsOfClass(container, 'model') : groups
    if (found.length !== all.length)
      throw new FormatError(
        `has weights of ${found.length} layers of the class ${named(name)}, and ${all.length} such layers.`,
        'keras',
        named(way.join('/')),
      )
    for (const [index, layer] of all.entries()) placeLayer(layer, found[index] as Group, [...way, layer.name], places)
  }
}

const hasWeights = ({ model, className, config }: FoundLayer): boolean =>
  model ? model.layers.some(hasWeights) : namesOf(className, config).length > 0

const namesOf = (className: string, config: FoundLayer['config']): readonly string[] => {
  const inner = className === 'Bidirectional' ? config['layer'] : undefined
  if (!isObject(inner)) return weightsOfLayer(className, config)
  return isObject(inner['config']) ? weightsOfLayer(String(inner['class_name']), inner['config']) : []
}

/** What Keras makes of the name of a class: `Conv2DTranspose` is `conv2d_transpose`. keras/src/utils/naming.py, `to_snake_case`. */
const groupName = ({ className, eachStep }: FoundLayer): string => {
  if (eachStep) return 'time_distributed'
  if (className === 'Model') return 'functional'
  return className
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
}

/** The groups of a class that have tensors in them, in order. Before Keras 2.14 some numbers are left out, as a layer could count twice. */
const groupsOfClass = (container: Group | undefined, name: string): Group[] => {
  const numbered = [...(container?.groups ?? [])].flatMap(([key, group]) => {
    const number = key === name ? 0 : key.startsWith(`${name}_`) ? Number(/^[1-9]\d*$/.exec(key.slice(name.length + 1))?.[0]) : Number.NaN
    return Number.isNaN(number) ? [] : [{ number, group }]
  })
  return numbered.sort((one, other) => one.number - other.number).map(({ group }) => group)
}

const placeLayer = (layer: FoundLayer, group: Group, way: readonly string[], places: Map<string, Place>): void => {
  const { className, config, eachStep, model } = layer
  const own = eachStep ? group.groups.get('layer') : group
  if (model) {
    placeModel(model, own, way, places)
    return
  }
  const names = namesOf(className, config)
  const add = (at: Group | undefined, name: readonly string[]): void => {
    // Keras writes 0, 1, 2 and so on; a Normalization of Keras 2 has a count behind its weights.
    const tensors = names.map((_, index) => at?.groups.get('vars')?.tensors.get(String(index)))
    const count = at?.groups.get('vars')?.tensors.size ?? 0
    const isWhole = tensors.every((tensor) => tensor !== undefined) && (count === names.length || className === 'Normalization')
    if (!isWhole)
      throw new FormatError(`has ${count} weights, and needs ${names.length}: ${names.join(', ')}.`, 'keras', named(way.join('/')))
    places.set(keyOf(name), { names, tensors: tensors as NamedTensor[] })
  }
  if (className === 'Bidirectional') {
    const inside = nameInside(className, config)
    for (const direction of ['forward', 'backward'])
      add(own?.groups.get(`${direction}_layer`)?.groups.get('cell'), [...way, `${direction}_${inside}`])
    return
  }
  const name = eachStep && typeof config['name'] === 'string' ? [...way, config['name']] : way
  add(className === 'LSTM' || className === 'GRU' ? own?.groups.get('cell') : own, name)
}
