import { text } from './call.js'
import { Value } from './value.js'

/** The same layers in another form: a block as method calls one after the other, a branch as a function of the network so far. */
export const chainText = (value: Value): string => {
  if (value.kind === 'block') return value.args.map((each) => chainText(each as Value)).join('')
  if (value.kind === 'identity') return ''
  if (value.kind === 'repeat') return `.apply(${text(value)})`
  const args = value.args.map((each) => (each instanceof Value ? `x => x${chainText(each)}` : text(each)))
  return `.${value.kind}(${args.join(', ')})`
}
