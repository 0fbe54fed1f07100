import { valuesIn } from '../../../layers/kind/layer.js'
import { sameShape } from '../../../shape/same.js'
import { text } from '../config.js'
import type { Value } from './layer.js'
import { one, type Reader } from './layer-reader.js'

/** Joins of Keras. */

/** A join value by value. */
const elementwise =
  (kind: string): Reader =>
  (plan, config, inputs) => {
    const first = one(inputs)
    if (!inputs.every((input) => sameShape(input.shape, first.shape)))
      return config.refuse(`its inputs differ in shape: ${kind === 'add' ? 'a sum' : 'it'} needs equal shapes.`)
    // Of one input it is that input.
    if (inputs.length === 1) return first
    if (kind === 'subtract' && inputs.length !== 2) return config.refuse(`it takes two inputs, not ${inputs.length}.`)
    return plan.join(config.layer, kind, inputs, first.shape)
  }

/** A sum; of two values of which one is multiplied by -1, what is left of the other without it. Tokens get their positions by it too. */
const add: Reader = (plan, config, inputs) => {
  const [first, second] = inputs
  const table = [first, second].find((input) => input?.learned)
  const tokens = table === first ? second : first
  if (inputs.length === 2 && table?.learned && tokens && tokens.node === table.learned.node && !tokens.minus && !tokens.ones) {
    const { learned: _, ...sum } = table
    return sum
  }
  const [positive, negative] = [inputs.filter(({ minus }) => !minus), inputs.filter(({ minus }) => minus)]
  if (positive.length !== 1 || negative.length !== 1) return elementwise('add')(plan, config, inputs)
  const { minus: _, ...subtracted } = negative[0] as Value
  return elementwise('subtract')(plan, config, [positive[0] as Value, subtracted])
}

const concat: Reader = (plan, config, inputs) => {
  const { shape } = one(inputs)
  const rank = shape.length
  const axis = config.any('axis', -1)
  if (!Number.isSafeInteger(axis) || axis === 0 || Math.abs(axis as number) > rank)
    return config.refuse(`axis ${text(axis)} is no axis of a sample: use 1 to ${rank}, or -1 for the channels.`)
  if (inputs.length === 1) return one(inputs)
  const at = (axis as number) < 0 ? (axis as number) + rank : (axis as number) - 1
  const others = ({ shape: own }: Value): string => own.map((size, place) => (place === at ? '' : size)).join()
  if (!inputs.every((input) => others(input) === others(one(inputs))))
    return config.refuse(`its inputs differ in more than ${at === rank - 1 ? 'their channels' : `axis ${at + 1}`}.`)
  const sum = inputs.reduce((all, input) => all + (input.shape[at] as number), 0)
  const joined = shape.map((size, place) => (place === at ? sum : size))
  if (at === rank - 1) return plan.join(config.layer, 'concat', inputs, joined)
  // Along another axis: that one is exchanged with the channels before and behind.
  const axes = shape.map((_, place) => (place === at ? rank - 1 : place === rank - 1 ? at : place))
  const turned = inputs.map((input) => plan.addAfter(config.layer, 'permute', { axes }, input))
  const shapeTurned = axes.map((place) => joined[place] as number)
  const all = plan.joinAfter(config.layer, 'concat', turned, shapeTurned)
  return plan.add(config.layer, 'permute', { axes }, all)
}

/** The larger of two inputs is scaled by the other; of several, the product of those before it. */
const multiply: Reader = (plan, config, inputs) => {
  if (inputs.length < 2) return config.refuse(`it takes two inputs here, not ${inputs.length}.`)
  const ordered = (first: Value, second: Value): [Value, Value] =>
    valuesIn(second.shape) > valuesIn(first.shape) ? [second, first] : [first, second]
  const product = inputs.slice(1, -1).reduce((before, next) => {
    const pair = ordered(before, next)
    return plan.joinAfter(config.layer, 'multiply', pair, pair[0].shape)
  }, one(inputs))
  const last = ordered(product, inputs.at(-1) as Value)
  return plan.join(config.layer, 'multiply', last, last[0].shape)
}

export const joinReaders: Readonly<Record<string, Reader>> = {
  Add: add,
  Subtract: elementwise('subtract'),
  Average: elementwise('average'),
  Maximum: elementwise('maximum'),
  Minimum: elementwise('minimum'),
  Concatenate: concat,
  Multiply: multiply,
}
