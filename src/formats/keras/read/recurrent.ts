import { isObject } from '../../../shape/objects.js'
import { settingsOf } from '../../settings.js'
import { LayerConfig, text } from '../config.js'
import { one, type Reader } from './layer-reader.js'

/** Recurrences of Keras, also in both directions. */

const classes: Readonly<Record<string, string>> = { LSTM: 'lstm', GRU: 'gru' }

/** The settings of a recurrent layer that reads from one end. Others than these compute something else. */
const settingsIn = (config: LayerConfig, kind: string, isBackward = false) => {
  config.word('activation', ['tanh'], 'tanh')
  // TensorFlow.js takes another than Keras where it is left out.
  config.word('recurrent_activation', ['sigmoid'])
  const direction = isBackward ? 'is that of the other direction.' : 'is not known here. Use false.'
  if (config.boolean('go_backwards', false) !== isBackward) config.refuse(`go_backwards ${!isBackward} ${direction}`)
  for (const name of ['return_state', 'time_major']) config.only(name, [false], 'is not known here. Use false.')
  for (const name of ['dropout', 'recurrent_dropout']) config.only(name, [0], 'is not known here. Use a Dropout layer.')
  if (kind === 'gru' && config.any('reset_after', undefined) !== true)
    config.refuse('reset_after must be true: the other way round is another layer.')
  return {
    units: config.whole('units', 1),
    returnSequences: config.boolean('return_sequences', false),
    bias: config.boolean('use_bias', true),
  }
}

const standard = { returnSequences: true, bias: true }

const recurrent =
  (kind: string): Reader =>
  (plan, config, inputs) =>
    plan.add(config.layer, kind, settingsOf(settingsIn(config, kind), standard), one(inputs))

/** The layer in an option of a `Bidirectional`: its kind and its settings. */
const inside = (config: LayerConfig, layer: unknown, isBackward = false) => {
  const [className, values] = isObject(layer) ? [layer['class_name'], layer['config']] : []
  if (typeof className !== 'string' || !Object.hasOwn(classes, className) || !isObject(values))
    return config.refuse(`it must have an LSTM or a GRU inside, not ${text(className)}.`)
  const own = new LayerConfig(config.layer, `Bidirectional ${className}`, values, config.writer)
  const kind = classes[className] as string
  const settings = settingsIn(own, kind, isBackward)
  own.close()
  return { kind, settings }
}

/** Two layers of the same size, one from each end. Keras 3 writes the second as well. */
const bidirectional: Reader = (plan, config, inputs) => {
  if (config.values['merge_mode'] === null) config.refuse("merge_mode None gives two outputs. Use 'concat'.")
  const direction = config.word('merge_mode', ['concat', 'sum'], 'concat')
  config.only('num_constants', [0], 'is not known here. Leave it out.')
  const first = inside(config, config.any('layer', undefined))
  const second = config.any('backward_layer', undefined)
  if (second !== undefined && JSON.stringify(inside(config, second, true)) !== JSON.stringify(first))
    config.refuse('its two layers must be of the same kind and size here.')
  return plan.add(config.layer, first.kind, { ...settingsOf(first.settings, standard), bidirectional: direction }, one(inputs))
}

export const recurrentReaders: Readonly<Record<string, Reader>> = {
  LSTM: recurrent('lstm'),
  GRU: recurrent('gru'),
  Bidirectional: bidirectional,
}

/** The name of the layer inside a `Bidirectional`, before which Keras puts the direction; `undefined` for another layer. */
export const nameInside = (className: string, config: Readonly<Record<string, unknown>>): string | undefined => {
  const values = className === 'Bidirectional' && isObject(config['layer']) ? config['layer']['config'] : undefined
  // Keras 3 writes the name with the direction.
  return isObject(values) && typeof values['name'] === 'string' ? values['name'].replace(/^forward_/, '') : undefined
}
